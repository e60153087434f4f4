"""What a clause has one party pay, give or answer for: the one form in which all sums of money read instruments.

Each kind of instrument answers its flows; every figure that adds money up is a fold over them (:mod:`.sums` and who
builds on it), so that a kind that answers none is counted nowhere and one that answers is counted everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.core import Place
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.values import scale_value

type Nature = Literal[
    "invested", "lent", "given", "forgone", "discounted", "bought", "built", "works", "in_kind", "contingent"
]
NATURES: tuple[Nature, ...] = (
    *("invested", "lent", "given", "forgone", "discounted", "bought", "built", "works", "in_kind", "contingent"),
)
"""How a sum goes over.

- ``invested``: paid for shares, or for a part of revenue;
- ``lent``: paid out, and owed back;
- ``given``: paid out for nothing in return;
- ``forgone``: a tax that is not taken;
- ``discounted``: what something, such as land, is sold below its price;
- ``bought``: paid for goods;
- ``built``: spent on what the payer owns and the company uses;
- ``works``: spent on keeping a promise, and paid to others than the company;
- ``in_kind``: things instead of money;
- ``contingent``: paid only if somebody calls for it, or a right is used.
"""
PLANNED: tuple[Nature, ...] = tuple(nature for nature in NATURES if nature != "contingent")
SUPPORT: tuple[Nature, ...] = ("given", "forgone", "discounted")
"""Natures for which the company gives nothing in return."""
CASH: tuple[Nature, ...] = ("invested", "lent", "given", "bought", "built", "works", "contingent")
"""Natures by which money is paid."""

type Use = Literal["payment", "put", "call", "clawback", "right", "covenant", "until", "tier"]


@dataclass(frozen=True, slots=True)
class Flow:
    """What one party pays, gives or answers for under a clause, at most.

    Attributes:
        id: Of the payment: the instalment, or the instrument; of one that is paid year by year ``<instrument>.<year>``.
        instrument: Id of the instrument or promise.
        clause: Id of the clause, as in :func:`guanzi.deal.terms.explain`.
        word: By it a sheet names the instrument; ``promise`` for the cost of a promise.
        payer, payee: Parties; ``payee`` is empty where creditors or holders get it.
        amount: The most that it can be, in the unit of the sheet.
        due: First day on which it can be paid.
        nature: One of :data:`NATURES`.
        condition: What must hold; None: calendar only.
        expires: Day after which it lapses; None: never.
        dated: The sheet states the day; otherwise ``due`` is the day of signing by assumption.
        agreed: The deal sets the day that the sheet states; otherwise it is assumed, and nothing falls due on it.
        shares: What is paid for is shares, or can become shares.
        failed: It is called because the company has failed; all others are paid while it is solvent.
        recoverable: A clause says that a part of it can come back: a clawback, or a right to buy back.
        worth: Part of it that the payer has in goods at once.
        already: Day before the signing on which it was paid, as the sheet states; it counts from the signing on.
    """

    id: str
    instrument: str
    clause: str
    word: str
    payer: str
    payee: str
    amount: Value
    due: date
    nature: Nature
    place: Place
    condition: Condition | None = None
    expires: date | None = None
    dated: bool = True
    agreed: bool = True
    shares: bool = False
    failed: bool = False
    recoverable: bool = False
    worth: Value = 0.0
    source: str = ""
    already: date | None = None

    @property
    def cash(self) -> bool:
        """Whether money is paid; otherwise something is not taken, or goes over in kind."""
        return self.nature in CASH

    @property
    def low(self) -> float | None:
        """The least that it can be, once it is paid; None: not seen."""
        return least_and_most(self.amount)[0]

    @property
    def high(self) -> float | None:
        """The most that it can be; None: not seen."""
        return least_and_most(self.amount)[1]

    @property
    def asked(self) -> str:
        """The id by which conditions ask for it: that of the instalment, or of the whole instrument."""
        return self.instrument if self.id.startswith(f"{self.instrument}.") else self.id


@dataclass(frozen=True, slots=True)
class AskedCondition:
    """A condition of a clause, and what it decides.

    Attributes:
        use: It releases a ``payment``, opens a ``put``, ``call``, ``clawback`` or another ``right``, is what a
            ``covenant`` requires or lasts ``until``, or opens a ``tier``.
        id: Of the clause, as its text names it.
        clause: Id of the clause.
        first, last: Days between which it is asked; None: from signing on, or to the end.
    """

    condition: Condition
    use: Use
    id: str
    clause: str
    first: date | None = None
    last: date | None = None


def yearly(flow: Flow, years: int) -> Iterator[Flow]:
    """The same flow in so many years, each with its own id and day."""
    for year in range(years):
        id = flow.instrument if years == 1 else f"{flow.instrument}.{flow.due.year + year}"
        yield replace(flow, id=id, due=years_on(flow.due, year))


def years_on(day: date, years: int) -> date:
    """The same day some years later; of 29 February the day before."""
    leap = day.month == 2 and day.day == 29
    return date(day.year + years, day.month, 28 if leap else day.day)


def least_and_most(value: Value | None) -> tuple[float | None, float | None]:
    """The least and the most that a value can be; nothing is nothing, and None is not seen."""
    if value is None:
        return 0.0, 0.0
    if not isinstance(value, Unknown):
        return value, value
    return (value.assumed, value.assumed) if value.assumed is not None else (value.low, value.high)


def product(left: Value, right: Value) -> Value:
    """The product of two values; where one is unknown, with the bracket or the number that is assumed for it."""
    if not isinstance(left, Unknown):
        return scale_value(right, left)
    if not isinstance(right, Unknown):
        return scale_value(left, right)
    (a, b), (c, d) = least_and_most(left), least_and_most(right)
    if a is None or b is None or c is None or d is None:
        return Unknown(left.place)
    return Unknown(left.place, a * c, b * d, assumed=a * c if a == b and c == d else None)


def added(values: Iterable[Value], place: Place) -> Value:
    """The sum of values: bracketed where one of them is, unknown where nothing is known of one."""
    parts = tuple(values)
    if not any(isinstance(value, Unknown) for value in parts):
        return sum((value for value in parts if not isinstance(value, Unknown)), 0.0)
    lows, highs = zip(*map(least_and_most, parts), strict=True)
    if None in lows or None in highs:
        return Unknown(place)
    low, high = sum(lows), sum(highs)
    return Unknown(place, low, high, assumed=low if low == high else None)
