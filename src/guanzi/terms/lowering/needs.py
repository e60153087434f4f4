"""What a term sheet needs to observe: declared before anything runs."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.terms.conditions import Observable
from guanzi.terms.sheet import Condition, TermSheet
from guanzi.terms.typing import walk


def conditions_of(sheet: TermSheet) -> Iterator[Condition]:
    """Every condition of a sheet, in the order of the text."""
    for equity in sheet.equities:
        for tranche in equity.tranches:
            if tranche.condition is not None:
                yield tranche.condition
    yield from (put.when for put in sheet.puts)
    yield from (call.when for call in sheet.calls)
    yield from (x.condition for x in sheet.loans if x.condition is not None)
    for grant in sheet.grants:
        if grant.condition is not None:
            yield grant.condition
        if grant.clawback is not None:
            yield grant.clawback.when
    for covenant in sheet.covenants:
        for condition in (covenant.require, covenant.until):
            if condition is not None:
                yield condition
    for tier in sheet.tiers:
        yield tier.when


def observables_of(sheet: TermSheet) -> tuple[Observable, ...]:
    """The observables that a sheet's conditions read, each once, where it first stands."""
    seen: dict[str, Observable] = {}
    for condition in conditions_of(sheet):
        for x in walk(condition.tree):
            if isinstance(x, Observable):
                seen.setdefault(x.name, x)
    return tuple(seen.values())
