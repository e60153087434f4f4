"""Rules about covenants: a promise is worth its remedy."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.terms.lint.context import LintContext
from guanzi.terms.lint.diagnostic import Level
from guanzi.terms.lint.registry import Found, found, rule
from guanzi.terms.sheet import TermSheet, Unknown


@rule("GZ301", Level.ERROR)
def no_remedy(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant whose breach opens nothing."""
    for covenant in sheet.covenants:
        if covenant.remedy is None:
            yield found(f"covenant.{covenant.id}", covenant.place, id=covenant.id)


@rule("GZ302", Level.WARNING)
def remedy_unknown(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant whose remedy was not seen."""
    for covenant in sheet.covenants:
        if isinstance(covenant.remedy, Unknown):
            yield found(f"covenant.{covenant.id}", covenant.place, "remedy", id=covenant.id)
