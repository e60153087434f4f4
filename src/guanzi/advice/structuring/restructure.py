"""A draft as a playbook would structure it: its form, its partners, its limits; everything else stays the draft's.

The steps are few and are taken in this order, each only where the playbook has a number for it:

1. **size**: the round is cut to the most that one project may take, at the draft's price before the money;
2. **stake**: it is cut until the public side holds no more than it may;
3. **partners**: the public side pays its share of each instalment, private partners pay the rest; nothing is paid
   before they have come, and whether they come is drawn from a stated bracket;
4. **gate**: the first instalment keeps the draft's condition, each later one waits for the next new tier as well;
5. **rights**: a right to sell back is kept or dropped; partners may have a right to buy the public stake.

Only money that is still to be paid changes its form: each public party keeps its part, and each payment the draft's day
and condition. What was paid before the signing and what is let off or sold below its price stay as they are.

A *credit* and a *site* replace the shares. A credit pays back a part of the company's own programme in equal parts,
the first a year after signing, each as long as the company works (what it spends in a year is not simulated); with the
gate, later ones wait for the next tier as well. A site is a package of a grant, works and a loan of the draft's sum.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from guanzi.advice.structuring.changes import MILLION, Restructured, Step, middle, number_of, round_of, years_later
from guanzi.advice.structuring.trees import ADDED, FIXED, both, condition, number, tier
from guanzi.advice.structuring.without_shares import (
    credit,
    fallen,
    payments_ahead,
    site,
    without_payments,
    without_rights,
)
from guanzi.base.core import Bilingual, Message, catalogue
from guanzi.deal.terms import (
    PARTNERS,
    Call,
    ConvertibleNote,
    DealParty,
    Equity,
    EventHappened,
    Flow,
    MonthsSince,
    Promise,
    Put,
    Relation,
    TermSheet,
    Tier,
    Tranche,
    Unknown,
    Value,
    public_flows,
)
from guanzi.record.playbooks import Origin, Structure

GATE = Origin(kind="judgement", because="playbooks.because.gate")
"""What stands behind the gate: no source has it."""


def restructure_sheet(draft: TermSheet, structure: Structure, payer: str, announced: float | None) -> Restructured:
    """Structure a draft as a playbook does.

    Args:
        draft: The term sheet; each public party keeps its part of what is still to be paid.
        structure: The playbook's form and limits.
        payer: The public party whose budget is examined; it gives a sum that was only announced.
        announced: That sum, in the sheet's unit; it counts where the draft has the public side pay, give
            and answer for nothing. None when it is not known.
    """
    buys = structure.form in ("equity", "fund", "follow_on")
    if buys and any(e.tranches for e in draft.of(Equity)):
        return _shares(draft, [], structure, payer)
    ahead = payments_ahead(draft)
    if any(middle(flow.amount) is None for flow in ahead):
        return Restructured(None, (), Message.of("structuring.restructure.no_sum"))
    if not ahead and public_flows(draft):
        return Restructured(None, (), Message.of("structuring.restructure.no_cash"))
    if not ahead and announced is None:
        return Restructured(None, (), Message.of(f"structuring.restructure.{'no_price' if buys else 'no_sum'}"))
    sums = {} if ahead else {payer: announced or 0.0}
    for flow in ahead:
        sums[flow.payer] = sums.get(flow.payer, 0.0) + number_of(flow.amount)
    if buys:
        made = _converted(draft, ahead) if ahead else _announced(draft, payer, sums[payer])
        return _shares(*made, structure, payer)
    return (credit if structure.form == "credit" else site)(draft, structure, sums)


# -- shares ------------------------------------------------------------------------------------------------------


def _shares(sheet: TermSheet, steps: list[Step], structure: Structure, payer: str) -> Restructured:
    if any(middle(v) is None for e in sheet.of(Equity) for t in e.tranches for v in t.amounts.values()):
        return Restructured(None, (), Message.of("structuring.restructure.no_sum"))
    for cut in (_cut_round, _cut_stake, _with_partners, _bind_to_tiers, _rights):
        sheet, made = cut(sheet, structure, payer)
        steps = [*steps, *made]
    return Restructured(_at_market(sheet) if _unpriced(sheet) else sheet, tuple(steps), written=sheet)


def _converted(draft: TermSheet, ahead: Sequence[Flow]) -> Made:
    """What is still to be paid, as shares without a price: each payment on its day and under its condition."""
    sheet = without_payments(draft)
    assumed = dict(draft.assumed)
    for id, agreed in (("stake", True), ("stake-undated", False)):
        paid = [(n, f) for n, f in enumerate(ahead, start=1) if (f.agreed and f.dated) == agreed]
        if paid:
            tranches = [
                Tranche(f"part-{n}", {f.payer: number_of(f.amount)}, f.due, ADDED, f.condition, f.expires)
                for n, f in paid
            ]
            sheet = sheet.holding(_stake(id, draft, tranches))
            assumed |= {} if agreed else {id: ("due",)}
    message = Message.of("structuring.restructure.converted")
    return replace(sheet, assumed=assumed), [Step("converted", message), *fallen(draft, sheet)]


def _announced(draft: TermSheet, payer: str, asked: float) -> Made:
    """A sum without a form, as shares without a price: equal parts a year apart, one more than there are new tiers."""
    parts = 1 + sum(not t.baseline for t in draft.tiers)
    tranches = [
        Tranche(f"part-{n + 1}", {payer: asked / parts}, years_later(draft.signed, n) if n else draft.signed, ADDED)
        for n in range(parts)
    ]
    amount = asked * draft.unit / MILLION
    form = "announced" if parts > 1 else "announced.once"
    message = Message.of(f"structuring.restructure.{form}", amount=amount, parts=parts, currency=draft.currency)
    return draft.holding(_stake("stake", draft, tranches)), [Step("announced", message)]


def _stake(id: str, draft: TermSheet, tranches: Sequence[Tranche]) -> Equity:
    holders: dict[str, Value] = {p: Unknown(ADDED) for t in tranches for p in t.amounts}
    return Equity(id, draft.issuer, Unknown(ADDED), holders, tuple(tranches), ADDED)


type Made = tuple[TermSheet, list[Step]]


def _unpriced(sheet: TermSheet) -> bool:
    return any(middle(e.share) is None for e in sheet.of(Equity))


def _at_market(sheet: TermSheet) -> TermSheet:
    """Shares at what the simulated company is worth: a note that converts in the step after it is paid."""
    notes = tuple(
        ConvertibleNote(
            f"{t.id}-{party}",
            party,
            e.issuer,
            amount,
            t.due,
            0.0,
            sheet.step / 12.0,
            ADDED,
            at_maturity="convert",
            condition=t.condition,
            already=t.already,
        )
        for e in sheet.of(Equity)
        for t in e.tranches
        for party, amount in t.amounts.items()
    )
    return sheet.without(Equity).holding(*notes)


def _cut_round(sheet: TermSheet, structure: Structure, payer: str) -> Made:
    limit = structure.round
    total = round_of(sheet)
    if limit is None or total * sheet.unit / MILLION <= limit.value:
        return sheet, []
    message = Message.of(
        "structuring.restructure.round",
        before=total * sheet.unit / MILLION,
        after=limit.value,
        currency=sheet.currency,
    )
    factor = limit.value * MILLION / sheet.unit / total
    return _scaled(sheet, factor), [Step("round", message, limit.origin)]


def _cut_stake(sheet: TermSheet, structure: Structure, payer: str) -> Made:
    """Cut the round until the public stake, by its share of the money, is what it may be."""
    limit = structure.stake
    if limit is None:
        return sheet, []
    part = structure.public_share.value if structure.public_share else 1.0
    factor = 1.0
    for equity in sheet.of(Equity):
        share = middle(equity.share)
        if share is not None and share * part > limit.value:
            wanted = limit.value / part
            factor = min(factor, wanted * (1.0 - share) / (share * (1.0 - wanted)))
    if factor >= 1.0:
        return sheet, []
    message = Message.of("structuring.restructure.stake", limit=limit.value)
    return _scaled(sheet, factor), [Step("stake", message, limit.origin)]


def _with_partners(sheet: TermSheet, structure: Structure, payer: str) -> Made:
    share = structure.public_share
    if share is None or structure.partners_low is None or structure.partners_high is None:
        return sheet, []
    public = set(sheet.public)
    total = round_of(sheet)
    paid = sum(number_of(v) for e in sheet.of(Equity) for t in e.tranches for p, v in t.amounts.items() if p in public)
    if paid <= share.value * total * (1.0 + 1e-9):
        return sheet, []
    out = _out(sheet, public)
    if paid <= out:
        return sheet, []
    factor = max(share.value * total - out, 0.0) / (paid - out)
    first = min(t.due for e in sheet.of(Equity) for t in e.tranches)
    come = EventHappened(PARTNERS, ADDED)

    def shared(tranche: Tranche) -> Tranche:
        own = {p: number_of(v) * factor if p in public else number_of(v) for p, v in tranche.amounts.items()}
        rest = sum(number_of(v) for v in tranche.amounts.values()) - sum(own.values())
        tree = both(tranche.condition.tree if tranche.condition else None, come)
        assert tree is not None
        return replace(tranche, amounts={**own, PARTNERS: rest}, condition=condition(tree))

    low, high = structure.partners_low.value, structure.partners_high.value
    promise = Promise(
        PARTNERS,
        payer,
        "private partners who pay beside the public side",
        first,
        1.0,
        ADDED,
        broken=Unknown(ADDED, 1.0 - high, 1.0 - low, "bracket of the playbook"),
    )

    def with_partners(equity: Equity) -> Equity:
        holders: dict[str, Value] = {p: Unknown(ADDED) for p in (*equity.holders, PARTNERS)}
        return replace(equity.moved(shared), holders=holders)

    held = sheet.changed(Equity, with_partners).changed(Put, lambda p: replace(p, holders=(*p.holders, PARTNERS)))
    new = replace(
        held,
        parties=(*sheet.parties, DealParty(PARTNERS, "holder", PARTNERS, FIXED)),
        promises=(*sheet.promises, promise),
    )
    message = Message.of("structuring.restructure.partners", share=share.value, low=low, high=high)
    return new, [Step("partners", message, share.origin)]


def _bind_to_tiers(sheet: TermSheet, structure: Structure, payer: str) -> Made:
    """Each instalment after the first day of payment waits for the next new tier as well."""
    gates = tuple(tier(t.id) for t in sheet.tiers if not t.baseline)
    if structure.gate != "tier" or not gates:
        return sheet, []
    days = sorted({t.due for e in sheet.of(Equity) for t in e.tranches})
    if len(days) < 2:
        return sheet, []

    def gated(tranche: Tranche) -> Tranche:
        rank = days.index(tranche.due)
        if not rank:
            return tranche
        gate = gates[min(rank, len(gates)) - 1]
        tree = both(tranche.condition.tree if tranche.condition else None, gate)
        assert tree is not None
        return replace(tranche, condition=condition(tree))

    bound = sheet.changed(Equity, lambda e: e.moved(gated))
    names = tuple(tier_name(t) for t in sheet.tiers if not t.baseline)[: len(days) - 1]
    message = Message.of("structuring.restructure.gate", tiers=names)
    return bound, [Step("gate", message, GATE)]


def tier_name(tier: Tier) -> Message:
    """A tier as its sheet calls it; in Chinese by its id, where it has no Chinese name and the id is a common one."""
    words = Bilingual.read(tier.name or tier.id)
    chinese = words.zh or catalogue("structuring", "zh").get(f"structuring.tier.{tier.id}", "")
    return Message.of("structuring.tier", name=Bilingual(str(words), chinese))


def _rights(sheet: TermSheet, structure: Structure, payer: str) -> Made:
    steps = []
    if sheet.of(Put) and structure.put == "dropped":
        sheet = without_rights(sheet, calls=False)
        steps.append(Step("put", Message.of("structuring.restructure.no_put"), structure.because))
    months, rate = structure.buy_out_months, structure.buy_out_rate
    partners = PARTNERS in {p.id for p in sheet.parties}
    if months is not None and rate is not None and partners and _unpriced(sheet):
        steps.append(Step("buy-out", Message.of("structuring.restructure.no_buy_out")))
    elif months is not None and rate is not None and partners:
        first = min((t.due, t.id) for e in sheet.of(Equity) for t in e.tranches)[1]
        when = Relation("<=", MonthsSince(first, ADDED), number(months.value), ADDED)
        calls = [
            Call(f"buy-out-{holder}", e.id, PARTNERS, 1.0, holder, rate.value, "compound", condition(when), FIXED)
            for e in sheet.of(Equity)
            for holder in e.holders
            if holder in sheet.public
        ]
        sheet = sheet.holding(*calls)
        message = Message.of("structuring.restructure.buy_out", months=months.value, rate=rate.value)
        steps.append(Step("buy-out", message, months.origin))
    return sheet, steps


def _scaled(sheet: TermSheet, factor: float) -> TermSheet:
    """A smaller round at the same value of the company before the money; the company's own cash is cut alike.

    What is out already stays, so that the rest is cut by more.
    """
    total, out, rest = round_of(sheet), _out(sheet), factor
    if out:
        rest = max(factor * total - out, 0.0) / (total - out) if total > out else 1.0
        factor = (out + rest * (total - out)) / total

    def smaller(equity: Equity) -> Equity:
        share = middle(equity.share)
        after: Value = equity.share if share is None else factor * share / (1.0 - share + factor * share)
        cut = equity.moved(lambda t: replace(t, amounts={p: number_of(v) * rest for p, v in t.amounts.items()}))
        return replace(cut, share=after, holders={p: Unknown(ADDED) for p in equity.holders})

    return sheet.changed(Equity, smaller)


def _out(sheet: TermSheet, payers: Collection[str] | None = None) -> float:
    """What was paid for shares before the signing, by some payers or by all, in the sheet's unit."""
    out = (t for e in sheet.of(Equity) for t in e.tranches if t.already is not None)
    return sum(number_of(v) for t in out for p, v in t.amounts.items() if payers is None or p in payers)
