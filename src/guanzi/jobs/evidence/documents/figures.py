"""What is on record of a subject as a document: a comparison if one was asked, a table of figures, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from guanzi import __version__
from guanzi.base.core import Bilingual
from guanzi.jobs.shared.documents.cited import fact_cell, source_line, stated
from guanzi.jobs.shared.documents.words import code_words, heads, message
from guanzi.record.evidence import Fact, FigureComparison, OnRecord, Source
from guanzi.render import UNDATED, Cell, Document, Measurement, Row, Section, Sentence, Sources, Table, Words

_WHOLE = ("region", "market", "company")
"""What a file as a whole is about."""


def figures_document(record: OnRecord, as_of: date | None, compared: FigureComparison | None) -> Document:
    """The document of what is known.

    Args:
        record: Figures in the order of the rows, with their sources.
        as_of: Day by which they were known; None: all of them count.
        compared: Figures held against one another; None: none were asked.
    """
    facts, by_id = record.facts, {source.id: source for source in record.sources}
    under = () if as_of is None else (message("page.as_of", day=as_of.isoformat()),)
    lead = [Sentence(message("figures.lead", figures=len(facts), sources=len(by_id)), tone="strong")]
    if record.decided is not None:
        later = sum(fact.known_on > record.decided for fact in facts)
        lead.append(Sentence(message("figures.later", day=record.decided.isoformat(), later=later)))
    columns = heads("figures.head", "figure", "period", "value", "known_on", "source")
    table = Table("figures", message("figures.table"), columns, tuple(_row(fact, by_id) for fact in facts))
    lines = Sources(tuple(source_line(source) for source in by_id.values()))
    figures = Section("figures", "", (*lead, table), first=compared is None)
    sources = Section("sources", message("article.sources"), (lines,))
    both = () if compared is None else (Section("comparison", "", tuple(_compared(compared)), first=True),)
    made = message("page.made", version=__version__)
    sections = (*both, figures, sources)
    return Document("figures", message("figures.kicker"), record.name, under, as_of or UNDATED, sections, made)


def _compared(compared: FigureComparison) -> Iterator[Sentence]:
    facts = compared.facts
    on = tuple(f"fact:{fact.id}" for fact in facts)
    for fact in facts:
        said = message("figures.one", name=_called(fact), period=str(fact.period), value=stated(fact))
        yield Sentence(said, rests=(f"fact:{fact.id}",))
        if fact.note:
            yield Sentence(fact.note, tone="quiet", rests=(f"fact:{fact.id}",))
    if compared.total is not None:
        yield Sentence(message("figures.total", total=_between(compared.total, facts[0].unit)), tone="strong", rests=on)
    if compared.difference is not None:
        told = _between(compared.difference, facts[0].unit)
        yield Sentence(message("figures.difference", difference=told), tone="strong", rests=on)
    if compared.ratio is not None:
        kind = "share" if compared.difference is not None else "ratio"
        told = _between(compared.ratio, "ratio" if kind == "share" else "")
        said = message(f"figures.{kind}", ratio=told, units=" / ".join(fact.unit for fact in facts))
        yield Sentence(said, tone="strong", rests=on)
    yield Sentence(message("figures.all_known", day=compared.known_on.isoformat()), tone="quiet")


def _between(ends: tuple[float, float], unit: str) -> Measurement:
    low, high = ends
    return Measurement(low, unit) if low == high else Measurement((low + high) / 2, unit, low, high, bounds=True)


def _called(fact: Fact) -> Words:
    """What a figure is of, and whose: names that have both languages stand as they are."""
    name, subject = (
        message("begin", words=words) if isinstance(words, Bilingual) else code_words(kind, words)
        for kind, words in (("fact", fact.name), ("subject", fact.subject))
    )
    return name if fact.subject in _WHOLE else message("monitor.fact_of", name=name, subject=subject)


def _row(fact: Fact, sources: Mapping[str, Source]) -> Row:
    notes = (Sentence(fact.note, tone="quiet"),) if fact.note else ()
    value = fact_cell(fact)
    cells = (
        Cell(fact.period),
        Cell(value.value, value.unit, value.rests, full=True),
        Cell(fact.known_on),
        Cell(sources[fact.source].publisher, notes=notes, rests=(f"source:{fact.source}",)),
    )
    return Row(Cell(_called(fact)), cells)
