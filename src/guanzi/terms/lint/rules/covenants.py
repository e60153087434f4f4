"""Rules about covenants: a promise is worth its remedy."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.terms.lint.context import LintContext
from guanzi.terms.lint.diagnostic import Level
from guanzi.terms.lint.money import is_issuer, outright
from guanzi.terms.lint.registry import Found, found, rule
from guanzi.terms.lint.uses import uses
from guanzi.terms.sheet import TermSheet, Unknown
from guanzi.terms.typing import observables
from guanzi.terms.vocabulary import OBSERVABLES

CONTROL = ("founder_share", "control_changed")
HEALTH = ("cash", "debt", "ebitda", "gross_margin", "revenue", "units")
"""Observables that are bad when the company cannot pay."""


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


@rule("GZ303", Level.WARNING)
def tested_too_late(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant that is tested for the first time when all money has been paid."""
    paid = outright(sheet)
    if not paid:
        return
    last = max(payment.due for payment in paid)
    for covenant in sheet.covenants:
        if covenant.start is not None and covenant.start > last:
            yield found(f"covenant.{covenant.id}", covenant.place, "from", id=covenant.id,
                        start=covenant.start.isoformat(), last=last.isoformat())  # fmt: skip


@rule("GZ304", Level.WARNING)
def text_unknown(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant of which it was not seen what it asks."""
    for covenant in sheet.covenants:
        if covenant.require is None:
            yield found(f"covenant.{covenant.id}", covenant.place, "require", id=covenant.id)


@rule("GZ305", Level.WARNING)
def control_is_free(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A public stake, and nothing that binds who controls the company."""
    trees = [u.condition.tree for u in uses(sheet) if u.kind in ("covenant", "put")]
    watched = any(name in observables(tree) for tree in trees for name in CONTROL)
    public = [e for e in sheet.equities if any(h in sheet.public for h in e.holders)]
    if public and not watched:
        yield found(public[0].id, public[0].place, id=public[0].id)


@rule("GZ306", Level.WARNING)
def remedy_pays_nothing(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant on the company's health whose remedy only the unhealthy company would pay."""
    alone = {put.id for put in sheet.puts if put.obligors and all(is_issuer(sheet, o) for o in put.obligors)}
    for covenant in sheet.covenants:
        if covenant.require is None or covenant.remedy not in alone:
            continue
        asked = [name for name in observables(covenant.require.tree) if name in HEALTH]
        if asked:
            yield found(f"covenant.{covenant.id}", covenant.place, "remedy", id=covenant.id, remedy=covenant.remedy,
                        what=OBSERVABLES[asked[0]].meaning)  # fmt: skip
