"""Reading of what the public side gives: grants and rebates with clawback, land below its price, guarantees."""

from __future__ import annotations

from guanzi.core import Message
from guanzi.terms.cursor import Cursor
from guanzi.terms.instruments import Context
from guanzi.terms.sheet import Clawback, Grant, Guarantee, Land, Unknown, Value
from guanzi.terms.values import (
    UNKNOWN,
    amount,
    day_from_signing,
    day_or_signing,
    fraction,
    is_unknown,
    read_condition,
    read_trigger,
    read_value,
    span,
)

_YEARLY = " per year"
_NOTES = ("source", "name", "note")


# -- grants and rebates ----------------------------------------------------------------------------------------


def read_grant(id: str, cursor: Cursor, context: Context) -> Grant | None:
    """Money given once or yearly, or a rebate of a stated amount."""
    fits = cursor.check(("type", "from", "amount"), ("start", "years", "if", "clawback", *_NOTES))
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    value = read_value(cursor.at("amount"), _payment)
    years = _payments(cursor)
    start, undated = day_or_signing(cursor.at("start"), id, context.signed)
    condition = read_condition(cursor.at("if"), context.scope)
    clawback = _clawback(cursor.at("clawback"), context) if cursor.has("clawback") else None
    if not fits or payer is None or value is None or years is None:
        return None
    kind, source = str(cursor.at("type").value), cursor.at("source").text()
    return Grant(id, payer, value, start, years, cursor.place, kind, condition, clawback, source, undated)


def _payment(cursor: Cursor) -> float | None:
    """``60``, or ``60 per year``."""
    value = cursor.value
    if isinstance(value, str):
        value = value.strip().removesuffix(_YEARLY)
    return amount(Cursor(cursor.document, cursor.path, value, cursor.problems))


def _is_yearly(cursor: Cursor) -> bool | None:
    """Whether the amount is said to be per year; None when nothing of it was seen."""
    if not is_unknown(cursor):
        return str(cursor.value).strip().endswith(_YEARLY)
    bracket = cursor.at(UNKNOWN)
    if not bracket.has("low"):
        return None
    return all(str(bracket.at(end).value).strip().endswith(_YEARLY) for end in ("low", "high"))


def _payments(cursor: Cursor) -> int | None:
    """Number of yearly payments."""
    entry = cursor.at("years")
    years, yearly = span(entry), _is_yearly(cursor.at("amount"))
    if entry.value is None:
        if yearly:
            cursor.report(Message.of("terms.sheet.per_year_without_years"), Message.of("terms.mend.add_years"))
        return None if yearly else 1
    if years is None:
        return None
    if not years.is_integer():
        cause = Message.of("terms.sheet.part_of_year", text=str(entry.value))
        entry.report(cause, Message.of("terms.mend.whole_years_of_payment"))
        return None
    if yearly is False and years > 1:
        cause = Message.of("terms.sheet.once_or_per_year", years=years)
        cursor.at("amount").report(cause, Message.of("terms.mend.per_year"))
    return int(years)


def _clawback(cursor: Cursor, context: Context) -> Clawback | None:
    """What must be given back, when, and with what chance; a chance that is not stated was not seen."""
    if is_unknown(cursor):
        read_trigger(cursor, context.scope)
        return None
    cursor.check(("when", "recover"), ("enforced", *_NOTES))
    when = read_trigger(cursor.at("when"), context.scope)
    recover = read_value(cursor.at("recover"), fraction)
    enforced = read_value(cursor.at("enforced"), fraction)
    if when is None or recover is None:
        return None
    return Clawback(when, recover, Unknown(cursor.place) if enforced is None else enforced, cursor.place)


# -- land ------------------------------------------------------------------------------------------------------


def read_land(id: str, cursor: Cursor, context: Context) -> Land | None:
    """Land below its price; a market value that is not stated was not seen."""
    fits = cursor.check(("type", "from", "discount"), ("hectares", "value", "due", "buy_back", *_NOTES))
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    worth = read_value(cursor.at("value"), amount)
    discount = read_value(cursor.at("discount"), fraction)
    due, undated = day_or_signing(cursor.at("due"), id, context.signed)
    hectares, back = amount(cursor.at("hectares")), _buy_back(cursor.at("buy_back"))
    if not fits or payer is None or discount is None:
        return None
    value = Unknown(cursor.place) if worth is None else worth
    source = cursor.at("source").text()
    return Land(id, payer, value, discount, due, cursor.place, hectares, back, source, undated)


def _buy_back(cursor: Cursor) -> Value:
    """``true`` (all of the discount comes back), a part of it, or ``false``."""
    if isinstance(cursor.value, bool):
        return 1.0 if cursor.value else 0.0
    value = read_value(cursor, fraction)
    return 0.0 if value is None else value


# -- guarantees ------------------------------------------------------------------------------------------------


def read_guarantee(id: str, cursor: Cursor, context: Context) -> Guarantee | None:
    """What the public side answers for when the company fails."""
    fits = cursor.check(("type", "from", "share", "limit"), ("until", *_NOTES))
    guarantor = cursor.at("from").reference(context.ids("public"), "public_party")
    share, limit = read_value(cursor.at("share"), fraction), read_value(cursor.at("limit"), amount)
    until = day_from_signing(cursor.at("until"), id, context.signed)
    if not fits or guarantor is None or share is None or limit is None:
        return None
    return Guarantee(id, guarantor, share, limit, cursor.place, until, cursor.at("source").text())
