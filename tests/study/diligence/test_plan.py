"""An answer is a fact of the view, and its grade that of the best source."""

from datetime import date
from pathlib import Path

from tests.truth.answers import RAISED

from guanzi.engine.company import MODELS
from guanzi.record.evidence import find_case, load_case
from guanzi.record.evidence.product import OF_CHINA, OF_VEHICLES
from guanzi.record.playbooks import diligence_plans, plan_for
from guanzi.study.diligence import answers, checks, run_checks

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
        assert (answer.state == "open") == (not grades)


def test_more_is_answered_later_and_nothing_before_anything_was_known():
    early, late = at(date(2019, 1, 1))[1], at(date(2020, 4, 29))[1]
    assert sum(bool(a.facts) for a in early.values()) < sum(bool(a.facts) for a in late.values())
    assert {a.state for a in at(date(2010, 1, 1))[1].values()} == {"open"}


def test_a_question_is_answered_with_a_fact_on_each_of_its_parts():
    (accounts,) = (q for q in plan_for(CASE.model).questions if q.id == "accounts")
    met = {need.name: need for need in accounts.needs}
    assert accounts.state(()) == "open"
    assert accounts.state((met["revenue"], met["net_loss"])) == "partly"
    assert accounts.state((met["revenue"], met["net_profit"], met["equity"])) == "answered"


def test_a_question_is_answered_in_part_while_a_check_that_asks_the_same_concludes_nothing():
    view = CASE.view(date(2020, 4, 29))
    plan, findings = plan_for(view.model), run_checks(view, None)
    alone = {a.question.id: a.state for a in answers(plan, view)}
    beside = {a.question.id: a.state for a in answers(plan, view, findings)}
    silent = {finding.check for finding in findings if finding.id.endswith(".no-facts")}
    asked = {question.id for question in plan.questions if silent & set(question.checks)}
    assert not any(beside[id] == "answered" for id in asked & set(beside))
    assert {id for id in beside if beside[id] != alone[id]} <= asked


def test_every_part_of_a_question_can_be_put_to_a_company_of_any_kind():
    for plan in diligence_plans():
        for question in plan.questions:
            known = {check.id for check in checks()}
            assert set(question.checks) <= known, question.id
            for part in {need.of for need in question.needs}:
                names = {need.name for need in question.needs if need.of == part}
                alone = {need.of for need in question.needs} == {part}
                assert alone or not names <= OF_VEHICLES | OF_CHINA, (question.id, part)


def test_money_that_others_put_in_answers_the_question_for_it_in_every_form():
    for model in MODELS:
        (question,) = (q for q in plan_for(model).questions if q.id == "other-money")
        assert set(RAISED) <= {need.name for need in question.needs}


def test_what_a_product_is_does_not_say_that_it_was_shown_to_work():
    case = load_case(CASES / "lithium-thacker-pass-2024")
    view = case.view(case.decision_date)
    found = {a.question.id: a for a in answers(plan_for(view.model), view)}
    assert view.named("product_text")
    assert found["prototype"].state == "open"
    assert found["other-money"].facts == ("anchor",)
