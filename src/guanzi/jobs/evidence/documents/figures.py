"""What is known of a city or a market as a document: a table of figures, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from guanzi import __version__
from guanzi.base.core import Bilingual
from guanzi.jobs.shared.documents.cited import fact_cell, source_line
from guanzi.jobs.shared.documents.words import code_words, heads, message
from guanzi.record.evidence import Fact, Source
from guanzi.render import UNDATED, Cell, Document, Row, Section, Sentence, Sources, Table

_WHOLE = ("region", "market")
"""What a file as a whole is about."""


def figures_document(name: Bilingual, facts: Sequence[Fact], sources: Iterable[Source], as_of: date | None) -> Document:
    """The document of what is known.

    Args:
        name: Of the city or market.
        facts: In the order of the rows.
        sources: That they rest on.
        as_of: Day by which they were known; None: all of them count.
    """
    by_id = {source.id: source for source in sources}
    under = () if as_of is None else (message("page.as_of", day=as_of.isoformat()),)
    lead = Sentence(message("figures.lead", figures=len(facts), sources=len(by_id)), tone="strong")
    columns = heads("figures.head", "figure", "period", "value", "known_on", "source")
    table = Table("figures", message("figures.table"), columns, tuple(_row(fact, by_id) for fact in facts))
    lines = Sources(tuple(source_line(source) for source in by_id.values()))
    sections = (
        Section("figures", "", (lead, table), first=True),
        Section("sources", message("article.sources"), (lines,)),
    )
    made = message("page.made", version=__version__)
    return Document("figures", message("figures.kicker"), name, under, as_of or UNDATED, sections, made)


def _row(fact: Fact, sources: Mapping[str, Source]) -> Row:
    name = code_words("fact", fact.name)
    if fact.subject not in _WHOLE:
        name = message("monitor.fact_of", name=name, subject=code_words("subject", fact.subject))
    notes = (Sentence(fact.note, tone="quiet"),) if fact.note else ()
    value = fact_cell(fact)
    cells = (
        Cell(fact.period),
        Cell(value.value, value.unit, value.rests, full=True),
        Cell(fact.known_on),
        Cell(sources[fact.source].publisher, notes=notes, rests=(f"source:{fact.source}",)),
    )
    return Row(Cell(name), cells)
