"""The price of a right, and who has it."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Unknown, Value
from guanzi.deal.terms.gaps import Gap, Gaps
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
    yield from gaps.value(id, rate, Message.of("terms.gap.rate", id=id), gaps.percent, source)
    if isinstance(basis, Unknown):
        yield gaps.gap(id, Message.of("terms.gap.basis", id=id), "compound", basis.place, basis.note, source)
