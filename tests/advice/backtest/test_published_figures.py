"""The figures of the documentation are those of the committed run, and that run is of this method and these cases."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from guanzi.advice.backtest import method
from guanzi.record.evidence import find_case, load_case, replayed_cases

REPO = Path(__file__).resolve().parents[3]
RESULTS = REPO / "benchmarks" / "results"
DATA = json.loads((RESULTS / "backtest.json").read_text("utf-8"))
PAGE = (REPO / "docs" / "methods" / "backtest.md").read_text("utf-8")


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("published_backtest", REPO / "benchmarks" / "backtest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_made_of_the_run_and_of_nothing_else(script):
    assert (RESULTS / "backtest.md").read_text("utf-8") == script.tables(DATA)


def test_the_run_is_of_the_shipped_method_and_of_every_replayed_case():
    assert DATA["method_sha256"] == method().sha256
    fit = {name: load_case(find_case(name)).fitness for name in replayed_cases()}
    assert {c["case"] for c in DATA["cases"]} == {name for name, state in fit.items() if state == "fit"}
    assert {u["case"] for u in DATA["unfit_cases"]} == {name for name, state in fit.items() if state == "unfit"}
    assert DATA["not_appraised"] == []


def test_the_page_takes_in_every_table_and_gives_the_weights_of_the_method(script):
    marks = set(re.findall(r"start:(\w+)", script.tables(DATA)))
    assert set(re.findall(r"results: backtest\.md:(\w+)", PAGE)) == marks
    for feature in method().features:
        assert f"| {feature.weight:g} | {feature.most:g} |".replace("-", "−") in PAGE


def test_every_score_has_its_interval():
    for scores in (*DATA["scores"].values(), *DATA["ablations"].values()):
        for key in ("brier", "log_score", "auc"):
            low, high = scores[f"{key}_interval"]
            assert low <= scores[key] <= high


def test_the_limits_say_what_the_page_says():
    assert "backtest.limit.few" in DATA["limits"]
    assert "cannot show that it is good" in PAGE
