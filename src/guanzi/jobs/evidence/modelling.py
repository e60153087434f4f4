"""A company's own model as evidence: what feeds its claims, what is typed over, and what two versions change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from guanzi.base.core import Message, render
from guanzi.intake.importers import DraftFact
from guanzi.intake.reading import FoundFact, read_document
from guanzi.intake.spreadsheets import Address, CellDifference, ModelGraph, differences, read_cells, shown
from guanzi.jobs.evidence.filling import origin_of
from guanzi.jobs.evidence.proposals import stated_unit
from guanzi.jobs.evidence.registers import REGISTERS
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Fact, open_case, read_placed

_SAME = 5e-4
"""Share of a value within which a figure is that of a fact, which may be less rounded."""
_MOST_FED = 200
"""Typed cells that are named for one claim."""

type HeldIn = Literal["case", "register"]


@dataclass(frozen=True, slots=True)
class Request:
    """Which model is looked at.

    Attributes:
        path: The workbook.
        against: An earlier version; None: none.
        case: Whose facts are laid beside its claims; empty: none.
        register: ``edgar:`` and the number of the company, or ``cninfo:`` and the code of its share, whose filings are
            laid beside its claims, as of the decision date of the case, or of today without one; empty: none.
        recorded: Folder with the files of the register; None: they are fetched.
        run: How it is run.
    """

    path: Path
    against: Path | None = None
    case: str = ""
    register: str = ""
    recorded: Path | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class FigureBeside:
    """A figure of the same name and period that stands beside a claim of a model.

    Attributes:
        held_in: ``case`` or ``register``.
        id: Of the fact.
        value: In its unit.
        unit: Its unit.
        source: Id of its source.
        difference: The claim less the figure, as a ratio of the figure; None: the figure is zero or no number, or has
            another unit.
        same: They say the same, but for rounding.
    """

    held_in: HeldIn
    id: str
    value: object
    unit: str
    source: str
    difference: float | None
    same: bool

    @property
    def sentence(self) -> Message:
        """How it compares with the claim, as a sentence."""
        way = "higher" if (self.difference or 0.0) > 0 else "lower"
        kind = "same" if self.same else "differs" if self.difference is None else way
        where = Message.of(f"desk.model.in_{self.held_in}", fact=self.id, source=self.source)
        value = f"{self.value} {self.unit}"
        return Message.of(f"desk.model.{kind}", where=where, value=value, apart=abs(self.difference or 0.0))


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """A fact that a cell of the model states.

    Attributes:
        found: The fact.
        cell: Its address.
        is_formula: It is computed from other cells.
        fed_by: Typed numbers that feed it.
        followed: All that feeds it was followed.
        beside: Figures of the case and of the register of the same name and period.
    """

    found: FoundFact
    cell: str
    is_formula: bool
    fed_by: tuple[Address, ...]
    followed: bool
    beside: tuple[FigureBeside, ...] = ()

    @property
    def stated(self) -> tuple[object, str]:
        """What the cell states, in the unit in which facts of the name are held, and that unit."""
        found, (unit, factor) = self.found, stated_unit(self.found.fact, self.found.unit)
        value = found.value * factor if isinstance(found.value, int | float) and found.unit != "flag" else found.value
        return (float(f"{value:.15g}") if isinstance(value, float) else value), unit

    @property
    def same(self) -> bool | None:
        """Whether all figures beside it say the same; None: there is none."""
        return all(one.same for one in self.beside) if self.beside else None


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
    held = tuple(_held(request))
    name = str(request.path)
    graph = ModelGraph.of(read_cells(request.path, name))
    reading = read_document(read_placed(request.path, name))
    claims = tuple(_claim(found, graph, held) for found in reading.found if found.spot.cell)
    changed = None
    if request.against is not None:
        changed = differences(ModelGraph.of(read_cells(request.against, str(request.against))), graph)
    return Result(name, graph, claims, changed)


type _Held = tuple[HeldIn, Fact | DraftFact]


def _held(request: Request) -> Iterator[_Held]:
    """The facts of the case on its decision date, and those that a register holds on that day, on the company."""
    day = date.today()
    if request.case:
        case = open_case(request.case)
        day = case.decision_date
        yield from (("case", fact) for fact in case.view(day).facts if fact.subject == "company")
    if request.register:
        register, number = origin_of(request.register)
        draft = REGISTERS[register](number, request.recorded, day).draft
        known = [fact for fact in draft.facts if fact.known_on <= day]
        corrected = {fact.supersedes for fact in known}
        yield from (("register", fact) for fact in known if fact.id not in corrected)


def _claim(found: FoundFact, graph: ModelGraph, held: Sequence[_Held]) -> ModelClaim:
    cell = f"{found.spot.sheet}!{found.spot.cell}"
    at = next((one for one in graph.cells if shown(one) == cell), None)
    fed, followed = graph.feeding(at) if at is not None else ((), False)
    beside = (
        _figure(found, where, fact)
        for where, fact in held
        if fact.name == found.fact and str(fact.period) == str(found.period)
    )
    return ModelClaim(found, cell, at in graph.parts, fed, followed, tuple(beside))


def _figure(found: FoundFact, where: HeldIn, fact: Fact | DraftFact) -> FigureBeside:
    value, (unit, factor) = fact.value, stated_unit(found.fact, found.unit)
    same, difference = bool(found.value == value), None
    if isinstance(value, int | float) and isinstance(found.value, int | float) and not isinstance(value, bool):
        apart = found.value * factor - value
        same = unit == fact.unit and abs(apart) <= _SAME * max(abs(value), 1e-12)
        difference = float(f"{apart / abs(value):.6g}") if value and unit == fact.unit else None
    return FigureBeside(where, fact.id, value, fact.unit, fact.source, difference, same)


@dataclass(frozen=True, slots=True)
class FeedingCell:
    """A typed number of a model that feeds claims: its cell, the words beside it, its value, and the claims' cells."""

    cell: str
    label: str
    value: object
    feeds: tuple[str, ...]


