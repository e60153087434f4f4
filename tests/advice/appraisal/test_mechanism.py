"""How the public money goes in: sums in every form, the part of private partners, and what is not known stays open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deal.terms.sheets import document
from tests.sampling import examples

from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.mechanism import enter_mechanism, supports, wanted
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

CASE = load_case(find_case("nio-hefei-2020"))
VIEW = CASE.view(CASE.decision_date)
HEAD = """\
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
  company: {role: issuer, name: C}
  city: {role: public, name: City}
  lead: {role: holder, name: Lead}
"""
STAKE = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {{city: 10%, lead: 10%}}
    tranches:
      - {{id: t1, amount: {{city: {city}, lead: {lead}}}, due: 2024-06-30}}
"""


def figures(text, names):
    """The figures of a deal, as a table that tests them would see them."""
    book = FigureBook()
    (row,) = (r for r in load_playbook("xian").table if r.id == "sub-fund-share")
    rows = tuple(row.model_copy(update={"test": row.test.model_copy(update={"figure": n})}) for n in names)
    playbook = load_playbook("hefei").model_copy(update={"table": rows})
    enter_mechanism(book, VIEW, parse_sheet(document(HEAD + text)) if text is not None else None, playbook)
    return {id: figure.value for id, figure in book.figures().items()}


def test_only_what_the_table_tests_is_entered():
    assert wanted(load_playbook("hefei")) == frozenset()
    book = FigureBook()
    enter_mechanism(book, VIEW, None, load_playbook("hefei"))
    assert book.figures() == {}


@settings(max_examples=examples(20))
@given(st.floats(1, 1e5), st.floats(0, 1e5))
def test_the_public_share_is_that_of_the_cash_that_investors_pay(city, lead):
    name = "mechanism.public_share"
    assert figures(STAKE.format(city=city, lead=lead), [name])[name] == pytest.approx(city / (city + lead))


def test_every_form_of_support_counts_once():
    text = STAKE.format(city=100, lead=50) + (
        "  loan: {type: loan, lender: city, borrower: company, amount: 30, drawn: 2024-06-30, rate: 4%, years: 3}\n"
        "incentives:\n"
        "  bonus: {type: grant, from: city, amount: 10 per year, years: 3, if: plant_local}\n"
        "  land: {type: land, from: city, value: 200, discount: 25%}\n"
        "  works: {type: park, from: city, cost: 40, start: 2024-06-30, ready: 2025-06-30, rent: 5%, years: 10}\n"
        "  fleet: {type: purchase, from: city, amount: 5 per year, years: 2, worth: 90%}\n"
        "promises:\n"
        "  road: {from: city, what: a road, due: 2025-06-30, probability: 90%, cost: 20}\n"
    )
    assert sum(s.amount.mid or 0.0 for s in supports(parse_sheet(document(HEAD + text)))) == pytest.approx(280)
    found = figures(text, ["mechanism.total", "mechanism.equity_share", "mechanism.proof_share"])
    assert found["mechanism.total"] == pytest.approx(280)
    assert found["mechanism.equity_share"] == pytest.approx(100 / 280)
    assert found["mechanism.proof_share"] == pytest.approx(30 / 280)


def test_what_is_unknown_is_a_gap_and_never_zero():
    text = STAKE.format(city=100, lead=50) + "incentives:\n  bonus: {type: grant, from: city, amount: unknown}\n"
    assert figures(text, ["mechanism.total"]) == {"mechanism.total": None}
    assert figures(None, ["mechanism.total", "mechanism.age"]) == {"mechanism.total": None, "mechanism.age": None}


def test_facts_of_the_company_are_those_of_the_view():
    found = figures(None, ["mechanism.staff", "mechanism.value"])
    assert found["mechanism.staff"] == 7800
    assert found["mechanism.value"] == 20906
