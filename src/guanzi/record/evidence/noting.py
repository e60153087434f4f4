"""Facts of which each reading of the value is noted, and who is charged with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from typing import Any

from guanzi.record.evidence.facts import Fact, FactValue

VALUE: Any = Fact.__dict__["value"]
"""Where a fact holds its value; what is read here is not noted."""
_reads: ContextVar[set[str] | None] = ContextVar("reads", default=None)


class _WatchedFact(Fact):
    """A fact of which each reading of the value is noted."""

    __slots__ = ()

    def _read(self) -> FactValue:
        charge((self.id,))
        found: FactValue = VALUE.__get__(self)
        return found

    value = property(_read, VALUE.__set__)


def watched_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts, of which each reading of the value is noted."""
    return tuple(_WatchedFact(**{field.name: getattr(fact, field.name) for field in fields(Fact)}) for fact in facts)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collects the ids of the watched facts whose values are read within it, and charges the reader around it."""
    found = set[str]()
    token = _reads.set(found)
    try:
        yield found
    finally:
        _reads.reset(token)
        charge(found)


def charge(ids: Iterable[str]) -> None:
    """Note that the values of some facts were read, by whoever reads now."""
    reads = _reads.get()
    if reads is not None:
        reads.update(ids)
