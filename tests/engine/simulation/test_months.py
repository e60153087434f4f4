"""The grid of months: the company keeps its quarters, and the deal has its days."""

from dataclasses import replace
from datetime import date

import pytest
from tests.deal.program.test_lowering import CALM, CHEAP, T1, after_months, deal, put
from tests.engine.simulation.examples import AT, POLICY, condition, model, number

from guanzi.deal.terms import Grid
from guanzi.deal.terms.conditions import Number, Relation, Total
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

QUARTERS, MONTHS = 3, 1


def outputs(terms, step, **changes):
    built = assemble(compose(replace(terms, step=step, horizon=7), model(**(CALM | changes)), POLICY))
    return dict(zip(built.outputs, run_path(built, 1, 0).outputs.values(), strict=True))


def payments(terms, step, clause, **changes):
    built = assemble(compose(replace(terms, step=step, horizon=7), model(**(CALM | changes)), POLICY))
    trace = run_path(built, 1, 0, trace=True).trace
    return [(x.step, x.amount) for x in trace if x.clause == clause and x.what == "pays"]


def test_the_company_moves_in_the_first_month_of_a_quarter_and_is_tested_in_the_last():
    grid = Grid(date(2020, 5, 20), 1, 12)  # May 2020 to April 2021
    assert [t for t in range(12) if grid.moves(t)] == [0, 2, 5, 8, 11]
    assert [t for t in range(12) if grid.closes(t)] == [1, 4, 7, 10, 11]
    assert [grid.quarter(t) for t in range(12)] == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    quarterly = Grid(date(2020, 5, 20), 3, 4)
    assert all(quarterly.moves(t) and quarterly.closes(t) and quarterly.quarter(t) == t for t in range(4))


@pytest.mark.parametrize("name", ["with.units_total", "fund.paid", "fund.terminal", "with.local_total"])
def test_months_change_the_days_of_money_and_nothing_of_the_company(name):
    assert outputs(deal(), MONTHS)[name] == pytest.approx(outputs(deal(), QUARTERS)[name])


def test_money_moves_in_its_own_month():
    later = replace(T1, id="t2", due=date(2020, 8, 31))
    assert payments(deal((T1, later)), MONTHS, "stake.t2") == [(4, 1000.0)]
    assert payments(deal((T1, later)), QUARTERS, "stake.t2") == [(1, 1000.0)]


def test_a_right_opens_in_its_month_and_earns_by_months():
    terms = deal(puts=(put(after_months(60)),))
    # paid in June 2020, opened in July 2025
    assert outputs(terms, MONTHS, **CHEAP)["put.received"] == pytest.approx(1000.0 * 1.085 ** (61 / 12))
    assert outputs(terms, QUARTERS, **CHEAP)["put.received"] == pytest.approx(1000.0 * 1.085 ** (21 / 4))


@pytest.mark.parametrize("signed", [date(2020, 4, 29), date(2020, 5, 29), date(2020, 6, 29)])
@pytest.mark.parametrize("months", [None, 12])
def test_a_year_of_deliveries_is_four_quarters_on_either_grid(months, signed):
    # 5,000 a quarter: a window of a year and a calendar year both have 20,000, quarters before the signing included
    total = Total(number("units"), months, AT)
    for bound, paid in ((19_999.0, 1000.0), (20_001.0, 0.0)):
        waits = replace(T1, due=date(2020, 12, 1), condition=condition(Relation(">", total, Number(bound, AT), AT)))
        terms = replace(deal((replace(waits, expires=date(2020, 12, 31)),)), signed=signed)
        assert outputs(terms, MONTHS)["fund.paid"] == paid
        assert outputs(terms, QUARTERS)["fund.paid"] == paid


def test_a_flow_by_itself_is_that_of_the_running_quarter():
    waits = replace(
        T1, due=date(2020, 8, 1), condition=condition(Relation(">", number("units"), Number(4999.0, AT), AT))
    )
    assert payments(deal((waits,)), MONTHS, "stake.t1")[0][0] == 4


def test_a_company_fails_in_the_same_quarter_on_either_grid():
    broke = {"cash": ("fixed", (0.0,)), "opex": ("fixed", (400.0,)), "payables_stretch": ("fixed", (0.0,))}
    broke |= {"round_half": ("fixed", (1e-9,))}  # no price clears
    monthly, quarterly = (outputs(deal(), step, **broke)["with.failed_step"] for step in (MONTHS, QUARTERS))
    assert quarterly >= 0
    # signed in April: the last month of quarter n is month 3n + 2
    assert monthly == 3 * quarterly + 2
