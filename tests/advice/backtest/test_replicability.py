"""Can a city run a playbook: no evidence is no no, no pillar makes up for another, and every gap has its step."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.advice.backtest import STAGES, replicability
from guanzi.advice.backtest.city_measures import measure
from guanzi.base.core import render
from guanzi.record.evidence import City, city_names, find_case, load_case, load_city
from guanzi.record.playbooks import MEASURES, load_playbook

HEFEI = load_playbook("hefei")
GUANGZHOU, WUHAN = load_city("guangzhou"), load_city("wuhan")
NIO = load_case(find_case("nio-hefei-2020"))
TODAY = date(2026, 11, 26)
EMPTY = City("nowhere", "Nowhere", "", "CN", (), ())
REQUIRED = HEFEI.governance.requires


def with_facts(names):
    """Guangzhou, of which only facts of these names are known."""
    return replace(GUANGZHOU, facts=tuple(f for f in GUANGZHOU.facts if f.name in names))


def by_id(found):
    return {criterion.id: criterion for pillar in found.pillars for criterion in pillar.criteria}


def test_a_city_of_which_nothing_is_known_is_open_and_never_refused():
    found = replicability(HEFEI, EMPTY)
    assert found.state == "open"
    for pillar in found.pillars:
        assert pillar.state == "open"
        assert (pillar.least, pillar.most) == (0.0, 1.0)
        assert pillar.mean == pytest.approx(0.5)


def test_every_requirement_of_the_playbook_is_told_once_and_every_pillar_is_there():
    found = replicability(HEFEI, GUANGZHOU, NIO)
    assert {p.id for p in found.pillars} == {"mechanism", "fiscal", "window", "company", "chain"}
    ids = [criterion.id for pillar in found.pillars for criterion in pillar.criteria]
    assert len(ids) == len(set(ids))
    assert {r.id for r in REQUIRED} <= set(ids)
    assert {"gate.series-product", "gate.going-concern", "gate.below-cost"} <= set(ids)


@settings(max_examples=examples(25), deadline=None)
@given(st.sets(st.sampled_from(sorted({f.name for f in GUANGZHOU.facts}))), st.data())
def test_one_more_fact_never_widens_what_is_not_known(names, data):
    extra = data.draw(st.sampled_from(sorted({f.name for f in GUANGZHOU.facts})))
    before = {p.id: p for p in replicability(HEFEI, with_facts(names), as_of=TODAY).pillars}
    after = {p.id: p for p in replicability(HEFEI, with_facts(names | {extra}), as_of=TODAY).pillars}
    for id, pillar in before.items():
        assert after[id].most - after[id].least <= pillar.most - pillar.least + 1e-12
        assert pillar.least <= pillar.most
        assert pillar.low <= pillar.mean <= pillar.high


def test_the_weakest_pillar_comes_first_and_decides():
    rank = ["gap", "open", "present"]
    for city in (GUANGZHOU, WUHAN, load_city("hefei"), EMPTY):
        found = replicability(HEFEI, city, NIO, TODAY)
        states = [rank.index(pillar.state) for pillar in found.pillars]
        assert states == sorted(states)
        assert found.state == found.pillars[0].state


def test_one_unmet_requirement_is_a_gap_however_much_else_is_met():
    poor = tuple(
        replace(f, value=f.number / 20.0) if f.name == "budget_revenue" and f.period.start.year == 2024 else f
        for f in GUANGZHOU.facts
    )
    found = replicability(HEFEI, replace(GUANGZHOU, facts=poor), NIO, TODAY)
    assert found.state == "gap"
    assert found.pillars[0].id == "fiscal"
    assert by_id(found)["deal-size"].outcome == "unmet"
    assert "fiscal capacity" in render(found.sentence.model_dump())


def test_the_plan_has_a_step_for_everything_that_is_not_met_and_only_for_that_in_the_stated_order():
    found = replicability(HEFEI, WUHAN, NIO, TODAY)
    missing = {id for id, criterion in by_id(found).items() if criterion.outcome != "met"}
    assert {action.criterion for action in found.plan} == missing
    stages = [STAGES.index(action.stage) for action in found.plan]
    assert stages == sorted(stages)
    assert all(action.find_out == (by_id(found)[action.criterion].outcome == "no_evidence") for action in found.plan)


def test_an_interval_on_both_sides_of_the_number_decides_nothing():
    comparable = by_id(replicability(HEFEI, GUANGZHOU, NIO, TODAY))["comparable"]
    assert comparable.low < comparable.needed < comparable.high
    assert comparable.outcome == "no_evidence"


def counted(name, value):
    fact = next(f for f in GUANGZHOU.facts if f.name == name)
    return replace(GUANGZHOU, facts=(replace(fact, value=value),))


def test_a_count_of_known_firms_is_a_lower_bound_and_never_says_that_there_is_none():
    for value, outcome in ((0.0, "no_evidence"), (1.0, "met"), (7.0, "met")):
        found = by_id(replicability(HEFEI, counted("state_listed_firms", value), NIO, TODAY))
        state = next(c for c in found.values() if any(e.fact.startswith("state-listed") for e in c.evidence))
        assert (state.outcome, state.low, state.high) == (outcome, value, None)


def test_a_gate_that_the_deal_can_neither_meet_nor_break_is_left_out():
    found = by_id(replicability(HEFEI, GUANGZHOU, load_case(find_case("ehang-hefei-2023")), TODAY))
    assert {criterion.outcome for criterion in found.values()} <= {"met", "unmet", "no_evidence"}


def test_what_became_known_later_is_not_held():
    early = by_id(replicability(HEFEI, GUANGZHOU, NIO, date(2020, 4, 29)))
    late = by_id(replicability(HEFEI, GUANGZHOU, NIO, TODAY))
    assert early["diligence"].outcome == "no_evidence"
    assert late["diligence"].outcome == "met"
    assert early["deal-size"].evidence[0].period == "2018"
    assert late["deal-size"].evidence[0].period == "2024"


def test_the_model_city_meets_what_is_taken_from_it_in_the_year_it_is_taken_from():
    hefei = load_city("hefei")
    fiscal = by_id(replicability(HEFEI, hefei, as_of=date(2020, 12, 31)))
    assert fiscal["self-sufficiency"].value == pytest.approx(74599.34 / 112266.69)
    assert fiscal["self-sufficiency"].outcome == fiscal["property"].outcome == "met"
    assert by_id(replicability(HEFEI, hefei, as_of=TODAY))["talent"].outcome == "met"


def test_derived_measures_are_those_of_a_hand_calculation():
    size = measure("deal.to_budget", GUANGZHOU, None, TODAY)
    assert size is None
    growth = measure("city.revenue_growth", GUANGZHOU, None, TODAY)
    values = {f.period.start.year: f.number for f in GUANGZHOU.named("budget_revenue", TODAY)}
    assert growth.value == pytest.approx((values[2024] / values[2021]) ** (1 / 3) - 1)
    output = load_city("shanghai").named("nev_output", TODAY)
    assert output[-1].number / output[-2].number - 1 == pytest.approx(1286800 / 988600 - 1)


def test_every_measure_can_be_taken_of_every_city_and_names_facts_with_a_source():
    for name in city_names():
        city = load_city(name)
        for id in MEASURES:
            found = measure(id, city, None, TODAY)
            assert found is None or all(city.source(e.source).title for e in found.evidence)


def test_the_same_answer_again():
    first, second = (replicability(HEFEI, WUHAN, NIO, TODAY) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()


@pytest.mark.parametrize("day", [NIO.decision_date, HEFEI.made_on], ids=str)
def test_a_playbook_passes_in_the_city_that_it_comes_from(day):
    found = by_id(replicability(HEFEI, load_city("hefei"), NIO, day))
    assert [id for id, criterion in found.items() if criterion.outcome == "unmet"] == []


@pytest.mark.parametrize("requirement", [r for r in REQUIRED if r.peers], ids=lambda r: r.id)
def test_a_threshold_taken_from_cities_is_the_bound_of_what_they_had(requirement):
    peers = requirement.peers
    end_of_next_year = date(peers.year + 1, 12, 31)
    found = [measure(requirement.measure, load_city(city), None, end_of_next_year) for city in peers.cities]
    assert {e.period for one in found for e in one.evidence} == {str(peers.year)}
    values = [round(one.value, 4) for one in found if one is not None and one.value is not None]
    assert len(values) == len(peers.cities) > 3
    assert (min(values), max(values)) == (peers.low, peers.high)
