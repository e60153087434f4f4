"""What the public side gives by a term sheet, year by year."""

from dataclasses import replace

import pytest
from tests.deal.terms.known_company import sheet

from guanzi.advice.appraisal.book import Estimated, FigureBook
from guanzi.advice.appraisal.fiscal import fiscal_tables, incentives_of
from guanzi.base.core import Message, render
from guanzi.jobs.appraisal.documents.fiscal_tables import fiscal_table
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.study.fiscal import countries, load_tax_sharing

GIVEN = """\
incentives:
  works: {type: park, from: city, cost: 400, start: 2024-04-01, ready: 2025-02-15, rent: 8%, years: 2, resale: 50%}
  fleet: {type: purchase, from: city, amount: 100 per year, years: 2, start: 2024-05-01, worth: 90%, cost: 70%}
"""


def test_a_building_costs_its_years_and_a_purchase_what_the_goods_are_not_worth():
    works, fleet = incentives_of(sheet(GIVEN))
    assert [(year, a.low, a.high) for year, a in works.amounts] == [(2024, 300.0, 300.0), (2025, 100.0, 100.0)]
    assert [(year, a.low) for year, a in fleet.amounts] == [(2024, pytest.approx(10.0)), (2025, pytest.approx(10.0))]


def test_what_goods_are_worth_within_a_bracket_leaves_a_bracket():
    body = GIVEN.replace("worth: 90%", "worth: {unknown: {low: 50%, high: 100%, note: judgement}}")
    fleet = list(incentives_of(sheet(body)))[1]
    assert (fleet.amounts[0][1].low, fleet.amounts[0][1].high) == (0.0, 50.0)


@pytest.mark.parametrize(
    ("high", "words"), [(42_700.0, "At the 95 % quantile (42,700 units)"), (0.0, "In 95 % of futures")]
)
def test_where_the_median_future_gains_nothing_no_rows_of_nought_are_shown(high, words):
    case = load_case(find_case("nio-hefei-2020"))
    view, book = case.view(case.decision_date), FigureBook()
    book.add("cluster.vehicles", Estimated(0.0, interval=(0.0, high)), "vehicles", "simulated", ("simulation",))
    (table,) = [t for t in fiscal_tables(view, book, None, (), load_playbook("hefei")) if t.id == "displacement"]
    assert fiscal_table(table).rows == ()
    assert words in render(Message.from_dict(table.sentence.model_dump()))


@pytest.mark.parametrize("country", countries())
def test_how_a_tax_is_shared_is_told_with_the_documents_that_say_so(country):
    case = load_case(find_case("nio-hefei-2020"))
    view = case.view(case.decision_date)
    view = replace(view, region=replace(view.region, country=country))
    (table,) = [t for t in fiscal_tables(view, FigureBook(), None, (), load_playbook("hefei")) if t.id == "taxes"]
    sharing = load_tax_sharing(country)
    rules = [sharing.rule(tax.id, view.as_of, view.as_of) for tax in sharing.taxes if tax.base is not None]
    said = render(Message.from_dict(table.sentence.model_dump()))
    assert [title for rule in rules if rule and (title := str(sharing.source(rule.source).title)) not in said] == []


@pytest.mark.parametrize(
    ("id", "none"),
    [
        ("samsung-taylor-2021", {"state_corporate_income_tax", "state_personal_income_tax"}),
        ("nikola-arizona-2020", set()),
    ],
)
def test_a_tax_that_the_state_does_not_levy_stands_in_no_table_of_its_taxes(id, none):
    """Texas was given a row for the tax on the income of companies, which it does not have."""
    case = load_case(find_case(id))
    view = case.view(case.decision_date)
    (table,) = [t for t in fiscal_tables(view, FigureBook(), None, (), load_playbook("hefei")) if t.id == "taxes"]
    shown = {row[0].id for row in table.rows}
    levied = {f"fiscal.tax.{name}" for name in ("state_corporate_income_tax", "state_personal_income_tax")}
    assert levied - shown == {f"fiscal.tax.{name}" for name in none}
    said = render(Message.from_dict(table.sentence.model_dump()))
    assert said.count("The state has no tax on") == len(none)
