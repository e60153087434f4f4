"""Every payment that the public side plans under a deal, whatever its form, and what it may be called upon for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guanzi.advice.appraisal.deal import (
    MILLION,
    Bracket,
    Instalment,
    add,
    bracket,
    depends_on_more_than_events,
    tiers_in,
)
from guanzi.advice.appraisal.deal import instalments as equity_instalments
from guanzi.deal.terms import Condition, Grant, Purchase, TermSheet, Unknown, years_on


def commitments(sheet: TermSheet) -> tuple[Instalment, ...]:
    """All planned payments of public parties by due date: for shares, lent, given, forgone and built, in CNY m.

    A yearly payment stands there once for each of its years. What depends on the company's failure, such as a
    guarantee, is not planned: see :func:`contingent`.
    """
    found = (*equity_instalments(sheet), *_lent(sheet), *_given(sheet), *_works(sheet))
    return tuple(sorted(found, key=lambda i: (i.due, i.id)))


def contingent(sheet: TermSheet) -> tuple[tuple[str, Bracket], ...]:
    """Clauses under which the public side may be called upon, with the most that each can cost, in CNY m."""
    scale = sheet.unit / MILLION
    return tuple((f"terms.incentive.{g.id}", bracket(g.limit, scale)) for g in sheet.guarantees)


def at_most(sheet: TermSheet) -> tuple[Bracket, tuple[str, ...]] | None:
    """All that the public side pays, forgoes or answers for at the most, with its clauses; None: no such clause."""
    planned, called = commitments(sheet), contingent(sheet)
    if not planned and not called:
        return None
    clauses = (*(i.clause for i in planned), *(clause for clause, _ in called))
    return add((*(i.amount for i in planned), *(amount for _, amount in called))), tuple(dict.fromkeys(clauses))


def _lent(sheet: TermSheet) -> Iterator[Instalment]:
    public, scale = set(sheet.public), sheet.unit / MILLION
    for note in sheet.convertible_notes:
        if note.lender in public:
            yield _one(sheet, note.id, note.drawn, (note.lender, bracket(note.amount, scale)), note.condition)
    for loan in sheet.loans:
        if loan.lender in public:
            yield _one(sheet, loan.id, loan.drawn, (loan.lender, bracket(loan.amount, scale)), loan.condition)
    for share in sheet.revenue_shares:
        if share.investor in public and share.amount != 0.0:
            yield _one(sheet, share.id, share.drawn, (share.investor, bracket(share.amount, scale)), share.condition)


def _given(sheet: TermSheet) -> Iterator[Instalment]:
    scale = sheet.unit / MILLION
    yearly: tuple[Grant | Purchase, ...] = (*sheet.grants, *sheet.purchases)
    for given in yearly:
        amount, cash = bracket(given.amount, scale), getattr(given, "kind", "purchase") != "rebate"
        for year in range(given.years):
            due, id = (
                years_on(given.start, year),
                given.id if given.years == 1 else f"{given.id}.{given.start.year + year}",
            )
            clause = f"incentive.{given.id}"
            yield _one(sheet, id, due, (given.payer, amount), given.condition, clause=clause, cash=cash)
    for land in sheet.lands:
        factor = land.discount
        off = Bracket(None, None, None) if isinstance(factor, Unknown) else bracket(land.value, scale * factor)
        yield _one(sheet, land.id, land.due, (land.payer, off), None, clause=f"incentive.{land.id}", cash=False)


def _works(sheet: TermSheet) -> Iterator[Instalment]:
    scale = sheet.unit / MILLION
    for park in sheet.parks:
        years = range(park.start.year, park.ready.year + 1)
        part, clause = bracket(park.cost, scale / len(years)), f"incentive.{park.id}"
        for year in years:
            due = years_on(park.start, year - park.start.year)
            id = park.id if len(years) == 1 else f"{park.id}.{year}"
            yield _one(sheet, id, due, (park.payer, part), park.condition, clause=clause)
    for promise in sheet.promises:
        if promise.cost != 0.0:
            cost = bracket(promise.cost, scale)
            yield _one(sheet, promise.id, promise.due, (promise.party, cost), None, clause=f"promise.{promise.id}")


def _one(
    sheet: TermSheet,
    id: str,
    due: date,
    paid: tuple[str, Bracket],
    condition: Condition | None,
    *,
    clause: str = "",
    cash: bool = True,
) -> Instalment:
    new_tiers = {tier.id for tier in sheet.tiers if not tier.baseline}
    return Instalment(
        id=id,
        due=due,
        amount=paid[1],
        conditional=depends_on_more_than_events(condition),
        tiers=tuple(sorted(set(tiers_in(condition)) & new_tiers)),
        clause=f"terms.{clause or id}",
        by_party=(paid,),
        cash=cash,
    )
