"""Rules about conditions, by reasoning: what can never hold, always holds, holds already, or adds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.deal.lint.atoms import ABOVE, BELOW, Atom, bounds
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import company, outright
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.lint.uses import ConditionUse, uses
from guanzi.deal.terms import (
    OBSERVABLES,
    EventHappened,
    Expression,
    Logic,
    Number,
    Observable,
    Relation,
    TermSheet,
    TierInForce,
    Total,
    explain_condition,
    senses,
    unparse,
    walk,
)

BOUGHT = ("units", "revenue")
"""Observables that a buyer who is related to the company can move."""


@rule("GZ401", Level.ERROR)
def never_true(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A condition that no company can meet on any day of the deal."""
    reasoner = Reasoner(sheet)
    for use in uses(sheet):
        if reasoner.possible(use.condition.tree) is False:
            yield found(use.clause, use.place, variant=use.kind, id=use.id)


@rule("GZ402", Level.ERROR)
def never_in_time(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money whose condition could hold, but never between the day it is due and the day it lapses."""
    reasoner = Reasoner(sheet)
    for use in uses(sheet):
        tree = use.condition.tree
        if (
            use.kind in ("payment", "clawback", "covenant")
            and reasoner.possible(tree, first=use.first, last=use.last) is False
            and reasoner.possible(tree)
        ):
            first, last = use.start.isoformat(), use.end.isoformat()
            yield found(use.clause, use.place, variant=use.kind, id=use.id, first=first, last=last)


@rule("GZ403", Level.ERROR)
def waits_for_itself(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Payments that wait for one another, so that none of them is ever made."""
    reasoner = Reasoner(sheet)
    waiting = {
        use.id: use
        for use in uses(sheet)
        if use.kind == "payment" and reasoner.possible(use.condition.tree, first=use.first, last=use.last)
    }
    while True:
        free = [
            id
            for id, use in waiting.items()
            if reasoner.possible(use.condition.tree, first=use.first, last=use.last, unpaid=waiting) is not False
        ]
        if not free:
            break
        for id in free:
            del waiting[id]
    for use in waiting.values():
        yield found(use.clause, use.place, id=use.id, ids=tuple(waiting))


@rule("GZ404", Level.WARNING)
def always_true(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A condition that holds on every day on which it is asked, so that it asks nothing."""
    reasoner = Reasoner(sheet)
    for use in uses(sheet):
        baseline = use.kind == "tier" and any(t.id == use.id and t.baseline for t in sheet.tiers)
        if not baseline and reasoner.always(use.condition.tree, first=use.first, last=use.last):
            yield found(use.clause, use.place, variant=use.kind, id=use.id)


@rule("GZ405", Level.WARNING, needs=("at_signing",))
def true_at_signing(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A condition that what is known at signing meets already."""
    reasoner, facts = Reasoner(sheet), context.at_signing or {}
    for use in uses(sheet):
        tree = use.condition.tree
        if use.kind in ("covenant", "until") or (use.kind == "tier" and _baseline(sheet, use.id)):
            continue
        if (
            reasoner.possible(denied=(tree,), last=0, facts=facts) is False
            and reasoner.possible(denied=(tree,), last=0)
            and reasoner.possible(tree, last=0, facts=facts)
        ):
            kind = {"payment": "payment", "tier": "payment", "clawback": "clawback"}.get(use.kind, "right")
            yield found(use.clause, use.place, variant=kind, id=use.id, condition=explain_condition(tree, sheet))


def _baseline(sheet: TermSheet, id: str) -> bool:
    return any(tier.id == id and tier.baseline for tier in sheet.tiers)


@rule("GZ406", Level.INFO)
def adds_nothing(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A part of a condition that follows from another part of it."""
    reasoner = Reasoner(sheet)
    for use in uses(sheet):
        tree = use.condition.tree
        if not isinstance(tree, Logic):
            continue
        for number, part in enumerate(tree.items):
            others = [item for n, item in enumerate(tree.items) if n != number]
            if tree.op == "and":
                idle = reasoner.follows(part, *others) and bool(reasoner.possible(*others))
            else:  # a way that opens nothing that another one does not open
                idle = bool(reasoner.possible(part)) and any(reasoner.follows(other, part) for other in others)
            if idle:
                yield found(use.clause, part.place, variant=tree.op, id=use.id, part=unparse(part))
                break


@rule("GZ407", Level.WARNING, needs=("last_actual",))
def no_bite(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A threshold that the company passed in its last year already."""
    actual = context.last_actual or {}
    for use in uses(sheet):
        if use.kind == "tier" and _baseline(sheet, use.id):
            continue
        for bound in bounds(use.condition.tree):
            value = actual.get(bound.name)
            if value is None or not bound.yearly or bound.value <= 0 or not _is_passed(use.kind, bound, value):
                continue
            yield found(
                use.clause,
                bound.place,
                variant="trigger" if use.kind in ("put", "clawback") else "milestone",
                id=use.id,
                what=OBSERVABLES[bound.name].meaning_for(sheet.product),
                threshold=bound.value,
                actual=value,
                share=bound.value / value,
            )


def _is_passed(kind: str, bound: Atom, actual: float) -> bool:
    """A trigger that opens below what was reached, or a milestone at or under it."""
    passed = bound.value < actual or (bound.value == actual and bound.op in ("<", ">="))
    if kind in ("put", "clawback"):
        return bound.op in BELOW and passed
    return kind in ("payment", "tier", "covenant") and bound.op in ABOVE and passed


@rule("GZ408", Level.WARNING, needs=("related_buyers",))
def related_buyer(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A threshold on sales that a buyer who is related to the company can fill."""
    if not context.related_buyers:
        return
    for use in uses(sheet):
        named = [b for b in bounds(use.condition.tree) if b.name in BOUGHT]
        if named and use.kind in ("payment", "put", "clawback", "tier", "covenant"):
            buyers = context.related_buyers
            what = OBSERVABLES[named[0].name].meaning_for(sheet.product)
            yield found(use.clause, named[0].place, id=use.id, buyers=buyers, what=what, company=company(sheet))


@rule("GZ409", Level.WARNING)
def asks_no_more(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A later instalment that asks for nothing that an earlier one did not ask for."""
    reasoner = Reasoner(sheet)
    paid = {payment.clause for payment in outright(sheet)}
    waiting = [use for use in uses(sheet) if use.kind == "payment" and use.clause in paid]
    waiting.sort(key=lambda use: use.first)
    caught: dict[str, list[ConditionUse]] = {}
    for number, use in enumerate(waiting[1:], start=1):
        if not _is_testable(use.condition.tree):
            continue
        for earlier in waiting[:number]:
            if earlier.first == use.first:
                continue
            if reasoner.follows(use.condition.tree, earlier.condition.tree) and reasoner.possible(
                earlier.condition.tree
            ):
                caught.setdefault(earlier.id, []).append(use)
                break
    for id, later in caught.items():
        yield found(later[0].clause, later[0].place, ids=tuple(use.id for use in later), earlier=id)


@rule("GZ410", Level.ERROR)
def year_not_over(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The sum of a calendar year is tested before the year is over: every January begins with a breach."""
    for use in uses(sheet):
        if use.kind not in ("put", "call", "clawback", "covenant"):
            continue
        for part in _bare(use.condition.tree, holds=use.kind != "covenant"):
            yield found(use.clause, part.place, id=use.id, part=unparse(part))


def _bare(tree: Expression, *, holds: bool) -> Iterator[Relation]:
    """Comparisons of a year's sum, outside ``consecutive``, that the beginning of a year decides.

    Args:
        tree: A condition.
        holds: The condition opens something when it holds; otherwise when it does not.
    """
    for sense in senses(tree, holds=holds):
        match sense.tree:
            case Relation(op=op, left=Total(months=None), right=Number(value=value)) if value > 0 and not sense.yearly:
                if op in (BELOW if sense.holds else ABOVE):
                    yield sense.tree


def _is_testable(tree: Expression) -> bool:
    """Whether a condition is more than the calendar."""
    return any(isinstance(x, TierInForce | Observable | EventHappened) for x in walk(tree))
