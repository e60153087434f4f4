"""Whatever is held of a company, in whatever form, no check and no reason of a parameter says that it was not held."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.simulation.examples import sheet
from tests.sampling import examples
from tests.study.diligence.views import fact, view_of
from tests.truth.answers import NoClaim
from tests.truth.denials import entry_of
from tests.truth.reading import Piece, within

from guanzi.advice.calibration.model import calibrate
from guanzi.base.core import Message, money_form, render
from guanzi.engine.company import MODELS
from guanzi.record.evidence import View
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME
from guanzi.study.diligence import run_checks

OF_TIME = {
    "net_loss": (-500.0, 2000.0), "net_profit": (-2000.0, 500.0), "operating_loss": (-500.0, 2000.0),
    "revenue": (0.0, 9000.0), "deliveries": (0.0, 9000.0), "r_and_d": (1.0, 500.0), "sga": (1.0, 500.0),
    "capex": (0.0, 900.0), "operating_cash_flow": (-900.0, 900.0), "gross_margin": (-0.5, 0.6),
    "vehicle_margin": (-0.5, 0.6),
}  # fmt: skip
OF_A_DAY = {
    "equity": (-900.0, 2000.0), "total_assets": (10.0, 5000.0), "current_assets": (1.0, 3000.0),
    "total_liabilities": (1.0, 4000.0), "cash": (1.0, 900.0), "total_debt": (1.0, 900.0), "headcount": (1.0, 9000.0),
    "equity_raised": (1.0, 900.0), "raised_to_date": (1.0, 900.0), "local_plant_capacity": (1.0, 90_000.0),
    "cumulative_deliveries": (1.0, 90_000.0), "plan_jobs": (1.0, 5000.0), "plan_headcount": (1.0, 5000.0),
    "plan_investment": (1.0, 9000.0), "invested_to_date": (1.0, 900.0), "plan_capacity": (1.0, 90_000.0),
    "ip_in_company": (0.0, 1.0), "going_concern_doubt": (0.0, 1.0),
}  # fmt: skip
PERIODS = ("2017", "2018", "2019", *(f"{year}Q{n}" for year in (2017, 2018, 2019) for n in (1, 2, 3, 4)), "2019H1")
DAYS = ("2018-12-31", "2019-09-30", "2019-12-31")
WORDS = ("local_plant", "technology_text", "parent_trade")
PLAIN = sheet(signed=date(2020, 4, 29))


def units_of(name):
    """Units of a number of some name, amounts in yuan; none for words and flags."""
    known = [unit for unit in UNITS_BY_NAME[name] if unit not in ("text", "flag")]
    return [unit for unit in known if (money_form(unit) or ("CNY",))[0] == "CNY"]


@st.composite
def facts(draw):
    """Some facts of a company and of another, each of a name in up to six periods."""
    found = []
    for name in draw(st.lists(st.sampled_from([*OF_TIME, *OF_A_DAY, *WORDS]), min_size=1, max_size=9, unique=True)):
        units = units_of(name)
        periods = PERIODS if name in OF_TIME else DAYS
        for period in draw(st.lists(st.sampled_from(periods), min_size=1, max_size=6, unique=True)):
            if name in WORDS:
                found.append(fact(name, period, "in the old works", "text"))
            elif not units:
                found.append(fact(name, period, draw(st.booleans()), "flag"))
            else:
                low, high = (OF_TIME | OF_A_DAY)[name]
                value = draw(st.one_of(st.just(0.0) if low == 0 else st.just(high), st.floats(low, high)))
                found.append(fact(name, period, round(value, 3), draw(st.sampled_from(units))))
    if draw(st.booleans()):
        found.append(fact("deliveries", "2019", 900.0, "vehicles", subject="rival"))
    return view_of(*found)


def denials(view: View, message: Message):
    """Messages within one that deny what a view holds, with what answers them."""
    for told in within(message):
        entry = entry_of(told.id)
        if entry is not None and not isinstance(entry, NoClaim):
            held = entry(view, told, Piece("", "", "", told))
            if held:
                yield f"{told.id}: “{render(told)}” — {held}"


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts())
def test_no_check_denies_what_is_held(view):
    assert [d for finding in run_checks(view, None) for d in denials(view, finding.message)] == []


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts())
def test_no_reason_of_a_parameter_denies_what_is_held(model, view):
    view = replace(view, model=model)
    found = calibrate(view, PLAIN).parameters.values()
    assert [d for parameter in found for d in denials(view, parameter.origin.because)] == []
