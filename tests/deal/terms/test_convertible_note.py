"""Convertible notes: interest is added, a round converts at the lower price, and failure pays by rank."""

import pytest
from tests.deal.terms.known_company import run, sheet, text
from tests.deal.terms.sheets import document, said

from guanzi.base.core import render
from guanzi.deal.terms import explain, read_sheet, unknowns

NOTE = """\
instruments:
  note:
    type: convertible_note
    lender: city
    issuer: company
    amount: 100
    drawn: 2024-02-01
    rate: 8%
    years: 3
    cap: 5_000
    discount: 20%
"""


def note(old="", new="", more=""):
    assert not old or NOTE.count(old) == 1
    return sheet((NOTE.replace(old, new) if old else NOTE) + more)


SHARES = "note.shares"
ROUND = {4: {"mark": 4000.0}, 5: {"dilution": 0.8}}
"""A round in step 5: a quarter of new shares, at 4,000 before it."""


# Published figures


@pytest.mark.parametrize(
    ("valuation", "price", "shares"),
    [(10e6, 2.50, 10_000), (6e6, 4.00, 6_250)],
)
def test_the_published_example_of_a_cap_and_a_discount_is_reproduced(valuation, price, shares):
    """FundersClub, *Convertible Note with Cap and Discount* (Learn: numerical examples), read 25 November 2026.

    25,000 dollars at a cap of 5 million and a discount of 20 %, interest left aside; the round is at 5.00 dollars a
    share. At 10 million before the money the cap decides, at 6 million the discount.
    """
    dollars = NOTE.replace("5_000", "5_000_000").replace("amount: 100", "amount: 25_000")
    deal = sheet(dollars.replace("rate: 8%", "rate: 0%"))
    number = valuation / 5.00
    got = run(deal, {4: {"mark": valuation}, 5: {"dilution": 0.8}}, (SHARES, "note.claim"))
    assert got.outputs[SHARES][5] * number == pytest.approx(shares)
    assert 25_000 / (got.outputs[SHARES][5] * number) == pytest.approx(price)
    assert got.outputs["note.claim"][5] == 0.0


# Meaning


def test_interest_is_added_until_the_round_and_converts_too():
    got = run(note(), ROUND, ("note.claim", SHARES))
    assert got.outputs["note.claim"][:5] == pytest.approx([100.0, 102.0, 104.0, 106.0, 108.0])
    # at 0.8 x 4,000 for one share at signing: the discount is the lower price
    assert got.outputs[SHARES][5] == pytest.approx(110.0 / 3200.0)
    compound = run(note("rate: 8%", "rate: 8%\n    basis: compound"), ROUND, ("note.claim",))
    assert compound.outputs["note.claim"][4] == pytest.approx(100 * 1.08)


def test_the_cap_decides_where_it_is_lower():
    got = run(note("cap: 5_000", "cap: 1_000"), ROUND, (SHARES,))
    assert got.outputs[SHARES][5] == pytest.approx(110.0 / 1000.0)


def test_a_round_that_is_too_small_leaves_the_note_a_note():
    # the round brings 4,000 x (1 / 0.8 - 1) = 1,000
    for least, converts in ((1000, True), (1001, False)):
        got = run(note("discount: 20%", f"discount: 20%\n    qualified: {least}"), ROUND, (SHARES,))
        assert (got.outputs[SHARES][-1] > 0) is converts


def test_a_note_that_meets_no_round_is_repaid_with_its_interest():
    got = run(note(), {}, ("note.claim", "acct.company"))
    assert list(got.paid("note")) == [(0, "acct.city", "acct.company", 100.0), (12, "acct.company", "acct.city", 124.0)]
    assert got.outputs["note.claim"][12] == 0.0
    kept = run(note("years: 3", "years: 3\n    at_maturity: convert"), {}, ("note.claim", SHARES))
    assert kept.outputs[SHARES][12] == pytest.approx(124.0 / 800.0)


def test_what_it_became_is_diluted_by_later_rounds_and_sold_after_the_listing():
    later = ROUND | {8: {"dilution": 0.4, "mark": 2000.0}, 9: {"listed": 1.0}}
    got = run(note(), later, (SHARES,), lockup=6.0)
    shares = 110.0 / 3200.0
    part = shares * 0.4 / (1 + shares * 0.4)
    ((step, payer, payee, amount),) = got.paid("note.exit")
    assert (step, payer, payee) == (11, "acct.market", "acct.city")
    assert amount == pytest.approx(part * 2000.0)


