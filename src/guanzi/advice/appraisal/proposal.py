"""What we would sign instead: the deal with its public money bound to steps of the company, judged by the same table.

The terms are made by the fixed transformation of :mod:`guanzi.advice.structuring.binding`, which looks at the sheet and
at what was known of the company, and are simulated and read like the deal as signed. Both are judged. The other side
must still sign. A city that declines leaves it without a deal, so its survival may not be worse than without one; what
its other holders have may not be worse than without a deal, or than in the deal that they have signed, whichever is
less: what they have agreed to they can agree to. Where money that comes later costs them more than that, the public
stake is made smaller once, by what makes up for it; not where it can be sold back, because then its price is what it
cost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isnan

from guanzi.advice.appraisal.advice_data import Advice, Change, Proposal
from guanzi.advice.appraisal.apart import Margin, all_above
from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook, text
from guanzi.advice.appraisal.document import Appraisal, Figure
from guanzi.advice.appraisal.lead import lead, offer_headline
from guanzi.advice.appraisal.prepare import Prepared, prepare_sheet
from guanzi.advice.structuring import TieredForm, bind_to_tiers, compare_clauses, make_simulable
from guanzi.base.core import Bilingual, Message
from guanzi.deal.terms import Equity, Number, Put, Relation, observables
from guanzi.engine.simulation import Z_95, SimulationResult

MARGIN = 1.25
"""By how much more than what the others lack the stake is made smaller: part of it is lost in futures that fail."""
GOOD: tuple[Advice, ...] = ("back", "back_with_conditions")
PROOFS = {
    "units": Bilingual("audited deliveries of the twelve months", "经审计的近十二个月交付量"),
    "capacity_local": Bilingual("acceptance certificates of the lines", "产线验收证书"),
    "plant_local": Bilingual("acceptance certificate of the plant", "工厂竣工验收证书"),
    "certified": Bilingual("the certificate, and that it is in force", "认证证书及其有效证明"),
}
"""What shows that a step was taken, by what the step looks at: a condition that nobody can prove binds nobody."""
MEASURED = (
    ("ahead", "ratio", "public.ahead"),
    ("fund_ahead", "ratio", "fund.ahead"),
    ("value_ahead", "ratio", "public.value_ahead"),
    ("value", MONEY, "fund.npv_mean"),
    ("tail", MONEY, "fund.shortfall"),
    ("survival", "ratio", "company.survival"),
    ("paid_mean", MONEY, "public.paid_mean"),
    ("paid_in_full", "ratio", "public.paid_in_full"),
    ("needed", "ratio", "odds.needed"),
)
"""Figures of the proposed form, and those of an appraisal that they are taken from."""

type Judge = Callable[[Prepared, SimulationResult | None, int], Appraisal]
type Run = Callable[[Prepared, int], SimulationResult | None]


def propose(found: Appraisal, prepared: Prepared, result: SimulationResult | None, run: Run, judge: Judge) -> Appraisal:
    """The appraisal with what we would sign instead, where terms could fix what the deal as signed is marked down for.

    Args:
        found: The deal as signed.
        prepared: What it was made of.
        result: Its simulation.
        run: Simulates a deal on so many paths.
        judge: Reads a simulated deal with the table.
    """
    bound = None if result is None else _bound(found, prepared)
    if bound is None or result is None or prepared.sheet is None:
        return found
    paths = result.paths  # the same draws: what differs is the deal
    other = prepare_sheet(prepared.view, prepared.playbook, bound.bound)
    theirs = run(other, paths)
    unclear: list[Message] = []
    if theirs is not None and not bound.bound.of(Put):
        before = _gained(theirs, result)
        eased = None if before.above else _smaller(bound, -before.value / theirs.scalars["holders.npv"].mean)
        if before.unclear:
            unclear.append(_unclear_message(f"stake_{'kept' if eased is None else 'smaller'}", before, prepared, paths))
        if eased is not None:
            bound, other = eased, prepare_sheet(prepared.view, prepared.playbook, eased.bound)
            theirs = run(other, paths)
    if theirs is None:
        return found
    tied = judge(other, theirs, paths)
    asked = {"gain": _gained(theirs, result), "survival": _survives(theirs)}
    signs = all(margin.above for margin in asked.values())
    if len(all_above(asked.values())) > 1:
        unclear += [_unclear_message(name, margin, prepared, paths) for name, margin in asked.items() if margin.unclear]
    fewer = len(tied.demands) < len(found.demands)
    taken = signs and tied.advice in GOOD and (found.as_signed == "decline" or fewer)
    figures = _figures(tied, theirs, result, bound, prepared.sheet.unit / 1e6)
    offer = Proposal(
        advice=tied.advice,
        deciding=tuple(row.rule for row in tied.rows if row.decided),
        signs=signs,
        taken=taken,
        changes=(*_precedents(tied), *_changes(bound)),
        figures=tuple(figures),
        unclear=tuple(map(text, unclear)),
    )
    advice: Advice = "back_with_conditions" if taken else found.as_signed
    whole = found.model_copy(
        update={
            "advice": advice,
            "proposal": offer,
            "figures": {**found.figures, **figures},
            "demands": tied.demands if taken else found.demands,
        }
    )
    headline = offer_headline(whole) if taken and found.as_signed == "decline" else found.summary.headline
    summary = found.summary.model_copy(update={"headline": headline, "lead": lead(whole, bound.bound)})
    return whole.model_copy(update={"summary": summary})


def _bound(found: Appraisal, prepared: Prepared) -> TieredForm | None:
    """The other form; None where nothing is to be fixed, or where no term decides."""
    if found.as_signed not in ("decline", "back_with_conditions") or prepared.sheet is None or prepared.model is None:
        return None
    if found.as_signed == "decline" and not any(row.figures for row in found.rows if row.decided):
        return None
    seen, _ = make_simulable(prepared.sheet, prepared.model)
    bound = bind_to_tiers(seen, prepared.model)
    return _as_written(bound) if bound.changed else None


def _as_written(bound: TieredForm) -> TieredForm:
    """The form as somebody would write it: steps in round numbers, under a name in both languages."""
    own = {tier.id for tier in bound.signed.tiers}
    tiers = []
    for n, tier in enumerate(bound.bound.tiers):
        if tier.id in own:
            tiers.append(tier)
            continue
        tree = tier.when.tree
        if isinstance(tree, Relation) and isinstance(tree.right, Number):
            tree = replace(tree, right=replace(tree.right, value=float(f"{tree.right.value:.3g}")))
        step = n - len(own) + 1
        name = Bilingual(f"step {step}", f"第{step}级")
        proof = next(PROOFS[seen] for seen in observables(tree))
        tiers.append(replace(tier, when=replace(tier.when, tree=tree), name=name, proof=proof))
    return replace(bound, bound=replace(bound.bound, tiers=tuple(tiers)))


def _gain(result: SimulationResult) -> float:
    """What the deal brings the other holders over having none, in the sheet's unit; nought where it is not known."""
    with_it, without = result.scalars["holders.npv"].mean, result.scalars["holders.npv_without"].mean
    return 0.0 if isnan(with_it) or isnan(without) else with_it - without


