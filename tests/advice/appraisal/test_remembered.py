"""What was simulated is not simulated again; an appraisal that remembers says what one says that does not."""

import json
from functools import partial

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.advice.appraisal import compose as composing
from guanzi.advice.appraisal.compose import advise
from guanzi.advice.appraisal.remembered import MOST, Remembered
from guanzi.engine.simulation import simulate
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

CASE = "solyndra-fremont-2009"


def test_the_same_question_is_answered_once_and_another_one_anew():
    memory, asked = Remembered(), []

    def answer(of: str) -> str:
        def ask() -> str:
            asked.append(of)
            return of.upper()

        return memory.of((of, [1.0]), ask)

    assert [answer("a"), answer("b"), answer("a")] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_what_was_asked_long_ago_is_forgotten():
    memory, asked = Remembered(), []
    for n in (*range(MOST + 1), 0):
        memory.of((n,), partial(asked.append, n))
    assert asked == [*range(MOST + 1), 0]


def test_an_appraisal_that_remembers_is_the_same_and_simulates_nothing_again(monkeypatch):
    case, runs = load_case(find_case(CASE)), []

    def counted(*given, **named):
        runs.append(given)
        return simulate(*given, **named)

    monkeypatch.setattr(composing, "simulate", counted)
    memory = Remembered()

    def told(memory: Remembered | None) -> str:
        found = appraise(case, paths=256, with_sensitivity=False, with_proposal=False, memory=memory)
        return json.dumps(found.model_dump(mode="json"), sort_keys=True)

    first, again, alone = told(memory), told(memory), told(None)
    assert first == again == alone
    assert len(runs) == 2


@pytest.mark.parametrize("name", [CASE, "nio-hefei-2020", "byton-nanjing-2018"])
def test_a_what_if_that_asks_for_the_advice_alone_gets_that_of_the_whole_appraisal(name, monkeypatch):
    case, playbook = load_case(find_case(name)), load_playbook("hefei")
    day = case.decision_date
    whole = appraise(case, day, playbook, paths=256, with_sensitivity=False, with_proposal=False)
    monkeypatch.setattr(composing, "compose", lambda *given, **named: pytest.fail("a document was written"))
    assert advise(case, day, playbook, 256, 1) == whole.advice
