"""Unit costs on the screen: break-even, cost and margin of one unit, what sources dispute, what moves the result."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from guanzi.base.core import Message, render, wrap
from guanzi.console import say
from guanzi.intake.inputs import InputFile, SourcedInput
from guanzi.jobs.diligence import unitcost as service
from guanzi.jobs.shared.show import WIDTH, print_message, show_json
from guanzi.study import unitcost

BARS = 10


def show_unit_cost(request: service.Request, lang: str, as_json: bool) -> None:
    """Print what a cost model says of a file or of the facts of a case."""
    result = service.analyse_cost(request)
    if as_json:
        show_json(service.data(result, lang))
        return
    prepared, analysis, file = result.prepared, result.analysis, result.file
    print(say("cli.unitcost.title", lang, model=prepared.model.title, currency=prepared.currency))
    if analysis is not None:
        _show_results(analysis, lang)
        _show_tornado(analysis, lang)
    _show_inputs(prepared, lang)
    if file is not None and analysis is not None:
        _show_published(file, analysis, lang)


def write_template(name: str, lang: str) -> None:
    """Print an empty file of inputs for a model: every input with its unit and its meaning."""
    model = service.find_model(name)
    print(f"format: 1\nunitcost: {model.id}\ntitle: {render(model.title, lang)}\ncurrency: CNY\nsources: {{}}\ninputs:")
    print("\n".join(f"  # {line}" for line in wrap(say("cli.unitcost.template", lang), WIDTH - 4)))
    for spec in model.inputs:
        word = "needed" if spec.default is None else "optional"
        label = say(f"cli.unitcost.template.{word}", lang, label=model.label(spec.name))
        print(f"  # {label}\n  # - {{input: {spec.name}, low: , high: , unit: {spec.unit_in('CNY')}, judgement: }}")


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
            print_message(f"cli.unitcost.{name}", lang, share=shares[0], low=shares[1], high=shares[2])
    if analysis.disputed:
        names = tuple(analysis.model.label(name) for name in analysis.disputed)
        print_message("cli.unitcost.band", lang, n=len(names), inputs=names)


def _show_tornado(analysis: unitcost.Analysis, lang: str) -> None:
    if not analysis.tornado:
        return
    print()
    print_message(f"cli.unitcost.tornado.{analysis.tornado_of}", lang, value=_number(analysis.base, lang))
    table = Table(box=None, pad_edge=False)
    for head in ("input", "from", "to", "at_low", "at_high"):
        table.add_column(say(f"cli.unitcost.{head}", lang), justify="left" if head == "input" else "right")
    for bar in analysis.tornado[:BARS]:
        label = render(analysis.model.label(bar.name), lang)
        name = say("cli.unitcost.disputed", lang, label=label) if bar.disputed else label
        table.add_row(name, *(_number(v, lang) for v in (bar.low, bar.high, bar.at_low, bar.at_high)))
    Console(width=max(Console().width, WIDTH)).print(table)


def _show_inputs(prepared: unitcost.PreparedInputs, lang: str) -> None:
    conflicts = [held for held in prepared.held if held.conflict]
    if conflicts:
        print()
        print(say("cli.unitcost.conflicts", lang))
        for held in conflicts:
            says = tuple(_statement_words(statement) for statement in held.statements)
            print_message("cli.unitcost.conflict", lang, label=prepared.model.label(held.name), says=says)
    if prepared.missing:
        print()
        names = tuple(prepared.model.label(name) for name in prepared.missing)
        print_message("cli.unitcost.missing", lang, n=len(names), inputs=names)


def _statement_words(statement: unitcost.InputStatement) -> Message:
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
        print_message(
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
