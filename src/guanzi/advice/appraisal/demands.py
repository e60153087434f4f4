"""The conditions that the advice demands: those of the table's rows, made specific to the clauses of this deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guanzi.advice.appraisal.advice_data import Demand
from guanzi.advice.appraisal.book import FigureBook, text
from guanzi.advice.appraisal.commitments import commitments, instalments, plan_of
from guanzi.advice.appraisal.deal import Instalment, budget_parties
from guanzi.advice.appraisal.definitive import definitive
from guanzi.base.core import Message
from guanzi.deal.terms import Consecutive, Number, Observable, Relation, TermSheet, Total, Unknown, owed_by, walk
from guanzi.record.evidence import View, annual
from guanzi.record.playbooks import Decision, Playbook, RowResult, Words, worded

_BESIDE_SHARES = {
    ("playbooks.demand.cap_exposure", "given"): "appraisal.demand.cap_exposure.given",
    ("playbooks.demand.share_load", "given"): "appraisal.demand.share_load.given",
    ("playbooks.demand.better_price", "lent"): "appraisal.demand.better_price.lent",
}
"""What a playbook demands of an investor, said of a deal in which nobody buys shares."""
_LATER = {
    "playbooks.demand.tie_instalments": "appraisal.demand.tie_instalments.single",
    "playbooks.demand.prove_margin": "appraisal.demand.prove_margin.single",
}
"""What a playbook demands of later instalments, said where there is but one payment."""
_UNSEEN = {"exit-right": "appraisal.demand.exit_right.unseen"}
"""What is asked for first where a clause that was not seen may hold what a playbook demands."""


def demands(
    playbook: Playbook,
    decision: Decision,
    book: FigureBook,
    view: View,
    sheet: TermSheet | None,
    planned: Sequence[Instalment],
) -> tuple[Demand, ...]:
    """What is to be met before money is paid; then the rest in the order of the table, then what only the text asks."""
    declines = {row.id for row in playbook.table if row.if_fail == "decline"}
    wordings = {demand.id: demand.text for demand in playbook.demands}
    specific = dict(_specific(view, sheet, planned))
    found: dict[str, Demand] = {}
    for row in decision.rows:
        if row.condition is None:
            continue
        untold = _UNSEEN.get(row.condition) if row.outcome == "no_evidence" and sheet is not None else None
        worded = Message.of(untold) if untold else _worded(wordings[row.condition], view, sheet)
        message, clauses = specific.get(row.condition, (worded, ()))
        held = found[row.condition].because if row.condition in found else ()
        because = tuple(dict.fromkeys((*held, *_grounds(row, book), *clauses)))
        first = row.outcome == "no_evidence" and row.id in declines
        found[row.condition] = Demand(id=row.condition, text=text(message), because=because, precedent=first)
    for id, (message, clauses) in specific.items():
        if id not in wordings:
            found[id] = Demand(id=id, text=text(message), because=clauses)
    return tuple(sorted(found.values(), key=lambda demand: not demand.precedent))


def _worded(words: Words, view: View, sheet: TermSheet | None) -> Message:
    told = worded(words)
    if sheet is None:
        return told
    if told.id == "playbooks.demand.spread_payments" and _even(view, sheet):
        return Message.of("appraisal.demand.spread_payments.even")
    if told.id in _LATER and _paid_once(sheet):
        assumed = told.id == "playbooks.demand.tie_instalments" and not _parts_known(sheet)
        return Message.of(_LATER[told.id] + (".assumed" if assumed else ""))
    fitted = _BESIDE_SHARES.get((told.id, _bought(sheet)))
    return told if fitted is None else Message.of(fitted)


def _paid_once(sheet: TermSheet) -> bool:
    """Whether what is invested and lent, or all that is given where nothing is, goes over on one day."""
    return len({i.due for i in instalments(sheet, "invested", "lent") or commitments(sheet)}) == 1


def _parts_known(sheet: TermSheet) -> bool:
    """Whether the deal itself says on which days, and in which parts, the money goes over."""
    return all(flow.agreed and not sheet.parts_unseen(flow) for flow in owed_by(sheet, *sheet.public) if flow.cash)


def _even(view: View, sheet: TermSheet) -> bool:
    """Whether the budget that is examined pays the same in each of several years: nothing is left to spread."""
    years = [year.planned for year in plan_of(budget_parties(sheet, view), commitments(sheet)).years]
    return len(years) > 1 and max(years) <= 1.001 * min(years)


def _bought(sheet: TermSheet) -> str:
    """What the public money of a deal becomes: shares, what is lent, or what is given."""
    return "shares" if sheet.buys_shares is not False else "given" if sheet.only_gives else "lent"


def _grounds(row: RowResult, book: FigureBook) -> Iterable[str]:
    return (*row.findings, *(id for id in row.figures if id in book))


type Specific = tuple[str, tuple[Message, tuple[str, ...]]]


def _specific(view: View, sheet: TermSheet | None, planned: Sequence[Instalment]) -> Iterator[Specific]:
    if sheet is None:
        return
    free = [i for i in planned if not i.tiers]
    tiers = [tier for tier in sheet.tiers if not tier.baseline]
    later = free[1:] if len(free) > 1 else free
    if later and tiers:
        yield (
            "tie-instalments",
            (
                Message.of_money(
                    sheet.currency,
                    "appraisal.demand.tie_instalments",
                    n=len(later),
                    instalments=tuple(sheet.called(i.id) for i in later),
                    amount=sum(i.amount.mid or 0.0 for i in later),
                    tiers=tuple(sheet.called(f"tier.{tier.id}") for tier in tiers),
                ),
                (*(i.clause for i in later), *(f"terms.tier.{tier.id}" for tier in tiers)),
            ),
        )
    for put in sheet.public_puts:
        issuers = {party.id for party in sheet.parties if party.role == "issuer"}
        if put.obligors is None or set(put.obligors) <= issuers:
            kind = "unknown" if put.obligors is None else "issuer"
            yield "guarantee", (Message.of(f"appraisal.demand.guarantee.{kind}"), (f"terms.{put.id}",))
        if isinstance(put.basis, Unknown):
            yield "put-basis", (Message.of("appraisal.demand.put_basis"), (f"terms.{put.id}",))
    yield from _floors(view, sheet)
    bare = [c for c in sheet.covenants if c.remedy is None or isinstance(c.remedy, Unknown)]
    if bare:
        names = tuple(sheet.called(f"covenant.{c.id}") for c in bare)
        clauses = tuple(f"terms.covenant.{c.id}" for c in bare)
        yield "name-remedy", (Message.of("appraisal.demand.name_remedy", covenants=names), clauses)
    if sheet.status in ("draft", "framework"):
        yield "definitive", (definitive(sheet), ("terms.deal",))


def _floors(view: View, sheet: TermSheet) -> Iterator[Specific]:
    """An operating floor at or below what is delivered in a year does not bite."""
    actual = annual(view, "deliveries")
    if actual is None:
        return
    for put in sheet.public_puts:
        for part in walk(put.when.tree):
            if not isinstance(part, Consecutive) or not isinstance(part.item, Relation):
                continue
            left, right = part.item.left, part.item.right
            yearly = isinstance(left, Total) and isinstance(left.item, Observable) and left.item.name == "units"
            if (
                yearly
                and isinstance(right, Number)
                and part.item.op in ("<", "<=")
                and right.value <= 1.25 * actual.value
            ):
                message = Message.of(
                    "appraisal.demand.raise_floor",
                    product=sheet.product,
                    floor=right.value,
                    actual=actual.value,
                    year=str(actual.period),
                    years=part.years,
                )
                yield "raise-floor", (message, (f"terms.{put.id}", *actual.facts))
