"""The review of a case on the command line: a list, one-step settling, JSON and a workbook."""

import json

import openpyxl
import pytest
import yaml
from tests.intake.notes.test_notes import GOOD
from typer.testing import CliRunner

from guanzi.advice.appraisal import review_case
from guanzi.base.core import render
from guanzi.cli import app
from guanzi.record.evidence import find_case, load_case

FLAG = "source_undated: content describes the year 2014"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    notes = yaml.safe_load(GOOD)
    extra = {"value": 7, "as_of": "2014-12-31", "source": "https://unknown.example/page"}
    notes["facts_known_at_decision"] += [
        {**extra, "name": "cash_end_2014", "unit": "GBP m", "availability": FLAG},
        {**extra, "name": "preorders", "unit": "count", "availability": "ok"},
    ]
    (tmp_path / "notes.yaml").write_text(yaml.safe_dump(notes), encoding="utf-8")

    def call(*words):
        return CliRunner().invoke(app, ["case", *words])

    assert call("import-notes", "notes.yaml", "--out", "made").exit_code == 0
    return call


def test_the_list_says_what_blocks_and_what_one_step_settles(run):
    done = run("review", "made")
    assert done.exit_code == 0
    assert "no forecast yet" in done.output
    assert "--accept-names" in done.output
    assert "--confirm" in done.output
    assert "facts/facts.yaml" in done.output


def test_names_and_dates_are_settled_in_one_step_and_leave_the_list(run, tmp_path):
    done = run("review", "made", "--accept-names", "--confirm", "The page repeats the accounts of 2014.")
    assert done.exit_code == 0
    assert "preorders" in done.output.splitlines()[0]
    facts = {f.id: f for f in load_case(tmp_path / "made").facts}
    assert facts["preorders"].name == "orders"
    assert facts["cash-end-2014"].held_because == "The page repeats the accounts of 2014."
    left = json.loads(run("review", "made", "--json").output)["needs"]
    assert not {"preorders", "cash-end-2014"} & {need["fact"] for need in left}


def test_the_workbook_has_the_list_first_and_becomes_a_case_again(run, tmp_path):
    assert run("review", "made", "--xlsx", "made.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "made.xlsx")
    assert book.sheetnames[:2] == ["Review", "Notes"]
    rows = list(book["Review"].values)
    listed = json.loads(run("review", "made", "--json").output)["needs"]
    assert [row[1] for row in rows[1:]] == [need["what"] for need in listed]
    assert run("import", "made.xlsx", "--out", "again").exit_code == 0
    assert {f.id for f in load_case(tmp_path / "again").facts} == {f.id for f in load_case(tmp_path / "made").facts}


def test_a_fact_that_is_not_open_is_refused(run):
    refused = run("review", "made", "--confirm", "Because.", "--fact", "cash-end-2013")
    assert refused.exit_code == 2
    assert "cash-end-2014" in refused.output


def test_the_review_speaks_chinese(run):
    assert "尚不能形成预测" in run("review", "made", "--lang", "zh").output


def test_the_import_names_what_it_left_out_and_why_there_is_no_label(run, tmp_path):
    (tmp_path / "notes.yaml").write_text(GOOD.replace("failure (no start)", "grey"), encoding="utf-8")
    done = run("import-notes", "notes.yaml", "--out", "grey", "--json")
    data = json.loads(done.output)
    assert data["label"] is None
    assert "grey" in data["unlabelled_because"]
    assert any("20 drawn" in left["text"] for left in data["left_out"])
    assert "20 drawn" in run("import-notes", "notes.yaml", "--out", "spoken").output


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_company_that_cannot_be_forecast_is_told_why_before_anything_is_asked_for(lang):
    """Questions for it once came first, though no answer would have brought a forecast."""
    case = load_case(find_case("nikola-arizona-2020"))
    reasons = [render(reason, lang) for reason in review_case(case).implausible]
    assert reasons
    shown = CliRunner().invoke(app, ["case", "review", case.id, "--lang", lang])
    lines = shown.stdout.splitlines()
    assert lines[1 : 1 + len(reasons)] == reasons
