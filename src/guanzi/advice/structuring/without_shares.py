"""A draft without shares: what it gives becomes a credit on the company's own spending, or a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guanzi.advice.structuring.changes import MILLION, Restructured, Step, total_of, years_later
from guanzi.advice.structuring.trees import both, condition, place, tier, truth
from guanzi.base.core import Message
from guanzi.deal.terms import (
    PLANNED,
    Call,
    Clawback,
    ConvertibleNote,
    Equity,
    Expression,
    Grant,
    Loan,
    MonthsSince,
    Promise,
    Put,
    Ratchet,
    RevenueShare,
    TermSheet,
    Unknown,
    Warrant,
    public_flows,
    walk,
)
from guanzi.record.playbooks import Structure

ENFORCED = (0.3, 0.8)
"""Bracket of the chance that a clawback is enforced: a judgement, wide because no register of enforcement was found."""


def credit(draft: TermSheet, structure: Structure, payer: str, total: float) -> Restructured:
    """A part of the company's own programme, in equal parts a year apart, as long as it works."""
    share, years = structure.programme_share, structure.years
    assert share is not None
    assert years is not None
    own = total_of(v for e in draft.of(Equity) for c in e.contributions for _, v in c.cash)
    programme = total + (own or 0.0)
    paid = min(total, share.value * programme)
    count = int(years.value)
    gates = tuple(tier(t.id) for t in draft.tiers if not t.baseline) if structure.gate == "tier" else ()
    sheet = _bare(draft)
    grants = []
    for n in range(count):
        waits = both(truth("solvent"), gates[min(n, len(gates)) - 1] if n and gates else None)
        assert waits is not None
        day = years_later(draft.signed, n + 1)
        grants.append(Grant(f"credit-{n + 1}", payer, paid / count, day, 1, place(), "grant", condition(waits)))
    scale = draft.unit / MILLION
    message = Message.of(
        f"structuring.restructure.{'credit_announced' if own is None else 'credit'}",
        programme=programme * scale,
        paid=paid * scale,
        currency=draft.currency,
        share=share.value,
        years=count,
    )
    steps = [Step("credit", message, share.origin), *_lost(draft, sheet, structure)]
    return Restructured(sheet.holding(*grants), tuple(steps))


def site(draft: TermSheet, structure: Structure, payer: str, total: float) -> Restructured:
    """A package of a grant, works and a loan of the draft's sum."""
    rate, years = structure.loan_rate, structure.years
    assert rate is not None
    assert years is not None
    sheet = _bare(draft)
    scale = draft.unit / MILLION
    leaves = condition(truth("control_changed"))
    steps = []
    company = next(p.id for p in draft.parties if p.role == "issuer")
    for part in structure.parts:
        amount = part.share.value * total
        if part.kind == "grant":
            enforced = Unknown(place(), *ENFORCED, "judgement")
            back = Clawback(leaves, 1.0, enforced, place()) if part.clawback else None
            given = Grant("site", payer, amount, draft.signed, 1, place(), "grant", None, back)
            sheet = sheet.holding(given)
        elif part.kind == "works":
            works = Promise("works", payer, "public works at the site", draft.signed, 1.0, place(), amount)
            sheet = replace(sheet, promises=(*sheet.promises, works))
        else:
            loan = Loan("site-loan", payer, company, amount, draft.signed, rate.value, years.value, place())
            sheet = sheet.holding(loan)
        message = Message.of(
            f"structuring.restructure.{part.kind}{'_clawback' if part.clawback else ''}",
            amount=amount * scale,
            share=part.share.value,
            currency=draft.currency,
        )
        steps.append(Step(part.kind, message, part.share.origin))
    return Restructured(sheet, (*steps, *_lost(draft, sheet, structure)))


def _lost(draft: TermSheet, sheet: TermSheet, structure: Structure) -> Iterable[Step]:
    if draft.of(Equity):
        yield Step("no-shares", Message.of("structuring.restructure.no_shares"), structure.because)
    gone = len(draft.covenants) - len(sheet.covenants) + len(draft.tiers) - len(sheet.tiers)
    if gone:
        yield Step("gone", Message.of("structuring.restructure.gone", n=gone))


def _bare(draft: TermSheet) -> TermSheet:
    """The draft without shares and what hangs on them; what refers to an instalment goes with it."""
    gone = {t.id for e in draft.of(Equity) for t in e.tranches}
    sheet = without_gifts(without_rights(draft, calls=True))

    def speaks(tree: Expression) -> bool:
        return any(isinstance(part, MonthsSince) and part.target in gone for part in walk(tree))

    covenants = tuple(
        c for c in sheet.covenants if not any(x is not None and speaks(x.tree) for x in (c.require, c.until))
    )
    tiers = tuple(t for t in sheet.tiers if not speaks(t.when.tree))
    return replace(sheet.without(Equity, ConvertibleNote, Warrant, Ratchet), covenants=covenants, tiers=tiers)


def without_gifts(sheet: TermSheet) -> TermSheet:
    """The sheet without what the public side gives or lends; a promise stays, and costs nothing more."""
    public = set(sheet.public)
    gone = {flow.instrument for flow in public_flows(sheet, *PLANNED) if not flow.shares}
    gone |= {share.id for share in sheet.of(RevenueShare) if share.investor in public}
    kept = tuple(item for kind, item in sheet.items() if item.id not in gone and not kind.takes_back(item))
    promises = tuple(p if p.cost == 0.0 else replace(p, cost=0.0) for p in sheet.promises)
    return replace(sheet, instruments=kept, promises=promises)


def without_rights(sheet: TermSheet, *, calls: bool) -> TermSheet:
    """The sheet without puts (and calls); a covenant that only opened one keeps no remedy."""
    names = {put.id for put in sheet.of(Put)}
    covenants = tuple(replace(c, remedy=None) if c.remedy in names else c for c in sheet.covenants)
    return replace(sheet.without(Put, *((Call,) if calls else ())), covenants=covenants)
