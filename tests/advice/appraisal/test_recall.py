"""What is recalled for a moved fact is what is found anew."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.advice.appraisal.compose import sections_of
from guanzi.advice.appraisal.prepare import Prepared, prepare
from guanzi.advice.appraisal.section import AppraisalContext, enter_sections
from guanzi.base.core import Finding
from guanzi.record.evidence import Case, Fact, View, open_case, recalled, recalling, watched_facts
from guanzi.record.playbooks import load_playbook

CASES = ("nio-hefei-2020", "solyndra-fremont-2009", "byton-nanjing-2018")
METHOD = load_playbook("hefei")
type Said = tuple[Prepared, tuple[Finding, ...], dict[str, object]]


@cache
def _case(name: str) -> Case:
    case = open_case(name)
    return replace(case, facts=watched_facts(case.facts))


def _said(case: Case) -> Said:
    """Model, findings and figures of a case, as they stand before anything is simulated."""
    context = AppraisalContext(prepare(case, None, METHOD))
    figures = enter_sections(sections_of(METHOD), context).figures()
    return context.prepared, context.findings, dict(figures)


def _moved(case: Case, place: int, factor: float) -> Case:
    facts = list(case.facts)
    value = facts[place].value
    if isinstance(value, bool):
        facts[place] = replace(facts[place], value=not value)
    elif isinstance(value, tuple):
        facts[place] = replace(facts[place], value=(value[0] * factor, value[1] * factor))
    elif isinstance(value, float | int):
        facts[place] = replace(facts[place], value=value * factor)
    else:
        facts.pop(place)
    return replace(case, facts=tuple(facts))


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_what_is_recalled_of_moved_facts_is_what_is_found_anew(name, data):
    case = _case(name)
    factors = st.sampled_from((0.5, 0.8, 1.25, 2.0))
    moves = data.draw(st.lists(st.tuples(st.integers(0, len(case.facts) - 1), factors), min_size=1, max_size=4))
    sealed = data.draw(st.booleans())
    with recalling() as recall:
        _said(case)
        if sealed:
            recall.seal()
        for place, factor in moves:
            other = _moved(case, place, factor)
            recalled_answer = _said(other)
            with recalling():  # an empty memory: found anew
                assert recalled_answer == _said(other)


def _first(view: View) -> Fact:
    return next(fact for fact in view.facts if isinstance(fact.value, float))


def _number(view: View) -> float:
    return _first(view).number


def _number_through(view: View) -> float:
    return recalled(view, _number)


def _number_kept(view: View) -> float:
    return view.once(_number)


@pytest.mark.parametrize("read", [_number, _number_through, _number_kept])
def test_a_reader_notes_what_it_reads_itself_through_others_and_from_what_the_view_keeps(read):
    case = _case(CASES[0])
    view = case.view(case.decision_date)
    first = next(place for place, fact in enumerate(case.facts) if fact.id == _first(view).id)
    with recalling():
        view.once(_number)
        recalled(view, _number)
        before = recalled(view, read)
        moved = _moved(case, first, 2.0)
        assert recalled(moved.view(case.decision_date), read) == 2.0 * before


def test_a_reader_of_ids_alone_is_not_asked_again_when_a_value_moves():
    asked = []

    def ids(view: View) -> tuple[str, ...]:
        asked.append(view)
        return tuple(fact.id for fact in view.facts)

    case = _case(CASES[0])
    with recalling():
        for factor in (1.0, 2.0):
            recalled(_moved(case, 0, factor).view(case.decision_date), ids)
    assert len(asked) == 1


def test_what_is_asked_after_the_seal_is_not_kept():
    asked = []

    def count(view: View, more: int) -> int:
        asked.append(more)
        return len(view.facts) + more

    case = _case(CASES[0])
    view = case.view(case.decision_date)
    with recalling() as recall:
        recalled(view, count, 1)
        recall.seal()
        for more in (1, 2, 2):
            recalled(view, count, more)
    assert asked == [1, 2, 2]


def test_a_fact_that_is_not_held_is_read_anew():
    case = _case(CASES[0])
    with recalling():
        whole = recalled(case.view(case.decision_date), _count)
        fewer = replace(case, facts=case.facts[1:])
        assert recalled(fewer.view(case.decision_date), _count) == len(fewer.view(case.decision_date).facts) < whole


def _count(view: View) -> int:
    return len(view.facts)


def test_a_value_read_past_the_notes_is_found_out():
    """The comparison above fails for a reader that takes a value where no reading is noted."""
    case = _case(CASES[0])
    view = case.view(case.decision_date)
    first = next(place for place, fact in enumerate(case.facts) if fact.id == _first(view).id)
    past = Fact.__dict__["value"].__get__

    def reads_past(view: View) -> object:
        return past(next(fact for fact in view.facts if fact.id == case.facts[first].id))

    with recalling():
        recalled(view, reads_past)
        moved = _moved(case, first, 2.0).view(case.decision_date)
        assert recalled(moved, reads_past) != reads_past(moved)
