"""Reading numbers out of a view: one value with its period and the facts behind it, in the currency of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Period, PeriodKind, money_form
from guanzi.record.evidence.absence import means_absence
from guanzi.record.evidence.exchange import held_rate
from guanzi.record.evidence.resolution import Resolution
from guanzi.record.evidence.view import View

OWN_SUBJECTS = frozenset({"company", "region", "market", "fx"})
"""Subjects that are not other companies."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as a check uses it.

    Attributes:
        value: In the currency of the case when it is money (amounts in millions, prices in units).
        facts: Ids of the facts behind it: the chosen one first, then the exchange rates if any were needed.
    """

    value: float
    period: Period
    facts: tuple[str, ...]


def latest(view: View, name: str, subject: str = "company", kind: PeriodKind | None = None) -> Reading | None:
    """The latest value held; of one kind of period (``year``, ``quarter``) if that is given."""
    if kind is None:
        return reading_of(view, view.resolve(name, subject=subject))
    found = series(view, name, subject, kind)
    return found[-1] if found else None


def at(view: View, name: str, end: date, subject: str = "company", kind: PeriodKind | None = None) -> Reading | None:
    """The value of the period that ends on a day; of one kind of period if that is given."""
    periods = {
        fact.period
        for fact in view.named(name, subject=subject)
        if fact.period.end == end and kind in (None, fact.period.kind)
    }
    return reading_of(view, view.resolve(name, subject=subject, period=max(periods))) if periods else None


def series(view: View, name: str, subject: str = "company", kind: PeriodKind = "quarter") -> tuple[Reading, ...]:
    """The values held for one kind of period, in the order of the periods."""
    readings = (reading_of(view, resolution) for resolution in view.series(name, subject=subject, kind=kind))
    return tuple(reading for reading in readings if reading is not None)


def prices(view: View, name: str, kind: PeriodKind = "day") -> tuple[Reading, ...]:
    """Prices of one thing as they were stated, to be compared with one another: those in the money of the latest."""
    found = view.series(name, kind=kind)
    return tuple(Reading(r.value, r.period, (r.fact.id,)) for r in found if r.fact.unit == found[-1].fact.unit)


def words(view: View, name: str, subject: str = "company") -> tuple[str, tuple[str, ...]] | None:
    """The latest text of a fact, with the fact's id; None when none is held."""
    resolution = view.resolve(name, subject=subject)
    if resolution is None or not isinstance(resolution.fact.value, str):
        return None
    return resolution.fact.value, (resolution.fact.id,)


def there(view: View, name: str, subject: str = "company") -> tuple[str, tuple[str, ...]] | None:
    """As :func:`words`, for what is good to have: None also when the text says that it is not there."""
    told = words(view, name, subject)
    return None if told is None or means_absence(told[0]) else told


def lacking(view: View, name: str, subject: str = "company") -> tuple[str, tuple[str, ...]] | None:
    """As :func:`words`, but only a text that says that the thing is not there; None is no statement."""
    told = words(view, name, subject)
    return told if told is not None and means_absence(told[0]) else None


def flag(view: View, name: str, subject: str = "company") -> tuple[bool, tuple[str, ...]] | None:
    """The latest yes or no of a fact, with the fact's id; None when none is held."""
    resolution = view.resolve(name, subject=subject)
    if resolution is None or not isinstance(resolution.fact.value, bool):
        return None
    return resolution.fact.value, (resolution.fact.id,)


def figure_of(resolution: Resolution | None) -> Reading | None:
    """What counts as a number as it was stated, in whichever currency; None for words."""
    if resolution is None or isinstance(resolution.fact.value, str):
        return None
    return Reading(resolution.value, resolution.period, (resolution.fact.id,))


def reading_of(view: View, resolution: Resolution | None) -> Reading | None:
    """What counts as a number in the currency of the case; None for words, and for money without a rate."""
    if resolution is None or isinstance(resolution.fact.value, str):
        return None
    fact = resolution.fact
    money = money_form(fact.unit)
    if money is None or money[0] == view.currency:
        return Reading(fact.number, fact.period, (fact.id,))
    rate = held_rate(view, money[0], view.currency)
    if rate is None:
        return None
    return Reading(fact.number * rate.value, fact.period, (fact.id, *rate.facts))
