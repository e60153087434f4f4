"""What rules measure on the conditions, rights and covenants of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guanzi.deal.compliance.found import FoundValue, NamedClause, clauses_of, flowing, lacking, present, seen_whole
from guanzi.deal.terms import (
    SUPPORT,
    Condition,
    DateTest,
    Expression,
    Logic,
    MonthsSince,
    Number,
    Observable,
    Put,
    Relation,
    Smallest,
    SmallestFold,
    TermSheet,
    observables,
    payments,
    public_flows,
    walk,
)

SEAT = ("hq_local",)
PRESENCE = ("hq_local", "rnd_local", "plant_local", "capacity_local")


def _money_conditions(sheet: TermSheet) -> Iterator[tuple[NamedClause, Condition]]:
    """Conditions on which money for the company depends, each with its clause."""
    paid = {flow.asked: flow for flow in sheet.flows()}
    for kind, item in sheet.items():
        for asked in kind.asked(item):
            if asked.use in ("payment", "clawback"):
                tranche = paid.get(asked.id) if asked.id != item.id else None
                yield item if tranche is None else tranche, asked.condition


def _support_conditions(sheet: TermSheet) -> Iterator[tuple[NamedClause, Condition]]:
    """Conditions of what is given for nothing in return, and of what takes it back."""
    given = {flow.instrument for flow in public_flows(sheet, *SUPPORT)}
    for kind, item in sheet.items():
        if item.id in given or given & set(kind.takes_back(item)):
            yield from ((item, asked.condition) for asked in kind.asked(item))


def _names(sheet: TermSheet, condition: Condition) -> set[str]:
    """Observables that a condition needs, those of the tiers that it names included."""
    found = set(observables(condition.tree))
    for node in walk(condition.tree):
        tier = next((t for t in sheet.tiers if t.id == getattr(node, "tier", None)), None)
        if tier is not None:
            found |= set(observables(tier.when.tree))
    return found


def local_content_condition(sheet: TermSheet) -> FoundValue:
    """Whether public money depends on the share of local suppliers."""
    hits = [c for c, condition in _money_conditions(sheet) if "supplier_share_local" in _names(sheet, condition)]
    return present(sheet, hits)


def export_condition(sheet: TermSheet) -> FoundValue:
    """Whether public money depends on exports: no word of the condition language measures them.

    So it is not known while there is a clause or covenant whose text was not seen or not put into a condition.
    """
    whole = seen_whole(sheet) and all(covenant.require is not None for covenant in sheet.covenants)
    return FoundValue(False if whole else None)


def seat_condition(sheet: TermSheet) -> FoundValue:
    """Whether a grant or rebate depends on the seat of the company being here."""
    hits = [c for c, condition in _support_conditions(sheet) if set(SEAT) & _names(sheet, condition)]
    return present(sheet, hits)


def stay_covenant(sheet: TermSheet) -> FoundValue:
    """Whether a covenant binds headquarters, research or plant to the place."""
    kept = [c for c in sheet.covenants if c.require is not None and set(PRESENCE) & set(observables(c.require.tree))]
    return present(sheet, kept)


def unconditional_instalment(sheet: TermSheet) -> FoundValue:
    """Whether public money for shares or a loan is due by the calendar alone."""
    return lacking(sheet, [one for one in payments(sheet, "invested", "lent") if one.condition is None])


def support_without_clawback(sheet: TermSheet) -> FoundValue:
    """Whether a grant or rebate has no rule by which it is paid back."""
    given = flowing(sheet, (flow for flow in public_flows(sheet, "given", "forgone") if not flow.recoverable))
    return FoundValue(given.value is True, given.clauses) if seen_whole(sheet) else FoundValue(None)


def public_buyback(sheet: TermSheet) -> FoundValue:
    """Whether a public party has promised to buy the shares of a holder that is not public."""
    public = set(sheet.public)
    promised = [put for put in sheet.of(Put) if public & set(put.obligors or ())]
    return present(sheet, [put for put in promised if set(put.holders) - public])


def fixed_return(sheet: TermSheet) -> FoundValue:
    """Whether public holders can sell at what they paid plus a fixed rate."""
    return present(sheet, [put for put in sheet.public_puts if put.rate != 0.0])


def dated_put(sheet: TermSheet) -> FoundValue:
    """Whether public holders can sell once enough time has passed, whatever the company has reached."""
    return present(sheet, [put for put in sheet.public_puts if _ByCalendar().truth(put.when.tree)])


class _ByCalendar(SmallestFold[bool]):
    """Whether time alone makes a condition true: one of its alternatives asks for dates and months only."""

    def logic(self, x: Logic) -> bool:
        return (any if x.op == "or" else all)(map(self.truth, x.items))

    def smallest(self, x: Smallest) -> bool:
        if isinstance(x, Relation):
            x = x.with_limit_right()
            return isinstance(x.left, MonthsSince) and isinstance(x.right, Number) and x.op in (">", ">=")
        return isinstance(x, DateTest) and x.op == "after"

    def _never(self, x: Expression) -> bool:
        """Of no such condition does the calendar alone decide that it becomes true."""
        return False

    negation = consecutive = held = _never


def issuer_only_put(sheet: TermSheet) -> FoundValue:
    """Whether somebody other than the issuer stands behind no put: its only obligor is the company that may fail."""
    issuers = {party.id for party in sheet.parties if party.role == "issuer"}
    weak = [put for put in sheet.public_puts if put.obligors is not None and set(put.obligors) <= issuers]
    if not weak and any(put.obligors is None for put in sheet.public_puts):
        return FoundValue(None)
    return lacking(sheet, weak)


def tier_without_proof(sheet: TermSheet) -> FoundValue:
    """Whether a tier does not say by which document it is proved."""
    return _all_seen([tier for tier in sheet.tiers if not tier.proof])


def covenant_without_remedy(sheet: TermSheet) -> FoundValue:
    """Whether a breach of a covenant has no consequence; a remedy that was not seen leaves it open."""
    bare = [covenant for covenant in sheet.covenants if covenant.remedy is None]
    if not bare and any(not isinstance(covenant.remedy, str) for covenant in sheet.covenants):
        return FoundValue(None)
    return lacking(sheet, bare)


def _all_seen(items: Sequence[NamedClause]) -> FoundValue:
    """A flaw of clauses that are in the sheet: unseen clauses do not matter."""
    return FoundValue(bool(items), clauses_of(items))


def _job_thresholds(sheet: TermSheet) -> list[tuple[NamedClause, float]]:
    found: list[tuple[NamedClause, float]] = []
    conditions: list[tuple[NamedClause, Condition]] = [*_money_conditions(sheet)]
    conditions += [(c, c.require) for c in sheet.covenants if c.require is not None]
    for clause, condition in conditions:
        for node in walk(condition.tree):
            if isinstance(node, Relation) and node.op not in ("==", "!="):
                node = node.with_limit_right()
                if isinstance(node.left, Observable) and node.left.name == "jobs_local":
                    found += [(clause, node.right.value)] if isinstance(node.right, Number) else []
    return found


def job_goal(sheet: TermSheet) -> FoundValue:
    """Whether the sheet asks for a number of local jobs."""
    return present(sheet, [clause for clause, _ in _job_thresholds(sheet)])


def jobs_required(sheet: TermSheet) -> FoundValue:
    """The largest number of local jobs that the sheet asks for."""
    goals = _job_thresholds(sheet)
    if not goals:
        return FoundValue(None)
    most = max(number for _, number in goals)
    return FoundValue((most, most), clauses_of([clause for clause, number in goals if number == most]))
