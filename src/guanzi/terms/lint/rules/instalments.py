"""Rules about instalments and loans: money should follow binding, not run ahead of it."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.terms.conditions import Observable, TierInForce
from guanzi.terms.lint.context import LintContext
from guanzi.terms.lint.diagnostic import Level
from guanzi.terms.lint.money import Payment, amount, new_tiers, outright, tiers_named, total
from guanzi.terms.lint.registry import Found, found, rule
from guanzi.terms.sheet import TermSheet
from guanzi.terms.typing import walk

MOST_BEFORE_BINDING = 0.5
"""From this part of the money on, payment before any new tier is an error. Judgement: the larger half."""
ONE_YEAR = 366
"""Days within which all money counts as paid in one year."""


@rule("GZ101", Level.WARNING)
def unconditional(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """An instalment or loan that only the calendar releases."""
    for payment in outright(sheet):
        if payment.condition is None:
            yield found(payment.clause, payment.place, id=payment.id, amount=amount(sheet, payment.high),
                        due=payment.due.isoformat())  # fmt: skip


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
    paid = outright(sheet)
    if paid and not new_tiers(sheet):
        yield found(
            "deal", sheet.place, "tiers" if sheet.tiers else "", whole=amount(sheet, total(p.high for p in paid))
        )


@rule("GZ104", Level.WARNING)
def one_year(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """All money can flow within a year of signing, so that nothing is left to stop."""
    paid = outright(sheet)
    if len(paid) > 1 and (paid[-1].due - sheet.signed).days <= ONE_YEAR:
        yield found(paid[-1].clause, paid[-1].place, "due", n=len(paid), due=paid[-1].due.isoformat(),
                    whole=amount(sheet, total(p.high for p in paid)))  # fmt: skip


@rule("GZ105", Level.WARNING)
def single_payment(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """All money of a kind is paid at once."""
    paid = outright(sheet)
    if len(paid) == 1 and not sheet.grants:
        one = paid[0]
        yield found(one.clause, one.place, "amount", id=one.id, amount=amount(sheet, one.high))


@rule("GZ106", Level.INFO)
def never_expires(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A conditional instalment that stays owed for ever."""
    for payment in outright(sheet):
        if _waits(payment) and payment.expires is None:
            yield found(payment.clause, payment.place, id=payment.id)


def _waits(payment: Payment) -> bool:
    tree = payment.condition.tree if payment.condition else None
    return tree is not None and any(isinstance(x, TierInForce | Observable) for x in walk(tree))
