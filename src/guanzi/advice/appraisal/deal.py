"""What the term sheet says about the public side's money: instalments, conditions, brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.deal.terms import (
    Condition,
    Expression,
    Observable,
    TermSheet,
    TierInForce,
    Unknown,
    Value,
    walk,
)
from guanzi.record.evidence import View

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Bracket:
    """An amount, or the bracket within which it lies, CNY m.

    Attributes:
        mid: The amount, or the middle of the bracket; None when nothing is known of it.
        low, high: The same as ``mid`` for a known amount.
    """

    low: float | None
    mid: float | None
    high: float | None

    @property
    def known(self) -> bool:
        """The amount is stated, not bracketed."""
        return self.mid is not None and self.low == self.high

    def __add__(self, other: Bracket) -> Bracket:
        return Bracket(_sum(self.low, other.low), _sum(self.mid, other.mid), _sum(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Instalment:
    """One planned payment of the public side.

    Attributes:
        conditional: It depends on more than the calendar and the closing of the deal.
        tiers: New tiers (not the baseline) that its condition names.
        clause: Id of the clause.
        cash: Money is paid; otherwise revenue is forgone.
    """

    id: str
    due: date
    amount: Bracket
    conditional: bool
    tiers: tuple[str, ...]
    clause: str
    by_party: tuple[tuple[str, Bracket], ...]
    cash: bool = True


def add(amounts: Iterable[Bracket]) -> Bracket:
    """The sum of amounts; unknown when a part of it is unknown."""
    total = Bracket(0.0, 0.0, 0.0)
    for amount in amounts:
        total = total + amount
    return total


def bracket(value: Value, scale: float = 1.0) -> Bracket:
    """A value of the sheet as a bracket; a value for which one number is assumed counts as that number."""
    number = value.assumed if isinstance(value, Unknown) else value
    if number is not None:
        return Bracket(number * scale, number * scale, number * scale)
    assert isinstance(value, Unknown)
    if value.low is None or value.high is None:
        return Bracket(None, None, None)
    return Bracket(value.low * scale, (value.low + value.high) / 2 * scale, value.high * scale)


def tiers_in(condition: Condition | None) -> Iterator[str]:
    """Ids of the tiers that a condition names."""
    for part in _parts(condition):
        if isinstance(part, TierInForce):
            yield part.tier


def depends_on_more_than_events(condition: Condition | None) -> bool:
    """Whether a condition looks at the company's state or binding, beyond the calendar and declared events."""
    return any(isinstance(part, TierInForce | Observable) for part in _parts(condition))


def budget_party(sheet: TermSheet, view: View) -> str | None:
    """The public party whose payments burden the region's budget: the one named after it, else the first."""
    if not sheet.public:
        return None
    return view.region.id if view.region.id in sheet.public else sheet.public[0]


def _parts(condition: Condition | None) -> tuple[Expression, ...]:
    return () if condition is None else walk(condition.tree)


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right