def _gained(result: SimulationResult, signed: SimulationResult) -> Margin:
    """What a deal brings the other holders above what they would sign for: nothing, or less if they signed for less."""
    agreed = _gain(signed) < 0.0
    names = ("holders.npv", "holders.npv_without")
    error = result.exact.gap(*names, than=signed.exact if agreed else None)
    return Margin(_gain(result) - min(0.0, _gain(signed)), error)


def _survives(result: SimulationResult) -> Margin:
    """By how much the other side lives more often within five years than without a deal."""
    (failed, n), (bare, _) = result.shares["company.failed_5y"], result.shares["company.failed_5y_without"]
    return Margin((bare - failed) / n, result.exact.share_gap("company.failed_5y_without", "company.failed_5y"))


def _unclear_message(what: str, margin: Margin, prepared: Prepared, paths: int) -> Message:
    """That a comparison cannot be told apart from its limit, with its amount and error."""
    money = what != "survival"
    assert prepared.sheet is not None
    assert margin.error is not None
    scale = prepared.sheet.unit / 1e6 if money else 1.0
    told = {"value": margin.value * scale, "error": Z_95 * margin.error * scale, "paths": paths}
    return Message.of_money(prepared.sheet.currency, f"appraisal.unclear.{what}", **told)


def _smaller(bound: TieredForm, lack: float) -> TieredForm | None:
    """The form with a smaller public stake, which gives the others ``lack`` of what they have; None without a stake."""
    changed = False

    def smaller(equity: Equity) -> Equity:
        nonlocal changed
        share = equity.share
        if not isinstance(share, float) or not 0.0 < share < 1.0:
            return equity
        part = max(0.0, 1.0 - MARGIN * lack * (1.0 - share) / share)
        held = {who: x * part if isinstance(x, float) else x for who, x in equity.holders.items()}
        changed = part > 0.0
        return replace(equity, share=share * part, holders=held)

    found = bound.bound.changed(Equity, smaller)
    return replace(bound, bound=found) if changed else None


def _figures(
    tied: Appraisal, result: SimulationResult, signed: SimulationResult, bound: TieredForm, scale: float
) -> dict[str, Figure]:
    book = FigureBook(tied.case.currency)
    clauses = tuple(f"terms.{c.id}" for c in compare_clauses(bound.signed, bound.bound) if c.kind == "changed")
    parents = ("simulation", "playbook", *clauses)
    for name, unit, id in MEASURED:
        figure = tied.figures.get(id)
        if figure is not None and figure.value is not None:
            book.add(f"proposal.{name}", Estimated(figure.value, sample=figure.sample), unit, "simulated", parents)
    bare, n = result.shares["company.failed_without"]
    book.add("proposal.survival_without", Estimated(1 - bare / n, sample=(n - bare, n)), "ratio", "simulated", parents)
    holders = {
        "holders": result.scalars["holders.npv"],
        "holders_signed": signed.scalars["holders.npv"],
        "holders_without": result.scalars["holders.npv_without"],
    }
    for name, found in holders.items():
        if not isnan(found.mean):
            book.add(f"proposal.{name}", found.mean * scale, MONEY, "simulated", parents)
    return book.figures()


def _precedents(tied: Appraisal) -> tuple[Change, ...]:
    """What is to be met before money is paid, as clauses that come in."""
    return tuple(
        Change(id=f"precedent.{demand.id}", kind="added", before=None, after=demand.text)
        for demand in tied.demands
        if demand.precedent
    )


def _changes(bound: TieredForm) -> tuple[Change, ...]:
    """The difference of the two term sheets, clause by clause, in words."""
    return tuple(
        Change(
            id=c.id,
            kind=c.kind,
            before=None if c.before is None else text(c.before),
            after=None if c.after is None else text(c.after),
        )
        for c in compare_clauses(bound.signed, bound.bound)
    )
