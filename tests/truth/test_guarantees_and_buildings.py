"""Guarantees and buildings of the public side are its money: at risk, in the years in which it is, and no more."""

from collections import defaultdict
from datetime import date

import pytest
from tests.advice.appraisal.test_without_equity import sheet_of as small_sheet
from tests.cli.small_case import FACTS, write_case
from tests.deal.terms.known_company import run, sheet
from tests.engine.simulation.examples import POLICY, model

from guanzi.advice.appraisal import lint_context
from guanzi.advice.appraisal.demands import _paid_once
from guanzi.advice.appraisal.fiscal import incentives_of
from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import render
from guanzi.deal.lint import LintContext, lint
from guanzi.deal.program import grid_of
from guanzi.engine.simulation import simulate
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook
from guanzi.study.fiscal import forgone_table
from guanzi.study.monitoring import calendar_of, warning_rules

LOAN = (
    "instruments:\n  loan: {type: loan, lender: city, borrower: company, amount: 100, drawn: 2024-03-31, rate: 3%, "
    "years: 4, rank: secured, security: 1%}\n"
)
GUARANTEE = "incentives:\n  bond: {type: guarantee, from: province, share: 90%, limit: LIMIT, until: 2026-06-30}\n"
PARK = (
    "incentives:\n  hall: {type: park, from: city, cost: 480, start: START, ready: READY, rent: 5%, years: 9, "
    "resale: 50%}\n"
)
LIMITS = (1, 1000, 100_000)


def guaranteed(limit: float) -> str:
    return LOAN + GUARANTEE.replace("LIMIT", str(limit))


def built(start: str, ready: str) -> str:
    return PARK.replace("START", start).replace("READY", ready)


@pytest.fixture(scope="module")
def simulated():
    return {limit: simulate(sheet(guaranteed(limit)), model(), POLICY, paths=2_000) for limit in LIMITS}


def test_the_larger_a_guarantee_the_less_the_deal_is_worth_to_the_public_side(simulated):
    means = [simulated[limit].find_summary("fund.npv").mean for limit in LIMITS]
    assert means[0] > means[1] >= means[2]
    assert simulated[LIMITS[0]].shares["fund.loss"][0] <= simulated[LIMITS[1]].shares["fund.loss"][0]


def test_whoever_pays_a_guarantee_has_paid(simulated):
    """A future in which it is called is none in which nothing is paid."""
    for found in simulated.values():
        outlay = sum(found.scalars[f"public.outlay.{year}"].mean for year in found.years)
        assert found.find_summary("fund.paid").mean == pytest.approx(outlay)


def test_a_called_guarantee_is_a_loss_of_its_giver():
    terms = sheet(guaranteed(500).replace("limit: 500", "limit: 500, of: loan"))
    got = run(terms, {4: {"ahead": 5000.0, "fails": 1}}, ("paid.province", "spent.province", "returned.city"))
    paid = got.outputs["paid.province"][-1]
    assert 0.0 < paid < got.outputs["returned.city"][-1]
    assert got.outputs["spent.province"][-1] == 0.0


@pytest.mark.parametrize("step", ["quarter", "month"])
@pytest.mark.parametrize(
    "days", [("2024-10-01", "2026-09-30"), ("2024-04-01", "2025-02-15"), ("2024-06-30", "2024-06-30")]
)
def test_what_is_planned_of_a_building_is_what_is_paid_for_it_year_by_year(step, days):
    terms = sheet(built(*days), step=step)
    grid, paid = grid_of(terms), defaultdict[int, float](float)
    for t, payer, _, amount in run(terms, {}).paid("hall"):
        paid[grid.year(t)] += amount if payer == "acct.city" else 0.0
    planned = {flow.due.year: flow.amount for flow in terms.flows()}
    assert planned == pytest.approx({year: amount for year, amount in paid.items() if amount})
    assert all(flow.due <= date.fromisoformat(days[1]) for flow in terms.flows())


def test_a_building_that_its_owner_keeps_is_not_lost_when_the_tenant_leaves():
    found = simulate(sheet(built("2024-03-31", "2025-03-31")), model(), POLICY, paths=256)
    assert max(found.fans["loss_on_departure"].p95[:8]) <= 240.0 * 1.01


