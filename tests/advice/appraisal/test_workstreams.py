"""The work-streams in an appraisal: what each found, and unit costs that only know what was known."""

from datetime import date

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.workstreams import streams, unit_costs
from guanzi.record.evidence import find_case, load_case
from guanzi.study.diligence import checks, run_checks

DAY = date(2020, 4, 29)


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def nio(case):
    return appraise(case, paths=64, options=AppraisalOptions(sensitivity=False))


def test_every_check_and_every_finding_is_counted_once(case):
    view = case.view(DAY)
    findings = run_checks(view, None)
    found = streams(view, findings)
    assert sum(s.checks for s in found) == len(checks())
    assert sum(s.risks + s.assets + s.gaps for s in found) == len(findings)
    assert {"finance", "technology", "chain", "legal", "users", "unit-economics", "people"} <= {s.stream for s in found}


def test_nio_has_a_car_that_does_not_pay_and_a_station_of_which_nothing_is_known(nio):
    car, station = nio.unit_costs
    assert (car.model, station.model) == ("vehicle", "swap-station")
    assert car.now == 20565
    assert car.now < min(v for v in car.low if v is not None)
    assert set(car.high) == {None}
    assert len(station.missing) == 18
    assert station.levels == ()


def test_no_unit_cost_rests_on_a_fact_of_a_later_day(case, nio):
    known = {fact.id: fact.known_on for fact in case.facts}
    ids = [id for cost in nio.unit_costs for id in cost.facts]
    assert ids
    assert max(known[id] for id in ids) <= DAY


@pytest.mark.parametrize("day", [date(2019, 3, 1), date(2019, 12, 1)])
def test_an_earlier_day_knows_less(case, day):
    earlier = unit_costs(case.view(day), FigureBook())
    assert all(case.view(day).fact(id).known_on <= day for cost in earlier for id in cost.facts)
    assert all(cost.now != 20565 for cost in earlier)


def test_the_curves_rise_and_the_middle_lies_within_the_band(nio):
    car = nio.unit_costs[0]
    for series in (car.low, car.middle, car.high):
        held = [float("inf") if v is None else v for v in series]
        assert held == sorted(held)
    for low, middle, high in zip(car.low, car.middle, car.high, strict=True):
        assert low <= (middle or float("inf")) <= (high or float("inf"))


def test_the_break_even_can_be_followed_to_its_facts(nio):
    tree = why(nio, "unit_cost.vehicle.break_even")
    assert tree.kind == "figure"
    assert {"vehicle-margin-2019", "deliveries-2019"} <= {parent.id for parent in tree.parents}
