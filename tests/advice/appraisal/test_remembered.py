"""What was simulated is not simulated again; an appraisal that remembers says what one says that does not."""

import json

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal import compose as composing
from guanzi.advice.appraisal.compose import advise
from guanzi.engine.simulation import Remembered, Running
from guanzi.engine.simulation.run import Threads
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

CASE = "solyndra-fremont-2009"
BARE = AppraisalOptions(sensitivity=False, proposal=False)


def test_an_appraisal_that_remembers_is_the_same_and_simulates_nothing_again(monkeypatch):
    case, runs = load_case(find_case(CASE)), []

    def counted(threads, job, progress=None):
        runs.append(job)
        return on_threads(threads, job, progress)

    on_threads = Threads.run
    monkeypatch.setattr(Threads, "run", counted)
    memory = Remembered()

    def told(memory: Remembered | None) -> str:
        found = appraise(case, paths=256, running=Running(memory=memory), options=BARE)
        return json.dumps(found.model_dump(mode="json"), sort_keys=True)

    first, again, alone = told(memory), told(memory), told(None)
    assert first == again == alone
    assert len(runs) == 2


@pytest.mark.parametrize("name", [CASE, "nio-hefei-2020", "byton-nanjing-2018"])
def test_a_what_if_that_asks_for_the_advice_alone_gets_that_of_the_whole_appraisal(name, monkeypatch):
    case, playbook = load_case(find_case(name)), load_playbook("hefei")
    day = case.decision_date
    whole = appraise(case, day, playbook, paths=256, options=BARE)
    monkeypatch.setattr(composing, "compose", lambda *given, **named: pytest.fail("a document was written"))
    assert advise(case, day, playbook, 256, 1) == whole.advice
