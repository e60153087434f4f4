"""Unit costs: break-even, cost and margin of one unit, with what sources dispute and what moves the result."""

from __future__ import annotations

import math
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, nearest, render, wrap
from guanzi.cli.speech import say
from guanzi.intake.inputs import InputFile, SourcedInput, read_inputs
from guanzi.record.evidence import find_case, load_case
from guanzi.study import unitcost

WIDTH = 100
BARS = 10


def show_unit_cost(name: str, text: str | None, as_of: date | None, seed: int, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, what a cost model says of a file or of the facts of a case.

    Args:
        name: Model.
        text: File, shipped example or case; None: the shipped example of the model.
        as_of: Leave out what was known only later; of a case the decision date counts by default.
        seed: Of the draws.
        lang: Language.
        as_json: Print JSON alone.
    """
    model = _model(name)
    prepared, file = _prepared(model, text or name, as_of)
    analysis = None if prepared.missing else unitcost.analyse(model, prepared.spreads, prepared.currency, seed)
    if as_json:
        data = _document(prepared, analysis, file, lang)
        print(dump_json(data), end="")
        return
    print(say("cli.unitcost.title", lang, model=model.title, currency=prepared.currency))
    if analysis is not None:
        _show_results(analysis, lang)
        _show_tornado(analysis, lang)
    _show_inputs(prepared, lang)
    if file is not None and analysis is not None:
        _show_published(file, analysis, lang)


def write_template(name: str, lang: str) -> None:
    """Print an empty file of inputs for a model: every input with its unit and its meaning."""
    model = _model(name)
    print(f"format: 1\nunitcost: {model.id}\ntitle: {render(model.title, lang)}\ncurrency: CNY\nsources: {{}}\ninputs:")
    print("\n".join(f"  # {line}" for line in wrap(say("cli.unitcost.template", lang), WIDTH - 4)))
    for spec in model.inputs:
        word = "needed" if spec.default is None else "optional"
        label = say(f"cli.unitcost.template.{word}", lang, label=model.label(spec.name))
        print(f"  # {label}\n  # - {{input: {spec.name}, low: , high: , unit: {spec.unit_in('CNY')}, judgement: }}")


def _model(name: str) -> unitcost.CostModel:
    found = unitcost.MODELS.get(name)
    if found is None:
        near = nearest(name, unitcost.MODELS)
        mend = Message.of("cli.unitcost.models", models=(near,) if near else tuple(unitcost.MODELS))
        raise InvalidInput(Problem(Message.of("cli.unitcost.no_model", name=name), Place("MODEL"), mend, excerpt=name))
    return found


def _prepared(model: unitcost.CostModel, text: str, as_of: date | None) -> tuple[unitcost.Prepared, InputFile | None]:
    path = Path(text)
    if path.is_file():
        file = read_inputs(path, text, as_of)
        return unitcost.prepare(model, file), file
    shipped = files("guanzi.library").joinpath("unitcost", f"{text}.yaml")
    if shipped.is_file():
        with as_file(shipped) as place:
            file = read_inputs(place, f"{text}.yaml", as_of)
        return unitcost.prepare(model, file), file
    if text == model.id:
        cause = Message.of("cli.unitcost.no_example", model=model.title)
        mend = Message.of("cli.unitcost.no_example.mend", model=model.id)
        raise InvalidInput(Problem(cause, Place("FILE|CASE"), mend))
    case = load_case(find_case(text))
    return unitcost.prepare_case(model, case.view(as_of or case.decision_date)), None


def _number(value: float, lang: str) -> str:
    return say("cli.unitcost.never", lang) if math.isinf(value) else say("cli.unitcost.number", lang, value=value)


def _show_results(analysis: unitcost.Analysis, lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    for head in ("result", "unit", "p5", "p50", "p95", "lowest", "highest"):
        table.add_column(say(f"cli.unitcost.{head}", lang), justify="left" if head in ("result", "unit") else "right")
    for outcome in analysis.outcomes:
        low, _, middle, _, high = outcome.quantiles
        cells = [low.value, middle.value, high.value, low.low, high.high]
        unit = say("cli.unitcost.share", lang) if outcome.unit == "ratio" else outcome.unit
        table.add_row(say(f"cli.unitcost.{outcome.name}", lang), unit, *(_number(c, lang) for c in cells))
    Console(width=max(Console().width, WIDTH)).print(table)
    found = analysis.outcome("break_even")
    for name, shares in (("never_share", found.never), ("beyond_share", found.beyond)):
        if shares is not None and shares[2] > 0 and (name == "never_share" or shares != found.never):
            _tell(f"cli.unitcost.{name}", lang, share=shares[0], low=shares[1], high=shares[2])
    if analysis.disputed:
        names = tuple(analysis.model.label(name) for name in analysis.disputed)
        _tell("cli.unitcost.band", lang, n=len(names), inputs=names)


def _show_tornado(analysis: unitcost.Analysis, lang: str) -> None:
    if not analysis.tornado:
        return
    print()
    _tell(f"cli.unitcost.tornado.{analysis.tornado_of}", lang, value=_number(analysis.base, lang))
    table = Table(box=None, pad_edge=False)
    for head in ("input", "from", "to", "at_low", "at_high"):
        table.add_column(say(f"cli.unitcost.{head}", lang), justify="left" if head == "input" else "right")
    for bar in analysis.tornado[:BARS]:
        label = render(analysis.model.label(bar.name), lang)
        name = say("cli.unitcost.disputed", lang, label=label) if bar.disputed else label
        table.add_row(name, *(_number(v, lang) for v in (bar.low, bar.high, bar.at_low, bar.at_high)))
    Console(width=max(Console().width, WIDTH)).print(table)


def _show_inputs(prepared: unitcost.Prepared, lang: str) -> None:
    conflicts = [held for held in prepared.held if held.conflict]
    if conflicts:
        print()
        print(say("cli.unitcost.conflicts", lang))
        for held in conflicts:
            says = tuple(_says(statement) for statement in held.statements)
            _tell("cli.unitcost.conflict", lang, label=prepared.model.label(held.name), says=says)
    if prepared.missing:
        print()
        names = tuple(prepared.model.label(name) for name in prepared.missing)
        _tell("cli.unitcost.missing", lang, n=len(names), inputs=names)


def _says(statement: unitcost.Statement) -> Message:
    who = statement.source.publisher if statement.source else statement.reason
    low, high = statement.spread.ends
    if low == high:
        return Message.of("cli.unitcost.says.point", who=who, value=low)
    return Message.of("cli.unitcost.says.interval", who=who, low=low, high=high)


def _show_published(file: InputFile, analysis: unitcost.Analysis, lang: str) -> None:
    if not file.published:
        return
    print()
    for stated in file.published:
        ours = _compared(stated, analysis)
        if ours is None or stated.source is None:
            continue
        inside = "inside" if ours[0] <= stated.numbers[0] and stated.numbers[-1] <= ours[1] else "outside"
        dated = stated.source.date.isoformat() if stated.source.date else None
        _tell(
            f"cli.unitcost.published.{inside}",
            lang,
            publisher=stated.source.publisher,
            dated=dated,
            value=stated.numbers[0],
            unit=stated.unit,
        )


def _compared(stated: SourcedInput, analysis: unitcost.Analysis) -> tuple[float, float] | None:
    """The band of ours with which a published result compares."""
    outcome = next((o for o in analysis.outcomes if o.name == stated.name and o.unit == stated.unit), None)
    return None if outcome is None else (outcome.quantiles[0].low, outcome.quantiles[-1].high)


def _tell(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def _document(
    prepared: unitcost.Prepared, analysis: unitcost.Analysis | None, file: InputFile | None, lang: str
) -> dict[str, Any]:
    return {
        "model": prepared.model.id,
        "currency": prepared.currency,
        "inputs": [_plain_held(held, lang) for held in prepared.held],
        "missing": list(prepared.missing),
        "results": [
            {
                "name": o.name,
                "unit": o.unit,
                "quantiles": [_plain_quantile(q) for q in o.quantiles],
                "never": o.never,
                "beyond": o.beyond,
            }
            for o in (analysis.outcomes if analysis else ())
        ],
        "tornado_of": analysis.tornado_of if analysis else None,
        "tornado": [
            {
                "input": b.name,
                "low": b.low,
                "high": b.high,
                "at_low": _finite(b.at_low),
                "at_high": _finite(b.at_high),
                "disputed": b.disputed,
            }
            for b in (analysis.tornado if analysis else ())
        ],
        "published": [
            {"result": s.name, "value": list(s.numbers), "unit": s.unit, "publisher": s.source and s.source.publisher}
            for s in (file.published if file else ())
        ],
        "draws": analysis.draws if analysis else 0,
    }


def _plain_held(held: unitcost.Held, lang: str) -> dict[str, Any]:
    return {
        "input": held.name,
        "shape": type(held.spread).__name__.lower(),
        "ends": list(held.spread.ends),
        "conflict": held.conflict,
        "statements": [
            {
                "ends": list(s.spread.ends),
                "publisher": s.source and s.source.publisher,
                "title": s.source and s.source.title,
                "date": s.source and s.source.date and s.source.date.isoformat(),
                "grade": s.source and s.source.grade,
                "reason": render(s.reason, lang) if isinstance(s.reason, Message) else s.reason,
                "facts": list(s.facts),
            }
            for s in held.statements
        ],
    }


def _plain_quantile(q: unitcost.Quantile) -> dict[str, float | None]:
    return {"level": q.level, "value": _finite(q.value), "low": _finite(q.low), "high": _finite(q.high)}


def _finite(value: float) -> float | None:
    """The value; None stands for a volume that does not exist."""
    return value if math.isfinite(value) else None
