"""Rules about instalments and loans: money should follow binding, not run ahead of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from guanzi.deal.lint.atoms import BELOW, bounds, states
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, is_issuer, new_tiers, outright, tiers_named, total, unseen
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import ConditionUse, uses
from guanzi.deal.terms import (
    EventHappened,
    Observable,
    Payout,
    TermSheet,
    TierInForce,
    explain_condition,
    payments,
    public_flows,
    walk,
)

MOST_BEFORE_BINDING = 0.5
"""From this part of the money on, payment before any new tier is an error. Judgement: the larger half."""
SHOULD_BE_HIGH = ("units", "revenue", "gross_margin", "ebitda", "cash", "equity_value", "headcount", "jobs_local")
"""Observables that are low when a company does badly."""
ONE_YEAR = 366
"""Days within which all money counts as paid in one year."""


@rule("GZ101", Level.WARNING)
def unconditional(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """An instalment, a loan or a building that only the calendar releases."""
    for payment in (*outright(sheet), *_buildings(sheet)):
        if payment.condition is None and not unseen(sheet, payment.instrument, "condition"):
            id = payment.instrument if payment.nature == "built" else payment.id
            yield found(payment.clause, payment.place, id=id, amount=amount(sheet, payment.high),
                        due=payment.due.isoformat())  # fmt: skip


def _buildings(sheet: TermSheet) -> Iterator[Payout]:
    """What is spent on each building over all years, due on its first day."""
    built = groupby(public_flows(sheet, "built"), key=lambda flow: flow.instrument)
    return (Payout.of(tuple(flows)) for _, flows in built)


@rule("GZ102", Level.WARNING)
def before_binding(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Public money that can be paid before any new tier is in force."""
    paid, tiers = outright(sheet), new_tiers(sheet)
    early = [p for p in paid if not set(tiers_named(p.condition.tree if p.condition else None)) & tiers]
    if not early or not tiers:
        return
    before, whole = total(p.high for p in early), total(p.high for p in paid)
    share = before / whole if before is not None and whole else len(early) / len(paid)
    level = Level.ERROR if share >= MOST_BEFORE_BINDING else Level.WARNING
    first = early[0]
    yield found(first.clause, first.place, level=level, before=amount(sheet, before), whole=amount(sheet, whole),
                share=share, ids=tuple(p.id for p in early))  # fmt: skip


