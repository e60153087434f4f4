"""Changes of a draft, and the amounts they work with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import Equity, TermSheet, Unknown, Value
from guanzi.record.playbooks import Origin

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the draft.

    Attributes:
        message: What changes, in words.
        origin: What stands behind it in the playbook; None where it only follows from another change.
    """

    id: str
    message: Message
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Restructured:
    """The deal as the playbook would structure it, and each change of the draft.

    Attributes:
        sheet: The new deal; None where it cannot be written down, and ``why`` says for what lack.
        written: The same before shares without a price were put as what the simulation takes for them.
    """

    sheet: TermSheet | None
    steps: tuple[Step, ...]
    why: Message | None = None
    written: TermSheet | None = None


def round_of(sheet: TermSheet) -> float:
    """What all investors pay for shares, in the sheet's unit."""
    return sum(number_of(v) for e in sheet.of(Equity) for t in e.tranches for v in t.amounts.values())


def number_of(value: Value) -> float:
    """A value that is known, or the middle of its bracket."""
    found = middle(value)
    assert found is not None, "sheets without known amounts are not restructured"
    return found


def middle(value: Value) -> float | None:
    """A value, what is assumed for it, or the middle of its bracket; None where none is stated."""
    if not isinstance(value, Unknown):
        return value
    if value.assumed is not None:
        return value.assumed
    return None if value.low is None or value.high is None else (value.low + value.high) / 2.0


def total_of(values: Iterable[Value]) -> float | None:
    """The sum; None when a part of it is unknown or there is none."""
    found = [middle(value) for value in values]
    known = [value for value in found if value is not None]
    return sum(known) if found and len(known) == len(found) else None


def years_later(day: date, years: int) -> date:
    """The same day some years later; the 28th at the latest, which every month has."""
    return day.replace(year=day.year + years, day=min(day.day, 28))
