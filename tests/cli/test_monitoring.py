"""Commands after signing on the screen: what is seen first, exit codes, refusals."""

import json

import pytest
from tests.jobs.watched_case import fact, fill, milestone, signed_case
from typer.testing import CliRunner

from guanzi.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_monitor_shows_a_case_without_the_word_show(run, tmp_path):
    case = signed_case(tmp_path, fact("d", "deliveries", 10_331, "vehicles", "2020Q2"))
    short, long = (
        run("monitor", *words, str(case), "--as-of", "2021-03-30", "--out", "o") for words in ((), ("show",))
    )
    assert short.exit_code == 0, short.output
    assert short.output == long.output
    assert "cannot be tested" in short.output
    assert "last known for 30 June 2020, not since" in " ".join(short.output.split())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_release_ends_with_one_while_something_is_missing_and_says_what(run, tmp_path, lang):
    case = signed_case(tmp_path, milestone("r", "closing", "reported", "2020-06-20"))
    result = run("release", str(case), "i1", "--as-of", "2020-08-31", "--paths", "64", "--lang", lang)
    assert result.exit_code == 1, result.output
    text = "".join(result.output.split())
    assert {"en": "nknowndoesnotcountasmet", "zh": "未知不等于成立"}[lang] in text
    assert {"en": "reported,notverified:Milestonereported", "zh": "仅有报告，未经核实：里程碑"}[lang] in text


def test_release_of_an_unknown_instalment_is_refused(run, tmp_path):
    result = run("release", str(signed_case(tmp_path)), "i9", "--as-of", "2020-08-31")
    assert result.exit_code == 2
    assert "i1, i2 and i3" in result.output


def test_json_is_all_that_is_printed(run, tmp_path):
    result = run("monitor", str(signed_case(tmp_path)), "--as-of", "2020-08-31", "--json", "--out", "o")
    assert json.loads(result.stdout)["case"] == "riverton"


def test_a_report_is_taken_in(run, tmp_path):
    case = signed_case(tmp_path)
    assert run("monitor", "template", str(case), "--out", "b.xlsx").exit_code == 0
    fill(tmp_path / "b.xlsx", figures={"deliveries": 10_331})
    result = run("monitor", "import", "b.xlsx", str(case))
    assert result.exit_code == 0, result.output
    assert "report-2020q2.yaml" in result.output


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_fund_names_each_deal_with_what_is_not_known_of_it(run, tmp_path, lang):
    case = signed_case(tmp_path)
    result = run("fund", str(case), "--as-of", "2020-08-31", "--paths", "64", "--out", "o", "--lang", lang)
    assert result.exit_code == 0, result.output
    assert {"en": "shows what was paid", "zh": "无付款事实"}[lang] in result.output
    assert {"en": "evidence", "zh": "无证据"}[lang] in result.output
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["fund.html", "fund.json", "fund.xlsx"]


def test_the_json_of_a_fund_is_all_that_is_printed(run, tmp_path):
    case = signed_case(tmp_path)
    result = run("fund", str(case), "--as-of", "2020-08-31", "--paths", "64", "--json", "--out", "o")
    assert json.loads(result.stdout)["deals"][0]["planned"] == 6000.0


def test_a_fund_that_names_a_deal_twice_is_refused(run, tmp_path):
    case = str(signed_case(tmp_path))
    result = run("fund", case, case, "--as-of", "2020-08-31")
    assert result.exit_code == 2
    assert "name each deal once" in result.output
