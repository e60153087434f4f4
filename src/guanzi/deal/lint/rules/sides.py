"""Rules about who gives what: money against money, or money against promises and valuations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guanzi.base.core import without_stop
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, name, total
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.terms import Contribution, Equity, Loan, TermSheet, least_and_most

HALF = 0.5
MUCH_MORE = 1.25
"""Implied value over what is put in, from which it is remarkable. Judgement: a quarter, as margin for goodwill."""
INDEPENDENT = re.compile(r"independent|apprais|expert|auditor|third.party|评估|审计|第三方", re.IGNORECASE)


def _public_money(sheet: TermSheet, equity: Equity, end: int) -> float | None:
    public = set(sheet.public)
    return total(least_and_most(v)[end] for t in equity.tranches for payer, v in t.amounts.items() if payer in public)


def _cash(part: Contribution) -> float | None:
    return total(least_and_most(value)[1] for _, value in part.cash)


@rule("GZ601", Level.ERROR)
def cash_against_kind(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The public side pays all the cash, and the partner brings technology or assets."""
    for equity in sheet.of(Equity):
        kind = [part for part in equity.contributions if part.assets is not None]
        cash = total(_cash(part) for part in equity.contributions)
        paid = _public_money(sheet, equity, 1)
        if kind and cash == 0.0 and paid != 0.0:
            part = kind[0]
            yield found(f"{equity.id}.contribution.{part.party}", part.place, "assets", party=name(sheet, part.party),
                        paid=amount(sheet, paid), value=amount(sheet, least_and_most(part.assets)[1]))  # fmt: skip


@rule("GZ602", Level.WARNING)
def partner_pays_later(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The partner's cash is due after the public side's."""
    for equity in sheet.of(Equity):
        firsts = [tranche.due for tranche in equity.tranches if set(tranche.amounts) & set(sheet.public)]
        for part in equity.contributions:
            days = [due for due, _ in part.cash]
            if firsts and days and min(days) > min(firsts):
                yield found(f"{equity.id}.contribution.{part.party}", part.place, "cash", party=name(sheet, part.party),
                            first=min(firsts).isoformat(), day=min(days).isoformat())  # fmt: skip


@rule("GZ603", Level.WARNING)
def valued_by_owner(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A contribution in kind of which nobody independent says what it is worth."""
    for equity in sheet.of(Equity):
        for part in equity.contributions:
            if part.assets is not None and not INDEPENDENT.search(part.basis):
                variant = "basis" if part.basis else "none"
                yield found(f"{equity.id}.contribution.{part.party}", part.place, "assets", variant=variant,
                            party=name(sheet, part.party), value=amount(sheet, least_and_most(part.assets)[1]),
                            basis=without_stop(part.basis))  # fmt: skip


@rule("GZ604", Level.INFO)
def dear_shares(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The price of the shares implies much more value than all that is put in."""
    for equity in sheet.of(Equity):
        share, paid = least_and_most(equity.share)[1], _public_money(sheet, equity, 0)
        brought = total(least_and_most(part.assets)[1] for part in equity.contributions)
        cash = total(_cash(part) for part in equity.contributions)
        if not share or not paid or brought is None or cash is None or not equity.contributions:
            continue
        value, put_in = paid / share, paid + brought + cash
        if value > MUCH_MORE * put_in:
            yield found(equity.id, equity.place, "share", id=equity.id, share=share, value=amount(sheet, round(value)),
                        put_in=amount(sheet, round(put_in)))  # fmt: skip


@rule("GZ605", Level.WARNING)
def public_majority(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The public side comes to own more than half."""
    for equity in sheet.of(Equity):
        share = total(least_and_most(v)[1] for holder, v in equity.holders.items() if holder in sheet.public)
        if share is not None and share > HALF:
            yield found(equity.id, equity.place, "share", id=equity.id, share=share)


@rule("GZ606", Level.WARNING, needs=("elsewhere",))
def promised_elsewhere(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The same is pledged, or promised, in another region too."""
    if context.elsewhere and sheet.moves_money:
        yield found("deal", sheet.place, what=context.elsewhere)


@rule("GZ607", Level.INFO)
def counted_twice(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Assets that count as the partner's contribution and are pledged for a loan of the public side as well."""
    kind = [part for equity in sheet.of(Equity) for part in equity.contributions if part.assets is not None]
    for loan in sheet.of(Loan):
        if kind and loan.rank == "secured":
            value = amount(sheet, least_and_most(kind[0].assets)[1])
            yield found(loan.id, loan.place, "security", id=loan.id, party=name(sheet, kind[0].party), value=value)
