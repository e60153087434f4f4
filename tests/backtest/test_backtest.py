"""The backtest: nothing of the outcome enters a forecast, names do not matter, and the same bytes come again."""

import random
from dataclasses import replace

import numpy as np
import pytest
from tests.backtest.library import rewrite, small_library

from guanzi.backtest import backtest, load_library, replay
from guanzi.backtest.odds import WHOLE, learnt, method, posterior_mode, stated, table
from guanzi.evidence import Precedent, find_case, load_case
from guanzi.playbooks import load_playbook

PATHS = 1_000
HEFEI = load_playbook("hefei")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def result(folder):
    return backtest(load_library(folder)[0], HEFEI, PATHS)


def told(result):
    return {r.replay.profile.case: (r.replay.advice, r.probability, r.stated, r.base_rate) for r in result.cases}


def test_every_case_has_advice_and_a_probability(result):
    assert len(result.cases) == 5
    assert all(0.0 < r.probability < 1.0 for r in result.cases)
    assert {r.group for r in result.cases} <= {"scored", "ongoing", "refused"}


def test_the_same_library_gives_the_same_result_with_any_number_of_threads(folder, result):
    assert backtest(load_library(folder)[0], HEFEI, PATHS, threads=1) == result


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


def test_who_they_are_does_not_matter(result, tmp_path):
    again = small_library(tmp_path / "library")
    rewrite(again / "nio-hefei-2020" / "case.yaml", ("{id: nio, name: NIO Inc.", "{id: zzz, name: Zzz Inc."))
    rewrite(again / "tesla-shanghai-2018" / "case.yaml", ("id: shanghai", "id: atlantis"), ("id: tesla", "id: yyy"))
    assert told(backtest(load_library(again)[0], HEFEI, PATHS)) == told(result)


def test_its_own_outcome_and_those_of_its_city_do_not_move_a_forecast(result):
    replays = [r.replay for r in result.cases]
    precedents = [precedent(r) for r in result.cases]
    for forecast in (stated, learnt):
        base = forecast(replays, precedents, method())
        for i, r in enumerate(result.cases):
            city = r.replay.profile.region
            turned = [p.model_copy(update={"success": 1.0 - p.success}) if p.region == city else p for p in precedents]
            assert forecast(replays, turned, method())[i] == pytest.approx(base[i], abs=1e-12)


def precedent(r):
    p = r.replay.profile
    day = r.replay.appraisal.case.decision_date
    return Precedent(
        case=p.case, company=p.company, region=p.region, country=p.country, industry=p.industry, model=p.model,
        decided=day, settled=day.replace(year=day.year + 5), success=r.success if r.success is not None else 0.5,
    )  # fmt: skip


def test_without_outcomes_the_weights_are_the_judged_ones():
    how = method()
    weights = posterior_mode(np.zeros((0, len(how.features))), np.zeros(0), np.zeros(0), how)
    assert weights == pytest.approx(how.weights)


def test_much_evidence_overturns_a_judgement_and_little_does_not():
    how = method()
    rng = np.random.default_rng(1)
    x = rng.normal(size=(4000, len(how.features)))
    y = (rng.random(4000) < 1.0 / (1.0 + np.exp(-x @ -how.weights))).astype(float)
    many, few = posterior_mode(x, y, np.zeros(4000), how), posterior_mode(x[:20], y[:20], np.zeros(20), how)
    assert np.all(np.sign(many) == np.sign(-how.weights))
    assert np.all(np.abs(few - how.weights) < np.abs(many - how.weights))


def test_a_feature_is_told_from_the_mean_of_the_others(result):
    replays = [r.replay for r in result.cases]
    x = table(replays, method(), WHOLE)
    flat = table([replace(r, found=replace(r.found, critical=2)) for r in replays], method(), WHOLE)
    assert x.shape == (len(replays), len(method().features))
    assert np.all(flat[:, 1] == 0.0)


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
