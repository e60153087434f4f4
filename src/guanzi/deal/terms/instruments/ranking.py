"""Where a debt of the issuer stands when it fails, how long it runs, and who else answers for it."""

from __future__ import annotations

from guanzi.base.core import Message
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Value
from guanzi.deal.terms.instruments.kind import Context
from guanzi.deal.terms.instruments.pricing import listed
from guanzi.deal.terms.values import fraction, read_value, span

RANKS = ("secured", "unsecured", "subordinated")


def read_years(cursor: Cursor) -> float | None:
    """From drawing to the last payment, under one of two keys."""
    stated = [key for key in ("years", "maturity") if cursor.has(key)]
    if len(stated) != 1:
        at = cursor.at(stated[1]) if stated else cursor
        at.report(Message.of("terms.sheet.one_length", number=len(stated)), Message.of("terms.mend.one_length"))
        return None
    return span(cursor.at(stated[0]))


def read_security(cursor: Cursor, rank: str) -> Value:
    """The pledged part of the assets: stated for secured debt, and for it alone."""
    security = cursor.at("security")
    if rank == "secured" and not cursor.has("security"):
        cursor.report(Message.of("terms.sheet.no_security"), Message.of("terms.mend.security"))
    elif rank != "secured" and cursor.has("security"):
        cause = Message.of("terms.sheet.security_without_rank", rank=rank)
        security.report(cause, Message.of("terms.mend.secured"), at_key=True)
    value = read_value(security, fraction)
    return 0.0 if value is None else value


def read_obligors(cursor: Cursor, context: Context, creditor: str | None) -> tuple[str, ...]:
    """Parties beside the issuer that answer for a debt; not the creditor itself."""
    valid = tuple(p for p in context.ids("public", "holder") if p != creditor)
    named = (item.reference(valid, "obligor") for item in listed(cursor))
    return tuple(dict.fromkeys(name for name in named if name is not None))


def check_expiry(cursor: Cursor, id: str) -> None:
    """What lapses does so after it can be drawn."""
    drawn, expires = cursor.at("drawn").value, cursor.at("expires").day()
    if expires and drawn is not None and hasattr(drawn, "isoformat") and expires < drawn:
        names = {"id": id, "expires": expires.isoformat(), "drawn": drawn.isoformat()}
        cause = Message.of("terms.sheet.expires_before_drawn", **names)
        cursor.at("expires").report(cause, Message.of("terms.mend.expires"))
