"""The price of a right, and who has it."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message, Place
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Unknown, Value
from guanzi.deal.terms.flow import added, least_and_most, product
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.equity import Equity
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.schema import PRICE
from guanzi.deal.terms.values import is_unknown, rate, read_unknown, read_value


def listed(cursor: Cursor) -> list[Cursor]:
    """The items of a list; a single word is a list of one."""
    return [cursor] if isinstance(cursor.value, str) else cursor.items()


def read_price(cursor: Cursor) -> tuple[Value | None, str | Unknown]:
    """Yearly return on what was paid, and how it compounds; what is not said is unknown."""
    if is_unknown(cursor):
        return read_unknown(cursor, rate), Unknown(cursor.place)
    if cursor.value is None:
        return None, Unknown(cursor.place)
    cursor.fits(PRICE)
    basis = cursor.at("basis")
    if basis.value is None or is_unknown(basis):
        return read_value(cursor.at("rate"), rate), read_unknown(basis, rate)
    return read_value(cursor.at("rate"), rate), basis.choice(("compound", "simple"), "compound")


def price_gaps(gaps: Gaps, id: str, rate: Value, basis: str | Unknown, source: str) -> Iterator[Gap]:
    """What was not seen of a price."""
    yield from gaps.value(id, rate, Message.of("terms.gap.rate", id=gaps.sheet.called(id)), gaps.percent, source)
    if isinstance(basis, Unknown):
        yield gaps.gap(
            id, Message.of("terms.gap.basis", id=gaps.sheet.called(id)), "compound", basis.place, basis.note, source
        )


def most_of_price(sheet: Head, equity: str, holders: tuple[str, ...] | None, rate: Value, place: Place) -> Value:
    """The most that the price of a right can come to within the horizon: what was paid, with its return compounded.

    Args:
        sheet: The sheet.
        equity: Id of the stake.
        holders: Whose stake is meant; None: everybody's.
        rate: Return a year; one without a bracket leaves the price unknown.
        place: Where the right stands.
    """
    stakes = (stake for stake in sheet.of(Equity) if stake.id == equity)
    paid = added(
        (
            amount
            for stake in stakes
            for tranche in stake.tranches
            for payer, amount in tranche.amounts.items()
            if holders is None or payer in holders
        ),
        place,
    )
    grown = (None if end is None else (1.0 + end) ** sheet.horizon for end in least_and_most(rate))
    low, high = grown
    if low is None or high is None:
        return Unknown(place)
    return product(paid, low if low == high else Unknown(place, low, high))
