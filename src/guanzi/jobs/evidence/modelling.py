"""A company's own model as evidence: what feeds its claims, what is typed over, and what two versions change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import Message, render
from guanzi.intake.reading import FoundFact, read_document
from guanzi.intake.spreadsheets import Address, CellDifference, ModelGraph, differences, read_cells, shown
from guanzi.jobs.evidence.proposals import stated_unit
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Fact, View, open_case, read_placed

_SAME = 5e-4
"""Share of a value within which a figure is that of a fact, which may be less rounded."""
_MOST_FED = 200
"""Typed cells that are named for one claim."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which model is looked at.

    Attributes:
        path: The workbook.
        against: An earlier version; None: none.
        case: Whose facts are laid beside its claims; empty: none.
        run: How it is run.
    """

    path: Path
    against: Path | None = None
    case: str = ""
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """A fact that a cell of the model states.

    Attributes:
        found: The fact.
        cell: Its address.
        is_formula: It is computed from other cells.
        fed_by: Typed numbers that feed it.
        followed: All that feeds it was followed.
        held: Facts of the case of the same name and period.
        same: The held facts say the same; None: none is held.
    """

    found: FoundFact
    cell: str
    is_formula: bool
    fed_by: tuple[Address, ...]
    followed: bool
    held: tuple[Fact, ...] = ()
    same: bool | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A model, its claims, and what differs from an earlier version (None: none was given)."""

    name: str
    graph: ModelGraph
    claims: tuple[ModelClaim, ...]
    differences: tuple[CellDifference, ...] | None = None


def read_model(request: Request) -> Result:
    """What a model holds; no formula is computed.

    Raises:
        InvalidInput: A workbook cannot be read, or there is no such case.
    """
    view = None
    if request.case:
        case = open_case(request.case)
        view = case.view(case.decision_date)
    name = str(request.path)
    graph = ModelGraph.of(read_cells(request.path, name))
    reading = read_document(read_placed(request.path, name))
    claims = tuple(_claim(found, graph, view) for found in reading.found if found.spot.cell)
    changed = None
    if request.against is not None:
        changed = differences(ModelGraph.of(read_cells(request.against, str(request.against))), graph)
    return Result(name, graph, claims, changed)


def _claim(found: FoundFact, graph: ModelGraph, view: View | None) -> ModelClaim:
    cell = f"{found.spot.sheet}!{found.spot.cell}"
    at = next((one for one in graph.cells if shown(one) == cell), None)
    fed, followed = graph.feeding(at) if at is not None else ((), False)
    held = tuple(_held(found, view)) if view is not None else ()
    same = all(_is_same(found, fact) for fact in held) if held else None
    return ModelClaim(found, cell, at in graph.parts, fed, followed, held, same)


def _held(found: FoundFact, view: View) -> Iterator[Fact]:
    """Facts on the company of the same name and period."""
    for fact in view.named(found.fact, "company"):
        if fact.period == found.period:
            yield fact


def _is_same(found: FoundFact, fact: Fact) -> bool:
    _, factor = stated_unit(found.fact, found.unit)
    value = fact.value
    if not isinstance(found.value, int | float) or not isinstance(value, int | float):
        return bool(found.value == value)
    return abs(found.value * factor - value) <= _SAME * max(abs(value), 1e-12)


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """The model as plain data: cells as addresses, formulas as they are written."""
    graph = result.graph
    return {
        "document": result.name,
        "cells": len(graph.cells),
        "formulas": len(graph.parts),
        "inputs": [_cell(graph, at) for at in graph.inputs],
        "results": [_cell(graph, at) for at in graph.results],
        "typed_over": [_cell(graph, at) for at in graph.typed_over],
        "outside": [{**_cell(graph, at), "asks": list(graph.parts[at].outside)} for at in graph.outside],
        "not_followed": [
            {**_cell(graph, at), "reason": render(Message.of(f"desk.model.{_why(graph, at)}"), lang)}
            for at in graph.unknowable
        ],
        "claims": [_plain(one) for one in result.claims],
        "differences": None
        if result.differences is None
        else [
            {"cell": shown(one.address), "kind": one.kind, "before": one.before, "after": one.after}
            for one in result.differences
        ],
    }


def _cell(graph: ModelGraph, at: Address) -> dict[str, Any]:
    cell = graph.cells[at]
    told = {"cell": shown(at), "label": graph.label(at), "value": cell.value}
    return {**told, "computed": cell.computed} if cell.is_formula else told


def _why(graph: ModelGraph, at: Address) -> str:
    parts = graph.parts[at]
    return "broken" if parts.broken else "computed" if parts.computed else "named"


def _plain(claim: ModelClaim) -> dict[str, Any]:
    found = claim.found
    unit, factor = stated_unit(found.fact, found.unit)
    value = found.value * factor if isinstance(found.value, int | float) and found.unit != "flag" else found.value
    return {
        "cell": claim.cell,
        "fact": found.fact,
        "value": float(f"{value:.15g}") if isinstance(value, float) else value,
        "unit": unit,
        "period": str(found.period),
        "is_formula": claim.is_formula,
        "fed_by": [shown(at) for at in claim.fed_by[:_MOST_FED]],
        "fed_by_in_all": len(claim.fed_by),
        "all_followed": claim.followed,
        "held": [{"fact": fact.id, "value": fact.value, "unit": fact.unit} for fact in claim.held],
        "same": claim.same,
    }
