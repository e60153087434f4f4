"""The same case in another currency, at a stated rate, gives the same figures at that rate."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.advice.appraisal.one_case_in_two_currencies import Telling, rate, tell
from tests.sampling import examples

from guanzi.advice.appraisal import AppraisalOptions, appraise, review_case
from guanzi.advice.calibration import calibrate, calibrate_company
from guanzi.base.core import InvalidInput, money_form, render
from guanzi.deal.terms import parse_sheet
from guanzi.engine.simulation import Running
from guanzi.jobs.evidence.factuse import rate_problems

CODES = ("USD", "EUR", "GBP", "JPY", "SEK", "CLP")
PATHS = 400


def model_of(case):
    return calibrate(case.view(case.decision_date), parse_sheet(case.sheets[-1].document))


tellings = st.builds(
    lambda codes, prices, inverse: Telling(codes[0], codes[1], dict(zip(CODES, prices, strict=True)), inverse),
    st.tuples(st.sampled_from(("CNY", *CODES)), st.sampled_from(("CNY", *CODES))),
    st.lists(st.floats(0.005, 20.0), min_size=len(CODES), max_size=len(CODES)),
    st.booleans(),
)


@settings(max_examples=examples(25), deadline=None)
@given(tellings)
def test_whatever_the_currencies_the_company_is_the_same_at_the_stated_rates(telling):
    with TemporaryDirectory() as folder:
        told = model_of(tell(Path(folder) / "riverton", telling))
        own = model_of(tell(Path(folder) / "yuan" / "riverton", telling.in_yuan()))
    for name, parameter in own.parameters.items():
        other, money = told.parameters[name], own.UNITS[name] == "CNY m"
        per = telling.per.get(telling.case, 1.0) if money else 1.0
        levels = (0.0, 0.1, 0.5, 0.9, 1.0) if parameter.distribution.kind != "lognormal" else (0.1, 0.5, 0.9)
        values = [d.quantile(np.array(levels)) for d in (other.distribution, parameter.distribution)]
        assert np.allclose(values[0] * per, values[1], rtol=1e-9, atol=1e-12), name
        assert other.unit == (f"{telling.case} m" if money else parameter.unit)


@pytest.mark.parametrize(
    "telling",
    [
        Telling("USD", "USD", {"USD": 8.0}),
        Telling("EUR", "JPY", {"EUR": 8.0, "JPY": 0.0625}, inverse=True),
    ],
    ids=["all in dollars", "facts in yen, the deal in euros"],
)
def test_the_same_case_in_another_currency_gives_the_same_figures_at_the_rate(tmp_path, telling):
    """At rates that are powers of two the figures are the same to the last digit: nothing is rounded."""
    told, own = (
        appraise(
            tell(tmp_path / name / "riverton", way),
            paths=PATHS,
            running=Running(threads=1),
            options=AppraisalOptions(sensitivity=False),
        )
        for name, way in (("told", telling), ("own", telling.in_yuan()))
    )
    assert told.advice == own.advice
    assert set(told.figures) == set(own.figures)
    for id, figure in own.figures.items():
        other = told.figures[id]
        stated = money_form(other.unit)
        per = telling.per[stated[0]] if stated is not None else 1.0
        assert (stated is None) == (money_form(figure.unit) is None), id
        assert (other.value is None) == (figure.value is None), id
        if figure.value is not None:
            assert other.value * per == pytest.approx(figure.value, rel=1e-12, abs=1e-9), id


def test_a_debt_of_2600_million_dollars_is_not_one_of_371_million(tmp_path):
    dollars = Telling("USD", "USD", {"USD": 1.0}, stated=False)
    case = tell(tmp_path / "riverton", dollars)
    model = model_of(case)
    assert model.parameters["debt"].distribution.values == (2600.0,)
    assert model.parameters["cash"].distribution.values[1] == pytest.approx(1800, rel=0.6)
    assert model.parameters["price"].distribution.values[0] == pytest.approx(4200 / 18000)


def test_a_rate_counts_when_it_is_stated_across_a_third_currency(tmp_path):
    facts = Telling("EUR", "USD", {"USD": 7.0, "EUR": 8.0})
    case = tell(tmp_path / "riverton", facts)
    model = calibrate_company(case.view(case.decision_date), case.decision_date)
    assert model.parameters["debt"].distribution.values[0] == pytest.approx(2600 / 8.0)
    assert {"usd-cny", "eur-cny"} <= set(model.parameters["debt"].origin.parents)


def test_a_rate_counts_whatever_its_subject(tmp_path):
    facts = Telling("CNY", "USD", {"USD": 7.0}, stated=False)
    stray = {**rate("USD", 7.0), "subject": "market", "source": "annual-report"}
    case = tell(tmp_path / "riverton", facts, (stray,))
    model = calibrate_company(case.view(case.decision_date), case.decision_date)
    assert model.parameters["debt"].distribution.values[0] == pytest.approx(2600)


def test_without_a_rate_the_facts_that_would_count_are_named_with_the_fact_that_mends_it(tmp_path):
    case = tell(tmp_path / "riverton", Telling("CNY", "SEK", {"SEK": 0.7}, stated=False))
    with pytest.raises(InvalidInput) as refused:
        appraise(case, paths=PATHS)
    said = [(render(p.cause), render(p.fix), p.place.file) for p in refused.value.problems if p.fix is not None]
    debt = next(entry for entry in said if "total-debt-2025" in entry[0])
    assert "SEK m" in debt[0]
    assert "`sek_cny`" in debt[1]
    assert "CNY per SEK" in debt[1]
    assert debt[2].endswith("facts/facts.yaml")


def test_a_case_that_counts_in_a_rare_currency_asks_for_its_rate_to_the_yuan(tmp_path):
    case = tell(tmp_path / "riverton", Telling("CLP", "CLP", {"CLP": 0.0075}, stated=False))
    with pytest.raises(InvalidInput) as refused:
        appraise(case, paths=PATHS)
    (problem,) = refused.value.problems
    assert problem.fix is not None
    assert "`clp_cny`" in render(problem.fix)


def held(name, value, unit, subject="company", period=2025):
    about = {"id": name.replace("_", "-"), "name": name, "value": value, "unit": unit, "subject": subject}
    return {**about, "period": period, "known_on": date(2026, 2, 27), "source": "annual-report"}


UNRATED = {
    "an account": held("budget_revenue", 8000, "USD m", "region"),
    "the debt limit": held("debt_limit", 9000, "USD m", "region"),
    "jobs and wages": held("plan_wage", 30000, "USD"),
    "local tax": held("tax_local", 30, "USD m"),
    "a check": held("litigation_claims", 900, "USD m"),
}


@pytest.mark.parametrize("kind", UNRATED)
def test_an_amount_that_an_account_or_a_check_reads_is_refused_without_a_rate(tmp_path, kind):
    """A budget in dollars was "not used" and the page said that it was not held."""
    fact = UNRATED[kind]
    case = tell(tmp_path / "riverton", Telling("CNY", "CNY", {}), (fact,), without=(fact["name"],))
    (named,) = rate_problems(case)
    assert f"`{fact['id']}`" in render(named.cause)
    assert named.fix is not None
    assert "`usd_cny`" in render(named.fix)
    with pytest.raises(InvalidInput) as refused:
        appraise(case, paths=50)
    assert [p.cause for p in refused.value.problems] == [named.cause]
    assert [n.what for n in review_case(case).needs if n.kind == "rate"] == [named.cause]
    rated = tell(tmp_path / "rated", Telling("CNY", "CNY", {"USD": 7.0}, also=("USD",)), (fact,), (fact["name"],))
    assert rate_problems(rated) == ()


def test_an_amount_that_nothing_reads_needs_no_rate(tmp_path):
    case = tell(tmp_path / "riverton", Telling("CNY", "CNY", {}), (held("gdp", 900, "USD m", "region"),))
    assert rate_problems(case) == ()
