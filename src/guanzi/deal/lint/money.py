"""The public side's money as rules look at it: who pays what, when, and on which condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms import (
    Condition,
    ConvertibleNote,
    Expression,
    Grant,
    Land,
    Loan,
    TermSheet,
    TierInForce,
    Tranche,
    Unknown,
    Value,
    money,
    money_unit,
    walk,
)


@dataclass(frozen=True, slots=True)
class PaymentTime:
    """One time that public money can flow to the company.

    Attributes:
        id: Of the instalment, loan, grant or land.
        kind: ``instalment``, ``loan``, ``note``, ``grant``, ``rebate`` or ``land``.
        clause: Id of the clause.
        low, high: What it can be at least and at most, in the sheet's unit; None: nothing of it was seen.
        by: Public party to the most it pays.
        key: The field in which its condition stands.
    """

    id: str
    kind: str
    clause: str
    due: date
    low: float | None
    high: float | None
    by: tuple[tuple[str, float | None], ...]
    condition: Condition | None
    expires: date | None
    place: Place
    key: str = "if"


def payments(sheet: TermSheet) -> tuple[PaymentTime, ...]:
    """All payments of the public side, by day; a grant over years is one payment for each year."""
    return tuple(sorted(_payments(sheet), key=lambda p: (p.due, p.place.line, p.id)))


def outright(sheet: TermSheet) -> tuple[PaymentTime, ...]:
    """Payments of money that is at risk at once: instalments, loans, notes; not what is given year by year."""
    return tuple(p for p in payments(sheet) if p.kind in ("instalment", "loan", "note"))


def _payments(sheet: TermSheet) -> Iterable[PaymentTime]:
    public = set(sheet.public)
    for equity in sheet.equities:
        for tranche in equity.tranches:
            paid = {payer: value for payer, value in tranche.amounts.items() if payer in public}
            if paid:
                clause = f"{equity.id}.{tranche.id}"
                yield _payment(tranche, "instalment", clause, tranche.due, paid, tranche.condition, tranche.expires)
    for note in sheet.convertible_notes:
        yield _payment(note, "note", note.id, note.drawn, {note.lender: note.amount}, note.condition, note.expires)
    for loan in sheet.loans:
        yield _payment(loan, "loan", loan.id, loan.drawn, {loan.lender: loan.amount}, loan.condition, loan.expires)
    for grant in sheet.grants:
        for year in range(grant.years):
            day = _later(grant.start, year)
            paid = {grant.payer: grant.amount}
            yield _payment(grant, grant.kind, f"incentive.{grant.id}", day, paid, grant.condition, None)
    for land in sheet.lands:
        given = product(land.value, land.discount)
        yield _payment(land, "land", f"incentive.{land.id}", land.due, {land.payer: given}, None, None)


def _payment(
    item: Tranche | ConvertibleNote | Loan | Grant | Land,
    kind: str,
    clause: str,
    due: date,
    paid: dict[str, Value],
    condition: Condition | None,
    expires: date | None,
) -> PaymentTime:
    lows, highs = zip(*(ends(value) for value in paid.values()), strict=True)
    by = tuple((payer, ends(value)[1]) for payer, value in paid.items())
    return PaymentTime(item.id, kind, clause, due, total(lows), total(highs), by, condition, expires, item.place)


def _later(day: date, years: int) -> date:
    """The same day in a later year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def ends(value: Value | None) -> tuple[float | None, float | None]:
    """The least and the most that a value can be; nothing is nothing."""
    if value is None:
        return 0.0, 0.0
    if not isinstance(value, Unknown):
        return value, value
    return (value.assumed, value.assumed) if value.assumed is not None else (value.low, value.high)


def product(left: Value, right: Value) -> Value:
    """The product of two values; unknown, with its bracket, when one of them is."""
    if not isinstance(left, Unknown) and not isinstance(right, Unknown):
        return left * right
    (a, b), (c, d) = ends(left), ends(right)
    place = left.place if isinstance(left, Unknown) else right.place if isinstance(right, Unknown) else Place("")
    low = None if a is None or c is None else a * c
    return Unknown(place, low, None if b is None or d is None else b * d)


def total(parts: Iterable[float | None]) -> float | None:
    """The sum; None when a part of it is not known."""
    known = list(parts)
    return None if None in known else sum(part for part in known if part is not None)


def amount(sheet: TermSheet, value: float | None) -> Message | None:
    """An amount of the sheet in words; None (said as unknown) for one that was not seen."""
    return None if value is None else money(value, money_unit(sheet.currency, sheet.unit))


def new_tiers(sheet: TermSheet) -> frozenset[str]:
    """Ids of the tiers that are not in force at signing."""
    return frozenset(tier.id for tier in sheet.tiers if not tier.baseline)


def tiers_named(tree: Expression | None) -> tuple[str, ...]:
    """Ids of the tiers that a condition names."""
    return () if tree is None else tuple(x.tier for x in walk(tree) if isinstance(x, TierInForce))


def is_issuer(sheet: TermSheet, id: str) -> bool:
    """Whether a party is the company."""
    return any(party.id == id and party.role == "issuer" for party in sheet.parties)


def name(sheet: TermSheet, id: str) -> str:
    """What a party is called."""
    return next((party.name or party.id for party in sheet.parties if party.id == id), id)


def company(sheet: TermSheet) -> str:
    """What the company is called."""
    return next((party.name or party.id for party in sheet.parties if party.role == "issuer"), "")


def unseen(sheet: TermSheet, id: str, field: str) -> bool:
    """Whether the sheet says that a field of a clause exists and was not seen: ``unknown_clauses: {<id>_<field>: …}``.

    Rules that find fault with something that is missing stay silent then; that it was not seen is said once.
    """
    name = f"{id}_{field}".replace("-", "_")
    return any(clause.id.replace("-", "_") == name for clause in sheet.unknown)
