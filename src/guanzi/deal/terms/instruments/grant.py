"""Grants and rebates, with their clawback."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import AskedCondition, Flow, yearly, years_on
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.schema import ASSUMED, CONDITION, PAID, PERCENT, WORDS, mapping
from guanzi.deal.terms.values import (
    UNKNOWN,
    amount,
    day_or_signing,
    fraction,
    is_unknown,
    read_condition,
    read_or_unseen,
    read_trigger,
    read_value,
)
from guanzi.deal.terms.values import span as span_of

PER_YEAR = " per year"
NOT_BACK: Mapping[bool | None, Message | str] = {
    True: "",
    False: Message.of("terms.explain.no_clawback"),
    None: Message.of("terms.explain.clawback_unseen"),
}
"""What is said of a grant by whether it can be claimed back; where it can, a clause of its own says how."""

_CLAWBACK = mapping(
    {
        "name": WORDS,
        "when": CONDITION,
        "recover": PERCENT,
        "enforced": {**PERCENT, "description": "Chance that it is enforced; without it, not seen."},
    },
    ("when", "recover"),
)
FORM = mapping(
    {
        "type": {"enum": ["grant", "rebate"]},
        "name": WORDS,
        "assumed": ASSUMED,
        **PAID,
        "if": CONDITION,
        "clawback": _CLAWBACK,
        "share_of_tax": {**PERCENT, "description": "Of a rebate: the part of the tax that is let off."},
    },
    ("type", "from", "amount"),
)


@dataclass(frozen=True, slots=True)
class Clawback:
    """What the company must give back of a grant.

    Attributes:
        when: The trigger; tested from the first payment on.
        recover: Part of what was paid that must be given back (severity).
        enforced: Probability that it is enforced; drawn once per path.
    """

    when: Condition
    recover: Value
    enforced: Value
    place: Place


@dataclass(frozen=True, slots=True)
class Grant:
    """Money given to the company: a grant, a subsidy, or a tax rebate of a stated amount.

    Attributes:
        payer: The public party.
        kind: ``grant`` or ``rebate`` (revenue forgone).
        amount: Once, or per year.
        start: Day of the first payment.
        years: Number of yearly payments; 1: once.
        condition: What must hold at each payment.
        undated: No first day is stated; ``start`` is the day of signing by assumption.
        share_of_tax: Part of the tax that a rebate lets off; None: not stated.
    """

    id: str
    payer: str
    amount: Value
    start: date
    years: int
    place: Place
    kind: str = "grant"
    condition: Condition | None = None
    clawback: Clawback | None = None
    source: str = ""
    undated: bool = False
    share_of_tax: float | None = None


def read_grant(id: str, cursor: Cursor, context: Context) -> Grant | None:
    """Money given once or yearly, or a rebate of a stated amount."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    value = read_value(cursor.at("amount"), read_payment)
    years = read_payments(cursor)
    start, undated = day_or_signing(cursor.at("start"), id, context.signed)
    condition = read_condition(cursor.at("if"), context.scope)
    clawback = _clawback(cursor.at("clawback"), context) if cursor.has("clawback") else None
    if not fits or payer is None or value is None or years is None:
        return None
    kind, source = str(cursor.at("type").value), cursor.at("source").text()
    part = cursor.at("share_of_tax")
    share = fraction(part) if part.value is not None and not is_unknown(part) else None
    return Grant(id, payer, value, start, years, cursor.place, kind, condition, clawback, source, undated, share)


def read_payment(cursor: Cursor) -> float | None:
    """``60``, or ``60 per year``."""
    value = cursor.value
    if isinstance(value, str):
        value = value.strip().removesuffix(PER_YEAR)
    return amount(Cursor(cursor.document, cursor.path, value, cursor.problems))


def _is_yearly(cursor: Cursor) -> bool | None:
    """Whether the amount is said to be per year; None when nothing of it was seen."""
    if not is_unknown(cursor):
        return str(cursor.value).strip().endswith(PER_YEAR)
    bracket = cursor.at(UNKNOWN)
    if not bracket.has("low"):
        return None
    return all(str(bracket.at(end).value).strip().endswith(PER_YEAR) for end in ("low", "high"))


def read_payments(cursor: Cursor) -> int | None:
    """Number of yearly payments."""
    entry = cursor.at("years")
    years, yearly = span_of(entry), _is_yearly(cursor.at("amount"))
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
    cursor.fits(_CLAWBACK)
    when = read_trigger(cursor.at("when"), context.scope)
    recover = read_value(cursor.at("recover"), fraction)
    enforced = read_or_unseen(cursor.at("enforced"), fraction, cursor.place)
    if when is None or recover is None:
        return None
    return Clawback(when, recover, enforced, cursor.place)


