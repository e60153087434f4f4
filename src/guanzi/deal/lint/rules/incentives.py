"""Rules about what the public side gives and promises: grants, rebates, land, promises."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.lint.atoms import bounds
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, company, ends, product, unseen
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import uses
from guanzi.deal.program import grid_of
from guanzi.deal.terms import EventHappened, Grant, MonthsSince, TermSheet, observables, walk

CERTAIN = 1.0 - 1e-9


def _in_all(grant: Grant) -> float | None:
    """The most that is given over all years."""
    most = ends(grant.amount)[1]
    return None if most is None else most * grant.years


@rule("GZ501", Level.WARNING)
def grant_without_clawback(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money given, and no way to get it back when the company leaves or does not deliver."""
    for grant in sheet.grants:
        if grant.clawback is None and not unseen(sheet, grant.id, "clawback"):
            yield found(f"incentive.{grant.id}", grant.place, id=grant.id, amount=amount(sheet, _in_all(grant)))


@rule("GZ502", Level.WARNING)
def grant_without_condition(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money given whatever the company does."""
    for grant in sheet.grants:
        if grant.condition is None and not unseen(sheet, grant.id, "condition"):
            yield found(f"incentive.{grant.id}", grant.place, id=grant.id, amount=amount(sheet, _in_all(grant)))


@rule("GZ503", Level.WARNING)
def clawback_certain(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback that is counted as certain to be enforced."""
    for grant in sheet.grants:
        if grant.clawback is not None and (ends(grant.clawback.enforced)[0] or 0.0) >= CERTAIN:
            yield found(f"incentive.{grant.id}.clawback", grant.clawback.place, "enforced", id=grant.id)


@rule("GZ504", Level.INFO)
def clawback_in_part(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback of only a part of what was paid."""
    for grant in sheet.grants:
        most = None if grant.clawback is None else ends(grant.clawback.recover)[1]
        if grant.clawback is not None and most is not None and most < CERTAIN:
            clause = f"incentive.{grant.id}.clawback"
            yield found(clause, grant.clawback.place, "recover", id=grant.id, share=most)


@rule("GZ505", Level.ERROR)
def paid_and_clawed_back(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A grant that is paid and clawed back in the same state: the two clauses undo each other."""
    reasoner = Reasoner(sheet)
    for grant in sheet.grants:
        if grant.clawback is None or grant.condition is None:
            continue
        pays, claws = grant.condition.tree, grant.clawback.when.tree
        shared = {b.name for b in bounds(pays)} & {b.name for b in bounds(claws)}
        first = reasoner.grid.step_of(grant.start)
        last = first + (grant.years - 1) * 12 // reasoner.grid.months
        if shared and reasoner.possible(pays, claws, first=first, last=last):
            yield found(f"incentive.{grant.id}.clawback", grant.clawback.when.place, id=grant.id)


@rule("GZ506", Level.WARNING)
def land_without_buy_back(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Land below its price that the company keeps when it fails or leaves."""
    for land in sheet.lands:
        if ends(land.buy_back)[1] == 0.0 and not unseen(sheet, land.id, "buy_back"):
            given = amount(sheet, ends(product(land.value, land.discount))[1])
            yield found(f"incentive.{land.id}", land.place, "buy_back", id=land.id, amount=given)


@rule("GZ507", Level.INFO)
def clawback_from_company(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clawback is owed by the company, and mostly when it does badly."""
    for use in uses(sheet):
        if use.kind == "clawback":
            yield found(f"{use.clause}.clawback", use.place, id=use.id, company=company(sheet))


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
    for section, items in (("promise", sheet.promises), ("incentive", sheet.grants), ("incentive", sheet.lands)):
        for item in items:
            if item.undated:
                yield found(f"{section}.{item.id}", item.place, id=item.id)


@rule("GZ510", Level.INFO)
def grant_after_horizon(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A grant whose last payments lie after what is looked at."""
    grid = grid_of(sheet)
    for grant in sheet.grants:
        last = grid.step_of(grant.start) + (grant.years - 1) * 12 // grid.months
        if grant.years > 1 and last >= grid.count:
            yield found(f"incentive.{grant.id}", grant.place, "years", id=grant.id, years=grant.years,
                        horizon=sheet.horizon)  # fmt: skip


@rule("GZ511", Level.WARNING)
def land_before_plant(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Land that goes over before any money of the company must be on the table, with no covenant to build."""
    built = {"plant_local", "capacity_local"}
    asked = {name for use in uses(sheet) if use.kind == "covenant" for name in observables(use.condition.tree)}
    for land in sheet.lands:
        if not asked & built:
            given = amount(sheet, ends(product(land.value, land.discount))[1])
            yield found(f"incentive.{land.id}", land.place, id=land.id, due=land.due.isoformat(), amount=given)


@rule("GZ512", Level.INFO)
def tested_once(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A single grant whose condition is asked on its day, and never again."""
    for grant in sheet.grants:
        if grant.condition is not None and grant.years == 1:
            yield found(f"incentive.{grant.id}", grant.place, "if", id=grant.id, day=grant.start.isoformat())
