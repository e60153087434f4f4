"""Warrants, ratchets, earn-outs and revenue shares: by hand, on a company whose future is known."""

import pytest
from tests.deal.terms.known_company import run, sheet, text
from tests.deal.terms.sheets import document, said

from guanzi.base.core import render
from guanzi.deal.terms import explain, observables_of, read_sheet


def said_of(body, id):
    (clause,) = [c for c in explain(sheet(body)) if c.id == id]
    return render(clause.message)


# Warrants

WARRANT = """\
instruments:
  warrant: {type: warrant, holder: city, issuer: company, share: 10%, strike: 2_000, expires: 2026-01-31}
"""


def test_a_warrant_is_exercised_on_its_last_day_where_the_new_shares_are_worth_more_than_they_cost():
    # 10 % of new shares for 200; they are one eleventh of 3,000 + 200
    rich = run(sheet(WARRANT), {1: {"mark": 3000.0}}, ("warrant.shares", "acct.city"))
    assert rich.paid("warrant") == [(8, "acct.city", "acct.company", 200.0)]
    assert rich.outputs["warrant.shares"][7:9] == [0.0, 0.1]
    # at 2,000 the eleventh of 2,200 is worth exactly its price
    assert run(sheet(WARRANT), {1: {"mark": 2000.0}}).paid("warrant") == []


def test_a_warrant_with_a_condition_waits_for_it():
    body = WARRANT.replace("expires", "when: listed, expires")
    got = run(sheet(body), {1: {"mark": 3000.0}, 3: {"listed": 1.0}}, lockup=6.0)
    assert [x[0] for x in got.paid("warrant")] == [3]
    ((step, payer, payee, amount),) = got.paid("warrant.exit")
    assert (step, payer, payee) == (5, "acct.market", "acct.city")
    assert amount == pytest.approx(3000.0 / 11)
    assert run(sheet(body), {1: {"mark": 3000.0}}).paid("warrant") == []


def test_a_warrant_is_said_with_price_and_time():
    words = said_of(WARRANT, "warrant")
    assert "may buy new shares of Example Motors, 10 % of all shares at signing, at a valuation of 2 bn yuan" in words
    assert "until 31 January 2026, on the last day only" in words


# Ratchets

STAKE = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {city: 15%, province: 5%}
    tranches: [{id: t1, amount: {city: 150, province: 50}, due: 2024-01-20}]
"""


@pytest.mark.parametrize(("giver", "whole"), [("company", 1.1), ("founder", 1.0)])
def test_a_ratchet_gives_shares_once_by_what_was_paid(giver, whole):
    body = (
        STAKE
        + f"  ratchet: {{type: ratchet, on: stake, giver: {giver}, shares: 10%, when: solvent, due: 2024-07-01}}\n"
    )
    got = run(sheet(body), {4: {"sale": 1000.0, "earns": -1200.0, "fails": 1}},
              ("ratchet.city.shares", "recovery.city", "recovery.province"))  # fmt: skip
    assert got.outputs["ratchet.city.shares"][:4] == pytest.approx([0.0, 0.0, 0.075, 0.075])
    assert got.outputs["recovery.city"][4] == pytest.approx((0.15 + 0.075) / whole * 1000.0)
    assert got.outputs["recovery.province"][4] == pytest.approx((0.05 + 0.025) / whole * 1000.0)


def test_a_ratchet_says_who_gives():
    body = STAKE + "  ratchet: {type: ratchet, on: stake, giver: founder, shares: 10%, when: not listed}\n"
    assert "the founder transfers its own shares to the holders of “stake”" in said_of(body, "ratchet")


# Earn-outs

EARN_OUT = """\
instruments:
  bonus: {type: earn_out, from: city, to: founder, amount: 80, when: "units > 5", due: 2024-07-01, expires: 2025-06-30}
