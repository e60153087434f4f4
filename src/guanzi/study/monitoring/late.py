"""What is not known and decides a condition, with how long it should be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Period
from guanzi.deal.terms import OBSERVABLES, TermSheet
from guanzi.study.monitoring.observations import MissingObservation, Observations


@dataclass(frozen=True, slots=True)
class Late:
    """A figure or an event that is not known and decides a condition.

    Attributes:
        what, label: Observable, event, tier or instalment; what it is called, as a noun phrase.
        end: Last day of the time that it is about.
        days: Days since it was to be known, by its own day or the usual one of reporting; 0: it is not due yet.
        figure: It is a figure or a state of the company, not an event, a tier or an instalment.
        reported: Day on which it was reached by the word of the company, which nobody has verified; ``days`` are those
            by which that was late.
        known: Last day of the last quarter of which a figure is known; None: of none.
        gap: Whether quarters before that of a figure should be known, and are not.
        assumed: Its day is assumed: nothing says when it is due.
    """

    what: str
    label: Message
    end: date
    days: int
    figure: bool = True
    reported: date | None = None
    known: date | None = None
    gap: bool = False
    assumed: bool = False


def late_of(
    missing: tuple[MissingObservation, ...], sheet: TermSheet, seen: Observations, as_of: date, reporting_days: int
) -> tuple[Late, ...]:
    """What is not known, with how late it is; the latest of each kind, as one report brings it."""
    last: dict[str, MissingObservation] = {}
    for item in missing:
        if item.what not in last or last[item.what].end < item.end:
            last[item.what] = item
    names = {tier.id: tier.name for tier in sheet.tiers} | {event.id: event.name for event in sheet.events}
    names |= {promise.id: promise.what for promise in sheet.promises}
    dues = {flow.id: flow.due for flow in sheet.flows() if flow.nature == "invested"}
    dues |= {event.id: event.due for event in sheet.events} | {promise.id: promise.due for promise in sheet.promises}
    found = []
    for item in last.values():
        figure = item.what in OBSERVABLES
        end = item.end if figure else min(dues.get(item.what, item.end), item.end)
        reported = None if figure else seen.reported.get(item.what)
        assumed = not figure and sheet.guessed(item.what)
        days = 0 if assumed else max(((reported or as_of) - end).days - (reporting_days if figure else 0), 0)
        known = seen.known_before(item.what, item.end) if figure else None
        since = seen.end_of(0) if known is None else Period.of("quarter", known).shift(1).end
        label = Message.of("monitoring.named", name=names.get(item.what) or item.what)
        label = OBSERVABLES[item.what].meaning_for(sheet.product) if figure else label
        gap = figure and since < item.end
        found.append(Late(item.what, label, end, days, figure, reported, known, gap, assumed))
    return tuple(sorted(found, key=lambda late: (-late.days, late.what)))
