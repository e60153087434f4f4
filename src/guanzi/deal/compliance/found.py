"""What a measurement found: a value of three-valued logic, and the clauses it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from guanzi.base.core import Place
from guanzi.deal.compliance.logic import Interval, Known
from guanzi.deal.terms import TermSheet, Unknown, Value


class NamedClause(Protocol):
    """A clause: it has an id and a place."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def place(self) -> Place:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A measured value, None when the sheet does not show it, with the clauses (id, place) it was read from."""

    value: Known
    clauses: tuple[tuple[str, Place], ...] = ()


def clauses_of(items: Sequence[NamedClause]) -> tuple[tuple[str, Place], ...]:
    """Ids and places of some clauses."""
    return tuple((item.id, item.place) for item in items)


MEASURED = frozenset(
    (
        *("equity", "loan", "convertible_note", "put", "call", "warrant", "ratchet", "revenue_share", "earn_out"),
        *("grant", "rebate", "land", "guarantee", "park", "purchase", "clawback"),
    )
)
"""Kinds of instruments, by the words with which a sheet names them, that the quantities look at."""


def of_kind(sheet: TermSheet, word: str) -> list[Any]:
    """The instruments of a sheet that are of one kind."""
    return [item for kind, item in sheet.items() if word in kind.types]


def given_by(sheet: TermSheet, word: str) -> list[Any]:
    """The instruments of one kind by which a public party gives, lends, buys or invests."""
    return [item for item in of_kind(sheet, word) if giver(item) in sheet.public]


def giver(item: Any) -> str:
    """The party from which money or support comes; empty for a right."""
    found = (getattr(item, role, "") for role in ("payer", "lender", "guarantor", "investor"))
    return next((name for name in found if name), "")


def seen_whole(sheet: TermSheet) -> bool:
    """Whether the whole deal was seen: no clause is listed as unknown, and none is of a kind that nothing measures."""
    return not sheet.unknown and all(MEASURED & set(kind.types) for kind, _ in sheet.items())


def present(sheet: TermSheet, items: Sequence[NamedClause]) -> FoundValue:
    """Yes when there are such clauses; no only when the whole deal was seen."""
    if items:
        return FoundValue(True, clauses_of(items))
    return FoundValue(False if seen_whole(sheet) else None)


def lacking(sheet: TermSheet, items: Sequence[NamedClause]) -> FoundValue:
    """Yes when clauses lack something and the whole deal was seen: an unseen clause may hold what they lack."""
    if not seen_whole(sheet):
        return FoundValue(None)
    return FoundValue(bool(items), clauses_of(items))


def either(parts: Sequence[FoundValue]) -> FoundValue:
    """Whether any part holds."""
    yes = [part for part in parts if part.value is True]
    if yes:
        return FoundValue(True, tuple(clause for part in yes for clause in part.clauses))
    return FoundValue(None if any(part.value is None for part in parts) else False)


def bounds(value: Value) -> Interval | None:
    """A value of the sheet as an interval; what stands in for an unseen part of a known total counts; None: unseen."""
    if not isinstance(value, Unknown):
        return (value, value)
    if value.assumed is not None:
        return (value.assumed, value.assumed)
    return None if value.low is None or value.high is None else (value.low, value.high)
