"""Instalments of a stake: who pays how much, from which day, and under which condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.instruments.kind import Context
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, ID, WORDS, mapping, shares
from guanzi.deal.terms.values import check_period, read_condition

FORM = mapping(
    {
        "id": {"type": "string", "pattern": ID},
        "name": WORDS,
        "amount": {"anyOf": [*AMOUNT["anyOf"], shares(AMOUNT)]},
        "due": DATE,
        "if": CONDITION,
        "expires": DATE,
    },
    ("id", "amount", "due"),
)


@dataclass(frozen=True, slots=True)
class Tranche:
    """One instalment.

    Attributes:
        amounts: Payer to amount, in the sheet's unit of currency.
        due: First day on which it can be paid.
        condition: What must hold; None: calendar only.
        expires: Day after which it lapses; None: never.
        already: Day before the signing on which it was paid; it counts from the signing on, and waits for nothing.
    """

    id: str
    amounts: Mapping[str, Value]
    due: date
    place: Place
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""
    already: date | None = None


def read_tranche(cursor: Cursor, amounts: Callable[[Cursor], dict[str, Value]], context: Context) -> Tranche | None:
    """One instalment; ``amounts`` reads who pays how much.

    What was paid before the signing counts as paid on that day, and nothing can be asked for it: a warning says so.
    """
    cursor.fits(FORM)
    if not isinstance(cursor.value, dict):
        return None
    id, source = cursor.at("id").text(), cursor.at("source").text()
    due, expires = cursor.at("due").day(), cursor.at("expires").day()
    parts = amounts(cursor.at("amount"))
    condition = read_condition(cursor.at("if"), context.scope)
    check_period(cursor, id, due, expires)
    if not id or due is None:
        return None
    if due >= context.signed:
        return Tranche(id, parts, due, cursor.place, condition, expires, source)
    names = {"id": id, "day": due.isoformat(), "signed": context.signed.isoformat()}
    cursor.at("due").report(Message.of("terms.sheet.paid_before_signing", **names), severity="warning")
    return Tranche(id, parts, context.signed, cursor.place, source=source, already=due)


def explain_tranche(say: Phrases, equity: str, tranche: Tranche) -> Clause:
    """An instalment in words: who pays, when, and what it waits for."""
    payers = tuple(
        Message.of("terms.explain.pays", party=say.name(id), amount=say.amount(value))
        for id, value in tranche.amounts.items()
    )
    total: str | Message = ""
    parts = [v.assumed if isinstance(v, Unknown) else v for v in tranche.amounts.values()]
    if len(parts) > 1 and None not in parts:
        total = Message.of("terms.explain.in_all", amount=say.money(sum(p for p in parts if p is not None)))
    named = {"id": say.sheet.called(tranche.id), "payers": payers, "total": total}
    if tranche.already is not None:
        message = Message.of("terms.explain.instalment_before", day=tranche.already.isoformat(), **named)
    else:
        message = Message.of(
            "terms.explain.instalment",
            due=tranche.due.isoformat(),
            condition=say.only_once(tranche.condition, equity),
            expiry=say.expiry(tranche.expires),
            **named,
        )
    id = f"{equity}.{tranche.id}"
    return Clause(id, "stake", message, state_of(*tranche.amounts.values()), tranche.place, tranche.source)
