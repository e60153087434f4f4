"""What is said of a simulated figure and its limit says, too, where the number of paths cannot tell them apart."""

import ast
import math
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

import guanzi.advice.appraisal
from guanzi.advice.appraisal.apart import Margin, all_above, unclear_figures
from guanzi.advice.appraisal.book import Estimated, FigureBook
from guanzi.advice.appraisal.compose import appraise, run
from guanzi.advice.appraisal.document import Figure
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.appraisal.proposal import _gained, _survives
from guanzi.advice.appraisal.simulated import SimulatedFigures
from guanzi.base.core import render
from guanzi.engine.simulation import FanData
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import FigureTest, leaves, load_playbook, playbook_names

PATHS = 600
EXACT = {"odds.waiting", "odds.surplus", "odds.needed", "break_even.unit"}
"""Figures that rest on the register of bets, or that no table tests where they have no error."""


@pytest.fixture(scope="module")
def nio():
    return appraise(load_case(find_case("nio-hefei-2020")), paths=PATHS)


def _tested() -> set[str]:
    """Every figure that a row of a shipped table compares with a number."""
    rows = (row for name in playbook_names() for row in load_playbook(name).table)
    return {test.figure for row in rows for test in leaves(row.test) if isinstance(test, FigureTest)}


def test_every_simulated_figure_that_a_table_tests_knows_its_error(nio):
    figures = {id: nio.figures[id] for id in _tested() if id in nio.figures}
    simulated = {id for id, f in figures.items() if f.value is not None and _rests_on_paths(f, nio.figures)}
    assert len(simulated) >= 8
    assert {id for id in simulated if figures[id].error is None} <= EXACT


def _rests_on_paths(figure: Figure, figures: dict[str, Figure]) -> bool:
    return figure.kind == "simulated" or any(
        parent == "simulation" or (parent in figures and _rests_on_paths(figures[parent], figures))
        for parent in figure.parents
    )


@pytest.mark.parametrize(("away", "unclear"), [(0.0, True), (1.5, True), (-1.5, True), (2.5, False), (-2.5, False)])
@pytest.mark.parametrize("name", playbook_names())
def test_a_row_says_of_each_of_its_tests_when_figure_and_limit_cannot_be_told_apart(name, away, unclear):
    for row in load_playbook(name).table:
        for test in leaves(row.test):
            if not isinstance(test, FigureTest) or row.test != test:
                continue
            book = FigureBook()
            error = 0.01 * max(abs(test.value), 1.0)
            book.add(
                test.figure, Estimated(test.value + away * error, error=error), "ratio", "simulated", ("simulation",)
            )
            assert unclear_figures(row, book, ()) == ((test.figure,) if unclear else ())


def test_a_figure_without_error_is_never_unclear():
    assert not Margin(0.0, None).unclear
    assert not Margin(0.0, 0.0).unclear


@pytest.mark.parametrize("margins", list(product((-3.0, -1.0, 1.0, 3.0), repeat=2)))
def test_of_several_comparisons_all_answers_are_told_that_another_draw_could_give(margins):
    answers = all_above(Margin(value, 1.0) for value in margins)
    possible = {all(x >= 0 for x in drawn) for drawn in product(*({v, -v} if abs(v) < 1.96 else {v} for v in margins))}
    assert answers == possible


def test_what_the_other_side_answers_says_that_it_cannot_be_told(nio):
    prepared = prepare(load_case(find_case("nio-hefei-2020")), None, load_playbook("hefei"))
    signed = run(prepared, PATHS)
    assert signed is not None
    gained, survives = _gained(signed, signed), _survives(signed)
    assert gained.error == pytest.approx(0.0)
    assert survives.error > 0.0
    assert [unclear.id for unclear in nio.proposal.unclear] == ["appraisal.unclear.gain"]
    assert "cannot be told whether the other side would sign" in render(nio.summary.lead[0].model_dump())
    assert "无法判定对方是否会签约" in render(nio.summary.lead[0].model_dump(), "zh")


COMPARED = ("mean", "p5", "p25", "p50", "p75", "p95", "scalars", "shares", "find_summary", "_gain", "_survives")
"""What gives a simulated number where code asks a run itself."""
NO_SENTENCE = {
    ("public_value.py", "_hardly"): "a worth per unit is not computed where three futures in four bring none",
    ("simulated.py", "_break_even"): "a break-even is computed only where one end is above nought and one below",
    ("simulated.py", "_exposure"): "a share is computed only of what is above nought",
    (
        "chain_account.py",
        "_followed",
    ): "a worth moves with the cost that is left; the table reads it like any other",
    ("facts_asked.py", "asked_facts"): "shares of a variance: a parameter that moves nothing is not named",
    ("fiscal.py", "_displacement"): "rows are shown of what is above nought",
    ("summary.py", "summarise"): "ids of figures, no numbers",
    ("summary.py", "_sentences"): "the share of futures is told in which nothing is paid, where there are any",
    ("proposal.py", "_gained"): "which of two limits is meant; the margin to both is nought where they meet",
}
"""Comparisons on which no sentence hangs, with the reason."""


def test_no_other_code_compares_a_simulated_number_with_a_limit():
    found = set()
    for file in sorted(Path(guanzi.advice.appraisal.__path__[0]).glob("*.py")):
        for function in (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)):
            asked = {*COMPARED, *_read_of_book(function)}
            if any(_names(one) & asked for one in ast.walk(function) if isinstance(one, ast.Compare) and _orders(one)):
                found.add((file.name, function.name))
    assert found == set(NO_SENTENCE)


def _read_of_book(function: ast.FunctionDef) -> set[str]:
    """Variables that hold the value of a figure of the book."""
    calls = (n for n in ast.walk(function) if isinstance(n, ast.Assign) and "value" in _called(n.value))
    return {name for call in calls for target in call.targets for name in _names(target)}


def _called(node: ast.AST) -> set[str]:
    return {n.func.attr for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}


def _orders(compare: ast.Compare) -> bool:
    return any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in compare.ops)


def _names(node: ast.AST) -> set[str]:
    held = (n for n in ast.walk(node) if isinstance(n, ast.Attribute | ast.Name))
    return {n.attr if isinstance(n, ast.Attribute) else n.id for n in held}


def test_the_worst_step_of_a_loss_is_as_sure_as_the_surest_step_that_reaches_it():
    steps = (math.nan, 6.0, 7.0, 7.0, 5.0)
    fan = FanData((), (), (), (), (), steps, (), (math.nan, 3.0, 2.0, 0.0, 9.0))
    figures = SimpleNamespace(result=SimpleNamespace(fans={"loss": fan}), scale=10.0)
    assert SimulatedFigures._worst(cast(SimulatedFigures, figures), "loss") == (70.0, 0.0)
