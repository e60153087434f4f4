"""The public side's money as rules look at it: what is paid outright, bounds, sums, and names."""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.base.core import Message
from guanzi.deal.terms import (
    PLANNED,
    Expression,
    Payout,
    TermSheet,
    TierInForce,
    money,
    money_unit,
    payments,
    walk,
)


def planned(sheet: TermSheet) -> tuple[Payout, ...]:
    """All planned payments of the public side, by day; what is paid over years is one payment for each year."""
    return by_day(payments(sheet, *PLANNED))


def outright(sheet: TermSheet) -> tuple[Payout, ...]:
    """Payments of money that is at risk at once, by day: what is invested or lent, not what is given year by year.

    What was paid before the signing cannot be made to wait for anything any more.
    """
    return by_day(one for one in payments(sheet, "invested", "lent") if one.already is None)


def by_day(found: Iterable[Payout]) -> tuple[Payout, ...]:
    """Payments by day, then by where they stand."""
    return tuple(sorted(found, key=lambda one: (one.due, one.place.line, one.id)))


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
    """Whether the sheet says that a field of a clause exists and was not seen.

    Rules that find fault with something that is missing stay silent then; that it was not seen is said once.
    """
    return sheet.unseen(id, field)