"""


@pytest.mark.parametrize(("step", "paid"), [(0, [2]), (3, [3]), (5, [5]), (6, [])])
def test_an_earn_out_is_paid_once_within_its_time(step, paid):
    got = run(sheet(EARN_OUT), {step: {"units": 10.0}})
    assert [x[0] for x in got.paid("bonus")] == paid
    assert all(x[1:] == ("acct.city", "acct.founder", 80.0) for x in got.paid("bonus"))


def test_a_company_pays_an_earn_out_as_its_cash_allows_and_owes_the_rest():
    body = EARN_OUT.replace("from: city, to: founder, amount: 80", "from: company, to: city, amount: 1_300")
    future = {2: {"units": 10.0}, 4: {"earns": 200.0}, 6: {"ahead": 100.0, "sale": 50.0, "fails": 1}}
    got = run(sheet(body), future, ("bonus.due", "recovery.city"))
    assert [(x[0], x[3]) for x in got.paid("bonus")] == [(2, 1000.0), (4, 200.0)]
    assert got.outputs["bonus.due"][3:7] == [300.0, 100.0, 100.0, 0.0]
    assert got.outputs["recovery.city"][6] == pytest.approx(25.0)


def test_a_holder_pays_an_earn_out_up_to_its_limit():
    body = EARN_OUT.replace("from: city, to: founder, amount: 80", "from: founder, to: city, amount: 500")
    assert [x[3] for x in run(sheet(body), {2: {"units": 10.0}}).paid("bonus")] == [300.0]


# Revenue shares

ROYALTY = """\
instruments:
  royalty:
    {type: revenue_share, investor: city, issuer: company, of: revenue, rate: 10%, years: 1, amount: 100, cap: 25}
"""


def test_a_share_in_revenue_is_paid_from_the_step_after_it_begins_up_to_its_cap():
    got = run(sheet(ROYALTY), {0: {"revenue": 100.0}, 2: {"revenue": 60.0}}, ("royalty.received",))
    assert [(x[0], x[3]) for x in got.paid("royalty")] == [(0, 100.0), (1, 10.0), (2, 6.0), (3, 6.0), (4, 3.0)]
    uncapped = run(sheet(ROYALTY.replace(", cap: 25", "")), {0: {"revenue": 100.0}})
    assert [x[3] for x in uncapped.paid("royalty")] == [100.0] + [10.0] * 4


def test_a_share_in_profit_pays_nothing_in_a_loss():
    body = ROYALTY.replace("of: revenue", "of: ebitda")
    got = run(sheet(body), {1: {"ebitda": -50.0}, 3: {"ebitda": 50.0}})
    assert [(x[0], x[3]) for x in got.paid("royalty")] == [(0, 100.0), (3, 5.0), (4, 5.0)]


def test_a_share_needs_a_company_model_that_provides_its_base():
    assert [x.name for x in observables_of(sheet(ROYALTY))] == ["revenue"]
    assert "10 % of revenue in every step for one year" in said_of(ROYALTY, "royalty")


RATCHET = STAKE + "  r: {type: ratchet, on: stake, giver: founder, shares: 10%, when: listed, due: 2024-07-01}\n"
WRONG = [
    (WARRANT, "holder: city", "holder: company", "no_such_party", "city"),
    (WARRANT, "expires: 2026-01-31", "expires: 2023-01-31", "before_signing", "on or after"),
    (RATCHET, "giver: founder", "giver: city", "no_such_party", "company"),
    (RATCHET, "due: 2024-07-01", "due: 2024-07-01, expires: 2024-06-30", "expires_before_due", "after the due date"),
    (EARN_OUT, "to: founder", "to: city", "pays_itself", "another party"),
    (EARN_OUT, "expires: 2025-06-30", "expires: 2024-06-30", "expires_before_due", "after the due date"),
    (EARN_OUT, 'when: "units > 5"', "when: unknown", "trigger_unknown", "unknown_clauses"),
    (ROYALTY, "of: revenue", "of: profits", "not_choice", "revenue and ebitda"),
    (ROYALTY, "rate: 10%", "rate: 110%", "not_fraction", "between 0% and 100%"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_is_named_with_its_place_and_mend(body, old, new, cause, fix):
    assert body.count(old) == 1
    found = read_sheet(document(text(body.replace(old, new))))
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems if p.severity == "error"}
    assert list(causes) == [cause]
    assert fix in said(causes[cause])
