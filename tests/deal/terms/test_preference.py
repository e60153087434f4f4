"""Preferred shares: the waterfall of what is left, published examples, an oracle, and protection against dilution."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deal.terms.known_company import run, sheet, text
from tests.deal.terms.sheets import document, said
from tests.sampling import examples

from guanzi.base.core import render
from guanzi.deal.program import Emitter
from guanzi.deal.program.preference import Preferred, share_out
from guanzi.deal.terms import explain, read_sheet
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path

STAKE = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 60%
    tranches: [{id: t1, amount: {city: 50}, due: 2024-01-20}]
    holders: {city: 60%}
    preference: {multiple: 1}
"""


def at_failure(body, left, **more):
    """What the city gets when so much is left after all debts."""
    future = {2: {"earns": left - 1050.0, "fails": 1, **more}}
    return run(sheet(body), future, ("recovery.city",)).outputs["recovery.city"][2]


# Published figures


@pytest.mark.parametrize(
    ("preference", "investors"),
    [("{multiple: 1}", 60.0), ("{multiple: 1, participating: true}", 80.0)],
)
def test_the_published_example_of_a_liquidation_preference_is_reproduced(preference, investors):
    """B. Feld, J. Mendelson: *Venture Deals* (Wiley), chapter on the economic terms of the term sheet.

    As retold in *Liquidation Preferences and Participation Rights*, carried-interests.com, 24 April 2016: 50 million
    raised for 60 %, sold for 100. Without participation the investors convert and get 60, with it 50 + 60 % of 50.
    """
    assert at_failure(STAKE.replace("{multiple: 1}", preference), 100.0) == pytest.approx(investors)


# The waterfall against an oracle


@dataclass(frozen=True)
class Class:
    """A class of preferred shares, for the oracle."""

    rank: int
    claim: float
    part: float
    participating: bool
    cap: float | None

    def takes(self, value):
        """What it gets where all preferences are covered and an ordinary share of the whole is worth ``value``."""
        converted = self.part * value
        if not self.participating:
            return max(self.claim, converted)
        both = self.claim + converted
        return both if self.cap is None else max(min(both, self.cap), converted)


def slow(left, classes):
    """Payouts by bisection on the value of ordinary shares; by seniority where the preferences are not covered."""
    owed = sum(c.claim for c in classes)
    if left <= owed:
        got, rest = {}, left
        for rank in sorted({c.rank for c in classes}):
            of_rank = [i for i, c in enumerate(classes) if c.rank == rank]
            total = sum(classes[i].claim for i in of_rank)
            for i in of_rank:
                got[i] = classes[i].claim * min(1.0, rest / total) if total else 0.0
            rest = max(rest - total, 0.0)
        return [got[i] for i in range(len(classes))]
    ordinary = 1.0 - sum(c.part for c in classes)
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        if ordinary * middle + sum(c.takes(middle) for c in classes) > left:
            high = middle
        else:
            low = middle
    return [c.takes(low) for c in classes]


def lowered(left, classes):
    """The same by the emitted instructions."""
    e = Emitter()
    slot = lambda value: e("SET", k=float(value))  # noqa: E731
    made = [
        Preferred(
            c.rank,
            c.participating,
            {"a": slot(c.claim * 0.75), "b": slot(c.claim * 0.25)},
            {"a": slot(c.part * 0.75), "b": slot(c.part * 0.25)},
            "" if c.cap is None else slot(c.cap),
        )
        for c in classes
    ]
    share_out(e, slot(left), made)
    for i, c in enumerate(made):
        for party, amount in c.divided():
            e.output(f"{i}.{party}", amount)
    e.end_step()
    e.end_step()
    values = list(run_path(assemble(e.program), 1, 0).outputs.values())
    return [values[2 * i] + values[2 * i + 1] for i in range(len(made))], values


def classes():
    shares = st.integers(1, 30).map(lambda n: n / 100)
    claims = st.integers(0, 400).map(float)

    def make(rank, claim, part, participating, more):
        cap = claim + more if participating and more is not None else None
        return Class(rank, claim, part, participating, cap)

    return st.builds(
        make, st.integers(1, 3), claims, shares, st.booleans(), st.one_of(st.none(), st.integers(0, 500).map(float))
    )


@given(st.integers(0, 5000).map(float), st.lists(classes(), min_size=1, max_size=3))
@settings(max_examples=examples(150), deadline=None, derandomize=True)
def test_every_stack_of_classes_is_paid_as_bisection_says(left, stack):
    got, values = lowered(left, stack)
    assert got == pytest.approx(slow(left, stack), abs=1e-6)
    assert sum(got) <= left + 1e-9
    assert all(a == pytest.approx(3 * b, abs=1e-9) for a, b in itertools.batched(values, 2))


def test_a_class_converts_exactly_where_that_pays_more():
    one = Class(1, 100.0, 0.2, participating=False, cap=None)
    assert lowered(499.0, [one])[0] == pytest.approx([100.0])
    assert lowered(500.0, [one])[0] == pytest.approx([100.0])
    assert lowered(501.0, [one])[0] == pytest.approx([100.2])
    capped = Class(1, 100.0, 0.2, participating=True, cap=300.0)
    # 1,100 are enough for 100 + 20 % of 1,000; from 1,500 on 20 % of the whole is more than the cap
    assert [lowered(x, [capped])[0][0] for x in (600.0, 1100.0, 1400.0, 1500.0, 1600.0)] == pytest.approx(
        [200.0, 300.0, 300.0, 300.0, 320.0]
    )


