"""The cost models against results worked out by hand, and against what must hold for every input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.unitcost.cases import not_above, result, two_values

from guanzi.base.core import render
from guanzi.study import unitcost
from guanzi.study.unitcost.fab import unit_yield, units_on_wafer
from guanzi.study.unitcost.model import recovery
from guanzi.study.unitcost.vehicle import year_cost

MODELS = tuple(unitcost.MODELS.values())


# Worked out by hand


def test_a_station_breaks_even_where_energy_sold_carries_the_year():
    # 0.3 m a year over 50 kWh x 365 days x (1.5 - 0.45 / 0.9) yuan
    assert result("swap-station") == pytest.approx(0.3e6 / (50 * 365 * 1.0))


def test_a_station_sells_a_kilowatt_hour_at_its_price_where_it_breaks_even():
    n = result("swap-station")
    assert result("swap-station", "unit_margin", swaps_per_day=n) == pytest.approx(0.0, abs=1e-12)


def test_packs_age_by_the_calendar_or_by_use_whichever_is_more():
    # 10 packs of 100 kWh at 100 yuan: 0.1 m, a tenth of it a year; and 0.1 yuan a kWh of wear
    slow = result("swap-station", pack_price=100.0)
    ageing, wear = (0.3e6 + 0.01e6) / (50 * 365), 0.3e6 / (50 * 365 * 0.9)
    assert slow == pytest.approx(max(ageing, wear))
    assert wear > ageing
    calendar = result("swap-station", pack_price=100.0, pack_cycles=1e6, packs=100.0)
    assert calendar == pytest.approx((0.3e6 + 0.1e6) / (50 * 365))


def test_free_swaps_never_pay():
    assert result("swap-station", paid_share=0.0) == math.inf


def test_without_learning_a_car_breaks_even_at_fixed_costs_over_margin():
    assert result("vehicle") == pytest.approx(1_000e6 / 50_000, rel=1e-9)
    assert result("vehicle", "unit_cost") == pytest.approx(150_000 + 1_000e6 / 20_000)


def test_a_car_sold_below_its_cost_never_breaks_even_without_learning():
    assert result("vehicle", price=140_000.0) == math.inf
    assert result("vehicle", price=140_000.0, materials_progress=0.8) < math.inf


@pytest.mark.parametrize("progress", [0.6, 0.8, 0.95])
def test_a_doubling_lowers_the_marginal_cost_to_the_progress_ratio(progress):
    # the cost of the next unit is the derivative of the bill; after a doubling it is the progress ratio of the first
    built, step = 1_000.0, 1e-3
    one = [np.array([x]) for x in (step, 100.0, built, progress)]
    at_start = year_cost(*one)[0] / step
    up = year_cost(np.array([built + step]), *one[1:])[0] - year_cost(np.array([built]), *one[1:])[0]
    assert at_start == pytest.approx(100.0, rel=1e-5)
    assert up / step == pytest.approx(100.0 * progress, rel=1e-4)


def test_the_bill_of_a_year_is_the_sum_of_its_units():
    # slow oracle: one unit after the other, at the middle of its step on the curve
    b = -math.log2(0.85)
    units = sum(100.0 * ((1_000 + k + 0.5) / 1_000) ** -b for k in range(3_000))
    assert year_cost(*(np.array([x]) for x in (3_000.0, 100.0, 1_000.0, 0.85)))[0] == pytest.approx(units, rel=1e-6)


def test_a_fab_breaks_even_at_fixed_costs_over_what_its_wafers_earn():
    # 200 m depreciation and 100 m a year; a wafer earns 60 x 80 - 1,000; 120,000 wafers a year
    assert result("fab") == pytest.approx(300e6 / (120_000 * 3_800))
    assert result("fab", "unit_cost") == pytest.approx((300e6 / 60_000 + 1_000) / 80)


def test_the_yield_of_clustered_defects_tends_to_poisson():
    area, defects = np.array([80.0]), np.array([0.4])
    poisson = math.exp(-0.8 * 0.4)
    assert unit_yield(area, defects, np.array([1e7]))[0] == pytest.approx(poisson, rel=1e-6)
    assert unit_yield(area, defects, np.array([1.0]))[0] > poisson


def test_units_on_a_wafer_are_fewer_than_its_area_holds():
    area = np.array([10.0, 100.0, 1_000.0])
    units = units_on_wafer(np.array([300.0]), area)
    assert (units < math.pi * 150**2 / area).all()
    assert units[0] / (math.pi * 150**2 / 10) > units[2] / (math.pi * 150**2 / 1_000)


@pytest.mark.parametrize(("rate", "years"), [(0.0, 8.0), (0.05, 10.0), (0.12, 3.0)])
def test_the_yearly_charge_pays_the_investment_back(rate, years):
    charge = recovery(np.array([rate]), np.array([years]))[0]
    assert sum(charge / (1 + rate) ** k for k in range(1, int(years) + 1)) == pytest.approx(1.0)


# What holds for every input


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
@given(data=st.data())
@settings(max_examples=examples(300), deadline=None)
def test_each_input_moves_the_results_only_in_the_stated_direction(model, data):
    inputs, spec, low, high = data.draw(two_values(model))
    ends = {name: np.array([value, value]) for name, value in inputs.items()} | {spec.name: np.array([low, high])}
    with np.errstate(all="ignore"):
        found = model.compute(ends)
    for values, sign in ((found.break_even, 1), (found.unit_cost, 1), (found.unit_margin, -1)):
        first, last = values if spec.adverse * sign > 0 else values[::-1]
        assert not_above(first, last), (spec.name, low, high, values)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_below_the_break_even_a_unit_loses_and_above_it_gains(model, data):
    inputs, *_ = data.draw(two_values(model))
    volume = {"swap-station": "swaps_per_day", "vehicle": "volume", "fab": "utilisation"}[model.id]
    spec = model.spec(volume)
    columns = {name: np.array([value]) for name, value in inputs.items()}
    with np.errstate(all="ignore"):
        n = model.compute(columns).break_even[0]
        for times in (0.5, 2.0):
            if math.isfinite(n) and spec.low <= n * times <= spec.high:
                margin = model.compute(columns | {volume: np.array([n * times])}).unit_margin[0]
                assert margin * (times - 1) >= 0


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_input_has_words(model, lang):
    for message in (model.title, *(model.label(spec.name) for spec in model.inputs)):
        assert render(message, lang)
