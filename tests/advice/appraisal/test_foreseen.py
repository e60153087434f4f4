"""What is foreseen of a company without the deal: every view beside the others, and paths that agree with the day."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.study.diligence.views import fact, view_of

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.coherent import MOST, Prices, Unweighted, weigh
from guanzi.advice.appraisal.failing import (
    distress_step,
    rating_letter,
    rating_member,
    reference_member,
    score_letter,
    structural_member,
    unclassed,
    weights_of,
)
from guanzi.advice.appraisal.foreseen import foresee, price_of_day
from guanzi.advice.appraisal.panel_weights import FAILURE, LEVELS
from guanzi.advice.appraisal.prepare import prepare
from guanzi.base.core import render
from guanzi.engine.simulation import Running
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

DAY = date(2020, 4, 29)
PATHS = 8_192


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def prepared(case):
    return prepare(case, DAY, load_playbook("hefei"))


@pytest.fixture(scope="module")
def seen(prepared):
    return foresee(prepared, PATHS, 1)


@pytest.fixture(scope="module")
def appraisal(case):
    return appraise(case, DAY, paths=PATHS, options=AppraisalOptions(sensitivity=False))


def test_before_any_weight_the_shares_are_worth_what_the_market_paid_within_fifteen_percent(seen):
    assert seen.market.value == pytest.approx(20_906.0)
    assert abs(seen.coherent.value / seen.market.value - 1.0) < 0.15


def test_a_share_price_and_the_number_of_shares_are_a_price_of_the_day_that_paths_must_meet():
    """Whoever types prices into the workbook has a market: calibration and coherence know the same one."""
    number = fact("shares_outstanding", "2020-03-31", 50.0, "million shares")
    for day, expected in (("2020-04-24", 600.0), ("2019-12-30", None)):
        found = price_of_day(view_of(fact("share_price", day, 12.0, "CNY"), number))
        assert (None if found is None else found.value) == expected


def test_weighted_paths_give_back_the_price_and_the_pooled_distress(seen):
    found = seen.coherent
    assert found.result == "weighted"
    assert found.coherence.after["market_value"] == pytest.approx(seen.market.value, rel=1e-6)
    for years in (1, 3, 5):
        assert found.coherence.after[f"distress_{years}y"] == pytest.approx(float(found.pool.curve.at(years)), abs=1e-6)
    assert 0.05 <= found.coherence.ess_share <= 1.0


def test_pooled_failure_lies_between_its_members(seen):
    for years in (1.0, 3.0, 5.0, 10.0):
        low, high = seen.coherent.pool.range_at(years)
        assert low - 1e-9 <= float(seen.coherent.pool.curve.at(years)) <= high + 1e-9
    assert set(seen.coherent.members) == {"structural", "rating", "reference"}


def test_weights_of_every_pool_sum_to_one(seen):
    assert sum(seen.coherent.pool.weights.values()) == pytest.approx(1.0)
    assert {(p.quantity, p.years) for p in seen.pooled} == {
        (q, y) for q in ("revenue", "cash", "value") for y in (1, 3, 5)
    }
    for pooled in seen.pooled:
        assert sum(pooled.weights.values()) == pytest.approx(1.0)
        assert set(pooled.members) == set(LEVELS[pooled.quantity])


def test_a_pool_lies_within_what_its_members_say(seen):
    for pooled in seen.pooled:
        for level in (0.05, 0.5, 0.95):
            told = [float(q.at(level)) for q in pooled.members.values()]
            assert min(told) - 1e-6 <= float(pooled.pool.at(level)) <= max(told) + 1e-6


def ids_of(seen):
    ids = seen.ids(PATHS)
    assert ids is not None
    return ids.tolist()


def test_the_number_of_threads_changes_nothing(prepared, seen):
    again = foresee(prepared, PATHS, 1, running=Running(threads=1))
    assert ids_of(again) == ids_of(seen)
    assert [p.pool.values.tolist() for p in again.pooled] == [p.pool.values.tolist() for p in seen.pooled]


def test_facts_of_a_later_day_change_nothing(case, seen):
    later = [replace(f, id=f"{f.id}-later", known_on=date(2020, 12, 1), value=f.value * 3) for f in case.facts
             if f.name in ("market_value", "revenue", "cash_and_short_term_investments")]  # fmt: skip
    assert later
    changed = replace(case, facts=(*case.facts, *later))
    again = foresee(prepare(changed, DAY, load_playbook("hefei")), PATHS, 1)
    assert again.coherent.value == seen.coherent.value
    assert ids_of(again) == ids_of(seen)


def test_every_view_is_a_figure_with_parents_and_stands_in_the_table(appraisal):
    for years in (1, 3, 5):
        members = [appraisal.figures[f"company.distress_{years}y_without.{m}"] for m in FAILURE]
        pooled = appraisal.figures[f"company.distress_{years}y_without.pooled"]
        assert set(pooled.parents) == {m.id for m in members if not m.id.endswith(".reference")}
        assert all(m.parents for m in members)
        assert (pooled.low, pooled.high) == (None, None), "what the members say is no 90 % of anything"
        assert min(m.value for m in members) <= pooled.value <= max(m.value for m in members)
    assert [row[0].id for row in appraisal.forecast.failure.rows] == [
        f"appraisal.member.{m}" for m in ("structural", "rating", "lost_bets", "pooled")
    ]


def test_the_deal_is_simulated_on_the_weighted_paths(appraisal):
    assert appraisal.versions.weights == "weighted"
    assert appraisal.versions.ess == pytest.approx(appraisal.figures["coherence.paths_left"].value)
    pooled = appraisal.figures["company.distress_5y_without.pooled"].value
    failed = appraisal.figures["company.failure_probability_5y_without"].value
    assert failed < pooled, "liquidation is one of the ends of distress"


def test_more_paths_than_weights_are_learnt_on_repeat_their_numbers(seen):
    ids = seen.ids(4 * PATHS)
    assert len(ids) == 4 * PATHS
    assert ids.max() < min(PATHS, MOST)


def test_weights_that_would_rest_on_too_few_paths_are_refused_with_a_reason():
    held = np.concatenate([np.ones(9_990), np.full(10, 1e4)])
    first = np.where(np.arange(10_000) % 10 == 0, 0.0, np.inf)
    members = {"structural": structural_member(first, 4, 40)}
    found = weigh(Unweighted(held, first, 4, 40), Prices(5_000.0), members, FAILURE)
    assert found.result == "refused"
    assert found.ids(100) is None
    assert found.refused is not None


def test_a_rating_counts_before_a_score_and_without_either_no_class_is_said(prepared):
    assert [rating_letter(x) for x in ("B plus, called fair", "Caa1", "BBB-", "Ba3 (stable)", "not rated")] == [
        "B", "CCC", "BBB", "BB", None,
    ]  # fmt: skip
    assert score_letter(-8.0, {"B": 4.15, "CCC-": 1.75}) == "CCC"
    found = rating_member(prepared.view)
    assert found.source.id == "appraisal.failure.rating.score"
    assert found.curve.at(5.0) == pytest.approx(0.488, abs=0.001)
    assert unclassed(prepared.view) is None
    bare = replace(prepared.view, facts=tuple(f for f in prepared.view.facts if f.name != "total_assets"))
    assert rating_member(bare) is None
    assert unclassed(bare).id == "appraisal.differ.no_class"


def test_no_study_that_came_out_later_is_used(prepared):
    found = rating_member(prepared.view)
    assert "prior.moodys-1970-2013" in found.parents
    assert rating_member(replace(prepared.view, as_of=date(2010, 1, 1))) is None


def test_young_bets_do_not_count_in_the_reference_class(prepared):
    old = reference_member(prepared.view)
    young = reference_member(replace(prepared.view, as_of=date(2026, 1, 1)))
    assert old.sample is not None
    assert young.sample is not None
    assert old.sample[1] < young.sample[1]


def test_lost_bets_do_not_count_in_the_combined_figure_of_a_listed_company(prepared, seen):
    assert seen.coherent.pool.weights["reference"] == 0.0
    told = reference_member(prepared.view)
    assert "does not count" in render(told.source)
    bare = tuple(f for f in prepared.view.facts if f.name not in ("share_price", "market_value"))
    unlisted = replace(prepared.view, facts=bare)
    assert weights_of(unlisted, FAILURE) == FAILURE
    assert reference_member(unlisted).source.id == "appraisal.failure.reference"


def test_an_old_price_is_not_one_that_paths_must_meet(prepared):
    assert price_of_day(prepared.view) is not None
    assert price_of_day(replace(prepared.view, as_of=date(2021, 4, 29))) is None


def test_distress_counts_from_its_first_quarter():
    flags = np.array([[0.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    assert distress_step(flags).tolist() == [1.0, 0.0, np.inf]
