"""`guanzi lint`: a compiler's output, data, SARIF, exit codes."""

import html
import json
import re

import pytest
from tests.jobs.forms import forms
from typer.testing import CliRunner

from guanzi.base.core import LANGUAGES, render
from guanzi.cli import app
from guanzi.deal.lint import RULES, example, whole_sheet
from guanzi.jobs.terms import linting
from guanzi.render import document_data

CASE = "nio-hefei-2020"


def run(*words):
    return CliRunner().invoke(app, ["lint", *words])


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A bad and a clean sheet in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    shown = example("GZ201")
    (tmp_path / "bad.yaml").write_text(shown.bad_sheet.source.text, "utf-8")
    (tmp_path / "clean.yaml").write_text("\n".join(shown.bad_sheet.source.lines[:10]) + "\n", "utf-8")
    return tmp_path


def test_an_error_is_printed_like_a_compiler_does_and_ends_with_exit_code_1(sheets):
    done = run("bad.yaml")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    head = next(n for n, line in enumerate(lines) if "error[GZ201]" in line)
    file, line, column, _ = lines[head].split(":", 3)
    assert file == "bad.yaml"
    source = (sheets / "bad.yaml").read_text("utf-8").splitlines()[int(line) - 1]
    assert lines[head + 1].endswith(source)
    assert source[int(column) - 1 :].startswith("obligors")
    assert lines[head + 2].strip() == "| " + " " * (int(column) - 1) + "^" * len("obligors")
    assert lines[head + 3].strip().startswith("= fix: name an obligor")


def test_without_findings_the_exit_code_is_0(sheets):
    done = run("clean.yaml")
    assert done.exit_code == 0
    assert "clean.yaml: no finding" in done.stdout


def test_a_bare_file_says_which_rules_could_not_judge(sheets):
    done = run("clean.yaml")
    needy = [rule.code for rule in RULES if rule.needs]
    assert [code for code in needy if code not in done.stdout] == []
    assert bool(needy) == ("could not be tested" in done.stdout)


def test_several_sheets_at_once(sheets):
    done = run("clean.yaml", "bad.yaml", CASE, "--json")
    assert done.exit_code == 1
    names = [sheet["name"] for sheet in json.loads(done.stdout)["sheets"]]
    assert names == ["clean.yaml", "bad.yaml", CASE]


def test_json_has_code_level_place_text_and_mend(sheets):
    (sheet,) = json.loads(run("bad.yaml", "--json").stdout)["sheets"]
    found = next(d for d in sheet["diagnostics"] if d["code"] == "GZ201")
    assert found["level"] == "error"
    assert found["clause"] == "put"
    assert found["field"] == "instruments.put.obligors"
    assert found["page"] == "reference/lint.html#gz201"
    assert "Alba Motors" in found["text"]
    assert found["mend_text"]


def test_sarif_names_the_rules_and_the_file(sheets):
    done = run("bad.yaml", "--sarif")
    assert done.exit_code == 1
    (log,) = json.loads(done.stdout)["runs"]
    assert [r["id"] for r in log["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["results"]}
    assert uris == {"bad.yaml"}


def test_the_same_sheet_gives_the_same_bytes():
    assert run(CASE, "--json").stdout == run(CASE, "--json").stdout


def test_chinese(sheets):
    done = run("bad.yaml", "--lang", "zh")
    assert "错误[GZ201]" in done.stdout
    assert "修改办法" in done.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_rule_is_explained(rule):
    done = run("--explain", rule.code.lower())
    assert done.exit_code == 0
    assert done.stdout.startswith(rule.code)


def test_an_unknown_rule_is_refused_with_the_nearest_one():
    done = run("--explain", "GZ2O1")
    assert done.exit_code == 2


def test_nothing_to_lint_is_wrong_usage():
    assert run().exit_code == 2


def test_a_sheet_with_errors_is_refused_with_their_places(sheets):
    (sheets / "broken.yaml").write_text("deal: x\ncurrency: CNY\n", "utf-8")
    assert run("broken.yaml").exit_code == 2


MONEY = """\
instruments:
  stake: {type: equity, issuer: company, share: 30%, tranches: [{id: t1, amount: 400, due: 2024-06-30}]}
  put: {type: put, on: stake, obligors: [company], price: {rate: 8%, basis: compound}, when: control_changed}
"""


@pytest.fixture
def money(sheets):
    """A sheet with a flaw that costs money."""
    text = whole_sheet("money.yaml", MONEY).source.text
    (sheets / "money.yaml").write_text(text, "utf-8")
    return "money.yaml"


def test_counterexamples_are_told_below_their_finding(money):
    lines = run(money, "--counterexamples", "--paths", "64").stdout.splitlines()
    head = next(n for n, line in enumerate(lines) if "warning[GZ101]" in line)
    told = lines[head : next(n for n in range(head + 1, len(lines)) if lines[n].startswith(("money.yaml", "Why")))]
    assert any("counterexample:" in line for line in told)
    assert any("Path " in line and "seed 1" in line for line in told)
    assert any("2024Q2: the public side pays 400 m yuan (t1)" in line for line in told)
    assert any("with all parameters set by judgement" in " ".join(lines[n : n + 2]) for n in range(len(lines)))


def test_the_counterexample_is_in_the_data(money):
    (sheet,) = json.loads(run(money, "--counterexamples", "--paths", "64", "--json").stdout)["sheets"]
    one = next(d["counterexample"] for d in sheet["diagnostics"] if d["code"] == "GZ101")
    assert one["paths"] == 64
    assert 0 <= one["path"] < 64
    assert len(one["story"]) <= 12
    (log,) = json.loads(run(money, "--counterexamples", "--paths", "64", "--sarif").stdout)["runs"]
    stories = [r["properties"].get("counterexample") for r in log["results"]]
    assert "\n".join(one["story"]) in stories


def test_the_same_seed_tells_the_same_stories(money):
    words = (money, "--counterexamples", "--paths", "64", "--json", "--seed", "3")
    assert run(*words, "--threads", "1").stdout == run(*words, "--threads", "2").stdout


def test_a_sheet_that_moves_no_money_says_why_it_has_no_counterexamples(sheets):
    assert "No counterexamples" in run("clean.yaml", "--counterexamples").stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_of_the_document_says_each_finding_with_its_place_and_its_mend(sheets, lang):
    (found,) = linting.lint_deals(linting.Request(("bad.yaml",)))
    made = linting.document_of(found)
    for form in forms(made, lang):
        for d in found.diagnostics:
            texts = [d.code, f"bad.yaml:{d.place.line}:{d.place.column}"]
            texts += [render(m, lang) for m in (d.message, d.fix) if m]
            bare = "".join(html.unescape(re.sub(r"</?[a-z][^>]*>", "", form)).split())
            assert [text for text in texts if "".join(text.split()) not in bare] == []
    blocks = document_data(made)["sections"][0]["blocks"]
    assert [b["problem"]["code"] for b in blocks if "problem" in b] == [d.code for d in found.diagnostics]


@pytest.mark.parametrize("id", ["nikola-arizona-2020", "xinhao-hefei-2009"])
def test_no_counterexample_is_told_of_a_company_that_cannot_be_forecast(id):
    """Each was told of a company made up for it, with one line at the head that said so."""
    said = CliRunner().invoke(app, ["lint", id, "--counterexamples", "--paths", "64"]).stdout
    assert "The model cannot forecast this company" in " ".join(said.split())
    assert "counterexample:" not in said
