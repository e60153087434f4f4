"""Diagnostics: what a reading of the term sheet found, with its code, its place and the clause that would fix it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from guanzi.base.core import Message, Parameter, Place, Problem
from guanzi.base.reading import DataPath, YamlDocument, field_name


class Level(StrEnum):
    """How much a diagnostic weighs.

    ``ERROR``: signed like this, the clause does not do what it is there for. ``WARNING``: it can fail, or be got round.
    ``INFO``: a reader should know.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


LEVELS = tuple(Level)
"""From the heaviest to the lightest."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that a rule found.

    Attributes:
        code: Code of the rule, e.g. ``GZ101``; a compliance pack gives its own codes.
        level: How much it weighs.
        message: What is wrong.
        place: Where it stands in the text.
        clause: Id of the clause, as in :func:`guanzi.deal.terms.explain`, e.g. ``stake.t1``; empty for the sheet as a
            whole.
        fix: The clause that would fix it.
        page: The page of the documentation that explains it, with its anchor.
        source: Where a rule comes from that is not the linter's own: law, article, date in force.
        found: What the message tells, with the ids of the sheet in place of names.
    """

    code: str
    level: Level
    message: Message
    place: Place
    clause: str = ""
    fix: Message | None = None
    page: str = ""
    source: Message | None = None
    found: tuple[tuple[str, Parameter], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "code": self.code,
            "level": self.level.value,
            "message": self.message.as_dict(),
            "mend": self.fix.as_dict() if self.fix else None,
            "clause": self.clause,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "field": self.place.field,
            "page": self.page,
            "source": self.source.as_dict() if self.source else None,
        }


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, in the order of the text."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.place.file, d.place.line, d.place.column, d.code, d.clause)))


def located(diagnostics: Iterable[Diagnostic], document: YamlDocument) -> tuple[Diagnostic, ...]:
    """Diagnostics with the exact places of their fields in the document from which the sheet was read."""
    given = tuple(diagnostics)
    problems = as_problems(given, document)
    return in_order(replace(one, place=problem.place) for one, problem in zip(given, problems, strict=True))


def as_problems(diagnostics: Iterable[Diagnostic], document: YamlDocument) -> tuple[Problem, ...]:
    """Diagnostics in the form in which problems are printed, each with the line and the text that it is about."""
    paths: dict[str, DataPath] = {}
    for path in document.places:
        paths.setdefault(field_name(path), path)
    return tuple(_as_problem(diagnostic, document, paths) for diagnostic in diagnostics)


def _as_problem(diagnostic: Diagnostic, document: YamlDocument, paths: Mapping[str, DataPath]) -> Problem:
    field = diagnostic.place.field
    if field and (path := paths.get(field)) is not None:
        scalar = not isinstance(document.get(path), dict | list)
        at_key = not scalar and path in document.key_places
        problem = document.problem(
            path, diagnostic.message, diagnostic.fix, severity=diagnostic.level.value, at_key=at_key
        )
        return replace(problem, code=diagnostic.code)
    head, _, _ = field.rpartition(".")
    if head:
        around = _as_problem(replace(diagnostic, place=replace(diagnostic.place, field=head)), document, paths)
        return replace(around, place=replace(around.place, field=field))
    problem = document.source.problem(
        diagnostic.message, diagnostic.place, diagnostic.fix, severity=diagnostic.level.value
    )
    return replace(problem, code=diagnostic.code)
