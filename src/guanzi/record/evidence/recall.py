"""What functions said of a view, kept for views in which a few facts have other values.

While a function reads a view, the ids of the facts of which it reads the value are noted. Of another view that differs
in the values of other facts alone it says the same, and is not asked again. A view that differs in anything else, such
as a fact that is not held, is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from typing import Any

from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.noting import VALUE, charge, noting
from guanzi.record.evidence.view import View

_REST = tuple(field.name for field in fields(Fact) if field.name != "value")


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """An answer: what was asked of which view, whose values were read, and what came out."""

    of: tuple[Any, ...]
    view: View
    reads: frozenset[str]
    answer: Any


class Recall:
    """Answers of the first view of which something was asked, for views in which some facts have other values."""

    def __init__(self) -> None:
        self._kept: dict[str, list[_Kept]] = {}
        self._sealed = False
        self._compared: dict[int, tuple[View, frozenset[str] | None]] = {}

    def of[*Ts, T](self, view: View, read: Callable[[View, *Ts], T], of: tuple[*Ts]) -> T:
        """What a function says of a view, from what is kept where it would be the same."""
        asked = self._kept.setdefault(f"{read.__module__}.{read.__qualname__}", [])
        kept = next((one for one in asked if one.of == of), None)
        if kept is not None:
            moved = self._moved(kept.view, view)
            if moved is not None and moved.isdisjoint(kept.reads):
                charge(kept.reads)
                return kept.answer  # type: ignore[no-any-return]
        with noting() as reads:
            answer = read(view, *of)
        if kept is None and not self._sealed:
            asked.append(_Kept(of, view, frozenset(reads), answer))
        return answer

    def seal(self) -> None:
        """Keep nothing more: what differs from what was asked so far is found anew each time, and takes no memory."""
        self._sealed = True

    def _moved(self, base: View, view: View) -> frozenset[str] | None:
        """Ids of the facts whose values differ between two views; None where anything else does."""
        known = self._compared.get(id(base))
        if known is None or known[0] is not view:
            known = self._compared[id(base)] = (view, _differing(base, view))
        return known[1]


_recall: ContextVar[Recall | None] = ContextVar("recall", default=None)


@contextmanager
def recalling() -> Iterator[Recall]:
    """Within it, :func:`recalled` keeps what functions say. The facts of all views are to be :func:`watched_facts`."""
    recall = Recall()
    token = _recall.set(recall)
    try:
        yield recall
    finally:
        _recall.reset(token)


def recalled[*Ts, T](view: View, read: Callable[[View, *Ts], T], *of: *Ts) -> T:
    """What a function says of a view; within :func:`recalling` it is kept where it read no value that was moved.

    Args:
        view: What is read.
        read: Depends on the view and on ``of`` alone, and returns nothing that holds a fact.
        of: What else it depends on; the same where it is equal.
    """
    recall = _recall.get()
    return read(view, *of) if recall is None else recall.of(view, read, of)


def _differing(base: View, view: View) -> frozenset[str] | None:
    if base is view:
        return frozenset()
    pairs = [(a, b) for a, b in zip(base.facts, view.facts, strict=False) if a is not b]
    alike = len(base.facts) == len(view.facts) and all(getattr(a, n) == getattr(b, n) for a, b in pairs for n in _REST)
    if not alike or replace(base, facts=()) != replace(view, facts=()):
        return None
    values = ((a.id, VALUE.__get__(a), VALUE.__get__(b)) for a, b in pairs)
    return frozenset(id for id, old, new in values if type(old) is not type(new) or old != new)
