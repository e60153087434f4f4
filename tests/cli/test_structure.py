"""``guanzi structure``: what it prints and writes, and what it refuses."""

import inspect
import json

import pytest
from tests.deal.terms.sheets import DEAL
from typer.testing import CliRunner

from guanzi.advice.structuring import figures, search
from guanzi.base.reading import read_yaml
from guanzi.cli import app
from guanzi.deal.terms import parse_sheet
from guanzi.jobs.structuring.commands.structuring import structure
from guanzi.jobs.structuring.structuring import EVALUATIONS

CASE = "nio-hefei-2020"
FEW = ["--paths", "256", "--evaluations", "40"]
ALONE = ["--limit", "survival>=0%", "--limit", "company.survival_5y>=0%", "--limit", "holders>=-1e9"]
"""Nobody's leave is asked, so that there is something to suggest."""
FREE = ["--free", "stake.share", "--free", "stake.i1.amount", "--free", "put.price.rate"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.yaml").write_text(DEAL, "utf-8")

    def call(*words):
        return CliRunner().invoke(app, ["structure", *words])

    return call


def test_the_same_question_has_the_same_bytes(run):
    words = (CASE, *FREE, *FEW, "--json")
    first, again = run(*words), run(*words, "--threads", "1")
    assert first.exit_code == 0, first.stderr
    assert first.stdout == again.stdout
    data = json.loads(first.stdout)
    assert {x["measure"] for x in data["limits"]} >= {"company.survival", "holders.npv", "public.npv"}
    assert len(data["prices"]) == len(data["limits"])
    assert data["fresh_paths"] == 8 * data["paths"]


def test_the_suggestion_is_written_as_a_term_sheet_and_said_as_a_difference(run, tmp_path):
    done = run(CASE, *FREE, *FEW, *ALONE, "--out", "mine.yaml")
    assert done.exit_code == 0, done.stderr
    assert "`stake.i1` (changed)" in done.stdout
    assert "Cost of each limit" in done.stdout
    mine = read_yaml(tmp_path / "mine.yaml")
    assert parse_sheet(mine).deal == CASE
    assert figures(mine)["stake.i1.amount"].value < 3500.0


def test_several_term_sheets_have_the_bytes_of_each_alone(run, tmp_path):
    cases = ("boe-hefei-2008", "solyndra-fremont-2009")
    few = (*ALONE, "--paths", "128", "--evaluations", "24")
    assert json.loads(run(*cases, *few, "--json").stdout) == [
        json.loads(run(case, *few, "--json").stdout) for case in cases
    ]
    (tmp_path / "deals").mkdir()
    alone = [run(case, *few, "--out", f"deals/{case}-better.yaml").stdout for case in cases]
    files = {file.name: file.read_bytes() for file in (tmp_path / "deals").iterdir()}
    assert files
    for name in files:
        (tmp_path / "deals" / name).unlink()
    (tmp_path / "deals").rmdir()
    assert run(*cases, *few, "--out", "deals").stdout == "\n".join(alone)
    assert {file.name: file.read_bytes() for file in (tmp_path / "deals").iterdir()} == files


def test_a_term_sheet_that_is_named_twice_is_told_twice(run):
    few = ("--paths", "128", "--evaluations", "24", "--json")
    case = "boe-hefei-2008"
    assert json.loads(run(case, case, *few).stdout) == [json.loads(run(case, *few).stdout)] * 2


def test_refusals_of_several_term_sheets_say_whose_they_are(run):
    cases = ("byd-hefei-2021", "cxmt-hefei-2017")
    first, second = (line for line in run(*cases).stderr.splitlines() if ": error: " in line)
    assert "byd-hefei-2021/terms/2021-07-09.yaml:2:1: " in first
    assert "cxmt-hefei-2017/terms/2017-12-31.yaml:3:1: " in second
    said = run("boe-hefei-2008", "byd-hefei-2021", "--free", "put.price.rat").stderr
    assert "boe-hefei-2008: --free: " in said
    assert "byd-hefei-2021: --free: " in said


@pytest.mark.parametrize(
    "words", [("deal.yaml", "deal-better.yaml", "--out", "."), ("deal.yaml", "--out", "sub/../deal.yaml")]
)
def test_no_suggestion_takes_the_place_of_a_term_sheet(run, tmp_path, words):
    (tmp_path / "sub").mkdir()
    (tmp_path / "deal-better.yaml").write_text(DEAL, "utf-8")
    done = run(*words, "--case", CASE, *FEW)
    assert done.exit_code == 2
    assert "is one of the term sheets themselves" in done.stderr
    assert {file.read_text("utf-8") for file in tmp_path.glob("*.yaml")} == {DEAL}


def test_the_command_looks_at_as_many_variants_as_the_use_case():
    told = inspect.signature(structure).parameters["evaluations"].default
    assert told == EVALUATIONS == inspect.signature(search).parameters["evaluations"].default


@pytest.mark.prove
def test_the_suggestion_for_nio_keeps_the_other_side_and_lowers_the_tail_at_no_lower_value(run):
    done = run(CASE, "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["raced"] == 0
    assert data["evaluations"] * data["race_paths"] / 16_384 == pytest.approx(EVALUATIONS, rel=0.1)
    assert len(data["frontier"]) > 1
    prices = [p["price_of_tail"] for p in data["frontier"][1:]]
    assert all(p["mean"] > 2.0 * p["se"] for p in prices)
    assert all(p["better"] >= 0.0 for p in data["prices"])
    if data["suggestion"] is not None:
        results = {p["id"]: p["difference"] for p in data["suggestion"]["results"]}
        kept = ("company.survival", "company.survival_5y", "holders.npv", "public.npv")
        assert all(results[name]["mean"] >= 0.0 for name in kept)
        assert results["public.cvar"]["mean"] <= -data["material"]


def test_limits_that_cannot_be_kept_together_are_said_with_how_near_they_come(run):
    done = run(CASE, "--free", "stake.share", "--limit", "cvar<=3000", *FEW)
    assert done.exit_code == 0, done.stderr
    assert "nearest value reached" in done.stdout
    assert "6.92 bn yuan" in done.stdout.split("nearest value reached")[1]
    assert "Cost of each limit" not in done.stdout


@pytest.mark.prove
def test_where_nothing_better_is_found_it_says_so_and_writes_nothing(run, tmp_path):
    done = run(CASE, "--free", "stake.share", *FEW, "--out", "mine.yaml")
    assert done.exit_code == 0
    assert "No better deal was found" in done.stdout
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.prove
def test_chinese_is_spoken(run):
    done = run(CASE, "--free", "stake.share", *FEW, "--lang", "zh")
    assert done.exit_code == 0, done.stderr
    assert "未找到更优方案" in done.stdout


def test_every_address_is_listed(run):
    done = run("deal.yaml", "--list", "--json")
    listed = {x["address"]: x for x in json.loads(done.stdout)}
    assert listed["put.price.rate"]["usual"]
    assert not listed["stake.t1.due"]["usual"]
    assert "put.when:20_000" in run("deal.yaml", "--list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "nowhere"),
        (("deal.yaml",), "--case"),
        ((CASE, "--free", "put.price.rat=1%..2%"), "put.price.rate"),
        ((CASE, "--limit", "cvra<=1"), "cvar"),
        ((CASE, "--limit", "survival>=13"), "13%"),
        ((CASE, "--limit", "cvar<=1", "--limit", "cvar>=2"), "public.cvar>=2"),
        ((CASE, "--limit", "cvar<=1", "--limit", "public.cvar<=2"), "twice"),
        ((CASE, "--free", "put.price.basis"), "A|B"),
        ((CASE, "--free", "stake.share=30%..20%"), "ends before it starts"),
        ((CASE, "--free", "stake.share=24.1149%..24.1149%"), "only the draft's value"),
        ((CASE, "--goal", "fame"), "tail"),
        ((CASE, "--out", "no/such/folder/mine.yaml"), "no/such/folder"),
        ((CASE, "deal.yaml", "--list"), "name one term sheet"),
        ((CASE, "deal.yaml", "--page", "mine.html"), "name one term sheet"),
        (("deal.yaml", "sub/deal.yaml", "--out", "."), "deal-better.yaml"),
        ((CASE, CASE, "--out", "."), "name each term sheet once"),
        ((CASE, "boe-hefei-2008", "--out", "deal.yaml"), "deal.yaml"),
        ((CASE, "--engine", "desk"), "--engine"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_a_mend(run, words, said):
    done = run(*words, *FEW)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
