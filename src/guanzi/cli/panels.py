"""Asking experts on the screen: the form of a round, and what comes of filled-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.base.core import wrap
from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import panels
from guanzi.record.evidence import Elicitation
from guanzi.study.experts import Assessed, Dispersion, Elicited


def new_form(request: panels.FormRequest, lang: str) -> None:
    """Write the form of a round, and say what to do with it."""
    form = panels.begin_form(request)
    questions = form.asked.form.questions
    if form.example:
        _tell("cli.experts.new.example", lang, file=str(form.source))
    _tell("cli.experts.new.form", lang, file=str(request.target), round=form.round, questions=len(questions))
    if any(question.seed is not None for question in questions):
        _tell("cli.experts.new.keep", lang, file=str(form.source))


def read_forms(request: panels.Request, lang: str, as_json: bool) -> None:
    """Read filled-in forms (or the file of a panel), print what comes of them, and where they are kept."""
    found = panels.read_answers(request)
    if as_json:
        show_json(panels.data(found))
        return
    _show(found.panel, found.elicited, lang)
    if found.stored is not None:
        _tell("cli.experts.read.stored", lang, file=str(found.stored))


def _show(panel: Elicitation, result: Elicited, lang: str) -> None:
    form = panel.form
    title = form.title_zh if lang == "zh" and form.title_zh else form.title
    day = form.rounds[-1].known_on.isoformat()
    _tell("cli.experts.read.title", lang, title=title, experts=len(result.experts), rounds=result.rounds, day=day)
    _tell(f"cli.experts.read.weighting.{result.weighting}", lang, seeds=result.seeds)
    table = _table(("expert", "weight", "calibration", "information", "answered"), lang)
    for expert in result.experts:
        found = expert.performance
        scores = ("–", "–") if found is None else (f"{found.calibration:.3g}", f"{found.information:.2f}")
        table.add_row(Text(expert.name or expert.id), f"{expert.weight:.2f}", *scores, str(expert.answered))
    Console().print(table)
    if result.left:
        _tell("cli.experts.read.left", lang, experts=result.left)
    for number, alike in enumerate(result.equal, start=1):
        said = {"calibration": f"{alike.calibration:.3g}", "information": f"{alike.information:.2f}"}
        _tell("cli.experts.read.equal", lang, round=number, **said)
    if result.weighted is not None:
        best = result.weighted
        said = {"calibration": f"{best.calibration:.3g}", "information": f"{best.information:.2f}"}
        _tell("cli.experts.read.weighted", lang, **said)
    print()
    for assessed in result.questions:
        if assessed.question.seed is None:
            _show_question(assessed, form.quantiles, lang)


def _show_question(assessed: Assessed, quantiles: Sequence[float], lang: str) -> None:
    question = assessed.question
    text = question.text_zh if lang == "zh" and question.text_zh else question.text
    _tell("cli.experts.read.question", lang, text=text, unit=question.unit, experts=len(assessed.experts))
    levels = np.array(quantiles)
    for name, pooled in (("pool", assessed.weighted), ("alike", assessed.equal), ("averaged", assessed.averaged)):
        values = tuple(_number(v) for v in pooled.quantile(levels))
        print("  " + say(f"cli.experts.read.{name}", lang, values="  ".join(values)))
    if assessed.unweighted:
        _tell("cli.experts.read.unweighted", lang, indent="  ")
    if assessed.dispersion is not None:
        _tell_dispersion(assessed.dispersion, lang)
    for number, change in enumerate(assessed.changes, start=2):
        said = {"shift": change.shift, "width": f"{change.width:.2f}", "moved": change.moved, "experts": change.experts}
        _tell("cli.experts.read.change", lang, indent="  ", round=number, **said)
    if question.parameter is not None:
        _tell("cli.experts.read.parameter", lang, indent="  ", parameter=question.parameter)


def _tell_dispersion(found: Dispersion, lang: str) -> None:
    _tell("cli.experts.read.dispersion", lang, indent="  ", between=found.between, overlap=found.overlap)
    if found.apart:
        _tell("cli.experts.read.apart", lang, indent="  ", apart=found.apart, pairs=found.pairs)


def _number(value: float) -> str:
    """Four significant digits, without powers of ten where people count."""
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if 1000 <= abs(rounded) < 1e15 else f"{rounded:.4g}"


def _table(columns: Sequence[str], lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for i, name in enumerate(columns):
        table.add_column(say(f"cli.experts.read.column.{name}", lang), justify="right" if i else "left")
    return table


def _tell(id: str, lang: str, indent: str = "", **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH, indent=indent, first=indent)))
