"""Whether each event, promise and payment of a deal had happened by each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guanzi.deal.terms import Grid, TermSheet
from guanzi.record.evidence import View
from guanzi.study.monitoring.claims import Claims, claims_of
from guanzi.study.monitoring.observations import Facts, step_end
from guanzi.study.monitoring.settlements import ImpliedEvent, Settlement, implied_events, settled_of, settlements


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, a promise or a payment, step by step; None where it is not known.

    Attributes:
        happened: Whether it had happened by the end of each step; of a payment: whether all of it was paid.
        begun: The same; of a payment: whether the first of it was paid, from which a clock runs.
        facts: The facts behind each step.
        step: The step in which it happened, or in which a payment began.
        reported: Day on which it was reached by the word of the company alone, where nothing else says so.
    """

    happened: tuple[bool | None, ...]
    begun: tuple[bool | None, ...]
    facts: tuple[Facts, ...]
    step: int | None
    reported: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    """Days that are known without a word of the company."""

    begun: date | None = None
    whole: date | None = None
    facts: Facts = ()


def happenings(sheet: TermSheet, view: View, grid: Grid, last: int) -> dict[str, Happening]:
    """Everything that conditions can ask for, up to a step: what the company alone reports stays open."""
    found: dict[str, Happening] = {}
    for id, due, paid, claims, known in _all_known(sheet, view):
        happened, begun, facts = zip(*(_at(t, grid, claims, known, due, paid) for t in range(last + 1)), strict=True)
        reported = claims.reported.day if claims.reported is not None and known.whole is None else None
        step = None if known.begun is None else max(grid.step_of(known.begun), 0)
        found[id] = Happening(happened, begun, facts, step, reported)
    return found


def begun_on(sheet: TermSheet, view: View) -> dict[str, date]:
    """The day from which a clock runs that begins with an event, a promise or a payment, where it is known."""
    return {id: known.begun for id, *_, known in _all_known(sheet, view) if known.begun is not None}


def _all_known(sheet: TermSheet, view: View) -> Iterator[tuple[str, date, bool, Claims, _Known]]:
    settled = settlements(sheet, view)
    implied = implied_events(sheet, settled)
    for id, due, paid in _awaited(sheet):
        claims = claims_of(view, id)
        yield id, due, paid, claims, _known(claims, settled_of(sheet, settled, id) if paid else None, implied.get(id))


def _known(claims: Claims, money: Settlement | None, implied: ImpliedEvent | None) -> _Known:
    if claims.verified is not None:
        return _Known(claims.verified.day, claims.verified.day, (claims.verified.fact,))
    if money is not None:
        return _Known(money.begun, money.completed, money.facts)
    if implied is None or (claims.denied is not None and claims.denied.day >= implied.day):
        return _Known()
    day = implied.day if claims.reported is None else min(implied.day, claims.reported.day)
    return _Known(day, day, implied.facts)


def _at(
    t: int, grid: Grid, claims: Claims, known: _Known, due: date, paid: bool
) -> tuple[bool | None, bool | None, Facts]:
    # A payment of a step comes after the conditions of this step: it counts from the next one.
    until = step_end(grid, t) if not paid else grid.first_day(t) - timedelta(days=1)
    held, facts = claims.by(until)
    if held is None and t < max(grid.step_of(due), 0) + paid:
        held = False
    begun = held
    if known.begun is not None and known.begun <= until:
        begun, facts = True, known.facts
    if known.whole is not None:
        held = known.whole <= until
    return held, begun, facts


def _awaited(sheet: TermSheet) -> Iterator[tuple[str, date, bool]]:
    """What conditions can ask for: its id, its first day, and whether it is a payment or the use of a right."""
    for event in sheet.events:
        yield event.id, event.due, False
    for promise in sheet.promises:
        yield promise.id, promise.due, False
    clocked = {item.id: kind.clocked for kind, item in sheet.items()}
    dues: dict[str, date] = {}
    for flow in sheet.flows():
        if flow.nature != "contingent" and clocked.get(flow.asked, flow.nature == "invested"):
            dues.setdefault(flow.asked, flow.due)
    for id in (*dues, *(id for id, runs in clocked.items() if runs and id not in dues)):
        yield id, dues.get(id, sheet.signed), True
