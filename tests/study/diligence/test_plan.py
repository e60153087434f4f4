"""An answer is a fact of the view, and its grade that of the best source."""

from datetime import date
from pathlib import Path

from tests.truth.answers import RAISED

from guanzi.engine.company import MODELS
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import plan_for
from guanzi.study.diligence import answers

CASES = Path(__file__).parents[2] / "truth" / "cases"
CASE = load_case(find_case("nio-hefei-2020"))


def at(day):
    view = CASE.view(day)
    return view, {a.question.id: a for a in answers(plan_for(view.model), view)}


def test_an_answer_rests_on_facts_of_the_view_and_the_best_of_their_grades():
    view, found = at(date(2020, 4, 29))
    for answer in found.values():
        grades = [view.source(view.fact(id).source).grade for id in answer.facts]
        assert answer.grade == min(grades, default="")
        assert answer.answered == bool(grades)


def test_more_is_answered_later_and_nothing_before_anything_was_known():
    early, late = at(date(2019, 1, 1))[1], at(date(2020, 4, 29))[1]
    assert sum(a.answered for a in early.values()) < sum(a.answered for a in late.values())
    assert not any(a.answered for a in at(date(2010, 1, 1))[1].values())


def test_money_that_others_put_in_answers_the_question_for_it_in_every_form():
    for model in MODELS:
        (question,) = (q for q in plan_for(model).questions if q.id == "other-money")
        assert set(RAISED) <= {need.name for need in question.needs}


def test_what_a_product_is_does_not_say_that_it_was_shown_to_work():
    case = load_case(CASES / "lithium-thacker-pass-2024")
    view = case.view(case.decision_date)
    found = {a.question.id: a for a in answers(plan_for(view.model), view)}
    assert view.named("product_text")
    assert not found["prototype"].answered
    assert found["other-money"].facts == ("anchor",)
