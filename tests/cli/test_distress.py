"""`guanzi distress`: figures for any labelled file, scores with reasons, refusals that help."""

import json

import numpy as np
import pytest
from tests.study.distress.firms import firms
from typer.testing import CliRunner

from guanzi.cli import app

KEYS = {"roc_auc", "average_precision", "brier", "brier_skill", "ece", "calibration_p", "n", "positives"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    values, _, failed = firms(400, seed=31)
    rows = ["firm,year,X1,X2,X3,X4,bankrupt"]
    for i, (row, label) in enumerate(zip(values, failed, strict=True)):
        cells = ",".join("" if np.isnan(v) else f"{v:.6g}" for v in row)
        rows.append(f"F{i},{2015 + i % 3},{cells},{int(label)}")
    (tmp_path / "firms.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "items.csv").write_text(
        "company,fiscal_year,total_assets,total_liabilities,current_assets,current_liabilities,net_income,net_sales\n"
        "Weak,2019,100,130,30,70,-80,50\nSound,2019,100,40,60,20,10,120\n",
        "utf-8",
    )

    def call(*words):
        return CliRunner().invoke(app, ["distress", *words])

    return call


def test_folds_give_the_figures_with_intervals_and_the_same_bytes_again(run):
    words = ("evaluate", "firms.csv", "--folds", "3", "--repeats", "1", "--base-rate", "0.05", "--json")
    first, again = run(*words), run(*words, "--threads", "1")
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    data = json.loads(first.stdout)
    assert data.keys() >= KEYS
    assert (data["n"], data["positives"]) == (400, int(firms(400, seed=31)[2].sum()))
    for key in ("roc_auc", "average_precision", "brier", "brier_skill", "ece"):
        low, high = data[f"{key}_interval"]
        assert low <= high
    assert data["roc_auc"] > 0.7
    assert data["columns"] == ["X1", "X2", "X3", "X4"]
    assert data["at_base_rate"]["rate"] == 0.05
    assert data["brier"] == data["at_base_rate"]["brier"] != data["at_training_rate"]["brier"]


def test_other_years_are_judged_by_what_was_learnt_before(run):
    done = run("evaluate", "firms.csv", "--train-where", "year <= 2016", "--where", "year == 2017", "--json")
    data = json.loads(done.stdout)
    assert data["n"] + data["train"]["n"] == 400
    assert data["folds"] == 0
    assert data.keys() >= KEYS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_people_read_sentences(run, lang):
    done = run("evaluate", "firms.csv", "--folds", "2", "--repeats", "1", "--lang", lang)
    assert done.exit_code == 0
    assert "400" in done.stdout
    assert "ROC" in done.stdout


def test_a_firm_is_scored_with_an_interval_and_reasons(run):
    data = json.loads(run("score", "items.csv", "--as-of", "2020-04-29", "--base-rate", "0.05", "--json").stdout)
    assert data["model"] == "polish-2016"
    weak, sound = data["firms"]
    assert weak["firm"] == "Weak 2019"
    assert weak["probability"] > 3 * sound["probability"]
    assert weak["interval"][0] <= weak["probability"] <= weak["interval"][1]
    assert len(weak["parts"]) == 5


def test_a_shorter_horizon_is_safer(run):
    five, one = (
        json.loads(run("score", "items.csv", "--model", "polish-2016", "--horizon", h, "--json").stdout) for h in "51"
    )
    assert one["firms"][0]["probability"] < five["firms"][0]["probability"]


def test_the_cards_are_listed(run):
    assert {card["id"] for card in json.loads(run("models", "--json").stdout)} >= {"polish-2016", "us-2022"}
    assert "破产" in run("models", "--lang", "zh").stdout


REFUSED = [
    (("evaluate", "none.csv"), "none.csv"),
    (("evaluate", "firms.csv", "--label", "bankrup"), "bankrupt"),
    (("evaluate", "firms.csv", "--where", "yaer == 2017"), "year"),
    (("evaluate", "firms.csv", "--where", "year == 1999"), "firms.csv"),
    (("evaluate", "firms.csv", "--where", "year = "), "number"),
    (("evaluate", "firms.csv", "--base-rate", "5.7"), "0.057"),
    (("evaluate", "firms.csv", "--label", "X1"), "X1"),
    (("evaluate", "items.csv"), "total_assets"),
    (("score", "items.csv", "--model", "us-2022", "--as-of", "2020-04-29"), "2022"),
    (("score", "items.csv", "--as-of", "2010-01-01"), "items.csv"),
    (("score", "items.csv", "--model", "polish"), "polish-2016"),
    (("score", "firms.csv"), "firms.csv"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED, ids=[" ".join(words) for words, _ in REFUSED])
def test_wrong_input_is_refused_with_exit_code_2(run, words, told):
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_case_is_scored_by_the_model_that_was_known_then(run, lang):
    assert run("case", "nio-hefei-2020", "--base-rate", "0.05", "--lang", lang).exit_code == 0
    data = json.loads(run("case", "nio-hefei-2020", "--base-rate", "0.05", "--json").stdout)
    assert data["ours"]["model"] == "polish-2016"
    assert data["ours"]["closing"] == "2019-12-31"
    assert 0.05 < data["ours"]["probability"] < 1
    assert data["ours"]["facts"]
    assert data["classical"]["zmijewski"]["zone"] == "distress"


def test_a_case_without_a_balance_sheet_is_told_so(run):
    done = run("case", "qoros-changshu-2017")
    assert done.exit_code == 0
    assert "no statement" in done.stdout
    assert json.loads(run("case", "qoros-changshu-2017", "--json").stdout)["ours"] is None
