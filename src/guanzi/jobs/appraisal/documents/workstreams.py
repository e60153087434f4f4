"""The section on the work-streams: an overview, and what a unit costs."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal import Appraisal, UnitCostData
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.found import basis
from guanzi.jobs.appraisal.documents.stream_chart import StreamsDrawing, streams_sentence
from guanzi.jobs.diligence.documents.break_even_chart import (
    BreakEvenDrawing,
    UnitTornadoDrawing,
    break_even_table,
    has_tornado,
    tornado_table,
)
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import code_words, message, of_text
from guanzi.render import Block, Bullets, Cell, Chart, Column, Row, Section, Sentence, Table

_COLUMNS = ("name", "held", "risks", "assets", "gaps", "answered")


def workstreams(appraisal: Appraisal) -> Iterator[Section]:
    """The work-streams, and the unit costs that they found."""
    told = Sentence(message("intro.workstreams"))
    blocks: list[Block] = [told]
    if appraisal.findings:
        found, drawing = Sentence(streams_sentence(appraisal.findings)), StreamsDrawing(appraisal.findings)
        blocks.append(Chart("streams", message("table.streams"), found, drawing, (streams_table(appraisal),)))
    yield Section("workstreams", message("section.workstreams"), tuple(blocks))
    for cost in appraisal.unit_costs:
        yield Section(f"unit-cost-{cost.model}", of_text(cost.label), tuple(_unit_cost(cost)), level=3)


def streams_table(appraisal: Appraisal) -> Table:
    """Each work-stream: findings that rest on facts or terms, findings by kind, and questions that are answered."""
    plan = {row.stream: row for row in appraisal.plan.streams}
    rows = []
    for stream in dict.fromkeys((*(row.stream for row in appraisal.streams), *plan)):
        found, asked = [one for one in appraisal.findings if one.stream == stream], plan.get(stream)
        held = _of(sum(basis(one) != "no_fact" for one in found), len(found), "streams_unfound")
        answered = _of(asked.answered if asked else 0, asked.questions if asked else 0, "streams_none")
        numbers = (Cell(sum(one.kind == kind for one in found)) for kind in ("risk", "asset", "gap"))
        rows.append(Row(Cell(code_words("stream", stream)), (Cell(held), *numbers, Cell(answered))))
    columns = tuple(Column(name, message(f"table.streams_{name}")) for name in _COLUMNS)
    return Table("streams", message("table.streams"), columns, tuple(rows))


def _of(k: int, n: int, none: str) -> Message:
    return message("table.streams_of", k=k, n=n) if n else message(f"table.{none}")


def _unit_cost(cost: UnitCostData) -> Iterator[Block]:
    """The picture of the break-even and of what moves it; what is missing where inputs are."""
    told = Sentence(of_text(cost.sentence))
    if cost.levels:
        legend = message("chart.break_even_key")
        yield Chart(cost.model, of_text(cost.label), told, BreakEvenDrawing(cost), (break_even_table(cost),), legend)
    if cost.levels and cost.result is not None and has_tornado(cost):
        result, legend = of_text(cost.result), message("chart.tornado_key")
        drawing = UnitTornadoDrawing(cost)
        yield Chart(f"{cost.model}-tornado", result, Sentence(result), drawing, (tornado_table(cost),), legend)
    if not cost.levels:
        yield told
        yield Bullets(tuple(Sentence(of_text(name), tone="unknown") for name in cost.missing))
    if cost.facts:
        yield Sentence("", rests(cost.facts), cited=message("figures.from"))
