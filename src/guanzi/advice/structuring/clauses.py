"""Two term sheets clause by clause: what was added, removed and changed, in words and with old and new values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from guanzi.advice.structuring.termpaths import as_data, in_words, same, term_paths
from guanzi.base.core import Message
from guanzi.deal.terms import GROUPS, Clause, TermSheet, explain


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value under its path, before and after; None where it is not stated."""

    path: str
    before: Any
    after: Any

    @property
    def message(self) -> Message:
        """The change in words."""
        before, after = in_words(self.path, self.before), in_words(self.path, self.after)
        return Message.of("structuring.change.value", path=self.path, before=before, after=after)

    def data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"path": self.path, "before": as_data(self.before), "after": as_data(self.after)}


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What happened to one clause.

    Attributes:
        id: Of the clause, as ``guanzi explain`` shows it.
        group: Group of clauses.
        kind: ``added``, ``removed`` or ``changed``.
        before, after: The clause in words; None where there is none.
        values: Values that changed; empty when only the words did, as when a right gains another trigger elsewhere.
    """

    id: str
    group: str
    kind: str
    before: Message | None
    after: Message | None
    values: tuple[ValueChange, ...]


def compare_clauses(before: TermSheet, after: TermSheet) -> tuple[ClauseChange, ...]:
    """Clauses that differ, in reading order; of a sheet and itself there are none."""
    product = before.product or after.product  # what it delivers is no term: a change of it is no change of a clause
    told = (explain(replace(sheet, product=product)) for sheet in (before, after))
    old, new = ({c.id: c for c in clauses} for clauses in told)
    order = {group: i for i, group in enumerate(GROUPS)}
    ids = list(dict.fromkeys((*old, *new)))
    changed = _changed_values(term_paths(before), term_paths(after), ids)
    found = [_change(id, old.get(id), new.get(id), changed.get(id, ())) for id in ids]
    return tuple(sorted((x for x in found if x is not None), key=lambda x: order.get(x.group, len(order))))


def _changed_values(old: dict[str, Any], new: dict[str, Any], ids: Iterable[str]) -> dict[str, tuple[ValueChange, ...]]:
    """Clause to the values of its own that differ; a value belongs to the longest clause id that begins its path."""
    known = set(ids)
    by_clause: dict[str, list[ValueChange]] = {}
    for path in dict.fromkeys((*old, *new)):
        before, after = old.get(path), new.get(path)
        if not same(before, after):
            by_clause.setdefault(_clause_of(path, known), []).append(ValueChange(path, before, after))
    return {id: tuple(values) for id, values in by_clause.items()}


def _clause_of(path: str, ids: set[str]) -> str:
    parts = path.split(".")
    for n in range(len(parts), 0, -1):
        stem = ".".join(parts[:n])
        for name in (stem, f"incentive.{stem}"):
            if name in ids:
                return name
    return "deal"


def _change(id: str, old: Clause | None, new: Clause | None, values: tuple[ValueChange, ...]) -> ClauseChange | None:
    if old is None and new is not None:
        return ClauseChange(id, new.group, "added", None, new.message, ())
    if new is None and old is not None:
        return ClauseChange(id, old.group, "removed", old.message, None, ())
    assert old is not None
    assert new is not None
    if not values and old.message == new.message:
        return None
    return ClauseChange(id, new.group, "changed", old.message, new.message, values)