def test_a_stake_of_the_same_deal_is_diluted_by_the_conversion():
    stake = """\
  stake:
    type: equity
    issuer: company
    share: 10%
    tranches: [{id: t1, amount: {city: 100, province: 100}, due: 2024-01-20}]
    holders: {city: 5%, province: 5%}
"""
    got = run(note(more=stake), ROUND | {9: {"sale": 10_000.0, "fails": 1}}, ("recovery.province", SHARES))
    shares = got.outputs[SHARES][9]
    whole = 1 + shares * 0.8
    assert got.outputs["recovery.province"][9] == pytest.approx(0.05 * 0.8 / whole * (10_000 + 1300))


@pytest.mark.parametrize(
    ("rank", "city"),
    [
        ("rank: secured\n    security: 50%", 100.0 + 2.0 * 100.0 / 300.0),
        ("rank: unsecured", 102.0 * 200.0 / (102.0 + 298.0)),
        ("rank: subordinated", 0.0),
        ("rank: subordinated\n    obligors: [founder]", 102.0),
    ],
)
def test_until_it_converts_it_stands_in_failure_by_its_rank(rank, city):
    terms = note("discount: 20%", f"discount: 20%\n    {rank}")
    broke = {1: {"ahead": 298.0, "earns": -900.0, "fails": 1}}
    got = run(terms, broke, ("recovery.city", "note.claim"))
    assert got.outputs["recovery.city"][1] == pytest.approx(city)
    assert sum(x for t, _, payee, x in got.paid("failure") if payee == "acct.city") == pytest.approx(city)
    assert got.outputs["note.claim"][1] == 0.0


def test_an_obligor_pays_once_for_all_that_it_backs():
    second = NOTE.removeprefix("instruments:\n").replace("note:", "second:").replace("amount: 100", "amount: 400")
    deal = sheet((NOTE + second).replace("    discount: 20%\n", "    rank: subordinated\n    obligors: [founder]\n"))
    got = run(deal, {1: {"ahead": 5000.0, "fails": 1}}, ("capacity.founder",))
    assert [x for _, payer, _, x in got.paid("failure") if payer == "acct.founder"] == [102.0, pytest.approx(198.0)]
    assert got.outputs["capacity.founder"][1] == pytest.approx(0.0)


# Reading and words


def test_a_note_says_its_terms():
    (clause,) = [c for c in explain(note()) if c.id == "note"]
    words = render(clause.message)
    assert words.startswith("Riverton buys a convertible note of 100 m yuan from Example Motors")
    assert "Interest of 8 % a year (simple interest) accrues and is not paid" in words
    assert "less 20 %, but at most at a pre-money valuation of 5 bn yuan" in words
    assert "3 years after drawing, any unconverted amount is repaid with interest" in words


def test_what_was_not_seen_of_a_note_is_named():
    found = read_sheet(document(text(NOTE.replace("cap: 5_000", "cap: unknown"))))
    assert found.sheet is not None
    assert [render(g.what) for g in unknowns(found.sheet)] == ["the valuation cap of “convertible note”"]


WRONG = [
    ("lender: city", "lender: founder", "no_such_public_party", "city"),
    ("issuer: company", "issuer: city", "no_such_issuer", "company"),
    ("cap: 5_000", "cap: 0", "no_cap", "state it"),
    ("discount: 20%", "discount: 100%", "whole_discount", "below 100%"),
    ("rate: 8%", "rate: 8%\n    basis: daily", "not_choice", "simple and compound"),
    ("rate: 8%", "rate: 8%\n    obligors: [city]", "no_such_obligor", "province and founder"),
    ("    years: 3\n", "", "one_length", "either “years: 5”"),
    ("drawn: 2024-02-01", "drawn: 2013-02-01", "over_before_signing", "on or after signing"),
    ("drawn: 2024-02-01", "drawn: 2024-02-01\n    expires: 2024-01-20", "expires_before_drawn", "after the due date"),
    ("drawn: 2024-02-01", "drawn: 2034-02-01", "starts_after_horizon", "lengthen the horizon"),
]


@pytest.mark.parametrize(("old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_with_a_note_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = read_sheet(document(text(NOTE.replace(old, new))))
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert list(causes) == [cause]
    assert fix in said(causes[cause])