# In a deal


def test_preferred_shares_are_paid_before_ordinary_ones():
    more = """\
  common:
    type: equity
    issuer: company
    share: 20%
    holders: {province: 20%}
    tranches: [{id: t2, amount: {province: 50}, due: 2024-01-20}]
"""
    future = {2: {"earns": -1100.0 + 60.0, "fails": 1}}
    got = run(sheet(STAKE + more), future, ("recovery.city", "recovery.province")).outputs
    assert got["recovery.city"][2] == pytest.approx(50.0)
    assert got["recovery.province"][2] == pytest.approx(0.2 / 0.4 * 10.0)


def test_a_preference_is_on_what_was_paid_and_is_still_held():
    call = """\
  call:
    type: call
    on: stake
    holder: founder
    portion: 50%
    price: {rate: 0%, basis: simple}
    when: solvent
"""
    # the founder calls half of the stake; half of the preference is left
    assert at_failure(STAKE + call, 40.0) == pytest.approx(25.0)


def test_debts_come_before_every_preference():
    assert at_failure(STAKE, 100.0, ahead=80.0) == pytest.approx(20.0)


def test_a_sale_that_counts_as_a_liquidation_pays_the_preference_and_ends_the_stake():
    terms = STAKE.replace("{multiple: 1}", "{multiple: 2, sale: control_changed}")
    watch = ("stake.open", "returned.city", "from.exit")
    got = run(sheet(terms), {3: {"mark": 120.0}, 4: {"control_changed": 1.0}}, watch)
    assert got.paid("stake.sale") == [(4, "acct.market", "acct.city", 100.0)]
    assert got.outputs["stake.open"][3:5] == [1.0, 0.0]
    assert got.outputs["returned.city"][3:5] == got.outputs["from.exit"][3:5] == [0.0, 100.0]


# Protection against dilution


@pytest.mark.parametrize(
    ("guard", "extra"),
    [("none", 0.0), ("full", 1.0), ("weighted", 1 / 0.9 - 1)],
)
def test_a_cheaper_round_gives_protected_holders_shares_on_top(guard, extra):
    """Broad-based weighted average: CP2 = CP1 x (A + B) / (A + C).

    60 % for 60: one whole company costs 100. The round sells a quarter of new shares at 50 for all old ones, so A = 1,
    C = 0.25, B = 0.125: CP2 = 90.
    """
    body = STAKE.replace("amount: {city: 50}", "amount: {city: 60}").replace(
        "    preference: {multiple: 1}\n", f"    anti_dilution: {guard}\n"
    )
    got = run(sheet(body), {3: {"mark": 50.0}, 4: {"dilution": 0.8}, 6: {"sale": 2000.0, "fails": 1}},
              ("recovery.city", "acct.company"))  # fmt: skip
    mine = 0.6 * 0.8 * (1 + extra)
    whole = 1 + 0.6 * extra * 0.8
    assert got.outputs["recovery.city"][6] == pytest.approx(mine / whole * (2000.0 + 1060.0))


def test_a_dearer_round_changes_nothing_for_protected_holders():
    body = STAKE.replace("preference: {multiple: 1}", "anti_dilution: full")
    got = run(sheet(body), {3: {"mark": 500.0}, 4: {"dilution": 0.8}}, ("stake.ratio", "stake.extra"))
    assert got.outputs["stake.ratio"][-1] == 1.0
    assert got.outputs["stake.extra"][-1] == 0.0


# Reading and words


def test_a_preference_says_its_terms():
    body = STAKE.replace("{multiple: 1}", "{multiple: 1.5, participating: true, cap: 3, sale: control_changed}")
    words = {c.id: render(c.message) for c in explain(sheet(body))}["stake.preference"]
    assert "first receive 1.5 times the amount paid for them (seniority 1" in words
    assert "until they have received 3 times the amount paid" in words
    assert "It also counts as a liquidation if" in words
    guarded = {c.id: render(c.message) for c in explain(sheet(STAKE + "    anti_dilution: full\n"))}
    assert "full ratchet" in guarded["stake.anti_dilution"]


WRONG = [
    ("{multiple: 1}", "{multiple: 1, cap: 2}", "cap_without_part", "participating: true"),
    ("{multiple: 1}", "{multiple: 2, participating: true, cap: 1}", "cap_below_multiple", "not below"),
    ("{multiple: 1}", "{multiple: 1, seniority: 0}", "bad_seniority", "1 (paid first)"),
    ("{multiple: 1}", "{multiple: -1}", "negative_amount", "zero or more"),
    ("preference: {multiple: 1}", "anti_dilution: some", "not_choice", "none, weighted and full"),
    ("preference: {multiple: 1}", "preference: 1", "not_mapping", "multiple"),
]


@pytest.mark.parametrize(("old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_with_a_preference_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = read_sheet(document(text(STAKE.replace(old, new))))
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert list(causes) == [cause]
    assert fix in said(causes[cause])
