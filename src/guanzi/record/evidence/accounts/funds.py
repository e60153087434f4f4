"""Money that a company has raised, in whichever form it is told: rounds, increases of capital, notes, or in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from guanzi.base.core import Period
from guanzi.record.evidence.held import Reading, reading_of
from guanzi.record.evidence.view import View

_ROUNDS = ("equity_raised", "capital_increase")
TOTAL, NOTES = "raised_to_date", "convertible_notes_raised"
FUNDS = (*_ROUNDS, NOTES, TOTAL)
"""Names under which facts tell of money raised."""


@dataclass(frozen=True, slots=True)
class Funds:
    """All money that is known to have been raised.

    Attributes:
        value: In millions of the currency of the case.
        facts: Ids of the facts behind it.
        period: The last of the periods that they are of.
        total: A total of all times is in it, of which a part may be spent.
    """

    value: float
    facts: tuple[str, ...]
    period: Period
    total: bool


def funds_raised(view: View) -> Funds | None:
    """The newest total with the rounds after it, or the rounds where no total is told; None: nothing is held."""
    totals = _readings(view, TOTAL)
    parts = [*totals[-1:], *(r for r in _rounds(view) if not totals or r.period.start > totals[-1].period.end)]
    if not parts:
        return None
    paid = [part for part in parts if part.value] or parts
    facts = tuple(dict.fromkeys(fact for part in paid for fact in part.facts))
    return Funds(sum(part.value for part in parts), facts, max(part.period for part in parts), bool(totals))


def rounds(view: View) -> tuple[Reading, ...]:
    """Money raised by period: rounds, increases of capital, notes (a running sum), and what a total has grown by."""
    stated = _rounds(view)
    grown = []
    for before, after in pairwise(_readings(view, TOTAL)):
        between = Period(after.period.end, before.period.end + timedelta(days=1))
        known = any(r.period.end >= between.start and r.period.start <= between.end for r in stated)
        if after.value > before.value and not known:
            grown.append(Reading(after.value - before.value, between, (*after.facts, *before.facts)))
    return tuple(sorted((*stated, *grown), key=lambda r: r.period))


def _rounds(view: View) -> list[Reading]:
    found: dict[tuple[Period, float], Reading] = {}
    for name in _ROUNDS:
        for reading in _readings(view, name):
            found.setdefault((reading.period, reading.value), reading)
    return [*found.values(), *_readings(view, NOTES)[-1:]]


def _readings(view: View, name: str) -> list[Reading]:
    periods = sorted({fact.period for fact in view.named(name)})
    readings = (reading_of(view, view.resolve(name, period=period)) for period in periods)
    return [reading for reading in readings if reading is not None]
