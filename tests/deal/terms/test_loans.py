"""Loans: read whole or refused with reasons, and said with what becomes of them when the company fails."""

from dataclasses import replace
from datetime import date

import pytest
from tests.deal.terms.known_company import run, sheet
from tests.deal.terms.sheets import DEAL, changed, document, said
from tests.study.diligence.views import view_of

from guanzi.base.core import render
from guanzi.deal.terms import Equity, Loan, Unknown, explain, parse_sheet, read_sheet, unknowns
from guanzi.study.monitoring import settlements

LOAN = """\
  bridge:
    type: loan
    lender: city
    borrower: company
    amount: 500
    drawn: 2024-06-30
    if: "event('closing')"
    expires: 2025-06-30
    rate: 4%
    repayment: bullet
    maturity: 5 years
    rank: secured
    security: 40%
"""


def text(old="", new=""):
    assert not old or LOAN.count(old) == 1
    return changed("  put:\n", LOAN.replace(old, new) + "  put:\n")


def loan(old="", new=""):
    return parse_sheet(document(text(old, new))).of(Loan)[0]


def sentence(old="", new=""):
    (clause,) = [c for c in explain(parse_sheet(document(text(old, new)))) if c.id == "bridge"]
    return render(clause.message)


def test_a_loan_is_read_as_it_is_written():
    bridge = loan()
    assert (bridge.lender, bridge.borrower, bridge.amount, bridge.rate) == ("city", "company", 500.0, 0.04)
    assert (bridge.drawn, bridge.expires) == (date(2024, 6, 30), date(2025, 6, 30))
    assert (bridge.years, bridge.repayment, bridge.rank, bridge.security) == (5.0, "bullet", "secured", 0.4)
    assert bridge.condition is not None


@pytest.mark.parametrize(
    ("words", "years"), [("years: 5", 5.0), ("years: 2.5", 2.5), ("maturity: 18 months", 1.5), ("maturity: 3", 3.0)]
)
def test_the_length_of_a_loan_is_said_in_years_or_months(words, years):
    assert loan("maturity: 5 years", words).years == years


def test_a_loan_that_says_no_more_is_an_unsecured_bullet():
    bridge = loan(
        "    repayment: bullet\n    maturity: 5 years\n    rank: secured\n    security: 40%\n", "    years: 2\n"
    )
    assert (bridge.repayment, bridge.rank, bridge.security, bridge.years) == ("bullet", "unsecured", 0.0, 2.0)


def test_what_was_not_seen_of_a_loan_is_bracketed_or_reported():
    assert loan("rate: 4%", "rate: {unknown: {low: 3%, high: 6%}}").rate.high == 0.06
    found = read_sheet(document(text("security: 40%", "security: unknown")))
    assert found.sheet is not None
    assert isinstance(found.sheet.of(Loan)[0].security, Unknown)
    assert [(p.severity, p.cause.id) for p in found.problems] == [("warning", "terms.sheet.needs_bracket")]
    assert "the share of assets pledged for “loan” was not seen" in said(found.problems[0])
    gaps = {g.clause: render(g.what) for g in unknowns(found.sheet)}
    assert gaps["bridge"] == "the share of assets pledged for “loan”"


def test_a_loan_says_its_terms():
    assert sentence().startswith(
        "Riverton lends Example Motors 500 m yuan at 4 % a year, drawn on or after 30 June 2024; only once "
        "the following holds: the event “conditions of closing are met” has happened; if unpaid, it lapses after "
        "30 June 2025. The term is 5 years: interest is paid every quarter, and the principal in one sum at the end."
    )
    assert "in level payments every quarter" in sentence("bullet", "amortising")
    assert "The term is one year:" in sentence("5 years", "12 months")


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        ("secured\n    security: 40%", "paid first from the pledged part of its assets (40 %)"),
        ("unsecured", "ranks equally with the other creditors, and no asset is pledged"),
        ("subordinated", "after all other creditors but before shareholders"),
    ],
)
def test_a_loan_says_its_rank_in_failure(rank, words):
    assert words in sentence("secured\n    security: 40%", rank)


def test_the_published_schedule_of_an_amortising_loan_is_reproduced():
    """R. Brealey, S. Myers, A. Marcus: *Fundamentals of Corporate Finance*, chapter on the time value of money.

    1,000 at 10 % for four years, repaid in four equal payments of 315.47, of which the first holds 100 of interest. The
    book counts in years; a loan at 10 % a quarter counts the same in quarters.
    """
    body = """\
instruments:
  loan:
    {type: loan, lender: city, borrower: company, amount: 1_000, drawn: 2024-01-20, rate: 40%,
     repayment: amortising, years: 1}
"""
    got = run(sheet(body), {}, ("loan.outstanding",))
    paid = [round(x, 2) for _, payer, _, x in got.paid("loan") if payer == "acct.company"][:4]
    assert paid == [315.47] * 4
    assert [round(x, 2) for x in got.outputs["loan.outstanding"][:5]] == [1000.0, 784.53, 547.51, 286.79, 0.0]


def test_an_obligor_makes_good_what_a_loan_loses_up_to_its_limit():
    body = """\
instruments:
  loan:
    {type: loan, lender: city, borrower: company, amount: 800, drawn: 2024-01-20, rate: 0%, years: 3,
     obligors: [founder]}
"""
    got = run(sheet(body), {1: {"earns": -1800.0, "ahead": 1.0, "fails": 1}}, ("recovery.city", "returned.city"))
    assert got.outputs["recovery.city"][1] == got.outputs["returned.city"][1] == 300.0
    assert [x[1:] for x in got.paid("failure") if x[3]] == [("acct.founder", "acct.city", 300.0)]


