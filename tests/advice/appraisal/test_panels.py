"""A panel of experts in a case: its pool becomes the parameter, from the day of its last answer on and never before."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.study.experts.test_elicited import elicitation, parsed

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.advice.calibration import calibrate
from guanzi.base.core import InvalidInput, Message, render
from guanzi.deal.terms import parse_sheet
from guanzi.engine.company import Distribution
from guanzi.record.evidence import find_case, load_case
from guanzi.study.experts import elicit

DAY = date(2020, 2, 1)


def made_up(**changes):
    """Two rounds (1 January and 1 February 2020) on the learning rate, as ratios."""
    asked = elicitation(rounds=2)
    questions = tuple(
        q.model_copy(update={"unit": "ratio", "least": 0.0, "most": 1.0, **changes}) if q.parameter else q
        for q in asked.form.questions
    )
    rounds = tuple(
        r.model_copy(
            update={
                "answers": tuple(
                    a.model_copy(update={"values": (0.05, 0.1 + 0.001 * i, 0.3)}) if a.question == "target" else a
                    for i, a in enumerate(r.answers)
                )
            }
        )
        for r in asked.form.rounds
    )
    return parsed(asked.form.model_copy(update={"questions": questions, "rounds": rounds}))


@pytest.fixture(scope="module")
def nio():
    return load_case(find_case("nio-hefei-2020"))


def view_of(nio, panel, day=DAY):
    return replace(nio, judgements=(panel,)).view(day)


def learning(nio, panel, day):
    view = view_of(nio, panel, day)
    return calibrate(view, parse_sheet(nio.sheets[-1].document)).parameters["learning"]


def test_the_pool_of_the_last_round_becomes_the_parameter(nio):
    panel = made_up()
    found = learning(nio, panel, DAY)
    pool = elicit(panel).questions[-1].weighted
    assert found.origin.kind == "experts"
    assert found.origin.parents == ("panel.made-up",)
    u = np.linspace(0.01, 0.99, 50)
    assert found.distribution.quantile(u) == pytest.approx(pool.quantile(u))
    for lang in ("en", "zh"):
        assert "Made up" in render(found.origin.because, lang)


def test_before_the_first_answers_nothing_is_known_of_the_panel(nio):
    panel = made_up()
    without = nio.view(date(2019, 12, 31))
    early = view_of(nio, panel, date(2019, 12, 31))
    assert early.sha256 == without.sha256
    assert learning(nio, panel, date(2019, 12, 31)).origin.kind != "experts"


def test_between_the_rounds_the_first_one_counts(nio):
    panel = made_up()
    first = learning(nio, panel, date(2020, 1, 15)).distribution
    assert first != learning(nio, panel, DAY).distribution
    wanted = elicit(panel.as_known_on(date(2020, 1, 15))).questions[-1].weighted
    assert first.quantile(np.array([0.3])) == pytest.approx(wanted.quantile(np.array([0.3])))


def test_the_view_with_a_panel_has_another_hash(nio):
    assert view_of(nio, made_up()).sha256 != nio.view(DAY).sha256


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"parameter": "learnings"}, "no_parameter"),
        ({"unit": "CNY m"}, "unit"),
        ({"parameter": "plant_local"}, "flag"),
    ],
)
def test_a_panel_that_does_not_fit_the_model_is_refused_with_its_place(nio, changes, cause):
    with pytest.raises(InvalidInput) as error:
        appraise(replace(nio, judgements=(made_up(**changes),)), DAY, paths=8)
    (problem,) = error.value.problems
    assert problem.cause.id == f"appraisal.panel.{cause}"
    assert problem.place.line > 0


def test_answers_that_the_parameter_cannot_take_are_refused(nio):
    panel = made_up(most=None)
    rounds = (panel.form.rounds[0],)
    wide = tuple(
        a.model_copy(update={"values": (0.1, 0.5, 1.4)}) if a.question == "target" else a for a in rounds[0].answers
    )
    rounds = (rounds[0].model_copy(update={"answers": wide}),)
    with pytest.raises(InvalidInput) as error:
        learning(nio, parsed(panel.form.model_copy(update={"rounds": rounds})), DAY)
    assert {p.cause.id for p in error.value.problems} == {"appraisal.panel.outside"}


def test_an_amount_is_counted_in_the_money_of_the_term_sheet():
    from guanzi.advice.calibration.amounts import ROUND_RATES, at_rate, in_units_of
    from guanzi.engine.company import Parameter, ParameterOrigin

    cash = Distribution("piecewise", (0.0, 0.5, 1.0, 70.0, 140.0, 700.0))
    parameter = Parameter("cash", cash, "", ParameterOrigin("experts", Message.of("appraisal.panel.instead.experts")))
    dollars = at_rate(parameter, "CNY m", 1 / ROUND_RATES["USD"])
    found = in_units_of(dollars, "CNY m", "USD", 1e6, "vehicles").distribution
    assert found.values == pytest.approx((0.0, 0.5, 1.0, 10.0, 20.0, 100.0))
    thousands = in_units_of(parameter, "CNY m", "JPY", 1e3, "vehicles")
    assert thousands.unit == "JPY k"
    assert thousands.distribution.values[-1] == pytest.approx(700e6 / 1e3)


def test_why_leads_to_the_panel(nio):
    case = replace(nio, judgements=(made_up(),))
    appraisal = appraise(case, paths=16, options=AppraisalOptions(sensitivity=False))
    told = why(appraisal, "parameter.learning")
    assert [step.kind for step in told.parents] == ["panel"]
    (data,) = [p for p in appraisal.parameters if p.id == "parameter.learning"]
    assert data.origin == "experts"
    assert len(data.stated) == 3 < len(data.values)
