"""What stands on one screen: a way to a figure, reasons that end with what follows, results that are replaced."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guanzi.advice.appraisal import Appraisal, Why, appraise, why
from guanzi.advice.appraisal.data import Text
from guanzi.base.core import render, width, wrap
from guanzi.cli import app
from guanzi.jobs.appraisal.commands import first_screen
from guanzi.jobs.appraisal.commands.first_screen import MARGIN, _figure, summary_screen
from guanzi.jobs.appraisal.commands.why_tree import on_one_screen, tree_lines
from guanzi.record.evidence import find_case, load_case
from guanzi.render import KeyFigure, Measurement, localise_quantity

CASE = "nio-hefei-2020"
FIGURES = ("fund.npv", "fund.loss_probability", "known.deliveries", "put.receipt_to_price", "public.amount")


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(load_case(find_case(CASE)), None, paths=100)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


# -- why -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("figure", FIGURES)
def test_the_way_to_a_figure_fits_one_screen(appraisal, figure, lang):
    lines = on_one_screen(why(appraisal, figure), f"guanzi why {CASE} {figure}", lang)
    assert len(lines) <= 23, "one line is the shell's"
    assert all(width(line) <= 80 for line in lines)


def test_a_long_way_counts_what_it_leaves_out_and_names_the_long_form(appraisal):
    tree = why(appraisal, "fund.npv")
    lines = on_one_screen(tree, f"guanzi why {CASE} fund.npv", "en")
    whole = list(tree_lines(tree, "en", 80))
    assert any("more:" in line for line in lines)
    assert f"guanzi why {CASE} fund.npv --long" in " ".join(lines[-2:])
    assert sum(block.count("\n") + 1 for block in whole) > 100


def test_a_short_way_is_shown_whole():
    leaf = Why("s", "source", Text(id="cli.why.told", params={"step": "a source"}))
    top = Why("f", "figure", Text(id="cli.why.told", params={"step": "a figure"}), (leaf,))
    assert on_one_screen(top, "guanzi why x f", "en") == ["a figure (see above)", "└ a source (see above)"]


def test_the_long_form_has_every_step(run):
    short, long = (run("why", CASE, "fund.npv", "--paths", "50", *more).stdout for more in ((), ("--long",)))
    assert len(short.splitlines()) <= 23 < len(long.splitlines())
    assert "--long" in short
    assert "seed 1" in long


# -- the result ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 100])
def test_a_reason_on_the_screen_is_said_to_its_end(appraisal, lang, columns):
    lines = summary_screen(appraisal, Path("d.html"), lang, columns).splitlines()
    assert len(lines) <= 24
    flat = "".join("".join(lines).split())
    reasons = ["".join(render(r.model_dump(), lang).split()) for r in appraisal.summary.reasons]
    begun = [reason for reason in reasons if reason[:12] in flat]
    assert begun
    assert all(reason in flat for reason in begun)


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "Number {} of the gaps says at some length what is not known of the company, its plan and its money. "),
     ("zh", "第{}项缺口较为详细地说明企业、计划与资金方面尚不清楚的事项及其影响。")],
)  # fmt: skip
def test_beside_a_long_gap_the_first_reason_is_whole_and_the_gap_ends_with_a_sentence(
    appraisal, lang, sentence, columns, monkeypatch
):
    gap = "".join(sentence.format(n) for n in range(10, 40)).strip()
    points = {"gaps": [gap], "reasons": [gap[: 3 * len(sentence)].strip()]}
    told = iter((points["gaps"], points["reasons"]))
    monkeypatch.setattr(first_screen, "_points", lambda blocks, lang: next(told))
    lines = summary_screen(appraisal, Path("d.html"), lang, columns).splitlines()
    assert len(lines) <= 24
    flat = "".join("".join(line.strip() for line in lines).split())
    assert "".join(points["reasons"][0].split()) in flat
    assert re.search("money\\.…|影响。…", flat)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 100])
def test_a_long_label_is_cut_short_and_never_its_value(appraisal, lang, columns):
    label = render(appraisal.figures["budget.worst_planned"].label.model_dump(), lang)
    figure = KeyFigure(label * 6, Measurement(0.14, "ratio", 0.1, 0.175, bounds=True))
    said = _figure(figure, lang, columns)
    assert len(wrap(said, columns - MARGIN - 2)) <= 2
    assert said.endswith(localise_quantity(figure.value, lang))


@pytest.mark.parametrize(("lang", "title"), [("en", "NIO and Hefei, spring 2020"), ("zh", "蔚来与合肥，2020年春")])
def test_the_screen_has_the_title_of_its_language(appraisal, lang, title):
    assert title in summary_screen(appraisal, Path("d.html"), lang, 80).splitlines()[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_would_change_the_advice_goes_on_and_so_ends_with_no_full_stop(appraisal, lang):
    even = Text(id="appraisal.reversal.break_even", params={"needed": 0.9, "now": 0.7})
    texts = [even, *(reversal.text for reversal in appraisal.reversals)]
    assert not [said for text in texts if (said := render(text.model_dump(), lang)).endswith((".", "。"))]


# -- what was there before -------------------------------------------------------------------------------------


def test_a_result_that_is_replaced_is_named_with_what_differs(run):
    assert run("appraise", CASE, "--paths", "50", "--brief", "--out", "o").stderr == ""
    again = run("appraise", CASE, "--paths", "50", "--out", "o")
    assert "replaced" not in again.stderr, "the same result replaces nothing"
    other = " ".join(run("appraise", CASE, "--paths", "60", "--seed", "2", "--out", "o").stderr.split())
    assert "earlier result in o" in other
    assert "60 paths instead of 50 and seed 2 instead of 1" in other
    assert "also removed from the earlier result: brief.html" in other


@pytest.mark.prove
def test_another_playbook_and_another_state_of_facts_are_named(run, tmp_path):
    run("case", "new", "mine", "--from", CASE)
    run("appraise", "mine", "--paths", "50", "--out", "o")
    case = tmp_path / "mine" / "case.yaml"
    case.write_text(case.read_text("utf-8").replace("title: ", "title: Our "), "utf-8")
    told = " ".join(run("appraise", "mine", "--paths", "50", "--playbook", "shenzhen", "--out", "o").stderr.split())
    assert "the known facts, or the deal" in told
    assert "the playbook (it was hefei)" in told


def test_a_file_that_is_no_result_is_replaced_with_a_word(run, tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "appraisal.json").write_text("not a result", "utf-8")
    assert "was replaced" in " ".join(run("appraise", CASE, "--paths", "50", "--out", "o").stderr.split())