def _explain(say: Phrases, grant: Grant) -> Iterator[Clause]:
    yield _given(say, grant)
    if grant.clawback is not None:
        yield _taken_back(say, grant, grant.clawback)


def _given(say: Phrases, grant: Grant) -> Clause:
    """A grant or a rebate."""
    condition, unseen = say.free(grant.id), say.sheet.unseen(grant.id, "start")
    back = say.sheet.claimed_back(grant.id)
    if grant.condition is not None:
        form = "let_off_if" if grant.kind == "rebate" else "if_then"
        each = "" if grant.years == 1 else "_each"
        condition = Message.of(f"terms.explain.{form}{each}", condition=say.when(grant.condition))
    once = f"terms.explain.{grant.kind}_unseen" if unseen else f"terms.explain.{grant.kind}_once"
    message = Message.of(
        f"terms.explain.{grant.kind}_yearly" if grant.years > 1 else once,
        payer=say.name(grant.payer),
        issuer=say.issuer,
        amount=say.amount(grant.amount),
        years=say.years(grant.years),
        start=say.day(grant.start, undated=grant.undated),
        condition=condition,
        seen=Message.of("terms.explain.by_clauses_seen") if back is None else "",
        back=NOT_BACK[back],
        kept=_kept(grant) if grant.kind == "rebate" else "",
    )
    state = dated(state_of(grant.amount), undated=grant.undated)
    return Clause(f"incentive.{grant.id}", "incentives", message, state, grant.place, grant.source)


def _kept(grant: Grant) -> Message:
    """The part of the tax that is still paid."""
    if grant.share_of_tax is None:
        return Message.of("terms.explain.tax_kept_unseen")
    return Message.of("terms.explain.tax_kept", share=grant.share_of_tax, rest=1 - grant.share_of_tax)


def _taken_back(say: Phrases, grant: Grant, clawback: Clawback) -> Clause:
    """What must be given back, and how likely it is that it is."""
    message = Message.of(
        "terms.explain.clawback",
        id=say.sheet.called(grant.id),
        issuer=say.issuer,
        payer=say.name(grant.payer),
        condition=say.when(clawback.when),
        recover=say.part(clawback.recover),
        enforced=say.chance(clawback.enforced),
    )
    state = state_of(clawback.recover, clawback.enforced)
    id = f"incentive.{grant.id}.clawback"
    return Clause(id, "incentives", message, state, clawback.place, grant.source)


def _gaps(gaps: Gaps, grant: Grant) -> Iterator[Gap]:
    id, of = f"incentive.{grant.id}", grant.id
    yield from gaps.item(id, of, grant.amount, "amount", gaps.money, grant.source)
    yield from gaps.day(id, grant)
    if grant.clawback is not None:
        back = grant.clawback
        yield from gaps.item(f"{id}.clawback", of, back.recover, "recover", gaps.percent, grant.source)
        yield from gaps.item(f"{id}.clawback", of, back.enforced, "enforced", gaps.percent, grant.source)


def _asked(grant: Grant) -> Iterator[AskedCondition]:
    if grant.condition is not None:
        yield asked_yearly(grant, grant.condition)
    if grant.clawback is not None:
        yield AskedCondition(grant.clawback.when, "clawback", grant.id, f"incentive.{grant.id}.clawback", grant.start)


def asked_yearly(item: Any, condition: Condition) -> AskedCondition:
    """The condition of what is paid once or yearly: it is asked on the day of each payment."""
    last = years_on(item.start, item.years - 1)
    return AskedCondition(condition, "payment", item.id, f"incentive.{item.id}", item.start, last)


def _flows(grant: Grant, sheet: Head) -> Iterator[Flow]:
    first = Flow(
        grant.id, grant.id, f"incentive.{grant.id}", grant.kind, grant.payer, sheet.issuer, grant.amount, grant.start,
        "forgone" if grant.kind == "rebate" else "given", grant.place, grant.condition, dated=not grant.undated,
        recoverable=grant.clawback is not None, source=grant.source,
    )  # fmt: skip
    yield from yearly(first, grant.years)


KIND = InstrumentKind(
    Grant,
    ("grant", "rebate"),
    "incentives",
    read_grant,
    FORM,
    _explain,
    _gaps,
    _asked,
    _flows,
    first_day="start",
    recoverable=True,
)
