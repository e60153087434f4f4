"""The plan in the appraisal: what is worth most comes first, and nothing is claimed without simulation."""

from datetime import date

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.record.evidence import find_case, load_case


@pytest.fixture(scope="module")
def nio():
    return appraise(load_case(find_case("nio-hefei-2020")), paths=2_000)


def test_the_questions_to_ask_next_are_ordered_by_worth_then_by_what_is_open(nio):
    by_id = {q.id: q for q in nio.plan.questions}
    keys = [(-(by_id[id].worth or 0.0), bool(by_id[id].facts), -(by_id[id].share or 0.0)) for id in nio.plan.next]
    assert keys == sorted(keys)
    assert nio.plan.next


def test_a_question_is_never_worth_more_than_knowing_everything(nio):
    assert nio.plan.perfect is not None
    assert all((q.worth or 0.0) <= nio.plan.perfect for q in nio.plan.questions)


def test_streams_count_the_questions(nio):
    assert sum(s.questions for s in nio.plan.streams) == len(nio.plan.questions)
    assert sum(s.answered for s in nio.plan.streams) == sum(bool(q.facts) and not q.partly for q in nio.plan.questions)
    assert sum(s.partly for s in nio.plan.streams) == sum(q.partly for q in nio.plan.questions)
    assert all(sum(s.grades) == s.answered + s.partly for s in nio.plan.streams)


def test_without_a_deal_nothing_is_said_of_worth():
    early = appraise(load_case(find_case("nio-hefei-2020")), date(2019, 6, 1), paths=500)
    assert early.plan.perfect is None
    assert all(q.worth is None for q in early.plan.questions)
    assert early.plan.sentence.id == "appraisal.plan.sentence.short"
