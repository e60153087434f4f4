"""Rules about covenants: a promise is worth its remedy."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, is_issuer, outright, planned, total
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import ConditionUse, uses
from guanzi.deal.terms import (
    OBSERVABLES,
    TermSheet,
    Unknown,
    least_and_most,
    observables,
    public_flows,
    whole,
)

PLACES = ("hq_local", "rnd_local", "plant_local", "capacity_local", "supplier_share_local", "jobs_local", "tax_local")
"""Observables that tie the company to the region."""
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
    if not outright(sheet):
        return
    last = max(payment.due for payment in planned(sheet))
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
    public = sheet.public_stakes
    if public and not watched and not _some_unseen(sheet):
        yield found(public[0].id, public[0].place, id=public[0].id)


@rule("GZ306", Level.WARNING)
def remedy_pays_nothing(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A covenant on the company's health whose remedy only the unhealthy company would pay."""
    alone = {put.id for put in sheet.public_puts if put.obligors and all(is_issuer(sheet, o) for o in put.obligors)}
    for covenant in sheet.covenants:
        if covenant.require is None or covenant.remedy not in alone:
            continue
        asked = [name for name in observables(covenant.require.tree) if name in HEALTH]
        if asked:
            yield found(f"covenant.{covenant.id}", covenant.place, "remedy", id=covenant.id, remedy=covenant.remedy,
                        what=OBSERVABLES[asked[0]].meaning_for(sheet.product))  # fmt: skip


@rule("GZ307", Level.ERROR)
def no_covenant(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Public money at risk, and nothing that the company does can be a breach: no covenant, clawback or put says so.

    Silent where an agreement or a covenant was not seen; tells the most that is at risk, in money of the sheet.
    """
    at_risk = [f for f in public_flows(sheet) if f.condition is None or f.nature in ("invested", "lent", "contingent")]
    breakable = any(use.kind == "clawback" or _of_company(use) for use in uses(sheet))
    breakable |= _some_unseen(sheet) or any(sheet.claimed_back(flow.instrument) is None for flow in at_risk)
    if at_risk and not sheet.covenants and not breakable:
        yield found("deal", sheet.place, amount=amount(sheet, least_and_most(whole(at_risk))[1]))


@rule("GZ308", Level.ERROR)
def not_tied_to_region(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Public money that nothing in the deal ties to the region: no tier, covenant or condition looks at a place."""
    conditions = [use.condition.tree for use in uses(sheet) if use.kind != "until"]
    tied = any(name in PLACES for tree in conditions for name in observables(tree))
    if outright(sheet) and not tied and not _some_unseen(sheet):
        first = outright(sheet)[0]
        yield found("deal", first.place, amount=amount(sheet, total(p.high for p in outright(sheet))))


def _of_company(use: ConditionUse) -> bool:
    """Whether a right to leave opens by what the company does or becomes, and not by the calendar alone."""
    return use.kind == "put" and bool(observables(use.condition.tree))


def _some_unseen(sheet: TermSheet) -> bool:
    """Whether a covenant, or an agreement that may hold one, was not seen: it may be the one that is missed."""
    unread = any(sheet.unseen(flow.instrument, "covenants") for flow in public_flows(sheet))
    return unread or any(covenant.require is None for covenant in sheet.covenants)
