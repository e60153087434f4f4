"""Parameters come from facts of the day first, comparable companies next, and named judgement last."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.simulation.examples import sheet
from tests.study.diligence.views import fact, view_of
from tests.study.diligence.views import quarters as quarters_of

from guanzi.advice.calibration.amounts import ROUND_RATES, home_rate
from guanzi.advice.calibration.base_rates import growth_distribution
from guanzi.advice.calibration.judgements import JUDGEMENTS
from guanzi.advice.calibration.model import calibrate
from guanzi.advice.calibration.series import fit_logs, last_four, median, quarters
from guanzi.base.core import catalogue, render
from guanzi.deal.terms import parse_sheet
from guanzi.engine.company import ScaleUpManufacturer
from guanzi.record.evidence import find_case, load_case, priors


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


def model(case, day):
    view = case.view(day)
    return view, calibrate(view, parse_sheet(view.sheet.document))


def test_every_parameter_of_the_model_has_a_judgement_to_fall_back_on():
    assert set(JUDGEMENTS) == set(ScaleUpManufacturer.PARAMETERS)
    texts = catalogue("appraisal")
    assert [n for n in JUDGEMENTS if f"appraisal.parameter.{n}.judgement" not in texts] == []
    labels = catalogue("simulation")
    assert [n for n in JUDGEMENTS if f"simulation.parameter.{n}" not in labels] == []


@pytest.mark.parametrize("day", [date(2020, 2, 25), date(2020, 4, 29)], ids=str)
def test_origins_are_stated_and_rest_on_facts_of_the_view(case, day):
    view, found = model(case, day)
    held = {fact.id for fact in view.facts}
    for name, parameter in found.parameters.items():
        assert render(parameter.origin.because), name
        assert (parameter.origin.kind == "judgement") == (not parameter.origin.parents), name
        assert {id for id in parameter.origin.parents if not id.startswith(("terms.", "prior."))} <= held


def test_known_volumes_prices_and_debts_of_the_signing_day(case):
    _, found = model(case, date(2020, 4, 29))
    p = found.parameters
    season = {1: 0.875, 2: 0.925, 3: 0.975, 4: 1.225}
    logs = [math.log(n / season[q]) for q, n in ((1, 3989), (2, 3553), (3, 4799), (4, 8224))]
    smooth = logs[0]
    for value in logs[1:]:
        smooth = 0.5 * smooth + 0.5 * value
    assert p["units"].distribution.values[0] == pytest.approx(math.exp(smooth))
    usual = math.exp(smooth) * season[1]
    assert p["slump"].distribution.values[1] == pytest.approx(math.log(usual / 3500))
    assert p["season_0"].distribution.values == (0.85, 1.0)  # signed in the second quarter
    assert p["price"].distribution.values[0] == pytest.approx(7824.9 / 20565)
    assert p["cumulative_units"].distribution.values == (34218.0,)
    assert p["debt"].distribution.values[0] == pytest.approx(10570 + 435 * 6.9618)
    assert p["founder_share"].distribution.values[0] == pytest.approx(1 - 0.241149)


def test_what_is_not_held_yet_is_judged_more_widely(case):
    _, early = model(case, date(2020, 2, 25))
    _, late = model(case, date(2020, 4, 29))
    assert early.parameters["debt"].origin.because.id == "appraisal.origin.scaled_debt"
    low, high = early.parameters["debt"].distribution.values
    assert low < late.parameters["debt"].distribution.median < high
    assert late.parameters["debt"].origin.kind == "trend"


def test_a_market_value_in_dollars_is_turned_into_yuan_at_the_rate_held(case):
    view, found = model(case, date(2020, 2, 25))
    value, rate = view.resolve("market_value"), view.resolve("usd_cny", "fx")
    assert value.fact.unit == "USD m"
    origin = found.parameters["equity"].origin
    assert dict(origin.because.params)["held"] == pytest.approx(value.value * rate.value)
    assert rate.fact.id in found.parameters["raise_cap"].origin.parents


@pytest.mark.parametrize("dollar", [100.0, 145.0])
def test_a_yuan_of_a_judgement_costs_what_the_held_price_of_a_dollar_says(dollar):
    held = replace(view_of(fact("usd_jpy", "2020-01-01", dollar, "JPY per USD", "fx")), currency="JPY")
    assert home_rate(held, "JPY") == pytest.approx(dollar * home_rate(held, "USD"))
    assert home_rate(replace(held, facts=()), "JPY") == 1.0 / ROUND_RATES["JPY"]


def test_a_quarter_that_was_not_reported_is_the_sum_of_its_months(case):
    view = case.view(date(2020, 2, 25))
    fourth = next(p for p in quarters(view, "deliveries") if str(p.period) == "2019Q4")
    assert fourth.value == 8224
    assert len(fourth.facts) == 3
    assert [str(p.period) for p in last_four(quarters(view, "deliveries"))] == ["2019Q1", "2019Q2", "2019Q3", "2019Q4"]


@given(
    start=st.floats(1, 1e5),
    rate=st.floats(-0.5, 0.5),
    n=st.integers(4, 12),
)
def test_the_line_through_logarithms_finds_an_exact_growth_rate(start, rate, n):
    trend = fit_logs([start * math.exp(rate * i) for i in range(n)])
    assert trend is not None
    assert trend.slope == pytest.approx(rate, abs=1e-9)
    assert trend.scatter == pytest.approx(0, abs=1e-7)


def test_no_line_through_three_values_or_a_zero():
    assert fit_logs([1.0, 2.0, 3.0]) is None
    assert fit_logs([1.0, 0.0, 3.0, 4.0]) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_half_of_the_values_lie_on_either_side_of_the_median(values):
    middle = median(values)
    assert sum(v < middle for v in values) <= len(values) / 2
    assert sum(v > middle for v in values) <= len(values) / 2


def test_growth_of_every_size_in_the_table_is_a_distribution():
    """Shares of a class whose last bins are empty may sum to a hair above one."""
    table = priors()["base-rate-book-2016"]
    for of_size in table.classes:
        assert growth_distribution(table.growth_edges, of_size.years_10).knots[0][-1] == 1.0


LOW = (
    *quarters_of("deliveries", "2019Q1", 1000.0, 1000.0, 1000.0, 1000.0),
    fact("delivery_guidance", "2020Q1", 400.0, "vehicles"),
)
NAMED_SHOCKS = (
    fact("nev_sales_yoy", "2020-02", -0.6, "ratio", "market"),
    fact("sales_shock", "2020-01/2020-04", "shops are shut", "text"),
)


@pytest.mark.parametrize("shock", NAMED_SHOCKS, ids=lambda f: f.name)
def test_a_low_quarter_passes_only_where_a_fact_names_what_held_sales_up(shock):
    """Otherwise it is the latest quarter: a company that loses its customers guides low, too."""
    named, bare = (calibrate(view_of(*facts), sheet()).parameters for facts in ((*LOW, shock), LOW))
    assert named["slump"].origin.kind == "trend"
    assert shock.id in named["slump"].origin.parents
    assert bare["slump"].origin.kind == "judgement"
    levels = [found["units"].distribution.values[0] for found in (named, bare)]
    assert levels[1] < 0.8 * levels[0]
    assert "company-delivery_guidance-2020Q1" in bare["units"].origin.parents


@pytest.mark.parametrize(
    "other",
    [
        fact("nev_sales_yoy", "2019-02", -0.6, "ratio", "market"),
        fact("nev_sales_yoy", "2020-02", -0.05, "ratio", "market"),
        fact("sales_shock", "2018", "a strike", "text"),
    ],
    ids=("another year", "a small fall", "another shock"),
)
def test_a_shock_of_another_time_or_a_small_one_explains_no_low_quarter(other):
    assert calibrate(view_of(*LOW, other), sheet()).parameters["slump"].origin.kind == "judgement"
