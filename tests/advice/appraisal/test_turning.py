"""Which fact turns the advice: found by moving it alone, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise, facts_in_use, turning_facts
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

DAY = date(2020, 4, 29)


@pytest.fixture(scope="module")
def nio():
    return load_case(find_case("nio-hefei-2020"))


def test_the_budget_turns_the_advice_of_a_playbook_that_looks_at_the_budget_alone(nio):
    method = load_playbook("hefei")
    only_size = method.model_copy(update={"table": tuple(row for row in method.table if row.id == "size-quarter")})
    halved = tuple(replace(f, value=f.value / 2) if f.name == "budget_revenue" else f for f in nio.facts)
    poor = replace(nio, facts=halved)
    budget = poor.view(DAY).resolve("budget_revenue", "region")
    people = poor.view(DAY).resolve("headcount")
    assert budget is not None
    assert people is not None
    assert appraise(poor, DAY, only_size, paths=500, options=AppraisalOptions(sensitivity=False)).advice == "back"
    # 7.0 of 37.3 bn yuan is 18.8 %: at four fifths of the revenue 23.5 %, at half of it 37.5 %
    found = turning_facts(poor, DAY, only_size, paths=500, only={budget.fact.id, people.fact.id})
    assert [(t.fact, t.becomes, t.near) for t in found] == [(budget.fact.id, "decline", False)]


def test_only_facts_on_which_something_rests_are_moved(nio):
    base = appraise(nio, DAY, paths=500, options=AppraisalOptions(sensitivity=False))
    used = facts_in_use(base, nio.view(DAY), load_playbook("hefei"))
    rests = {id for f in base.figures.values() for id in f.parents}
    rests |= {id for p in base.parameters for id in p.parents} | {id for f in base.findings for id in f.facts}
    assert {f.id for f in used} <= rests
    assert 0 < len(used) < len(base.facts)
