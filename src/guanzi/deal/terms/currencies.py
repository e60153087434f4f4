"""Currency codes (ISO 4217)."""

from __future__ import annotations

from guanzi.base.core import Message, nearest
from guanzi.deal.terms.cursor import Cursor

_USUAL = frozenset(("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "CHF", "KRW", "TWD", "SGD", "INR"))


def check_currency(cursor: Cursor) -> str:
    """The code of a currency; notes one that does not exist."""
    code = cursor.text("CNY")
    if code in _USUAL:
        return code
    from babel.numbers import list_currencies  # heavy, and needed only for rare currencies

    valid = list_currencies()
    if code not in valid:
        close = nearest(code, _USUAL) or nearest(code, valid) or "CNY"
        cause = Message.of("terms.sheet.no_such_currency", code=code)
        cursor.report(cause, Message.of("core.near", near=close))
    return code
