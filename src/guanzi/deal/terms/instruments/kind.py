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
from guanzi.deal.terms.flow import AskedCondition, Flow, Use
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.parts import Head
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
        lenders: Loan or note to the public party that lends it.
        recoverable: Ids of incentives of which a part can be clawed back.
    """

    parties: Mapping[str, DealParty]
    scope: Scope
    signed: date
    equities: tuple[str, ...] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lenders: Mapping[str, str] = field(default_factory=dict)
    recoverable: tuple[str, ...] = ()

    def ids(self, *roles: str) -> tuple[str, ...]:
        """Ids of the parties in one of the roles; of all parties without a role."""
        return tuple(p.id for p in self.parties.values() if not roles or p.role in roles)


def no_observables(item: Any) -> tuple[Observable, ...]:
    """Most instruments observe the company by their conditions only."""
    return ()


def asks(
    use: Use, field: str = "condition", first: str = "", last: str = "expires", before: str = ""
) -> Callable[[Any], Iterator[AskedCondition]]:
    """Of an instrument that waits for one thing at most.

    Args:
        use: What the condition decides.
        field: Field that holds it.
        first, last: Fields with the days between which it is asked.
        before: What stands before its id in the id of the clause.
    """

    def asked(item: Any) -> Iterator[AskedCondition]:
        condition: Condition | None = getattr(item, field)
        if condition is not None:
            days = (getattr(item, name, None) for name in (first, last))
            yield AskedCondition(condition, use, item.id, f"{before}{item.id}", *days)

    return asked


def asks_nothing(item: Any) -> Iterator[AskedCondition]:
    """Of an instrument that waits for nothing."""
    return iter(())


def no_flows(item: Any, sheet: Head) -> Iterator[Flow]:
    """Of an instrument by which nobody pays anything: it moves shares, or gives back what others gave."""
    return iter(())


def takes_nothing_back(item: Any) -> tuple[str, ...]:
    """Most instruments take nothing back of others."""
    return ()


@dataclass(frozen=True, slots=True)
class InstrumentKind[T]:
    """One kind of instrument. Parser, schema, words, gaps, sums of money, workbook and lowering all walk the kinds.

    Attributes:
        data: Its dataclass.
        types: Words of ``type`` by which a sheet names it.
        section: One of :data:`SECTIONS`.
        read: Reads one; None after it has reported what is wrong.
        form: Its fields, as JSON Schema; the reader takes these and no others.
        explain: Its clauses in words.
        gaps: What was not seen of it.
        asked: Its conditions, in the order of the text, with what each decides.
        flows: What its parties pay, give or answer for; every sum of money is made of them.
        first_day: Key of the day from which it counts; it must lie within the horizon.
        moves_money: One of them makes a deal that can be simulated.
        clocked: ``months_since`` can ask for it: it is drawn, opened or exercised at some step.
        observes: Observables that it reads beside those of its conditions.
        recoverable: A clawback can name it; its lowering keeps what was given in ``<id>.given``.
        takes_back: Ids of the incentives of which it takes a part back.
    """

    data: type[T]
    types: tuple[str, ...]
    section: str
    read: Callable[[str, Cursor, Context], T | None]
    form: dict[str, Any]
    explain: Callable[[Phrases, T], Iterator[Clause]]
    gaps: Callable[[Gaps, T], Iterator[Gap]]
    asked: Callable[[T], Iterator[AskedCondition]]
    flows: Callable[[T, Head], Iterator[Flow]]
    first_day: str = ""
    moves_money: bool = True
    clocked: bool = False
    observes: Callable[[T], tuple[Observable, ...]] = no_observables
    recoverable: bool = False
    takes_back: Callable[[T], tuple[str, ...]] = takes_nothing_back
