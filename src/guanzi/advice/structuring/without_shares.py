"""A draft without shares: what it pays becomes a credit on the company's own spending, or a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from guanzi.advice.structuring.changes import MILLION, Restructured, Step, total_of, years_later
from guanzi.advice.structuring.trees import ADDED, both, condition, tier, truth
from guanzi.base.core import Message
from guanzi.deal.terms import (
    CASH,
    PLANNED,
    Call,
    Clawback,
    ConvertibleNote,
    Equity,
    Expression,
    Flow,
    Grant,
    Guarantee,
    Loan,
    MonthsSince,
    Promise,
    Put,
    Ratchet,
    TermSheet,
    Unknown,
    Warrant,
    public_flows,
    walk,
)
from guanzi.record.playbooks import Structure

ENFORCED = (0.3, 0.8)
"""Bracket of the chance that a clawback is enforced: a judgement, wide because no register of enforcement was found."""

type Sums = Mapping[str, float]
"""What each public party pays, in the sheet's unit: every design keeps the parts, each on its own budget."""


def payments_ahead(draft: TermSheet) -> tuple[Flow, ...]:
    """Money that the public side has still to pay, by day: it alone can take another form.

    What was paid before the signing stays paid; a tax that is let off and a price that is lowered are no money.
    """
    ahead = (f for f in public_flows(draft, *PLANNED) if f.nature in CASH and f.already is None)
    return tuple(sorted(ahead, key=lambda f: (f.due, f.id, f.payer)))


def credit(draft: TermSheet, structure: Structure, sums: Sums) -> Restructured:
    """A part of the company's own programme, in equal parts a year apart, as long as it works."""
    share, years = structure.programme_share, structure.years
    assert share is not None
    assert years is not None
    total = sum(sums.values())
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
        for payer, part in sums.items():
            id, amount = _named(f"credit-{n + 1}", payer, sums), paid * part / total / count
            grants.append(Grant(id, payer, amount, day, 1, ADDED, "grant", condition(waits)))
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


def site(draft: TermSheet, structure: Structure, sums: Sums) -> Restructured:
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
        for payer, owed in sums.items():
            amount = part.share.value * owed
            if part.kind == "grant":
                enforced = Unknown(ADDED, *ENFORCED, "judgement")
                back = Clawback(leaves, 1.0, enforced, ADDED) if part.clawback else None
                id = _named("site", payer, sums)
                sheet = sheet.holding(Grant(id, payer, amount, draft.signed, 1, ADDED, "grant", None, back))
            elif part.kind == "works":
                id = _named("works", payer, sums)
                works = Promise(id, payer, "public works at the site", draft.signed, 1.0, ADDED, amount)
                sheet = replace(sheet, promises=(*sheet.promises, works))
            else:
                id = _named("site-loan", payer, sums)
                loan = Loan(id, payer, company, amount, draft.signed, rate.value, years.value, ADDED)
                sheet = sheet.holding(loan)
        message = Message.of(
            f"structuring.restructure.{part.kind}{'_clawback' if part.clawback else ''}",
            amount=part.share.value * sum(sums.values()) * scale,
            share=part.share.value,
            currency=draft.currency,
        )
        steps.append(Step(part.kind, message, part.share.origin))
    return Restructured(sheet, (*steps, *_lost(draft, sheet, structure)))


def _named(id: str, payer: str, sums: Sums) -> str:
    return id if len(sums) == 1 else f"{id}-{payer}"


def _lost(draft: TermSheet, sheet: TermSheet, structure: Structure) -> Iterator[Step]:
    if draft.of(Equity):
        yield Step("no-shares", Message.of("structuring.restructure.no_shares"), structure.because)
    yield from fallen(draft, sheet)


def fallen(draft: TermSheet, sheet: TermSheet) -> Iterator[Step]:
    """What falls away because it spoke of a payment, or stood behind one, that takes another form."""
    backing = {i.id for kind, i in draft.items() if isinstance(i, Guarantee) or kind.takes_back(i)}
    gone = [f"covenant.{c.id}" for c in draft.covenants if c.id not in {x.id for x in sheet.covenants}]
    gone += [f"tier.{t.id}" for t in draft.tiers if t.id not in {x.id for x in sheet.tiers}]
    gone += sorted(backing - {i.id for i in sheet.instruments})
    if gone:
        names = tuple(draft.called(id) for id in gone)
        yield Step("gone", Message.of("structuring.restructure.gone", names=names))


def _bare(draft: TermSheet) -> TermSheet:
    """The draft without shares, what is paid ahead, and what hangs on them."""
    sheet = without_payments(without_rights(draft, calls=True))
    drawn = sheet.changed(ConvertibleNote, lambda note: None if note.already is None else note)
    return drawn.without(Equity, Warrant, Ratchet)


def without_payments(sheet: TermSheet) -> TermSheet:
    """The sheet without what the public side has still to pay, and what refers to that or answers for it.

    A promise stays, and costs nothing more.
    """
    ahead = payments_ahead(sheet)
    gone = {id for flow in ahead for id in (flow.instrument, flow.id)}
    kept = tuple(
        item
        for kind, item in sheet.items()
        if item.id not in gone
        and not gone & set(kind.takes_back(item))
        and not (isinstance(item, Guarantee) and item.debt in gone)
    )

    def speaks(tree: Expression) -> bool:
        return any(isinstance(part, MonthsSince) and part.target in gone for part in walk(tree))

    covenants = tuple(
        c for c in sheet.covenants if not any(x is not None and speaks(x.tree) for x in (c.require, c.until))
    )
    tiers = tuple(t for t in sheet.tiers if not speaks(t.when.tree))
    promises = tuple(replace(p, cost=0.0) if p.id in gone else p for p in sheet.promises)
    return replace(sheet, instruments=kept, promises=promises, covenants=covenants, tiers=tiers)


def without_rights(sheet: TermSheet, *, calls: bool) -> TermSheet:
    """The sheet without puts (and calls); a covenant that only opened one keeps no remedy."""
    names = {put.id for put in sheet.of(Put)}
    covenants = tuple(replace(c, remedy=None) if c.remedy in names else c for c in sheet.covenants)
    return replace(sheet.without(Put, *((Call,) if calls else ())), covenants=covenants)
