"""Rules about what the public side gives and promises: grants, rebates, land, promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from guanzi.base.core import Parameter
from guanzi.deal.lint.atoms import bounds
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, company, unseen
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import uses
from guanzi.deal.program import grid_of
from guanzi.deal.terms import (
    Clawback,
    EventHappened,
    Flow,
    Grant,
    MonthsSince,
    Nature,
    Payout,
    Recapture,
    TermSheet,
    least_and_most,
    observables,
    payments,
    public_flows,
    walk,
    years_on,
)

CERTAIN = 1.0 - 1e-9


def _gifts(sheet: TermSheet) -> Iterator[Payout]:
    """What is given for nothing in return, or not taken as tax: each clause, with the sum of all years."""
    return map(Payout.of, _years(sheet, "given", "forgone"))


def _years(sheet: TermSheet, *natures: Nature) -> Iterator[tuple[Flow, ...]]:
    """What is paid on the day of each year or not at all: each clause with its payments."""
    return (tuple(paid) for _, paid in groupby(public_flows(sheet, *natures), key=lambda flow: flow.instrument))


def _clawbacks(sheet: TermSheet) -> Iterator[tuple[str, str, Clawback | Recapture]]:
    """Id and clause of what can be clawed back, with the clawback: of one grant, or of several incentives."""
    for grant in sheet.of(Grant):
        if grant.clawback is not None:
            yield grant.id, f"incentive.{grant.id}.clawback", grant.clawback
    for several in sheet.of(Recapture):
        yield several.id, f"incentive.{several.id}", several


@rule("GZ501", Level.WARNING)
def grant_without_clawback(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money given, and no way to get it back when the company leaves or does not deliver."""
    for gift in _gifts(sheet):
        if sheet.claimed_back(gift.instrument) is False:
            yield found(gift.clause, gift.place, id=gift.instrument, amount=amount(sheet, gift.high))


@rule("GZ502", Level.WARNING)
def grant_without_condition(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money given whatever the company does."""
    for gift in _gifts(sheet):
        if gift.condition is None and not unseen(sheet, gift.instrument, "condition"):
            yield found(gift.clause, gift.place, id=gift.instrument, amount=amount(sheet, gift.high))


@rule("GZ503", Level.WARNING)
def clawback_certain(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback that is counted as certain to be enforced."""
    for id, clause, back in _clawbacks(sheet):
        if (least_and_most(back.enforced)[0] or 0.0) >= CERTAIN:
            yield found(clause, back.place, "enforced", id=id)


@rule("GZ504", Level.INFO)
def clawback_in_part(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback of only a part of what was paid."""
    for id, clause, back in _clawbacks(sheet):
        most = least_and_most(back.recover)[1]
        if most is not None and most < CERTAIN:
            yield found(clause, back.place, "recover", id=id, share=most)


@rule("GZ505", Level.ERROR)
def paid_and_clawed_back(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A grant that is paid and clawed back in the same state: the two clauses undo each other."""
    reasoner, paying = Reasoner(sheet), {use.id: use for use in uses(sheet) if use.kind == "payment"}
    back = {id: item.id for kind, item in sheet.items() for id in kind.takes_back(item)}
    clawed = {use.id: use for use in uses(sheet) if use.kind == "clawback"}
    for id, pays in paying.items():
        claws = clawed.get(back.get(id, id))
        if claws is None:
            continue
        released, taken = pays.condition.tree, claws.condition.tree
        shared = {b.name for b in bounds(released)} & {b.name for b in bounds(taken)}
        if shared and reasoner.possible(released, taken, first=pays.first, last=pays.last):
            yield found(claws.clause, claws.place, id=id)


@rule("GZ506", Level.WARNING)
def land_without_buy_back(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Land below its price that the company keeps when it fails or leaves."""
    for land in payments(sheet, "discounted"):
        if not land.recoverable and not unseen(sheet, land.id, "buy_back"):
            yield found(land.clause, land.place, "buy_back", id=land.id, amount=amount(sheet, land.high))


@rule("GZ507", Level.INFO)
def clawback_from_company(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback is owed by the company, and mostly when it does badly."""
    for use in uses(sheet):
        if use.kind == "clawback":
            yield found(use.clause, use.place, id=use.id, company=company(sheet))


@rule("GZ508", Level.WARNING)
def promise_without_consequence(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A promise of the public side that no clause of the deal takes up."""
    named = {
        x.event if isinstance(x, EventHappened) else x.target
        for use in uses(sheet)
        for x in walk(use.condition.tree)
        if isinstance(x, EventHappened | MonthsSince)
    }
    for promise in sheet.promises:
        if promise.id not in named:
            yield found(f"promise.{promise.id}", promise.place, id=promise.id, what=promise.what or promise.id)


@rule("GZ509", Level.INFO)
def no_day(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A promise, a grant or land without a day."""
    undated = {f"promise.{p.id}": (p.id, p.place) for p in sheet.promises if p.undated}
    undated |= {flow.clause: (flow.instrument, flow.place) for flow in sheet.flows() if not flow.dated}
    for clause, (id, place) in undated.items():
        yield found(clause, place, id=id)


@rule("GZ510", Level.INFO)
def grant_after_horizon(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A grant whose last payments lie after what is looked at."""
    grid = grid_of(sheet)
    for paid in _years(sheet, "given", "forgone", "bought"):
        one, years = paid[0], len(paid)
        if years > 1 and grid.step_of(paid[-1].due) >= grid.count:
            days = {"last": paid[-1].due.isoformat(), "end": years_on(sheet.signed, sheet.horizon).isoformat()}
            told: dict[str, Parameter] = {"id": one.instrument, "years": years, "horizon": sheet.horizon, **days}
            yield replace(found(one.clause, one.place, "years"), params=told)


@rule("GZ511", Level.WARNING)
def land_before_plant(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Land that goes over before any money of the company must be on the table, with no covenant to build."""
    built = {"plant_local", "capacity_local"}
    asked = {name for use in uses(sheet) if use.kind == "covenant" for name in observables(use.condition.tree)}
    for land in payments(sheet, "discounted"):
        if not asked & built:
            given = amount(sheet, land.high)
            yield found(land.clause, land.place, id=land.id, due=land.due.isoformat(), amount=given)


@rule("GZ512", Level.INFO)
def tested_once(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A single grant whose condition is asked on its day, and never again; of an assumed day nothing follows."""
    for paid, *later in _years(sheet, "given", "forgone", "bought"):
        if paid.condition is not None and paid.agreed and not later:
            yield found(paid.clause, paid.place, "if", id=paid.instrument, day=paid.due.isoformat())
