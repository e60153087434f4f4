"""Of every fact that was typed it is said whether the forecast uses it, and if not, why."""

import math
from datetime import date

import pytest
from tests.advice.appraisal.one_case_in_two_currencies import Telling, rate, tell

from guanzi.advice.appraisal import AppraisalOptions, appraise, facts_used
from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import render

YUAN = Telling("CNY", "CNY", {})


def fact(name, value, unit, period, **more):
    held = {"known_on": date(2026, 2, 27), "source": "annual-report"}
    return {"id": name.replace("_", "-"), "name": name, "value": value, "unit": unit, "period": period, **held, **more}


def parameters(folder, *more, without=()):
    case = tell(folder / "riverton", YUAN, more, without)
    return calibrate_company(case.view(case.decision_date), case.decision_date).parameters


def test_money_raised_after_the_balance_is_in_the_cash(tmp_path):
    found = parameters(tmp_path, fact("equity_raised", 13_700, "CNY m", "2026-01"))
    assert found["cash"].distribution.values[-1] == pytest.approx(1800 + 13_700)
    assert "equity-raised" in found["cash"].origin.parents
    before = parameters(tmp_path / "before", fact("equity_raised", 13_700, "CNY m", "2025-06"))
    assert before["cash"].distribution.values[-1] == pytest.approx(1800)


def test_without_a_balance_what_was_raised_within_the_year_bounds_the_cash(tmp_path):
    found = parameters(tmp_path, fact("equity_raised", 13_700, "CNY m", "2025-11"), without=("cash",))
    assert found["cash"].distribution.values == (0.0, 6850.0, 13_700.0)


def test_a_market_value_is_what_the_shares_are_worth(tmp_path):
    found = parameters(tmp_path, fact("market_value", 30_000, "CNY m", date(2026, 2, 20)))
    middle, width = found["equity"].distribution.values
    assert middle * math.exp(width**2 / 2) == pytest.approx(30_000)
    assert "market-value" in found["equity"].origin.parents


@pytest.mark.parametrize(
    ("period", "value"), [("2025H2", 9000), ("2025Q4", 4500), ("2025-01/2025-09", 13_500)], ids=str
)
def test_deliveries_of_a_half_a_quarter_or_nine_months_give_a_pace(tmp_path, period, value):
    more = fact("deliveries", value, "vehicles", period)
    found = parameters(tmp_path, more, without=("deliveries", "delivery_guidance"))
    season = {"2025H2": 1.1, "2025Q4": 1.225, "2025-01/2025-09": 0.925}  # of a quarter of the year, on average
    assert found["units"].distribution.values[0] == pytest.approx(4500 / season[period])


def test_a_list_price_counts_where_sales_say_none(tmp_path):
    found = parameters(tmp_path, fact("list_price", 215_000, "CNY", date(2026, 2, 1)), without=("revenue",))
    assert found["price"].distribution.values[0] == pytest.approx(0.215)


def test_whoever_names_the_company_by_its_id_means_the_company(tmp_path):
    more = fact("market_value", 30_000, "CNY m", date(2026, 2, 20), subject="example-motors")
    assert "market-value" in parameters(tmp_path, more)["equity"].origin.parents


def test_each_fact_says_what_it_is_used_for_or_why_not(tmp_path):
    more = (
        fact("total_dept", 1.0, "CNY m", date(2025, 12, 31)),
        fact("site_area", 20, "hectares", date(2025, 12, 31)),
        fact("total_assets", 900, "CNY m", date(2025, 12, 31), subject="rival-motors"),
        fact("gdp", 900, "SEK m", 2025, subject="region"),
        fact("debt_limit", 9000, "CNY m", 2026, subject="region"),
        fact("debt_outstanding", 5000, "CNY m", date(2025, 12, 31), subject="region"),
        fact("total_debt", 2500, "CNY m", date(2024, 12, 31)),
    )
    case = tell(tmp_path / "riverton", YUAN, more)
    found = {f.id: f for f in facts_used(case)}
    assert found["total-debt-2025"].used_for == "forecast"
    assert found["budget-revenue-2025"].used_for == "check"
    told = {id: render(f.unused.model_dump()) for id, f in found.items() if f.unused is not None}
    assert "did you mean “total_debt”" in told["total-dept"]
    assert "“rival-motors”" in told["total-assets"]
    assert "no forecast, check, question or trend" in told["gdp"], "a rate would be looked for in vain"
    assert {"debt-limit", "debt-outstanding"} & set(told) == set(), "the finance bureau's table rests on them"
    assert found["total-debt"].used_for == "check", "a question asks what is owed"
    assert "no forecast, check, question or trend" in told["site-area"]
    assert all((f.unused is not None) == (f.used_for == "nothing") for f in found.values())


def test_the_appraisal_says_the_same_of_its_facts(tmp_path):
    case = tell(tmp_path / "riverton", YUAN, (rate("USD", 7.0) | {"source": "annual-report"},))
    appraised = appraise(case, paths=50, options=AppraisalOptions(sensitivity=False))
    assert {f.id: f.used_for for f in appraised.facts} == {f.id: f.used_for for f in facts_used(case)}
    assert {f.id: f.used_for for f in appraised.facts}["usd-cny"] == "nothing"


def test_a_rate_is_used_where_it_turns_a_fact_that_is_used(tmp_path):
    more = (rate("USD", 7.0) | {"source": "annual-report"}, fact("equity_raised", 100, "USD m", "2026-01"))
    assert {f.id: f.used_for for f in facts_used(tell(tmp_path / "riverton", YUAN, more))}["usd-cny"] == "forecast"


def test_cash_is_shown_under_whichever_name_it_was_entered(tmp_path):
    figures = appraise(tell(tmp_path / "riverton", YUAN), paths=50, options=AppraisalOptions(sensitivity=False)).figures
    assert figures["known.liquid"].value == 1800
