"""No leakage: outcomes stay shut until everything is frozen, names do not matter, later facts change no byte."""

import json
import random
import shutil
import sys
from dataclasses import replace

import pytest
from tests.advice.backtest.library import small_library

from guanzi.advice.backtest import backtest, backtest_json, load_library
from guanzi.advice.backtest.contract import contract_of_case
from guanzi.advice.backtest.record import open_outcomes
from guanzi.advice.backtest.replay import replays
from guanzi.record.evidence import builtin_cases
from guanzi.record.playbooks import load_playbook

HEFEI = load_playbook("hefei")
PATHS = 100
NAMES = (
    "boe-hefei-2008",
    "evergrande-guangzhou-2019",
    "tesla-shanghai-2018",
)


class Watch:
    """Which files are opened or listed while it looks; hooks stay for good, so that there is one for all tests."""

    def __init__(self):
        self.seen = None
        sys.addaudithook(self._hook)

    def _hook(self, event, arguments):
        if self.seen is not None and event in {"open", "os.listdir", "os.scandir"} and arguments:
            self.seen.append(str(arguments[0]))

    def of(self, work):
        self.seen = []
        try:
            result = work()
            return result, [path for path in self.seen if "outcome" in path.replace("library/outcomes", "")]
        finally:
            self.seen = None


WATCH = Watch()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_library(tmp_path_factory.mktemp("library"), NAMES)


@pytest.fixture(scope="module")
def told(folder):
    return told_of(folder)


def told_of(folder):
    cases, problems = load_library(folder)
    return backtest_json(backtest(cases, HEFEI, PATHS, unreadable=problems))


def test_no_outcome_is_opened_while_cases_are_read_appraised_and_their_contracts_judged(folder):
    def before_the_freeze():
        cases = load_library(folder)[0]
        done, problems = replays(cases, HEFEI, PATHS)
        return cases, done, problems, [contract_of_case(case, HEFEI, PATHS, 1, None) for case in cases]

    (cases, done, problems, _), opened = WATCH.of(before_the_freeze)
    assert (len(done), problems) == (len(NAMES), ())
    assert opened == []
    assert WATCH.of(lambda: open_outcomes(cases))[1]  # the watch would have seen them


@pytest.mark.parametrize("name", builtin_cases())
def test_reading_a_shipped_case_opens_no_outcome(name):
    from guanzi.record.evidence import find_case, load_case

    assert WATCH.of(lambda: load_case(find_case(name)))[1] == []


def test_everything_told_before_the_freeze_is_the_same_without_outcomes(folder, told, tmp_path):
    bare = tmp_path / "library"
    shutil.copytree(folder, bare)
    for case in bare.iterdir():
        shutil.rmtree(case / "outcome")
        (case / "outcome").write_text("not a folder")
    found = json.loads(told_of(bare))
    before = json.loads(told)
    kept = ("case", "advice", "advice_without_terms", "survival", "critical_risks", "high_risks", "appraisal_sha256")
    assert found["frozen_sha256"] == before["frozen_sha256"]
    assert found["contracts"] == before["contracts"]
    assert [[c[key] for key in kept] for c in found["cases"]] == [[c[key] for key in kept] for c in before["cases"]]
    assert found["scored"] == 0


def test_shuffled_names_of_companies_and_places_give_the_same_scores(folder, told):
    cases = load_library(folder)[0]
    rng = random.Random(3)
    places = sorted({case.region.id for case in cases})
    others = dict(zip(places, rng.sample([case.region for case in cases], len(places)), strict=False))
    companies = rng.sample([case.company for case in cases], len(cases))
    ids = dict(zip(places, rng.sample(places, len(places)), strict=True))
    shuffled = [
        replace(case, company=company, region=place_of(case, others, ids))
        for case, company in zip(cases, companies, strict=True)
    ]
    assert [c.region.id for c in shuffled] != [c.region.id for c in cases]
    assert [c.company.name for c in shuffled] != [c.company.name for c in cases]
    assert backtest_json(backtest(shuffled, HEFEI, PATHS)) == told


def place_of(case, others, ids):
    """Another place in the same country."""
    return replace(others[case.region.id], id=ids[case.region.id], country=case.region.country)


def test_random_later_facts_and_terms_change_no_byte(folder, told, tmp_path):
    later = tmp_path / "library"
    shutil.copytree(folder, later)
    rng = random.Random(1)
    for case in load_library(folder)[0]:
        numbers = [f for f in case.facts if isinstance(f.value, float) and f.subject == "company"]
        lines = [
            f"  - {{id: late-{i}, name: {f.name}, period: {rng.choice(('2025', f.period))!s}, "
            f"value: {round(f.value * rng.uniform(-3, 30), 3)!r}, unit: {f.unit!r}, "
            f"known_on: 2026-01-0{1 + i % 9}, source: late}}"
            for i, f in enumerate(rng.choices(numbers, k=6) if numbers else [])
        ]
        where = later / case.folder.name
        (where / "facts" / "late.yaml").write_text(
            "sources:\n  late: {publisher: Later, title: Later news, date: 2026-01-01, grade: B}\nfacts:\n"
            + "\n".join(lines or ["  []"])
            + "\n"
        )
        newest = sorted((where / "terms").glob("*.yaml"))[-1]
        text = "\n".join(
            "known_on: 2026-02-01" if line.startswith("known_on:") else line for line in newest.read_text().splitlines()
        )
        (where / "terms" / "2026-02-01-later.yaml").write_text(text)
    cases, problems = load_library(later)
    assert problems == ()
    assert [len(c.facts) for c in cases] > [len(c.facts) for c in load_library(folder)[0]]
    assert backtest_json(backtest(cases, HEFEI, PATHS)) == told
