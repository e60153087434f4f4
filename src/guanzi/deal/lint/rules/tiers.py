"""Rules about tiers and what is measured: a milestone is worth its proof."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import unseen
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import uses
from guanzi.deal.terms import OBSERVABLES, TermSheet, observables

COUNTED = ("jobs_local", "headcount", "tax_local", "supplier_share_local", "capacity_local", "gross_margin", "ebitda")
"""Observables that can be counted in more than one way."""


@rule("GZ351", Level.WARNING)
def tier_without_proof(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A tier of which nobody says how it is proved."""
    for tier in sheet.tiers:
        if not tier.proof and not tier.baseline and not unseen(sheet, tier.id, "proof"):
            yield found(f"tier.{tier.id}", tier.place, id=tier.id)


@rule("GZ352", Level.INFO)
def tier_without_costs(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A tier of which nobody says what leaving it would cost the company."""
    for tier in sheet.tiers:
        if tier.leaving_costs is None and not tier.baseline:
            yield found(f"tier.{tier.id}", tier.place, id=tier.id)


@rule("GZ353", Level.WARNING)
def same_tier_twice(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Two tiers that are in force together, always: one binding counted twice."""
    reasoner = Reasoner(sheet)
    tiers = [tier for tier in sheet.tiers if not tier.baseline]
    for number, tier in enumerate(tiers):
        for other in tiers[:number]:
            both = (tier.when.tree, other.when.tree)
            if reasoner.follows(*both) and reasoner.follows(*reversed(both)) and reasoner.possible(*both):
                yield found(f"tier.{tier.id}", tier.when.place, id=tier.id, other=f"tier.{other.id}")
                break


@rule("GZ354", Level.WARNING)
def counted_by_nobody(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A figure that decides on money, and nobody is named who counts it."""
    for use in uses(sheet):
        if use.kind not in ("payment", "clawback"):
            continue
        direct = [name for name in observables(use.condition.tree) if name in COUNTED]
        if direct:
            what = tuple(OBSERVABLES[name].meaning_for(sheet.product) for name in direct)
            yield found(use.clause, use.place, variant=use.kind, id=use.id, what=what)


@rule("GZ355", Level.INFO)
def nobody_in_charge(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """An event that somebody must bring about, and nobody is named."""
    for event in sheet.events:
        if not event.by:
            yield found(f"event.{event.id}", event.place, id=event.id)
