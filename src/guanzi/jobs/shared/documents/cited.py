"""The facts and sources behind a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guanzi.advice.appraisal import FactData
from guanzi.base.core import Parameter
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.record.evidence import Fact, Source, View
from guanzi.render import Cell, Column, Measurement, Row, Sentence, SourceLine, Sources, Table, Words


def stated(fact: Fact | FactData) -> Parameter:
    """The value of a fact within a sentence, as entered."""
    value = fact.value
    if isinstance(value, bool | str):
        return value
    if isinstance(value, tuple):
        return Measurement(sum(value) / 2, fact.unit, *value, bounds=True, entered=True)
    return Measurement(value, fact.unit, entered=True)


def fact_cell(fact: Fact | FactData) -> Cell:
    """The value of a fact as it was stated."""
    value, rests_on = fact.value, (f"fact:{fact.id}",)
    if isinstance(value, tuple):
        return Cell(Measurement(sum(value) / 2, fact.unit, *value, bounds=True), rests=rests_on, full=True)
    return Cell(value, "" if isinstance(value, bool | str) else fact.unit, rests_on, full=True)


def fact_table(view: View, id: str, ids: Sequence[str], caption: Words) -> Table:
    """Facts: what, its value, of which time, since when known, from whom.

    Args:
        view: What was known.
        id: Of the table.
        ids: The facts, in the order of the rows.
        caption: What the table holds.
    """
    names = ("fact", "value", "period", "known_on", "source")
    columns = tuple(Column(name, message(f"monitor.head.{name}")) for name in names)
    return Table(id, caption, columns, tuple(_row(view, view.fact(id)) for id in ids))


def _row(view: View, fact: Fact) -> Row:
    name = code_words("fact", fact.name)
    if fact.subject != "company":
        name = message("monitor.fact_of", name=name, subject=code_words("subject", fact.subject))
    source = view.source(fact.source)
    stated = fact_cell(fact)
    cells = (
        Cell(stated.value, stated.unit, full=True),
        Cell(fact.period),
        Cell(fact.known_on),
        Cell(source.publisher, rests=(f"source:{source.id}",)),
    )
    return Row(Cell(name), cells, f"fact:{fact.id}")


def sources_behind(view: View, ids: Iterable[str]) -> Sources:
    """The sources of facts, in the order of the case."""
    named = {view.fact(id).source for id in ids}
    return listed_sources(s for s in view.sources if s.id in named)


def listed_sources(sources: Iterable[Source]) -> Sources:
    """Sources as a list."""
    return Sources(tuple(source_line(source) for source in sources))


def source_line(source: Source) -> SourceLine:
    """A source as lists of sources show it."""
    notes = (Sentence(source.note),) if source.note else ()
    return SourceLine(
        source.id, source.grade, source.publisher, source.title, source.date, source.link or "", notes=notes
    )


def rests(facts: Iterable[str]) -> tuple[str, ...]:
    """Facts as what a sentence or a cell rests on."""
    return tuple(f"fact:{id}" for id in facts)
