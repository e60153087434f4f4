"""The backtest: nothing of the outcome enters a forecast, names do not matter, and the same bytes come again.

``make test`` shows in ``test_leakage.py``, on fewer cases and paths, what is marked ``prove`` here.
"""

import random
from dataclasses import replace

import numpy as np
import pytest
from tests.advice.backtest.library import rewrite, small_library

from guanzi.advice.backtest import backtest, load_library, odds, replay
from guanzi.advice.backtest.odds import WHOLE, logit, method, table
from guanzi.engine.simulation import Running
from guanzi.record.evidence import Precedent, find_case, load_case
from guanzi.record.playbooks import load_playbook

PATHS = 1_000
HEFEI = load_playbook("hefei")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def result(folder):
    return backtest(load_library(folder)[0], HEFEI, PATHS)


def told(result):
    return {r.replay.profile.case: (r.replay.advice, r.probability, r.elsewhere, r.base_rate) for r in result.cases}


def test_every_case_has_advice_and_a_probability(result):
    assert len(result.cases) == 5
    assert all(0.0 < r.probability < 1.0 for r in result.cases)
    assert {r.group for r in result.cases} <= {"scored", "ongoing", "refused"}


def test_the_same_library_gives_the_same_result_with_any_number_of_threads(folder, result):
    assert backtest(load_library(folder)[0], HEFEI, PATHS, running=Running(threads=1)) == result


@pytest.mark.prove
def test_what_happened_later_does_not_change_what_was_advised(folder, result, tmp_path):
    again = small_library(tmp_path / "library")
    for name in ("nio-hefei-2020", "boe-hefei-2008"):
        (again / name / "outcome" / "label.yaml").unlink()
    for case in again.iterdir():
        for path in (case / "outcome").glob("*.yaml"):
            if path.name != "label.yaml":
                path.write_text("facts: [\n")
    changed = backtest(load_library(again)[0], HEFEI, PATHS)
    assert changed.frozen_sha256 == result.frozen_sha256
    assert {r.replay.profile.case: r.replay.appraisal_sha256 for r in changed.cases} == {
        r.replay.profile.case: r.replay.appraisal_sha256 for r in result.cases
    }


@pytest.mark.prove
def test_facts_of_a_later_day_leave_every_appraisal_as_it_was(folder, result, tmp_path):
    again = small_library(tmp_path / "library")
    rng = random.Random(7)
    for name in again.iterdir():
        fact = f"id: late, name: deliveries, period: 2025, value: {rng.randint(1, 10**6)}, unit: vehicles"
        (name / "facts" / "late.yaml").write_text(
            "sources:\n  late: {publisher: Later, title: Later news, date: 2026-01-05, grade: B}\nfacts:\n"
            f"  - {{{fact}, known_on: 2026-01-05, source: late}}\n"
        )
    assert backtest(load_library(again)[0], HEFEI, PATHS).frozen_sha256 == result.frozen_sha256


@pytest.mark.prove
def test_who_they_are_does_not_matter(result, tmp_path):
    again = small_library(tmp_path / "library")
    rewrite(again / "nio-hefei-2020" / "case.yaml", ("{id: nio, name: NIO Inc.", "{id: zzz, name: Zzz Inc."))
    rewrite(again / "tesla-shanghai-2018" / "case.yaml", ("id: shanghai", "id: atlantis"), ("id: tesla", "id: yyy"))
    assert told(backtest(load_library(again)[0], HEFEI, PATHS)) == told(result)


@pytest.mark.parametrize("held_out", ["company", "city"])
def test_its_own_outcome_does_not_move_a_forecast_nor_with_its_city_left_out_that_of_a_neighbour(result, held_out):
    replays = [r.replay for r in result.cases]
    precedents = [precedent(r) for r in result.cases]
    base = odds.forecast_odds(replays, precedents, method(), hold_out=held_out).probability
    for i, r in enumerate(result.cases):
        own = {"company": r.replay.profile.company, "city": r.replay.profile.region}[held_out]
        turned = [
            p.model_copy(update={"success": 1.0 - p.success})
            if (p.company if held_out == "company" else p.region) == own
            else p
            for p in precedents
        ]
        assert odds.forecast_odds(replays, turned, method(), hold_out=held_out).probability[i] == pytest.approx(base[i])


