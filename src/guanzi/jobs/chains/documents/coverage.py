"""A plan of stations as a document: what it covers, the map, the phases, and how far from the best plan it can be."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, Any

from guanzi import __version__
from guanzi.base.core import Message
from guanzi.jobs.chains.documents.coverage_map import MOST_POINTS, CoverageDrawing
from guanzi.jobs.shared.documents.words import message
from guanzi.render import (
    UNDATED,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Measurement,
    Row,
    Section,
    Sentence,
    Table,
    Words,
)

if TYPE_CHECKING:
    from guanzi.study.chains import coverage

NAMED = 60
"""Sites that are named for a phase; the rest are counted."""
BEST = 1e-6
"""Gap below which a plan counts as proved to be the best: the solver's tolerance."""
_STEPS = (1e-4, 1e-3)
"""A gap is told in hundredths of a percent, from one percent on in tenths; rounded up, since it is a bound."""


def coverage_document(placed: coverage.Placed) -> Document:
    """The document of a plan of stations."""
    file, asked = placed.file, placed.asked
    return Document(
        id="chain",
        kicker=message("cover.kicker"),
        title=message(f"cover.title.{asked.objective}", radius=asked.radius),
        under=(message("cover.field", name=file.name, sites=len(file.sites), points=len(file.points)),),
        dated=UNDATED,
        sections=(
            Section("lead", message("chain.section.lead"), (_map(placed), Bullets(tuple(_lead(placed)))), first=True),
            Section("phases", message("cover.section.phases"), (_phases(placed),), first=True),
        ),
        footer=message("cover.footer", version=__version__),
    )


def _mean_way(placed: coverage.Placed, value: float) -> float:
    """The mean way to the nearest site in km."""
    return value / max(float(placed.file.weight.sum()), 1e-300)


def _finding(placed: coverage.Placed) -> Message:
    last, new = placed.plans[-1], sum(len(plan.chosen) for plan in placed.plans)
    if placed.reach is None:
        return message("cover.see.near", new=new, way=Measurement(_mean_way(placed, last.value), "km"))
    radius = Measurement(placed.asked.radius, "km")
    return message("cover.see.map", new=new, radius=radius, covered=last.covered, before=placed.standing)


def _lead(placed: coverage.Placed) -> Iterator[Sentence]:
    if placed.file.invented:
        yield Sentence(message("cover.invented"), tone="caution")
    if placed.beyond:
        yield Sentence(message("cover.beyond", beyond=placed.beyond), tone="caution")
    best = all(plan.gap < BEST for plan in placed.plans)
    yield Sentence(message("cover.best" if best else "cover.bound"))


def _map(placed: coverage.Placed) -> Chart:
    notes = [message("cover.drawn")]
    if placed.reach is not None:
        notes.append(message("cover.circles"))
    if len(placed.file.points) > MOST_POINTS:
        notes.append(message("cover.gridded"))
    finding, legend = _finding(placed), message("parts_said", parts=tuple(notes))
    drawing = CoverageDrawing(placed, finding)
    return Chart("map", message("cover.section.map"), Sentence(finding), drawing, legend=legend)


def _phases(placed: coverage.Placed) -> Table:
    near, costed = placed.reach is None, placed.file.cost is not None
    rows = []
    for k, plan in enumerate(placed.plans, start=1):
        value = _mean_way(placed, plan.value) if near else plan.covered
        cells = [Cell(len(plan.chosen))]
        cells += [Cell(float(plan.cost))] if costed else []
        cells += [Cell(float(value)), gap_cell(plan.gap), Cell(_sites(placed, plan.chosen))]
        rows.append(Row(Cell(k), tuple(cells)))
    units = {"way": "km", "covered": "ratio"}
    heads = ("phase", "new", *(("cost",) if costed else ()), "way" if near else "covered", "gap", "sites")
    columns = tuple(Column(name, message(f"cover.head.{name}"), units.get(name, "")) for name in heads)
    return Table("phases", message("cover.section.phases"), columns, tuple(rows))


def gap_cell(gap: float) -> Cell:
    """By how much a better plan could exceed this one, at most; never more precise than a solver proves it."""
    step = _STEPS[gap >= 0.01]
    told = max(ceil(round(gap / step, 6)), 1) * step
    return Cell(message("cover.gap", gap=Measurement(told, "ratio")))


def _sites(placed: coverage.Placed, chosen: Any) -> Words:
    names = tuple(placed.file.sites[i] for i in chosen[:NAMED])
    more = len(chosen) - len(names)
    return message("cover.sites_more" if more else "cover.sites", names=names, n=more) if names else ""
