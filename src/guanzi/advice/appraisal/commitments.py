"""Every payment that the public side plans under a deal, whatever its form, and what it may be called upon for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from guanzi.advice.appraisal.deal import (
    MILLION,
    Bracket,
    Instalment,
    add,
    bracket,
    depends_on_more_than_events,
    tiers_in,
)
from guanzi.base.core import Message
from guanzi.deal.terms import (
    PLANNED,
    Flow,
    Grant,
    Nature,
    Payout,
    TermSheet,
    in_a_year,
    owed_by,
    payments,
    public_flows,
)
from guanzi.study.fiscal import CashPlan, planned_calls


def commitments(sheet: TermSheet) -> tuple[Instalment, ...]:
    """All planned payments of public parties by due date, of every nature but what is contingent, in CNY m.

    A yearly payment stands there once for each of its years. What somebody must call for first, such as a guarantee,
    is not planned: see :func:`contingent`.
    """
    return instalments(sheet, *PLANNED)


def instalments(sheet: TermSheet, *natures: Nature) -> tuple[Instalment, ...]:
    """Payments of some natures by due date."""
    return tuple(sorted((_instalment(sheet, one) for one in payments(sheet, *natures)), key=lambda i: (i.due, i.id)))


def paid_by(payers: Collection[str], planned: Iterable[Instalment]) -> tuple[tuple[Instalment, float | None], ...]:
    """What some parties pay of planned payments, in CNY m; None: nothing is known of an amount."""
    return tuple((i, amount.mid) for i in planned for payer, amount in i.by_party if payer in payers)


def plan_of(payers: Collection[str], planned: Sequence[Instalment], revenue: float | None = None) -> CashPlan:
    """What a budget is planned to pay by calendar year, as far as amounts are known; every sum by year is this one.

    Args:
        payers: Ids of the public parties that pay from it.
        planned: Payments of all parties.
        revenue: Of a year of the budget that it pays from, CNY m; None: not known.
    """
    known = ((i.due, amount) for i, amount in paid_by(payers, planned) if amount is not None)
    return planned_calls(known, revenue)


def assumed_of(planned: Iterable[Instalment]) -> tuple[Message, ...]:
    """What of planned payments is assumed, in words: their days, and what part of the whole falls on each."""
    guessed = [i for i in planned if not (i.agreed or i.out)]
    told = {"days": bool(guessed), "spread": any(i.spread for i in guessed)}
    return tuple(Message.of(f"appraisal.note.assumed_{what}") for what, so in told.items() if so)


def contingent(sheet: TermSheet) -> tuple[tuple[str, Bracket], ...]:
    """Clauses under which the public side may be called upon, with the most that each can cost, in CNY m."""
    return by_clause(sheet, public_flows(sheet, "contingent"))


def by_clause(sheet: TermSheet, flows: Iterable[Flow]) -> tuple[tuple[str, Bracket], ...]:
    """Flows clause by clause, in CNY m."""
    scale, found = sheet.unit / MILLION, dict[str, Bracket]()
    for flow in flows:
        clause, amount = f"terms.{flow.clause}", bracket(flow.amount, scale)
        found[clause] = found[clause] + amount if clause in found else amount
    return tuple(found.items())


def at_most(
    sheet: TermSheet, *payers: str, a_year: bool = False, forgone: bool = True
) -> tuple[Bracket, tuple[str, ...]] | None:
    """All that the public side pays, gives or answers for at the most, with its clauses; None: no such clause.

    Args:
        sheet: The term sheet.
        payers: Of these public parties alone; without any, of all.
        a_year: To be held against a year's revenue: tax that is let off counts by its heaviest year.
        forgone: Tax that is let off counts.
    """
    asked = tuple(flow for flow in owed_by(sheet, *payers) if forgone or flow.nature != "forgone")
    asked = in_a_year(asked) if a_year else asked
    found = by_clause(sheet, sorted(asked, key=lambda flow: (flow.nature == "contingent", flow.due, flow.id)))
    return (add(amount for _, amount in found), tuple(clause for clause, _ in found)) if found else None


def let_off(sheet: TermSheet, payers: Collection[str], year: int | None = None) -> tuple[float, float]:
    """What some parties let off in a year of a tax that a project brings first, and that tax, in millions.

    Without a year it is that of the heaviest one. Of a tax whose part that is still paid is not stated, what is let off
    is all that is known.
    """
    forgone = [f for f in sheet.flows() if f.payer in payers and f.nature == "forgone" and f.condition is not None]
    chosen = in_a_year(forgone) if year is None else [flow for flow in forgone if flow.due.year == year]
    parts = {grant.id: grant.share_of_tax or 1.0 for grant in sheet.of(Grant)}
    most = [(bracket(f.amount, sheet.unit / MILLION).high or 0.0, parts[f.instrument]) for f in chosen]
    return sum(relief for relief, _ in most), sum(relief / part for relief, part in most)


def _instalment(sheet: TermSheet, payment: Payout) -> Instalment:
    scale, new_tiers = sheet.unit / MILLION, {tier.id for tier in sheet.tiers if not tier.baseline}
    parts = tuple((payer, bracket(amount, scale)) for payer, amount in sorted(payment.amounts.items()))
    tiers = tuple(sorted(set(tiers_in(payment.condition)) & new_tiers))
    return Instalment(
        id=payment.id,
        due=payment.already or payment.due,
        amount=add(amount for _, amount in parts),
        conditional=depends_on_more_than_events(payment.condition),
        tiers=tiers,
        clause=f"terms.{payment.clause}",
        by_party=parts,
        cash=payment.cash,
        out=payment.already is not None,
        untold=sheet.awaits_unseen(payment),
        awaits=payment.condition is not None and payment.already is None and not tiers,
        agreed=payment.agreed and payment.dated,
        spread="spread" in sheet.assumed.get(payment.instrument, ()),
        called=sheet.called(payment.id),
    )