def test_a_subordinated_loan_gets_what_the_claims_before_it_leave():
    body = """\
instruments:
  senior: {type: loan, lender: city, borrower: company, amount: 800, drawn: 2024-01-20, rate: 0%, years: 3}
  junior:
    {type: loan, lender: province, borrower: company, amount: 500, drawn: 2024-01-20, rate: 0%, years: 3,
     rank: subordinated}
"""
    # 2,300 in the till less 1,900, and 700 for the assets: 1,100 for 800 and then 500
    got = run(sheet(body), {1: {"earns": -1900.0, "sale": 700.0, "fails": 1}}, ("returned.city", "returned.province"))
    assert (got.outputs["returned.city"][1], got.outputs["returned.province"][1]) == (800.0, 300.0)


WRONG = [
    ("lender: city", "lender: cities", "no_such_public_party", "did you mean city?"),
    ("lender: city", "lender: founder", "no_such_public_party", "city and province"),
    ("borrower: company", "borrower: city", "no_such_issuer", "company"),
    ("amount: 500", "amount: -500", "negative_amount", "zero or more"),
    ("rate: 4%", "rate: 400%", "not_fraction", "between 0% and 100%"),
    ("security: 40%", "security: 140%", "not_fraction", "between 0% and 100%"),
    ("    security: 40%\n", "", "no_security", "add “security: 40%”"),
    ("rank: secured", "rank: unsecured", "security_without_rank", "write “rank: secured”"),
    ("rank: secured", "rank: senior", "not_choice", "secured, unsecured and subordinated"),
    ("repayment: bullet", "repayment: bulet", "not_choice", "did you mean bullet?"),
    ("maturity: 5 years", "maturity: 0", "bad_span", "at most 50 years"),
    ("maturity: 5 years", "maturity: -2", "bad_span", "at most 50 years"),
    ("maturity: 5 years", "maturity: a while", "bad_span", "at most 50 years"),
    ("maturity: 5 years", "maturity: 60 years", "bad_span", "at most 50 years"),
    ("maturity: 5 years", "maturity: true", "bad_span", "at most 50 years"),
    ("    maturity: 5 years\n", "", "one_length", "either “years: 5”"),
    ("maturity: 5 years", "maturity: 5 years\n    years: 5", "one_length", "either “years: 5”"),
    ("drawn: 2024-06-30", "drawn: 2018-01-30", "over_before_signing", "on or after signing"),
    ("drawn: 2024-06-30", "drawn: 2034-06-30", "starts_after_horizon", "lengthen the horizon"),
    ("expires: 2025-06-30", "expires: 2024-05-30", "expires_before_drawn", "after the due date"),
    ("    drawn: 2024-06-30\n", "", "missing", "add drawn"),
    ("  bridge:", "  t1:", "duplicate_id", "another id"),
]


@pytest.mark.parametrize(("old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_with_a_loan_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = read_sheet(document(text(old, new)))
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert cause in causes
    assert fix in said(causes[cause])
    assert causes[cause].place.line > 1


def test_the_same_asset_is_not_pledged_twice():
    second = LOAN.replace("bridge", "works").replace("security: 40%", "security: 70%")
    found = read_sheet(document(changed("  put:\n", LOAN + second + "  put:\n")))
    assert [p.cause.id for p in found.problems] == ["terms.sheet.pledged_twice"]
    assert "110" in said(found.problems[0])


def test_conditions_may_count_from_a_loan():
    asked = text().replace("when: not listed", "when: \"months_since('bridge') > 12\"")
    (clause,) = [c for c in explain(parse_sheet(document(asked))) if c.id == "call"]
    assert "more than 12 months have passed since “loan” was drawn" in render(clause.message)
    wrong = read_sheet(document(text().replace("when: not listed", "when: event('bridge')"))).problems
    assert "write months_since('bridge')" in said(wrong[0])


def test_an_instalment_paid_before_the_signing_counts_as_paid_and_waits_for_nothing():
    """A stake of which a part was paid under a framework could not be entered."""
    found = read_sheet(document(DEAL.replace("due: 2024-04-15", "due: 2024-02-15")))
    assert found.sheet is not None
    first, *later = found.sheet.of(Equity)[0].tranches
    assert (first.already, first.due, first.condition) == (date(2024, 2, 15), found.sheet.signed, None)
    assert [item.already for item in later] == [None, None]
    assert [(p.cause.id, p.severity) for p in found.problems] == [("terms.sheet.paid_before_signing", "warning")]
    told = next(render(c.message) for c in explain(found.sheet) if c.id == "stake.t1")
    assert "paid on 15 February 2024, before signing" in told
    assert "on or after" not in told
    assert {flow.already for flow in found.sheet.flows() if flow.id == "t1"} == {date(2024, 2, 15)}
    stands = settlements(found.sheet, view_of())["t1"]
    assert (stands.paid, stands.begun) == (900.0, date(2024, 2, 15))


def test_what_was_drawn_before_the_signing_counts_from_it_for_the_years_that_are_left():
    found = read_sheet(document(text("drawn: 2024-06-30", "drawn: 2024-01-15")))
    assert found.sheet is not None
    loan, signed = found.sheet.of(Loan)[0], found.sheet.signed
    assert loan.drawn == signed
    assert loan.years == pytest.approx(5 - (signed - date(2024, 1, 15)).days / 365.25)
    assert [(p.cause.id, p.severity) for p in found.problems] == [("terms.sheet.drawn_before_signing", "warning")]


def test_the_flows_of_a_sheet_are_found_once_and_those_of_another_one_anew():
    lent = parse_sheet(document(text()))
    less = replace(lent, instruments=tuple(item for item in lent.instruments if item.id != "bridge"))
    assert lent.flows() is lent.flows()
    assert [flow for flow in lent.flows() if flow.instrument != "bridge"] == [*less.flows()] != [*lent.flows()]
