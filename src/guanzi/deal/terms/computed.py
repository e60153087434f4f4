"""A term sheet as far as a company model can compute it: what its conditions say of state that the model has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from guanzi.deal.terms.conditions import Number, Observable, Relation
from guanzi.deal.terms.data import Condition
from guanzi.deal.terms.needs import observables_of
from guanzi.deal.terms.parts import Tier
from guanzi.deal.terms.sheet import TermSheet
from guanzi.deal.terms.typing import walk

RIGHTS = frozenset({"when", "until", "sale"})
"""Fields whose condition gives a right, or ends a duty; what a payment or a covenant asks stands in others."""


def as_computed(sheet: TermSheet, offered: frozenset[str]) -> tuple[TermSheet, tuple[Observable, ...]]:
    """The sheet without conditions on what a model does not offer, and the observables that are missing.

    The reading is the cautious one for the public side: a payment falls due, a tier is in force and a covenant is kept,
    but a right (a put, a clawback) never arises.

    Args:
        sheet: The term sheet.
        offered: Observables that the model computes.
    """
    missing = tuple(x for x in observables_of(sheet) if x.name not in offered)
    if not missing:
        return sheet, ()
    return _without(sheet, frozenset(x.name for x in missing)), missing


def _without(value: Any, names: frozenset[str], *, met: bool = True) -> Any:
    if isinstance(value, Condition):
        reads = any(isinstance(x, Observable) and x.name in names for x in walk(value.tree))
        return replace(value, tree=_constant(value, met)) if reads else value
    if isinstance(value, tuple):
        return tuple(_without(item, names) for item in value)
    if isinstance(value, Mapping):
        return {key: _without(item, names) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = _without(old, names, met=field.name not in RIGHTS or isinstance(value, Tier))
            if new != old:
                changes[field.name] = new
        return replace(value, **changes) if changes else value
    return value


def _constant(condition: Condition, met: bool) -> Relation:
    one = Number(1.0, condition.place)
    return Relation(">=" if met else "<", one, one, condition.place)
