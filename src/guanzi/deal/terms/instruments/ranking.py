"""Where a debt of the issuer stands when it fails, how long it runs, and who else answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guanzi.base.core import DAYS_OF_YEAR, Message
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.flow import Flow, least_and_most, product
from guanzi.deal.terms.instruments.kind import Context
from guanzi.deal.terms.instruments.pricing import listed
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, PERCENT, TEXT, form_of
from guanzi.deal.terms.schema import span as span_form
from guanzi.deal.terms.values import amount, fraction, rate, read_condition, read_value, span

RANKS = ("secured", "unsecured", "subordinated")
LENGTHS = {"years": span_form(), "maturity": span_form()}
"""How long a debt runs; one of the two is stated."""


def debt_form(kind: str, debtor: str, properties: dict[str, Any]) -> dict[str, Any]:
    """The form of a debt; ``debtor``: the key of who owes it."""
    drawn = {"lender": TEXT, debtor: TEXT, "amount": AMOUNT, "drawn": DATE, "if": CONDITION, "expires": DATE}
    form = form_of(kind, {**drawn, "rate": PERCENT, **properties}, ("lender", debtor, "amount", "drawn", "rate"))
    return {**form, "oneOf": [{"required": [length]} for length in LENGTHS]}


@dataclass(frozen=True, slots=True)
class Debt:
    """What loans and notes have in common, as their clause states it."""

    lender: str
    debtor: str
    amount: Value
    drawn: date
    rate: Value
    years: float
    rank: str
    security: Value
    obligors: tuple[str, ...]
    condition: Condition | None
    expires: date | None
    already: date | None


def read_debt(id: str, cursor: Cursor, context: Context, debtor: str) -> Debt | None:
    """A debt of the issuer; ``debtor``: the key of who owes it. None after problems were reported."""
    lender = cursor.at("lender").reference(context.ids("public"), "public_party")
    issuer = cursor.at(debtor).reference(context.ids("issuer"), "issuer")
    value, interest = read_value(cursor.at("amount"), amount), read_value(cursor.at("rate"), rate)
    check_expiry(cursor, id)
    rank = cursor.at("rank").choice(RANKS, "unsecured")
    security, (drawn, years) = read_security(cursor, rank), read_term(cursor, id, context.signed)
    obligors = read_obligors(cursor.at("obligors"), context, lender)
    condition, expires = read_condition(cursor.at("if"), context.scope), cursor.at("expires").day()
    if lender is None or issuer is None or value is None or interest is None or drawn is None or years is None:
        return None
    stated = cursor.at("drawn").day()
    already = stated if stated is not None and stated < context.signed else None
    return Debt(lender, issuer, value, drawn, interest, years, rank, security, obligors, condition, expires, already)


def read_term(cursor: Cursor, id: str, signed: date) -> tuple[date | None, float | None]:
    """The day of drawing and the years from it to the last payment.

    What was drawn before the signing counts as drawn on that day, for the years that are left: a warning says so.
    """
    at, years = cursor.at("drawn"), read_years(cursor)
    drawn = at.day()
    if drawn is None or years is None or drawn >= signed:
        return drawn, years
    left = years - (signed - drawn).days / DAYS_OF_YEAR
    names = {"id": id, "day": drawn.isoformat(), "signed": signed.isoformat()}
    if left <= 0:
        at.report(Message.of("terms.sheet.over_before_signing", **names), Message.of("terms.mend.after_signing"))
        return None, None
    at.report(Message.of("terms.sheet.drawn_before_signing", years=left, **names), severity="warning")
    return signed, left


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


def answered(debt: Flow, obligors: tuple[str, ...], rate: Value, sheet: Head) -> Iterator[Flow]:
    """What each who answers for a debt beside the company may have to make good: the debt with all its interest."""
    least, most = least_and_most(rate)
    grown = Unknown(debt.place)
    if least is not None and most is not None:
        grown = Unknown(debt.place, (1.0 + least) ** sheet.horizon, (1.0 + most) ** sheet.horizon)
    for payer in obligors:
        yield replace(
            debt, id=f"{debt.instrument}.{payer}", payer=payer, payee=debt.payer, amount=product(debt.amount, grown),
            nature="contingent", failed=True, condition=None, expires=None, shares=False,
        )  # fmt: skip


def years_in_all(debt: Any) -> float:
    """Years from the drawing to the last payment, those before the signing with them."""
    before = 0.0 if debt.already is None else (debt.drawn - debt.already).days / DAYS_OF_YEAR
    return float(debt.years + before)


def released(say: Phrases, debt: Any) -> Message:
    """What must hold before a debt is drawn; of one that is drawn, that nothing can be asked for it any more."""
    if debt.already is not None:
        return Message.of("terms.explain.out_already")
    return say.only_once(debt.condition, debt.id)


def drawn_in_words(drawn: date, already: date | None) -> Message:
    """From which day on a debt can be drawn, or when it was."""
    kind, day = ("from", drawn) if already is None else ("before", already)
    return Message.of(f"terms.explain.drawn_{kind}", day=day.isoformat())


def check_expiry(cursor: Cursor, id: str) -> None:
    """What lapses does so after it can be drawn."""
    drawn, expires = cursor.at("drawn").value, cursor.at("expires").day()
    if expires and drawn is not None and hasattr(drawn, "isoformat") and expires < drawn:
        names = {"id": id, "expires": expires.isoformat(), "drawn": drawn.isoformat()}
        cause = Message.of("terms.sheet.expires_before_drawn", **names)
        cursor.at("expires").report(cause, Message.of("terms.mend.expires"))
