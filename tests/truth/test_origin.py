"""A model passes its own origin: what a playbook asks of a city, the city that it was drawn from did not fail."""

from datetime import date

import pytest

from guanzi.jobs.playbooks import replicability
from guanzi.record.evidence import builtin_cases, find_case, load_case

DAY = date(2020, 4, 29)
UNKNOWN = {"comparable", "output", "decision-body", "loss-tolerance", "talent", "debt"}
"""What no public source that was found tells of Hefei as of the day; one that is found leaves this list."""


def criteria(found):
    return {c.id: c for pillar in found.pillars for c in pillar.criteria}


@pytest.fixture(scope="module")
def origin():
    return replicability.judge_city(replicability.Request("hefei", "hefei", as_of=DAY))


def test_hefei_fails_nothing_that_its_own_model_asks_for(origin):
    found = criteria(origin)
    assert found
    assert [id for id, one in found.items() if one.outcome == "unmet"] == []
    assert {id for id, one in found.items() if one.outcome == "no_evidence"} == UNKNOWN
    assert all(
        one.evidence or id.startswith("gate.") or id == "company" for id, one in found.items() if one.outcome == "met"
    )


@pytest.mark.parametrize("city", ["hefei", "wuhan"])
@pytest.mark.parametrize("case", ["nio-hefei-2020", "byd-hefei-2021"])
def test_a_case_without_a_day_is_judged_on_its_own(city, case):
    decided = load_case(find_case(case)).decision_date
    found = replicability.judge_city(replicability.Request("hefei", city, case))
    assert (found.as_of, found.case_day) == (decided, decided)
    assert found == replicability.judge_city(replicability.Request("hefei", city, case, decided))
    assert case in builtin_cases()
