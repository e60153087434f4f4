"""What is the same of all instruments: how one is read, checked, said, and found in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guanzi.deal.terms.clause import Clause
from guanzi.deal.terms.conditions import Observable
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, DealParty
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.scope import Scope

SECTIONS = ("instruments", "incentives")
"""Sections of a term sheet that hold instruments: what burdens the fund, and what burdens the budget."""


@dataclass(frozen=True, slots=True)
class Context:
    """What clauses may refer to, and the day of signing.

    Attributes:
        equities: Ids of the equity instruments.
        holders: Equity to the parties that hold it.
        recoverable: Ids of incentives of which a part can be clawed back.
    """

    parties: Mapping[str, DealParty]
    scope: Scope
    signed: date
    equities: tuple[str, ...] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recoverable: tuple[str, ...] = ()

    def ids(self, *roles: str) -> tuple[str, ...]:
        """Ids of the parties in one of the roles; of all parties without a role."""
        return tuple(p.id for p in self.parties.values() if not roles or p.role in roles)


def no_observables(item: Any) -> tuple[Observable, ...]:
    """Most instruments observe the company by their conditions only."""
    return ()


def conditions_under(field: str) -> Callable[[Any], Iterator[Condition]]:
    """Of an instrument that waits for one thing at most, which it holds in this field."""

    def conditions(item: Any) -> Iterator[Condition]:
        condition: Condition | None = getattr(item, field)
        if condition is not None:
            yield condition

    return conditions


def no_conditions(item: Any) -> Iterator[Condition]:
    """Of an instrument that waits for nothing."""
    return iter(())


@dataclass(frozen=True, slots=True)
class InstrumentKind[T]:
    """One kind of instrument. Parser, schema, words, gaps, workbook and lowering all walk the kinds.

    Attributes:
        data: Its dataclass.
        types: Words of ``type`` by which a sheet names it.
        section: One of :data:`SECTIONS`.
        field: Field of the term sheet that holds those of this kind.
        read: Reads one; None after it has reported what is wrong.
        form: Its fields, as JSON Schema; the reader takes these and no others.
        explain: Its clauses in words.
        gaps: What was not seen of it.
        conditions: Its conditions, in the order of the text.
        first_day: Key of the day from which it counts; it must lie within the horizon.
        moves_money: One of them makes a deal that can be simulated.
        clocked: ``months_since`` can ask for it: it is drawn, opened or exercised at some step.
        observes: Observables that it reads beside those of its conditions.
        recoverable: A clawback can name it; its lowering keeps what was given in ``<id>.given``.
    """

    data: type[T]
    types: tuple[str, ...]
    section: str
    field: str
    read: Callable[[str, Cursor, Context], T | None]
    form: dict[str, Any]
    explain: Callable[[Phrases, T], Iterator[Clause]]
    gaps: Callable[[Gaps, T], Iterator[Gap]]
    conditions: Callable[[T], Iterator[Condition]]
    first_day: str = ""
    moves_money: bool = True
    clocked: bool = False
    observes: Callable[[T], tuple[Observable, ...]] = no_observables
    recoverable: bool = False
