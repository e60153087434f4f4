"""Errors for people: what is wrong, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanzi.base.core.messages import Message


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and within it a line, a column and a field.

    Attributes:
        file: Path as the user gave it, or relative to the case folder.
        line: Line, counted from 1; 0 when the whole file is meant.
        column: Column, counted from 1; 0 when the whole line is meant.
        field: Dotted field or cell name, e.g. ``instruments.stake.tranches.2.due``.
    """

    file: str
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: the cause, the place and the fix.

    Attributes:
        cause: What is wrong.
        place: Where it is wrong.
        fix: What would be right; None when the cause says it already.
        severity: ``error`` stops the work, ``warning`` and ``info`` do not.
        excerpt: The offending text, as it stands in the input.
        line: The whole line in which it stands, if it is at hand; shown with a mark under the excerpt.
        code: Code of the rule that found it, if it has one; shown after the severity.
    """

    cause: Message
    place: Place
    fix: Message | None = None
    severity: str = "error"
    excerpt: str = ""
    line: str = ""
    code: str = ""


class GuanziError(Exception):
    """Base of all errors that a person may see.

    Attributes:
        problems: Everything that was found, in the order of the places.
    """

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.cause.id} {dict(p.cause.params)}" for p in self.problems))

    def __reduce__(self) -> tuple[type[GuanziError], tuple[tuple[Problem, ...]]]:
        """As another process gets it: made anew of its problems."""
        return type(self), (self.problems,)


class InvalidInput(GuanziError):
    """An input file, option or value that cannot be used."""