@rule("GZ103", Level.WARNING)
def no_tiers(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money, and no step of binding beyond what is there already."""
    paid, answered = outright(sheet), [one for one in payments(sheet, "contingent") if one.failed]
    if paid and not new_tiers(sheet):
        whole = amount(sheet, total(p.high for p in (*paid, *answered)))
        variant = "answered" if answered else "paid"
        yield found("deal", sheet.place, "tiers" if sheet.tiers else "", variant=variant, whole=whole)


@rule("GZ104", Level.WARNING)
def one_year(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """All money can flow within a year of signing, so that nothing is left to stop."""
    paid = outright(sheet)
    if len(paid) > 1 and (paid[-1].due - sheet.signed).days <= ONE_YEAR:
        yield found(paid[-1].clause, paid[-1].place, "due", n=len(paid), due=paid[-1].due.isoformat(),
                    whole=amount(sheet, total(p.high for p in paid)))  # fmt: skip


@rule("GZ105", Level.WARNING)
def single_payment(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """All public money, in whatever form, is one payment; where its day is assumed, it may come in several."""
    paid = outright(sheet)
    once = len(paid) == 1 and len(payments(sheet)) == 1 and paid[0].agreed
    if once and not unseen(sheet, paid[0].instrument, "start"):
        one = paid[0]
        yield found(one.clause, one.place, "amount", id=one.id, amount=amount(sheet, one.high))


@rule("GZ106", Level.INFO)
def never_expires(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A conditional instalment that stays owed for ever."""
    for payment in outright(sheet):
        if _waits(payment) and payment.expires is None:
            yield found(payment.clause, payment.place, id=payment.id)


def _waits(payment: Payout) -> bool:
    tree = payment.condition.tree if payment.condition else None
    return tree is not None and any(isinstance(x, TierInForce | Observable) for x in walk(tree))


@rule("GZ107", Level.ERROR)
def paid_in_distress(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money that is released because the company does badly."""
    for use in uses(sheet):
        if use.kind != "payment":
            continue
        bad = [b for b in bounds(use.condition.tree) if b.op in BELOW and b.name in SHOULD_BE_HIGH]
        sick = [name for name, value in states(use.condition.tree) if (name, value) == ("solvent", False)]
        if bad or sick:
            yield found(use.clause, use.place, id=use.id, condition=explain_condition(use.condition.tree, sheet))


@rule("GZ108", Level.WARNING)
def paid_in_breach(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A later payment that is made although a covenant is broken, or the put is open."""
    reasoner = Reasoner(sheet)
    tests = [u for u in uses(sheet) if u.kind == "covenant"]
    opening = [u for u in uses(sheet) if u.kind == "put"]
    caught: dict[tuple[str, ...], list[Payout]] = {}
    for payment in outright(sheet)[1:]:
        tree = payment.condition.tree if payment.condition else None
        asked = () if tree is None else (tree,)
        first = reasoner.grid.step_of(payment.due)
        last = reasoner.step(payment.expires)
        broken = [
            u.id
            for u in tests
            if reasoner.possible(*asked, denied=(u.condition.tree,), first=max(first, u.first), last=last)
        ]
        broken += [u.id for u in opening if reasoner.possible(*asked, u.condition.tree, first=first, last=last)]
        if broken:
            caught.setdefault(tuple(broken), []).append(payment)
    for names, late in caught.items():
        key = "if" if late[0].condition else ""
        yield found(late[0].clause, late[0].place, key, ids=tuple(p.id for p in late), broken=names)


@rule("GZ109", Level.WARNING)
def released_by_company(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money that an event releases which the company brings about, and nothing else proves."""
    by_company = {event.id: event for event in sheet.events if not event.by or is_issuer(sheet, event.by)}
    caught: dict[tuple[str, ...], list[ConditionUse]] = {}
    for use in uses(sheet):
        if use.kind != "payment":
            continue
        parts = walk(use.condition.tree)
        named = [x.event for x in parts if isinstance(x, EventHappened)]
        other = any(isinstance(x, TierInForce | Observable) for x in parts)
        if named and not other and all(event in by_company for event in named):
            caught.setdefault(tuple(by_company[event].name or event for event in named), []).append(use)
    for names, waiting in caught.items():
        yield found(
            waiting[0].clause, waiting[0].place, ids=tuple(use.id for use in waiting), n=len(waiting), events=names
        )


@rule("GZ110", Level.ERROR)
def old_tier(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money that waits only for what is in force at signing already."""
    old = {tier.id for tier in sheet.tiers if tier.baseline}
    for use in uses(sheet):
        parts = walk(use.condition.tree) if use.kind == "payment" else ()
        named = tiers_named(use.condition.tree)
        other = any(isinstance(x, Observable | EventHappened) for x in parts)
        if named and set(named) <= old and not other:
            yield found(use.clause, use.place, id=use.id, tiers=named)


@rule("GZ111", Level.WARNING)
def cheap_tier(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A tier that releases more money than leaving would cost the company."""
    costs_of = {tier.id: tier.leaving_costs.high for tier in sheet.tiers if tier.leaving_costs is not None}
    for payment in outright(sheet):
        named = tiers_named(payment.condition.tree if payment.condition else None)
        if not named or payment.high is None or not set(named) <= set(costs_of):
            continue
        costs = sum(costs_of[tier] for tier in set(named))
        if payment.high > costs:
            yield found(payment.clause, payment.place, "if", id=payment.id, tiers=named,
                        amount=amount(sheet, payment.high), costs=amount(sheet, costs))  # fmt: skip