def feeding_cells(result: Result) -> tuple[FeedingCell, ...]:
    """The typed numbers that feed claims, in the order of the claims."""
    graph, fed = result.graph, dict[Address, list[str]]()
    for claim in result.claims:
        for at in claim.fed_by:
            fed.setdefault(at, []).append(claim.cell)
    return tuple(FeedingCell(shown(at), graph.label(at), graph.cells[at].value, tuple(to)) for at, to in fed.items())


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """The model as plain data: cells as addresses, formulas as they are written."""
    graph, feeds = result.graph, {one.cell: one.feeds for one in feeding_cells(result)}
    return {
        "document": result.name,
        "cells": len(graph.cells),
        "formulas": len(graph.parts),
        "inputs": [_cell(graph, at) | {"feeds": list(feeds.get(shown(at), ()))} for at in graph.inputs],
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
    cells = {"cell": shown(at), "label": graph.label(at), "value": cell.value}
    return {**cells, "computed": cell.computed} if cell.is_formula else cells


def _why(graph: ModelGraph, at: Address) -> str:
    parts = graph.parts[at]
    return "broken" if parts.broken else "computed" if parts.computed else "named"


def _plain(claim: ModelClaim) -> dict[str, Any]:
    found, (value, unit) = claim.found, claim.stated
    return {
        "cell": claim.cell,
        "fact": found.fact,
        "value": value,
        "unit": unit,
        "period": str(found.period),
        "is_formula": claim.is_formula,
        "fed_by": [shown(at) for at in claim.fed_by[:_MOST_FED]],
        "fed_by_in_all": len(claim.fed_by),
        "all_followed": claim.followed,
        "beside": [asdict(one) for one in claim.beside],
        "same": claim.same,
    }
