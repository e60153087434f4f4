"""A draft as a playbook would structure it: what the playbook limits is changed, all else stays, and sums are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deal.terms.sheets import document
from tests.sampling import examples

from guanzi.advice.structuring import restructure_sheet
from guanzi.deal.terms import Call, ConvertibleNote, Equity, Grant, Loan, Put, Unknown, parse_sheet, unparse
from guanzi.record.playbooks import Structure

DRAFT = """\
deal: d
title: D
status: definitive
currency: CNY
unit: 1e6
known_on: 2024-03-01
signed: 2024-03-15
horizon: 10 years
step: quarter
source: s
parties:
  company: {{role: issuer, name: C}}
  city: {{role: public, name: City}}
  fund: {{role: holder, name: Fund}}
instruments:
  stake:
    type: equity
    issuer: company
    share: {share}%
    holders: {{city: unknown, fund: unknown}}
    tranches:
      - {{id: t1, amount: {{city: {city}, fund: {fund}}}, due: 2024-06-30, if: "event('closing')"}}
      - {{id: t2, amount: {{city: {city}, fund: {fund}}}, due: 2025-06-30, if: "event('closing')"}}
      - {{id: t3, amount: {{city: {city}, fund: {fund}}}, due: 2026-06-30}}
    contribution: {{company: {{cash: 600, assets: {{value: 1500, basis: valuation}}}}}}
  put:
    type: put
    on: stake
    holders: [city]
    obligors: [company]
    price: {{rate: 8%, basis: compound}}
    when: "months_since('t1') > 36 and not listed"
covenants:
  floor: {{require: plant_local, from: 2025-06-30, remedy: put}}
events:
  closing: {{due: 2024-04-30, probability: 90%, by: company}}
tiers:
  - {{id: plant, when: plant_local, proof: cars}}
  - {{id: research, when: rnd_local, proof: lease}}
