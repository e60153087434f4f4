"""Reading of loans."""

from __future__ import annotations

from guanzi.core import Message
from guanzi.terms.cursor import Cursor
from guanzi.terms.instruments import Context
from guanzi.terms.sheet import Loan, Value
from guanzi.terms.values import amount, day_from_signing, fraction, rate, read_condition, read_value, span

REPAYMENTS = ("bullet", "amortising")
RANKS = ("secured", "unsecured", "subordinated")

_REQUIRED = ("type", "lender", "borrower", "amount", "drawn", "rate")
_OPTIONAL = ("repayment", "years", "maturity", "rank", "security", "if", "expires", "source", "name", "note")


def read_loan(id: str, cursor: Cursor, context: Context) -> Loan | None:
    """Money that a public party lends to the issuer."""
    fits = cursor.check(_REQUIRED, _OPTIONAL)
    lender = cursor.at("lender").reference(context.ids("public"), "public_party")
    borrower = cursor.at("borrower").reference(context.ids("issuer"), "issuer")
    value, interest = read_value(cursor.at("amount"), amount), read_value(cursor.at("rate"), rate)
    drawn = day_from_signing(cursor.at("drawn"), id, context.signed)
    expires = cursor.at("expires").day()
    if drawn and expires and expires < drawn:
        names = {"id": id, "expires": expires.isoformat(), "drawn": drawn.isoformat()}
        cursor.at("expires").report(
            Message.of("terms.sheet.expires_before_drawn", **names), Message.of("terms.mend.expires")
        )
    condition = read_condition(cursor.at("if"), context.scope)
    repayment = cursor.at("repayment").choice(REPAYMENTS, "bullet")
    rank = cursor.at("rank").choice(RANKS, "unsecured")
    security, years = _security(cursor, rank), _years(cursor)
    if not fits or lender is None or borrower is None or value is None or interest is None:
        return None
    if drawn is None or years is None:
        return None
    source = cursor.at("source").text()
    return Loan(
        id,
        lender,
        borrower,
        value,
        drawn,
        interest,
        years,
        cursor.place,
        repayment,
        rank,
        security,
        condition,
        expires,
        source,
    )


def _years(cursor: Cursor) -> float | None:
    """From drawing to the last payment, under one of two keys."""
    stated = [key for key in ("years", "maturity") if cursor.has(key)]
    if len(stated) != 1:
        at = cursor.at(stated[1]) if stated else cursor
        at.report(Message.of("terms.sheet.one_length", number=len(stated)), Message.of("terms.mend.one_length"))
        return None
    return span(cursor.at(stated[0]))


def _security(cursor: Cursor, rank: str) -> Value:
    """The pledged part of the assets: stated for secured loans, and for them alone."""
    security = cursor.at("security")
    if rank == "secured" and not cursor.has("security"):
        cursor.report(Message.of("terms.sheet.no_security"), Message.of("terms.mend.security"))
    elif rank != "secured" and cursor.has("security"):
        cause = Message.of("terms.sheet.security_without_rank", rank=rank)
        security.report(cause, Message.of("terms.mend.secured"), at_key=True)
    value = read_value(security, fraction)
    return 0.0 if value is None else value
