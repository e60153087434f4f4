"""A company's own model on the screen: its claims with what feeds them, what is typed over, and what changed."""

from __future__ import annotations

from guanzi.base.core import render
from guanzi.console import say
from guanzi.intake.spreadsheets import shown
from guanzi.jobs.evidence import modelling
from guanzi.jobs.shared.show import show_json, show_wrapped
from guanzi.record.evidence import label_of

_SHOWN = 12
"""Cells that are named of each kind."""


def show_model(request: modelling.Request, lang: str, *, as_json: bool) -> None:
    """Show what a model holds."""
    result = modelling.read_model(request)
    if as_json:
        show_json(modelling.data(result, lang))
        return
    graph = result.graph
    counts = {"cells": len(graph.cells), "formulas": len(graph.parts), "inputs": len(graph.inputs)}
    print(say("cli.model.head", lang, document=result.name, **counts))
    for claim in result.claims:
        _show_claim(claim, lang)
    for fed in modelling.feeding_cells(result):
        print(f"{fed.cell:>14}  {fed.value}")
        label, to = fed.label or fed.cell, fed.feeds
        show_wrapped(say("cli.model.feeds", lang, label=label, n=len(to), claims=to[:_SHOWN]), indent=" " * 16)
    for kind, cells in (
        ("typed_over", graph.typed_over),
        ("outside", graph.outside),
        ("not_followed", graph.unknowable),
    ):
        if cells:
            print(say(f"cli.model.{kind}", lang, n=len(cells), cells=tuple(shown(at) for at in cells[:_SHOWN])))
    if result.differences is not None:
        print(say("cli.model.differences", lang, n=len(result.differences)))
        for one in result.differences:
            told = {"cell": shown(one.address), "before": str(one.before or ""), "after": str(one.after or "")}
            show_wrapped(say(f"cli.model.{one.kind}_changed", lang, **told), indent="  ")


def _show_claim(claim: modelling.ModelClaim, lang: str) -> None:
    found, label = claim.found, label_of(claim.found.fact)
    name = found.fact if label is None else f"{render(label, lang)} ({found.fact})"
    value = f"{found.value:,.15g}" if isinstance(found.value, int | float) else str(found.value)
    print(f"{claim.cell:>14}  {name}  {value} {found.unit}  {found.period}")
    indent = " " * 16
    if not claim.is_formula:
        show_wrapped(say("cli.model.typed", lang), indent=indent)
    elif claim.fed_by:
        cells = tuple(shown(at) for at in claim.fed_by[:_SHOWN])
        show_wrapped(say("cli.model.fed_by", lang, n=len(claim.fed_by), cells=cells), indent=indent)
    for one in claim.beside:
        show_wrapped(render(one.sentence, lang), indent=indent)