def precedent(r):
    p = r.replay.profile
    day = r.replay.appraisal.case.decision_date
    return Precedent(
        case=p.case, company=p.company, region=p.region, country=p.country, industry=p.industry, model=p.model,
        decided=day, settled=day.replace(year=day.year + 5), success=r.success if r.success is not None else 0.5,
    )  # fmt: skip


def test_no_finding_and_no_model_moves_the_odds_farther_than_is_stated(result):
    replays = [r.replay for r in result.cases]
    wild = [
        replace(r, found=replace(r.found, strengths=40 * i, critical=0), survival=0.99) for i, r in enumerate(replays)
    ]
    told = odds.forecast_odds(wild, [precedent(r) for r in result.cases], method())
    moves = told.parts[:, 1:].sum(axis=1)
    assert np.abs(moves).max() <= method().farthest + 1e-12
    assert np.ptp(moves) > 0.0


def test_a_bet_with_more_assets_and_fewer_risks_has_the_better_odds(result):
    replays = [r.replay for r in result.cases]
    precedents = [precedent(r) for r in result.cases]
    before = odds.forecast_odds(replays, precedents, method()).probability[0]
    better = [replace(replays[0], found=replace(replays[0].found, strengths=30)), *replays[1:]]
    worse = [replace(replays[0], found=replace(replays[0].found, critical=30)), *replays[1:]]
    assert odds.forecast_odds(worse, precedents, method()).probability[0] < before
    assert odds.forecast_odds(better, precedents, method()).probability[0] > before


def test_the_interval_holds_the_forecast_and_is_wider_than_that_of_the_base_rate_alone(result):
    for r in result.cases:
        low, high = r.interval
        assert 0.0 < low < r.probability < high < 1.0
    replays = [r.replay for r in result.cases]
    precedents = [precedent(r) for r in result.cases]
    bare = odds.forecast_odds(replays, precedents, method(), odds.MethodParts(survival=False, findings=False))
    whole = odds.forecast_odds(replays, precedents, method())
    width = [[logit(high) - logit(low) for low, high in zip(t.low, t.high, strict=True)] for t in (bare, whole)]
    assert all(narrow <= wide + 1e-9 for narrow, wide in zip(*width, strict=True))


def test_a_part_is_told_from_the_mean_of_the_others(result):
    replays = [r.replay for r in result.cases]
    x = table(replays, method(), WHOLE)
    flat = table([replace(r, found=result.cases[0].replay.found) for r in replays], method(), WHOLE)
    assert x.shape == (len(replays), len(method().features))
    assert np.all(flat[:, 0] == 0.0)


def test_a_broken_case_is_named_and_the_others_are_scored(tmp_path):
    again = small_library(tmp_path / "library", ("boe-hefei-2008", "byton-nanjing-2018"))
    (again / "byton-nanjing-2018" / "case.yaml").write_text("format: 1\n")
    cases, problems = load_library(again)
    assert [c.id for c in cases] == ["boe-hefei-2008"]
    assert problems


def test_doubtful_facts_are_out_unless_asked_for(folder):
    case = next(c for c in load_library(folder)[0] if c.id == "nio-hefei-2020")
    marked = tuple(replace(f, availability="doubtful") if f.name == "cash" else f for f in case.facts)
    mixed = replace(case, facts=marked)
    without, within = replay(mixed, HEFEI, PATHS), replay(mixed, HEFEI, PATHS, doubtful=True)
    assert within.appraisal_sha256 == replay(case, HEFEI, PATHS).appraisal_sha256
    assert without.appraisal_sha256 != within.appraisal_sha256


def test_ties_that_single_cases_have_weigh_in_no_forecast():
    case = load_case(find_case("qoros-changshu-2017"))
    assert case.entities
    assert replay(case, HEFEI, PATHS) == replay(replace(case, entities=()), HEFEI, PATHS)