def test_a_guarantee_stands_in_each_year_in_which_it_can_be_called_and_is_paid_once():
    incentives = tuple(incentives_of(sheet(guaranteed(500))))
    (entry,) = forgone_table(incentives).others
    assert [amount.high for amount in entry.amounts] == [500.0] * 3
    assert entry.total.high == 500.0


def test_a_guarantee_in_force_stands_in_the_calendar(tmp_path):
    terms = sheet(guaranteed(500))
    write_case(tmp_path / "case")
    case = load_case(tmp_path / "case")
    entries = [
        e
        for e in calendar_of(terms, case.view(case.decision_date), (), warning_rules().reporting)
        if e.id == "money.bond.ends"
    ]
    assert [entry.day for entry in entries] == [date(2026, 6, 30)]


def codes(terms, context=None):
    return {found.code: found for found in lint(terms, context or LintContext())}


def test_lint_sees_buildings_and_guarantees():
    assert codes(sheet(built("2024-10-01", "2026-09-30")))["GZ101"].clause == "incentive.hall"
    assert "600 m yuan invested, lent or guaranteed" in render(codes(sheet(guaranteed(500)))["GZ103"].message)


def test_the_last_money_is_also_a_tax_that_is_let_off():
    tested = "covenants:\n  work: {require: jobs_local >= 5, from: 2025-06-30, remedy: unknown}\n"
    relief = "incentives:\n  relief: {type: rebate, from: city, amount: 2 per year, start: 2024-12-31, years: 4}\n"
    assert "GZ303" in codes(sheet(LOAN + tested))
    assert "GZ303" not in codes(sheet(LOAN + relief + tested))


def test_the_pace_of_a_part_of_a_year_is_no_actual(tmp_path):
    folder = tmp_path / "case"
    write_case(folder)
    part = (
        "  - {id: part, name: deliveries_to_date, period: 2024-01/2024-03, value: 9000, unit: vehicles, "
        "known_on: 2024-04-10, source: report}\n"
    )
    facts = folder / FACTS
    facts.write_text(facts.read_text("utf-8") + part, "utf-8")
    case = load_case(folder)
    view = case.view(case.decision_date)
    context = lint_context(view, small_sheet(tmp_path, LOAN.replace("city", "riverton")), load_playbook("hefei"))
    assert context.last_actual == {**(context.last_actual or {}), "units": 20_000}


def test_one_loan_is_one_payment_whatever_tax_is_let_off_beside_it():
    relief = "incentives:\n  relief: {type: rebate, from: city, amount: 2 per year, start: 2024-12-31, years: 4}\n"
    assert _paid_once(sheet(LOAN + relief))
    assert not _paid_once(sheet(relief))


SHIPS = """\
sources:
  report: {publisher: Example Yards, title: Annual report, date: 2024-03-01, grade: B}
facts:
  - {id: sales-2023, name: deliveries, period: 2023, value: 12, unit: units, known_on: 2024-03-01, source: report}
  - {id: money-2023, name: revenue, period: 2023, value: 6000, unit: CNY m, known_on: 2024-03-01, source: report}
"""
CAPACITY = (
    "  - {id: docks, name: local_plant_capacity, period: 2024-03-01, value: 16, unit: units/year, "
    "known_on: 2024-03-01, source: report}\n"
)
PLAN = (
    "  - {id: plan, name: plan_capacity, period: 2027, value: 40, unit: units/year, known_on: 2024-03-01, "
    "source: report}\n"
)


def parameters(folder, more):
    write_case(folder)
    (folder / FACTS).write_text(SHIPS + more, "utf-8")
    case = load_case(folder)
    return calibrate_company(case.view(case.decision_date), case.decision_date).parameters


@pytest.mark.parametrize(("more", "most"), [("", 12 / 4 * 40), (CAPACITY, 16 / 4 * 3)])
def test_growth_of_a_maker_of_ships_does_not_end_at_the_output_of_plants_for_cars(tmp_path, more, most):
    assert max(parameters(tmp_path / "case", more)["units_ceiling"].distribution.values) == pytest.approx(most)


def test_a_planned_plant_sells_at_the_price_that_the_company_gets(tmp_path):
    told = dict(parameters(tmp_path / "case", PLAN)["plant_units"].origin.because.params)
    assert told["sales"] == pytest.approx(40 * 6000 / 12)
