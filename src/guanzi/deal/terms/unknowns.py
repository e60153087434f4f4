"""What of a deal was not seen, and what the simulation assumes instead."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message, without_stop
from guanzi.deal.terms.data import Unknown
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.sheet import TermSheet


def unknowns(sheet: TermSheet) -> tuple[Gap, ...]:
    """All gaps of a term sheet, in reading order."""
    return tuple(_in_reading_order(sheet, Gaps(sheet)))


def _in_reading_order(sheet: TermSheet, gaps: Gaps) -> Iterator[Gap]:
    """Gaps of every clause: values not seen, what the analyst assumes, covenants without cure, clauses left out."""
    places = {item.id: item.place for item in (*sheet.instruments, *sheet.events)}
    clauses = {
        item.id: f"{'incentive.' if kind.section == 'incentives' else ''}{item.id}" for kind, item in sheet.items()
    }
    yield from _instruments(sheet, gaps, "instruments")
    for id, fields in ((id, fields) for id, fields in sheet.assumed.items() if id in places):
        place, of = places[id], clauses.get(id, f"event.{id}")
        for field in fields:
            what = Message.of("terms.gap.assumed", field=Message.of(f"terms.field.{field}"), name=sheet.called(id))
            yield gaps.gap(of, what, "analyst", place, sheet.notes.get(id, ""))
    yield from _covenants(sheet, gaps)
    yield from _instruments(sheet, gaps, "incentives")
    yield from _promises(sheet, gaps)
    for event in sheet.events:
        what = Message.of("terms.gap.probability", name=sheet.called(f"event.{event.id}"))
        yield from gaps.value(f"event.{event.id}", event.probability, what, gaps.percent, event.source)
    for clause in sheet.unknown:
        what = Message.of("terms.gap.clause", text=without_stop(clause.text or clause.id.replace("_", " ")))
        yield gaps.gap(f"unknown.{clause.id}", what, "left_out", clause.place, source=clause.source)


def _instruments(sheet: TermSheet, gaps: Gaps, section: str) -> Iterator[Gap]:
    for kind, item in sheet.items(section):
        yield from kind.gaps(gaps, item)


def _covenants(sheet: TermSheet, gaps: Gaps) -> Iterator[Gap]:
    for covenant in sheet.covenants:
        id = f"covenant.{covenant.id}"
        called = sheet.called(id)
        if covenant.require is None:
            what = Message.of("terms.gap.require", id=called)
            yield gaps.gap(id, what, "not_tested", covenant.place, source=covenant.source)
        if covenant.cure is None:
            what = Message.of("terms.gap.cure", id=called)
            yield gaps.gap(id, what, "no_cure", covenant.place, source=covenant.source)
        if isinstance(covenant.remedy, Unknown):
            what = Message.of("terms.gap.remedy", id=called)
            place, note = covenant.remedy.place, covenant.remedy.note
            yield gaps.gap(id, what, "no_consequence", place, note, covenant.source)


def _promises(sheet: TermSheet, gaps: Gaps) -> Iterator[Gap]:
    for promise in sheet.promises:
        id = f"promise.{promise.id}"
        what = Message.of("terms.gap.kept", what=promise.what)
        yield from gaps.value(id, promise.probability, what, gaps.percent, promise.source)
        yield from gaps.item(id, promise.id, promise.cost, "cost", gaps.money, promise.source)
        yield from gaps.item(id, promise.id, promise.broken, "broken", gaps.percent, promise.source)
        yield from gaps.item(id, promise.id, promise.penalty, "penalty", gaps.money, promise.source)
        yield from gaps.day(id, promise)
