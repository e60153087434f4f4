"""Plans of due diligence: every question can be answered by a fact that has a name, and narrows what the model has."""

import pytest

from guanzi.engine.company import MODELS
from guanzi.record.evidence import UNITS_BY_NAME
from guanzi.record.playbooks import diligence_plans, plan_for

PLANS = diligence_plans()


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: p.plan)
def test_questions_are_asked_once_and_look_for_facts_that_exist(plan):
    ids = [q.id for q in plan.questions]
    assert len(ids) == len(set(ids))
    assert not {need.name for q in plan.questions for need in q.needs} - set(UNITS_BY_NAME)


def test_what_an_answer_narrows_is_a_parameter_of_some_model():
    parameters = {name for model in MODELS.values() for name in model.PARAMETERS}
    assert not {name for plan in PLANS for q in plan.questions for name in q.informs} - parameters


def test_every_kind_of_company_has_a_plan_that_begins_with_the_general_questions():
    general = next(p for p in PLANS if p.plan == "general").questions
    for model in MODELS:
        assert plan_for(model).questions[: len(general)] == general
        assert len(plan_for(model).questions) > len(general)
    assert plan_for("something else").plan == "general"
