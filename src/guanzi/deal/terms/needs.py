"""What a term sheet needs to observe: declared before anything runs."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.terms.conditions import MonthsSince, Observable
from guanzi.deal.terms.data import Condition
from guanzi.deal.terms.sheet import TermSheet
from guanzi.deal.terms.typing import walk


def conditions_of(sheet: TermSheet) -> Iterator[Condition]:
    """Every condition of a sheet, in the order of the text."""
    return (condition for _, condition in conditions_by_clause(sheet))


def conditions_by_clause(sheet: TermSheet) -> Iterator[tuple[str, Condition]]:
    """Every condition of a sheet with the id of its clause, in the order of the text."""
    for kind, item in sheet.items():
        yield from ((asked.clause, asked.condition) for asked in kind.asked(item))
    for covenant in sheet.covenants:
        for condition in (covenant.require, covenant.until):
            if condition is not None:
                yield f"covenant.{covenant.id}", condition
    for tier in sheet.tiers:
        yield f"tier.{tier.id}", tier.when


def observables_of(sheet: TermSheet) -> tuple[Observable, ...]:
    """The observables that a sheet's conditions read, each once, where it first stands."""
    seen: dict[str, Observable] = {}
    for kind, item in sheet.items():
        for observed in kind.observes(item):
            seen.setdefault(observed.name, observed)
    for condition in conditions_of(sheet):
        for x in walk(condition.tree):
            if isinstance(x, Observable):
                seen.setdefault(x.name, x)
    return tuple(seen.values())


def asked_for(sheet: TermSheet, id: str) -> bool:
    """Whether a condition counts the months since something happened: only then its clock runs."""
    return any(isinstance(x, MonthsSince) and x.target == id for c in conditions_of(sheet) for x in walk(c.tree))
