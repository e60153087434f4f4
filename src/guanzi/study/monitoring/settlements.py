"""What counts as paid: money that reached the company, laid to the payments of the deal, with what it implies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guanzi.base.core import PeriodKind
from guanzi.deal.terms import (
    EventHappened,
    Payout,
    TermSheet,
    conjuncts,
    least_and_most,
    payments,
    payouts,
)
from guanzi.record.evidence import Reading, View, series
from guanzi.study.monitoring.claims import Claims, claims_of
from guanzi.study.monitoring.patience import CashFlow

ROUNDING = 1e-9
"""By what part what was paid may fall short of what was planned."""
type Span = tuple[float, float]
"""An amount at least and at most, in the unit of the sheet."""
KINDS: tuple[PeriodKind, ...] = ("day", "month", "quarter", "half", "span", "year")
"""Times of which money is stated, the shorter ones first: what a longer one holds beyond them is of its last day."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is known of the money of one payment, amounts in the unit of the sheet.

    Attributes:
        planned: What is to be paid; None: the amount was not seen.
        paid: What has come of it, by verification or by facts on money that reached the company.
        begun: Day on which the first of it came; None: nothing says that any did.
        completed: Day on which the last of it came; None: nothing says so.
        facts: Facts behind it.
    """

    planned: float | None
    paid: float = 0.0
    begun: date | None = None
    completed: date | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpliedEvent:
    """An event that a payment took for met: its condition asked for it, and money came.

    Attributes:
        day: Day by which it was taken for met.
        payment: Id of the payment.
        called: What the sheet calls it.
        facts: Facts by which the payment was made.
    """

    day: date
    payment: str
    called: str
    facts: tuple[str, ...]


def cash_flows(view: View, name: str) -> tuple[CashFlow, ...]:
    """Money of a name by day, in millions, whatever time it is stated for: no part of a longer time counts twice."""
    found: list[tuple[Reading, float]] = []
    for kind in KINDS:
        longer = [
            (r, r.value - sum(value for held, value in found if r.period.contains(held.period)))
            for r in series(view, name, kind=kind)
        ]
        found += [(r, rest) for r, rest in longer if kind == KINDS[0] or rest > ROUNDING * abs(r.value)]
    flows = (CashFlow(r.period.end, rest, r.facts, r.period.start) for r, rest in found)
    return tuple(sorted(flows, key=lambda flow: flow.day))


def settlements(sheet: TermSheet, view: View) -> Mapping[str, Settlement]:
    """What is known to have been paid of each payment of the public side, by its id.

    A payment that somebody verified counts as paid on that day. Other money that reached the company is laid to the
    payments in the order in which they fall due, those first that the company reports as received. A payment of which
    nothing came is not said to be unpaid: its money may have come without a fact.
    """
    every = payments(sheet)
    planned = [one for one in payouts(sheet) if one.kind == "planned"]
    claims = {one.id: claims_of(view, one.id) for one in every}
    received = _Received(sheet, view)
    found: dict[str, Settlement] = {}
    for one in sorted(planned, key=lambda one: (not _claimed(claims[one.id]), one.due)):
        found[one.id] = received.laid_to(one, claims[one.id])
    for one in every:
        verified = claims[one.id].verified
        if one.id not in found:
            found[one.id] = (
                Settlement(total_of(one)) if verified is None else _verified(one, verified.day, verified.fact)
            )
    return {one.id: found[one.id] for one in every}


def implied_events(sheet: TermSheet, settled: Mapping[str, Settlement]) -> Mapping[str, ImpliedEvent]:
    """Events that were taken for met, since a payment whose condition asks for them was made: event to the first."""
    found: dict[str, ImpliedEvent] = {}
    for one in payouts(sheet):
        held = settled[one.id]
        if held.begun is None or one.condition is None:
            continue
        for part in conjuncts(one.condition.tree):
            if isinstance(part, EventHappened) and part.event not in settled:
                implied = ImpliedEvent(held.begun, one.id, sheet.called(one.id), held.facts)
                found[part.event] = min(found.get(part.event, implied), implied, key=lambda x: x.day)
    return found


class _Received:
    """Money that reached the company, until it is laid to a payment."""

    def __init__(self, sheet: TermSheet, view: View) -> None:
        flows = cash_flows(view, "public_cash_received")
        self.left = [replace(flow, amount=flow.amount * 1e6 / sheet.unit) for flow in flows]

    def laid_to(self, one: Payout, claims: Claims) -> Settlement:
        verified, planned = claims.verified, total_of(one)
        if verified is None and one.already is not None:
            return Settlement(planned, planned or 0.0, one.already, one.already)
        taken, kept = [], []
        span = span_of(one)
        wanted = most = float("inf") if span is None else span[1]
        for flow in self.left:
            part = min(flow.amount, wanted)
            wanted -= part
            if part > 0.0:
                taken.append(replace(flow, amount=part))
            kept.append(replace(flow, amount=flow.amount - part))
        self.left = kept
        if verified is not None:
            return _verified(one, verified.day, verified.fact)
        days, paid = [flow.day for flow in taken], sum(flow.amount for flow in taken)
        whole = bool(days) and paid >= most * (1.0 - ROUNDING)
        facts = tuple(dict.fromkeys(fact for flow in taken for fact in flow.facts))
        return Settlement(planned, paid, min(days, default=None), max(days) if whole else None, facts)


def _claimed(claims: Claims) -> bool:
    return claims.verified is not None or claims.reported is not None


def _verified(one: Payout, day: date, fact: str) -> Settlement:
    planned = total_of(one)
    return Settlement(planned, planned or 0.0, day, day, (fact,))


def span_of(payment: Payout) -> Span | None:
    """What is paid, at least and at most; None: nothing is known of it."""
    low, high = least_and_most(payment.amount)
    return None if low is None or high is None else (low, high)


def total_of(payment: Payout) -> float | None:
    """What is paid, with what is assumed of what was not seen; None: it is not known, or only within a bracket."""
    span = span_of(payment)
    return None if span is None or span[0] != span[1] else span[0]


def settled_of(sheet: TermSheet, settled: Mapping[str, Settlement], asked: str) -> Settlement | None:
    """The first payment of what a condition asks for by an id; None: it is no payment."""
    some = (one for one in payouts(sheet) if asked in (one.id, one.asked))
    first = min(some, key=lambda one: one.due, default=None)
    return None if first is None else settled[first.id]