"""
FRAME = DRAFT.split("instruments:")[0] + "instruments: {{}}\ntiers:\n" + DRAFT.split("tiers:\n")[1]
JUDGED = {"kind": "judgement", "because": {"en": "So.", "zh": "如此。"}}


def number(value, unit="ratio"):
    return {"value": value, "unit": unit, "origin": JUDGED}


def draft(city=300, fund=100, share=20, text=DRAFT):
    return parse_sheet(document(text.format(city=city, fund=fund, share=share)))


def structure(form="fund", **parts):
    needed = {"partners_low": number(0.2), "partners_high": number(0.8)} if form in ("fund", "follow_on") else {}
    return Structure.model_validate({"form": form, "because": JUDGED, **needed, **parts})


def added(values):
    """The sum of amounts that are all known."""
    return sum(value for value in values if isinstance(value, float | int))


def paid(sheet, parties):
    return sum(v for e in sheet.of(Equity) for t in e.tranches for p, v in t.amounts.items() if p in parties)


def money(sheet):
    return sum(v for e in sheet.of(Equity) for t in e.tranches for v in t.amounts.values())


def before_the_money(sheet):
    (equity,) = sheet.of(Equity)
    return money(sheet) / equity.share - money(sheet)


def test_a_playbook_without_limits_changes_nothing():
    done = restructure_sheet(draft(), structure("equity", gate="none"), "city", 900.0)
    assert done.sheet == draft()
    assert done.steps == ()


@settings(max_examples=examples(40), deadline=None)
@given(st.floats(1, 1e4), st.floats(0, 1e4), st.floats(0.05, 0.95))
def test_partners_pay_what_the_public_side_may_not_and_no_instalment_grows(city, fund, limit):
    before = draft(city, fund)
    done = restructure_sheet(before, structure(public_share=number(limit), gate="none"), "city", 900.0)
    assert done.sheet is not None
    assert money(done.sheet) == pytest.approx(money(before))
    assert paid(done.sheet, {"city"}) / money(done.sheet) <= limit + 1e-9 or done.sheet == before
    for old, new in zip(before.of(Equity)[0].tranches, done.sheet.of(Equity)[0].tranches, strict=True):
        assert added(new.amounts.values()) == pytest.approx(added(old.amounts.values()))
    if city / (city + fund) <= limit:
        assert done.sheet == before


@pytest.mark.parametrize(
    ("parts", "whole", "public"),
    [
        ({"round": number(900, "CNY m")}, 900.0, 675.0),
        ({"round": number(100, "CNY m")}, 400.0, 300.0),
        ({"form": "fund", "public_share": number(0.5)}, 1200.0, 600.0),
        ({"form": "fund", "public_share": number(0.2)}, 1200.0, 300.0),
        ({"stake": number(0.0001)}, 400.0, 300.0),
    ],
)
def test_what_was_paid_before_the_signing_stays_as_it_was_paid(parts, whole, public):
    """Limits of a playbook bear on what is still ahead: no proposal can take back what is out."""
    before = draft(text=DRAFT.replace("due: 2024-06-30", "due: 2024-02-29"))
    done = restructure_sheet(before, structure(**{"form": "equity", "gate": "tier"} | parts), "city", 900.0)
    assert done.written is not None
    first, old = (sheet.of(Equity)[0].tranches[0] for sheet in (done.written, before))
    assert (first.amounts, first.already, first.condition) == (old.amounts, old.already, None)
    assert money(done.written) == pytest.approx(whole)
    assert paid(done.written, {"city"}) == pytest.approx(public)
    assert all(t.condition is not None for t in done.written.of(Equity)[0].tranches[1:])


def test_nothing_is_paid_before_the_partners_have_come():
    done = restructure_sheet(draft(), structure(public_share=number(0.3)), "city", 900.0)
    assert done.sheet is not None
    assert all("event('partners')" in unparse(t.condition.tree) for t in done.sheet.of(Equity)[0].tranches)
    (promise,) = done.sheet.promises
    assert isinstance(promise.broken, Unknown)
    assert (promise.broken.low, promise.broken.high) == pytest.approx((0.2, 0.8))


@settings(max_examples=examples(40), deadline=None)
@given(st.floats(10, 1e4), st.floats(1, 95), st.floats(0.01, 0.99))
def test_a_smaller_round_keeps_the_price(city, share, part):
    before = draft(city, city / 3, share)
    limit = money(before) * part
    done = restructure_sheet(before, structure("equity", round=number(limit, "CNY m"), gate="none"), "city", 900.0)
    assert done.sheet is not None
    assert money(done.sheet) == pytest.approx(limit)
    assert before_the_money(done.sheet) == pytest.approx(before_the_money(before), rel=1e-6)


@settings(max_examples=examples(40), deadline=None)
@given(st.floats(2, 95), st.floats(0.01, 0.9))
def test_a_stake_is_cut_to_its_limit_at_the_same_price(share, limit):
    before = draft(share=share)
    done = restructure_sheet(before, structure("equity", stake=number(limit), gate="none"), "city", 900.0)
    assert done.sheet is not None
    assert done.sheet.of(Equity)[0].share == pytest.approx(min(share / 100, limit), rel=1e-6)
    assert before_the_money(done.sheet) == pytest.approx(before_the_money(before), rel=1e-6)


def test_later_instalments_wait_for_the_tiers_in_turn_and_keep_their_own_conditions():
    done = restructure_sheet(draft(), structure("equity"), "city", 900.0)
    assert done.sheet is not None
    texts = [unparse(t.condition.tree) for t in done.sheet.of(Equity)[0].tranches]
    assert texts[0] == "event('closing')"
    assert "event('closing')" in texts[1]
    assert "tier('plant')" in texts[1]
    assert texts[2] == "tier('research')"


def test_a_dropped_right_leaves_no_remedy_behind():
    done = restructure_sheet(draft(), structure("equity", put="dropped", gate="none"), "city", 900.0)
    assert done.sheet is not None
    assert done.sheet.of(Put) == ()
    assert done.sheet.covenants[0].remedy is None


def test_partners_may_buy_the_public_stake_until_a_day():
    parts = {"public_share": number(0.4), "buy_out_months": number(60, "months"), "buy_out_rate": number(0.04)}
    done = restructure_sheet(draft(), structure(**parts), "city", 900.0)
    assert done.sheet is not None
    (call,) = done.sheet.of(Call)
    assert (call.holder, call.of, call.rate, call.portion) == ("partners", "city", 0.04, 1.0)
    assert unparse(call.when.tree) == "months_since('t1') <= 60"


def test_a_credit_pays_part_of_the_programme_and_never_more_than_was_asked():
    half = restructure_sheet(
        draft(), structure("credit", programme_share=number(0.3), years=number(4, "years")), "city", 900.0
    )
    assert half.sheet is not None
    # 900 asked from the city, 600 of the company's own: 30 % of 1,500
    assert [g.amount for g in half.sheet.of(Grant)] == pytest.approx([112.5] * 4)
    assert [g.start.year for g in half.sheet.of(Grant)] == [2025, 2026, 2027, 2028]
    waits = [unparse(g.condition.tree) for g in half.sheet.of(Grant)]
    assert waits[0] == "solvent"
    assert all("solvent" in text for text in waits)
    assert "tier('plant')" in waits[1]
    assert "tier('research')" in waits[2]
    assert half.sheet.of(Equity) == ()
    assert half.sheet.of(Put) == ()
    whole = restructure_sheet(
        draft(), structure("credit", programme_share=number(0.9), years=number(2, "years")), "city", 900.0
    )
    assert whole.sheet is not None
    assert added(g.amount for g in whole.sheet.of(Grant)) == pytest.approx(900)


def test_a_site_divides_the_sum_and_says_what_is_claimed_back():
    parts = [
        {"kind": "grant", "share": number(0.3), "clawback": True},
        {"kind": "works", "share": number(0.5)},
        {"kind": "loan", "share": number(0.2)},
    ]
    given_ = {"parts": tuple(parts), "loan_rate": number(0.04), "years": number(10, "years")}
    done = restructure_sheet(draft(), structure("site", **given_), "city", 900.0)
    assert done.sheet is not None
    sums = [done.sheet.of(Grant)[0].amount, done.sheet.promises[0].cost, done.sheet.of(Loan)[0].amount]
    assert sums == pytest.approx([270, 450, 180])
    assert done.sheet.of(Grant)[0].clawback is not None


def test_a_sum_without_a_form_is_divided_by_the_tiers_and_buys_at_no_invented_price():
    done = restructure_sheet(draft(text=FRAME), structure("equity"), "city", 900.0)
    assert done.sheet is not None
    assert done.sheet.of(Equity) == ()
    notes = done.sheet.of(ConvertibleNote)
    assert [note.amount for note in notes] == pytest.approx([300, 300, 300])
    assert [note.drawn.year for note in notes] == [2024, 2025, 2026]
    assert all(note.cap is None and note.rate == note.discount == 0.0 for note in notes)
    assert {note.at_maturity for note in notes} == {"convert"}
    shared = restructure_sheet(draft(text=FRAME), structure(public_share=number(0.4)), "city", 900.0)
    assert shared.sheet is not None
    assert added(n.amount for n in shared.sheet.of(ConvertibleNote) if n.lender == "city") == pytest.approx(360)


def test_what_the_draft_gives_is_not_given_twice():
    text = FRAME.replace("instruments: {{}}", "incentives: {{bonus: {{type: grant, from: city, amount: 500}}}}")
    given_ = {
        "parts": ({"kind": "works", "share": number(1.0)},),
        "loan_rate": number(0.04),
        "years": number(10, "years"),
    }
    site = restructure_sheet(draft(text=text), structure("site", **given_), "city", 500.0)
    assert site.sheet is not None
    assert site.sheet.of(Grant) == ()
    assert [p.cost for p in site.sheet.promises] == [500.0]
    shares = restructure_sheet(draft(text=text), structure("equity"), "city", 500.0)
    assert shares.sheet is not None
    assert shares.sheet.of(Grant) == ()
    assert added(n.amount for n in shares.sheet.of(ConvertibleNote)) == pytest.approx(500)


@pytest.mark.parametrize("form", ["equity", "credit"])
def test_without_a_sum_nothing_is_invented(form):
    parts = {"programme_share": number(0.3), "years": number(4, "years")} if form == "credit" else {}
    done = restructure_sheet(draft(text=FRAME), structure(form, **parts), "city", None)
    assert done.sheet is None
    assert done.why is not None
