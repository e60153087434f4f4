"""How the public money goes in: what a playbook's rules on form, partners and size look at.

These figures are entered only for a playbook whose table tests them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guanzi.advice.appraisal.book import MONEY, FigureBook
from guanzi.advice.appraisal.commitments import by_clause
from guanzi.advice.appraisal.deal import Bracket, add, bracket, budget_parties, depends_on_more_than_events
from guanzi.base.core import Message
from guanzi.deal.terms import (
    PLANNED,
    Equity,
    TermSheet,
    in_a_year,
    owed_by,
)
from guanzi.record.evidence import View, latest
from guanzi.record.playbooks import FigureTest, Playbook, leaves

PREFIX = "mechanism."
_FACTS: Mapping[str, tuple[str, str]] = {
    "mechanism.age": ("company_age", "years"),
    "mechanism.staff": ("headcount", "count"),
    "mechanism.value": ("market_value", MONEY),
}
"""Figure, the fact of the company that it shows, and its unit."""


@dataclass(frozen=True, slots=True)
class Support:
    """One sum that public parties give or put in.

    Attributes:
        shares: It buys shares, or what can become shares.
        proved: It waits for more than the calendar and the closing.
    """

    amount: Bracket
    shares: bool
    proved: bool
    clause: str


def wanted(playbook: Playbook) -> frozenset[str]:
    """The figures of this kind that the table of a playbook tests."""
    tests = (test for row in playbook.table for test in leaves(row.test))
    return frozenset(t.figure for t in tests if isinstance(t, FigureTest) and t.figure.startswith(PREFIX))


def enter_mechanism(book: FigureBook, view: View, sheet: TermSheet | None, playbook: Playbook) -> None:
    """Enter the figures that the playbook tests; what the text or the facts do not say is a gap."""
    asked = wanted(playbook)
    for id in sorted(asked & _FACTS.keys()):
        name, unit = _FACTS[id]
        held = latest(view, name)
        if held is None:
            book.gap(id, unit, Message.of("appraisal.gap.not_held"))
        else:
            book.add(id, held.value, unit, "derived", held.facts)
    for id in sorted(asked - _FACTS.keys()):
        unit = MONEY if id == "mechanism.total" else "ratio"
        found = _DEAL[id](sheet, book, view) if sheet is not None and id in _DEAL else None
        if found is None:
            book.gap(id, unit, Message.of("appraisal.gap.amount"))
        else:
            value, parents = found
            book.add(id, value, unit, "derived", parents or ("terms.deal",))


def supports(sheet: TermSheet, *payers: str, a_year: bool = False) -> tuple[Support, ...]:
    """Every planned sum of the public side, clause by clause; what it may be called upon for is not among them.

    Args:
        sheet: The term sheet.
        payers: Of these public parties alone; without any, of all.
        a_year: To be held against a year's revenue: tax that is let off counts by its heaviest year.
    """
    flows = tuple(flow for flow in owed_by(sheet, *payers) if flow.nature in PLANNED)
    flows = in_a_year(flows) if a_year else flows
    by = {f"terms.{flow.clause}": flow for flow in flows}
    return tuple(
        Support(amount, by[clause].shares, depends_on_more_than_events(by[clause].condition), clause)
        for clause, amount in by_clause(sheet, flows)
    )


type Found = tuple[float, tuple[str, ...]] | None


def _public_share(sheet: TermSheet, book: FigureBook, view: View) -> Found:
    """Of the cash that investors pay for shares; what the company's own side puts in is not counted."""
    public = set(sheet.public)
    paid = [(p, bracket(v).mid) for e in sheet.of(Equity) for t in e.tranches for p, v in sorted(t.amounts.items())]
    known = [(party, amount) for party, amount in paid if amount is not None]
    total = sum(amount for _, amount in known)
    if len(known) < len(paid) or total <= 0.0:
        return None
    clauses = tuple(f"terms.{e.id}.{t.id}" for e in sheet.of(Equity) for t in e.tranches)
    return sum(amount for party, amount in known if party in public) / total, clauses


def _stake(sheet: TermSheet, book: FigureBook, view: View) -> Found:
    """Shares of the public holders; where they are not stated, they follow the money that each holder pays."""
    public = set(sheet.public)
    stakes = []
    for equity in sheet.of(Equity):
        held = [bracket(share).mid for holder, share in equity.holders.items() if holder in public]
        stated = [share for share in held if share is not None]
        whole, part = bracket(equity.share).mid, _public_part(equity, public)
        if held and len(stated) == len(held):
            stakes.append(sum(stated))
        elif whole is None or part is None:
            return None
        else:
            stakes.append(whole * part)
    return (sum(stakes), tuple(f"terms.{equity.id}" for equity in sheet.of(Equity))) if stakes else None


def _public_part(equity: Equity, public: set[str]) -> float | None:
    """What public parties pay of an equity, as a part of all that is paid for it."""
    paid = [(party, bracket(v).mid) for t in equity.tranches for party, v in t.amounts.items()]
    known = [(party, amount) for party, amount in paid if amount is not None]
    total = sum(amount for _, amount in known)
    return None if len(known) < len(paid) or not total else sum(a for p, a in known if p in public) / total


def _total(sheet: TermSheet, book: FigureBook, view: View) -> Found:
    held = supports(sheet)
    total = add(s.amount for s in held).mid
    return None if total is None or not held else (total, tuple(s.clause for s in held))


def _total_to_budget(sheet: TermSheet, book: FigureBook, view: View) -> Found:
    """Of what the budget that is examined pays or gives; other public parties burden other budgets."""
    revenue = book.value("known.budget_revenue")
    held = supports(sheet, *budget_parties(sheet, view), a_year=True)
    total = add(s.amount for s in held).mid
    if total is None or not revenue or not supports(sheet):
        return None
    return total / revenue, (*(s.clause for s in held), "known.budget_revenue")


def _part(which: Callable[[Support], bool]) -> Callable[[TermSheet, FigureBook, View], Found]:
    def share(sheet: TermSheet, book: FigureBook, view: View) -> Found:
        total = _total(sheet, book, view)
        if total is None or total[0] <= 0.0:
            return None
        chosen = add(s.amount for s in supports(sheet) if which(s)).mid
        return None if chosen is None else (chosen / total[0], total[1])

    return share


_DEAL: Mapping[str, Callable[[TermSheet, FigureBook, View], Found]] = {
    "mechanism.public_share": _public_share,
    "mechanism.stake": _stake,
    "mechanism.total": _total,
    "mechanism.total_to_budget": _total_to_budget,
    "mechanism.equity_share": _part(lambda support: support.shares),
    "mechanism.proof_share": _part(lambda support: support.proved),
}
