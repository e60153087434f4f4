"""What a measurement found: a value of three-valued logic, and the clauses it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from guanzi.base.core import Place
from guanzi.deal.compliance.logic import Interval, Known
from guanzi.deal.terms import Flow, TermSheet, Unknown, Value


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


def places(sheet: TermSheet, flows: Iterable[Flow]) -> tuple[tuple[str, Place], ...]:
    """The clauses by which something flows, each once, with where they stand."""
    known = {item.id: item.place for item in (*sheet.instruments, *sheet.promises)}
    return tuple((id, known[id]) for id in dict.fromkeys(flow.instrument for flow in flows))


def seen_whole(sheet: TermSheet) -> bool:
    """Whether the whole deal was seen: no clause is listed as unknown."""
    return not sheet.unknown


def flowing(sheet: TermSheet, flows: Iterable[Flow]) -> FoundValue:
    """Yes when something flows; no only when the whole deal was seen."""
    clauses = places(sheet, flows)
    return FoundValue(True, clauses) if clauses else present(sheet, ())


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
