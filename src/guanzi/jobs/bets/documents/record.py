"""Luck or method, as a document: what came, what was to be expected, and what such a record can and cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.intake.bets import named
from guanzi.jobs.bets.documents.register import bets_document, part
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Block, Bullets, Cell, Document, Row, Section, Sentence, Table, Words
from guanzi.study.bets import PlacedBet, PlaceRecord

OUTCOMES = {1.0: "worked", 0.5: "partly", 0.0: "failed"}


def record_document(found: PlaceRecord) -> Document:
    """The document of a record."""
    sections = (
        part("answer", "", *_answer(found)),
        part("bets", message("bets.record.bets"), _table(found), Sentence(message("bets.record.levels"), tone="quiet")),
        _list("can", _can(found)),
        _list("cannot", _cannot(found)),
    )
    return bets_document("record", message("bets.record.title", place=found.of), sections)


def _list(id: str, sentences: Iterator[Sentence]) -> Section:
    return part(id, message(f"bets.record.{id}"), Bullets(tuple(sentences)))


def _answer(found: PlaceRecord) -> Iterator[Block]:
    """What came against what was to be expected, and the verdict."""
    came, told = f"{found.came:g}", found.answered
    yield Sentence(message("bets.record.came", bets=len(found.bets), came=came, place=found.of), tone="strong")
    yield Sentence(message("bets.record.expected", mean=f"{told.mean:.1f}", low=told.low, high=told.high))
    yield Sentence(message(f"bets.record.{found.verdict}", many=told.as_many, few=told.as_few), tone="strong")
    if found.hidden is not None:
        yield Sentence(message("bets.record.hidden", failures=found.hidden), tone="caution")


def _table(found: PlaceRecord) -> Table:
    columns = heads("bets.head", "bet", "decided", "unanswered", "chance", "outcome", "source")
    return Table("bets", message("bets.record.bets"), columns, tuple(_row(bet) for bet in found.bets))


def _row(bet: PlacedBet) -> Row:
    population: Words = named(bet.population) or bet.population or message("bets.record.no_population")
    id = f"`{bet.id}`"
    head = Cell(bet.name or id, notes=(Sentence(population), *((Sentence(id),) if bet.name else ())))
    came = Cell(message(f"bets.outcome.{OUTCOMES[bet.success]}"))
    source = Cell(message(f"bets.record.from.{bet.source}"))
    cells = (Cell(bet.decided), Cell(bet.alone, "ratio"), Cell(bet.answered, "ratio"), came, source)
    return Row(head, cells)


def _can(found: PlaceRecord) -> Iterator[Sentence]:
    """What the data say."""
    alone, told = found.unanswered, found.answered
    mean, by = f"{alone.mean:.1f}", round(told.mean - alone.mean, 1)
    yield Sentence(message("bets.record.alone", mean=mean, low=alone.low, high=alone.high, many=alone.as_many))
    choice = "better" if by > 0.0 else "worse" if by < 0.0 else "alike"
    yield Sentence(message(f"bets.record.choice.{choice}", by=f"{abs(by):.1f}"))


def _cannot(found: PlaceRecord) -> Iterator[Sentence]:
    """What they leave open."""
    yield Sentence(message("bets.record.known", bets=len(found.bets)))
    if found.unsettled:
        yield Sentence(message("bets.record.unsettled", bets=len(found.unsettled)))
    knew = sum(bet.knew for bet in found.bets)
    if knew:
        yield Sentence(message("bets.record.knew", knew=knew, bets=len(found.bets)))
    yield Sentence(message("bets.record.apart"))
    yield Sentence(message("bets.record.public"))
    yield Sentence(message("bets.record.few", low=found.answered.low, high=found.answered.high))
