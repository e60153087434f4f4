"""``guanzi diff``: two versions of a case, two files, and what is refused."""

import json

import pytest
from tests.advice.appraisal.test_without_equity import GIVEN, written
from typer.testing import CliRunner

from guanzi.cli import app

CASE = "nio-hefei-2020"
FEW = ["--paths", "256"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(app, ["diff", *words])

    return call


def test_two_versions_of_a_case_are_compared_in_words_and_results(run):
    done = run(f"{CASE}@2020-03-01", CASE, *FEW)
    assert done.exit_code == 0, done.stderr
    assert "`stake.i1` (added)" in done.stdout
    assert "`deal.status`: framework → definitive" in done.stdout
    assert "survives to the" in done.stdout


def test_a_version_is_found_by_its_name_and_chinese_is_spoken(run):
    done = run(f"{CASE}@2020-02-25-framework", CASE, *FEW, "--lang", "zh")
    assert done.exit_code == 0, done.stderr
    assert "（新增）" in done.stdout or "(新增)" in done.stdout
    assert "其他股东的价值" in done.stdout


def test_a_sheet_and_itself_differ_in_nothing(run):
    done = run(CASE, CASE, *FEW, "--json")
    data = json.loads(done.stdout)
    assert data["clauses"] == []
    assert {r["verdict"] for r in data["results"]} == {"same"}
    assert {r["difference"]["se"] for r in data["results"]} == {0.0}


def test_the_same_question_gives_the_same_bytes(run):
    words = (f"{CASE}@2020-03-01", CASE, *FEW, "--json")
    assert run(*words).stdout == run(*words, "--threads", "1").stdout


def test_files_by_themselves_are_compared_in_words_and_say_why(run, tmp_path):
    from tests.deal.terms.sheets import DEAL

    (tmp_path / "a.yaml").write_text(DEAL, "utf-8")
    (tmp_path / "b.yaml").write_text(DEAL.replace("rate: 8.5%", "rate: 9%"), "utf-8")
    done = run("a.yaml", "b.yaml")
    assert done.exit_code == 0
    assert "`put.rate`: 8.5\xa0% → 9\xa0%" in done.stdout
    assert "--case" in done.stdout


def test_a_file_is_simulated_with_the_model_of_a_case(run, tmp_path):
    from guanzi.record.evidence import find_case

    text = (find_case(CASE) / "terms" / "2020-04-29-definitive.yaml").read_text("utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace("price: {rate: 8.5%", "price: {rate: 12%"), "utf-8")
    done = run(CASE, "mine.yaml", *FEW, "--json")
    data = json.loads(done.stdout)
    assert data["model_of"] == CASE
    assert [v["path"] for c in data["clauses"] for v in c["values"]] == ["put.rate"]
    assert data["results"]


def test_words_only_simulates_nothing(run):
    done = run(f"{CASE}@2020-03-01", CASE, "--words-only", "--json")
    assert json.loads(done.stdout)["results"] == []


@pytest.mark.parametrize("words", [(f"{CASE}@2020-04-30x", CASE), (f"{CASE}@2019-01-01", CASE)])
def test_a_version_that_is_not_there_is_refused_with_those_that_are(run, words):
    done = run(*words)
    assert done.exit_code == 2
    assert "2020-02-25-framework" in done.stderr


def test_no_such_case_is_refused(run):
    assert run("nowhere", CASE).exit_code == 2


def test_two_deals_that_only_give_are_compared_without_the_account_of_a_fund(run, tmp_path):
    for kind in ("grant", "rebate"):
        (tmp_path / kind).mkdir()
        written(tmp_path / kind, GIVEN[kind])
    done = run("grant", "rebate", *FEW)
    assert done.exit_code == 0, done.stderr
    assert "Public budget" in done.stdout
    assert "Return to the fund" not in done.stdout


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "pdf"])
def test_what_a_command_found_is_written_as_the_file_that_its_name_asks_for(run, ending, tmp_path):
    file = tmp_path / f"deals.{ending}"
    assert run(f"{CASE}@2020-03-01", CASE, "--words-only", "--page", str(file)).exit_code == 0
    heads = {"html": b"<!DOCTYPE html>", "docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF"}
    assert file.read_bytes().startswith(heads[ending])


def test_a_page_with_another_ending_is_refused(run, tmp_path):
    told = run(f"{CASE}@2020-03-01", CASE, "--words-only", "--page", str(tmp_path / "deals.txt"))
    assert told.exit_code == 2
    assert "choose a file name that ends in .html, .pdf, .docx or .xlsx" in told.stderr
