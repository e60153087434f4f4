"""Libraries as others will bring them: few cases, one city, nothing to score, broken ones; nothing is invented."""

import json
import shutil
import sys

import pytest
from tests.advice.backtest.library import rewrite, small_library

from guanzi.advice.backtest import backtest, backtest_json, load_library
from guanzi.base.core import render
from guanzi.jobs.backtest.documents.backtest import backtest_document
from guanzi.record.playbooks import load_playbook
from guanzi.render import document_html

backtest_module, replay_module = (sys.modules[f"guanzi.advice.backtest.{name}"] for name in ("backtest", "replay"))
HEFEI = load_playbook("hefei")


def run(folder):
    cases, problems = load_library(folder)
    return json.loads(backtest_json(backtest(cases, HEFEI, 100, unreadable=problems)))


def test_all_successes_have_no_area_under_the_curve(tmp_path):
    found = run(small_library(tmp_path / "x", ("boe-hefei-2008", "tesla-shanghai-2018")))
    assert (found["scored"], found["auc"], found["auc_interval"]) == (2, None, [None, None])
    assert found["brier"] is not None
    assert "backtest.limit.one_kind" in found["limits"]


def test_one_city_has_no_interval_and_an_even_outside_view(tmp_path):
    found = run(small_library(tmp_path / "x", ("boe-hefei-2008", "nio-hefei-2020")))
    assert found["brier_base_rate"] == 0.25
    assert found["brier_interval"] == [None, None]
    assert "backtest.limit.few_cities" in found["limits"]


@pytest.mark.parametrize("cases", [("nio-huzhou-2019", "ehang-hefei-2023"), ("rongan-hefei-2007",)])
def test_without_a_scorable_case_no_score_is_claimed(tmp_path, cases):
    found = run(small_library(tmp_path / "x", cases))
    assert found["scored"] == 0
    assert [found[key] for key in ("brier", "brier_base_rate", "auc", "brier_skill", "permutation_p")] == [None] * 5
    assert found["limits"] == ["backtest.limit.nothing_scored"]


def test_broken_cases_are_named_and_the_others_are_scored(tmp_path):
    folder = small_library(tmp_path / "x", ("boe-hefei-2008", "nio-hefei-2020", "qoros-changshu-2017"))
    (folder / "nio-hefei-2020" / "case.yaml").write_bytes(b"\xff\xfe")
    shutil.rmtree(folder / "qoros-changshu-2017" / "outcome")
    shutil.copytree(folder / "boe-hefei-2008", folder / "another-boe")
    (folder / "no-case").mkdir()
    (folder / "half" / "facts").mkdir(parents=True)
    found = run(folder)
    assert {c["case"]: c["group"] for c in found["cases"]} == {
        "boe-hefei-2008": "scored",
        "qoros-changshu-2017": "unlabelled",
    }
    told = {p["file"]: p["cause"]["id"] for p in found["not_appraised"]}
    assert told == {
        "half/case.yaml": "evidence.case.no_case_yaml",
        "boe-hefei-2008/case.yaml": "backtest.library.twice",
        "nio-hefei-2020/case.yaml": "reading.file.not_utf8",
    }


def test_a_broken_label_leaves_the_case_unscored(tmp_path):
    folder = small_library(tmp_path / "x", ("boe-hefei-2008", "byton-nanjing-2018"))
    (folder / "byton-nanjing-2018" / "outcome" / "label.yaml").write_text("label: maybe\n")
    found = run(folder)
    assert found["scored"] == 1
    assert {p["file"] for p in found["not_appraised"]} == {"byton-nanjing-2018/outcome/label.yaml"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("work", ["replay", "doubtful", "contract"])
def test_an_error_of_ours_names_its_case_and_spares_the_others(tmp_path, monkeypatch, work, lang):
    module, name = {
        "replay": (replay_module, "replay"),
        "doubtful": (replay_module, "replay"),
        "contract": (backtest_module, "contract_of_case"),
    }[work]
    whole = getattr(module, name)

    def failing(case, *rest, **options):
        if case.id == "boe-hefei-2008" and (work != "doubtful" or options["doubtful"]):
            raise ZeroDivisionError("float division by zero")
        return whole(case, *rest, **options)

    monkeypatch.setattr(module, name, failing)
    cases, _ = load_library(small_library(tmp_path / "x", ("boe-hefei-2008", "tesla-shanghai-2018")))
    found = backtest(cases, HEFEI, 100, doubtful=work == "doubtful")
    (problem,) = found.problems
    assert problem.cause.id == f"backtest.broken.{work}"
    assert "boe-hefei-2008" in problem.place.file
    said = render(problem.cause, lang)
    assert all(word in said for word in ("boe-hefei-2008", "ZeroDivisionError", "float division by zero"))
    scored = {r.replay.profile.case for r in found.cases}
    assert scored == {"tesla-shanghai-2018"} | ({"boe-hefei-2008"} if work != "replay" else set())
    simulated = {c.bet for c in found.contracts if not c.illustrative}
    assert simulated == {"tesla-shanghai-2018"} | ({"boe-hefei-2008"} if work == "doubtful" else set())


def test_a_run_in_which_we_fail_on_every_case_claims_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(replay_module, "appraise", lambda *_, **__: 1 / 0)
    found = run(small_library(tmp_path / "x", ("boe-hefei-2008", "tesla-shanghai-2018")))
    assert (found["scored"], found["brier"], len(found["not_appraised"])) == (0, None, 2)


RATE = """
sources: {rate: {publisher: Central bank, title: Invented rate of a test, date: 2020-01-02, grade: A}}
facts:
  - {id: won, subject: fx, name: usd_krw, period: 2020-01-02, value: 1150, unit: KRW per USD, known_on: 2020-01-02,
     source: rate}
"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_deal_in_a_money_that_no_shipped_case_uses_is_replayed_and_reported(tmp_path, lang):
    folder = small_library(tmp_path / "x", ("nikola-arizona-2020", "tesla-shanghai-2018"))
    (sheet,) = (folder / "nikola-arizona-2020" / "terms").glob("*.yaml")
    rewrite(sheet, ("currency: USD", "currency: KRW"), ("unit: 1e6", "unit: 1e9"))
    rewrite(folder / "nikola-arizona-2020" / "case.yaml", ("currency: USD", "currency: KRW"))
    (folder / "nikola-arizona-2020" / "facts" / "rate.yaml").write_text(RATE, "utf-8")
    cases, problems = load_library(folder)
    found = backtest(cases, HEFEI, 100, unreadable=problems)
    assert (found.problems, len(found.cases)) == ((), 2)
    assert "nikola-arizona-2020" in {case.replay.profile.case for case in found.cases}
    assert document_html(backtest_document(found), lang)
