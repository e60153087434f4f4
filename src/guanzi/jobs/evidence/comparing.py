"""Figures on record held against one another: sum, difference, share or ratio, and the day on which all were known."""

from __future__ import annotations

from datetime import date

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.jobs.evidence.onrecord import on_record
from guanzi.record.evidence import Fact, FigureComparison, OnRecord, Source, compare_facts


def compare(record: OnRecord, asked: str, as_of: date | None) -> FigureComparison:
    """Figures by their ids, parted by commas; ``SUBJECT:ID`` takes a figure from elsewhere on record.

    Raises:
        InvalidInput: There is one id alone, there is no such figure, or one is no number.
    """
    ids = tuple(part.strip() for part in asked.split(","))
    if len(ids) < 2 or not all(ids):
        fix = Message.of("desk.figures.two.mend")
        raise InvalidInput(Problem(Message.of("desk.figures.two", text=asked), Place("--compare"), fix))
    held = [_figure(record, id, as_of) for id in ids]
    return compare_facts(held)


def _figure(record: OnRecord, id: str, as_of: date | None) -> tuple[Fact, Source]:
    subject, _, own = id.rpartition(":")
    held = on_record(subject, as_of) if subject else record
    fact = next((fact for fact in held.facts if fact.id == own), None)
    if fact is None:
        cause = Message.of("desk.figures.no_figure", id=own, name=held.name)
        fix = meant(own, [one.id for one in held.facts], Message.of("desk.figures.no_figure.mend"))
        raise InvalidInput(Problem(cause, Place("--compare"), fix, excerpt=own))
    if isinstance(fact.value, str | bool):
        cause, fix = Message.of("desk.figures.no_number", id=own), Message.of("desk.figures.no_number.mend")
        raise InvalidInput(Problem(cause, Place("--compare"), fix, excerpt=own))
    return fact, next(source for source in held.sources if source.id == fact.source)
