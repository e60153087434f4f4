"""Concentration of suppliers and of customers, from the shares of those that are named.

Thresholds: an index below 0.15 is called unconcentrated, from 0.25 on highly concentrated (Horizontal Merger Guidelines
of the United States, 2010). They were written for markets; for partners of one company they are a yardstick.
"""

from __future__ import annotations

from collections.abc import Callable

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import OWN_SUBJECTS, Reading, View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.concentration import herfindahl
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import CUSTOMER_BASE, MERGERS, SUPPLIERS
from guanzi.study.diligence.objects import sells

LOOSE, TIGHT = 0.15, 0.25


def _conclude(fact: str, codes: tuple[str, str]) -> Callable[[Check, View, DealFacts | None], tuple[Finding, ...]]:
    def conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
        held = _latest_shares(view, fact)
        if not held:
            return ()
        facts = tuple(id for reading in held for id in reading.facts)
        bounds = herfindahl([reading.value for reading in held])
        if bounds is None:
            total = sum(reading.value for reading in held)
            return (check.gap("too-much", Severity.HIGH, f"gap_{codes[0]}", total=total),)
        low, high = bounds
        variant, kind, severity = _judged(low, high)
        return (
            check.finding(
                "index",
                kind,
                severity,
                codes[1] if kind is Kind.ASSET else codes[0] if kind is Kind.RISK else f"gap_{codes[0]}",
                facts,
                variant=variant,
                n=len(held),
                named=sum(reading.value for reading in held),
                low=low,
                high=high,
            ),
        )

    return conclude


def _judged(low: float, high: float) -> tuple[str, Kind, Severity]:
    if low >= TIGHT:
        return "tight", Kind.RISK, Severity.HIGH
    if low >= LOOSE:
        return "medium", Kind.RISK, Severity.MEDIUM
    if high < TIGHT:
        return "spread", Kind.ASSET, Severity.MEDIUM
    return "open", Kind.GAP, Severity.MEDIUM


def _latest_shares(view: View, fact: str) -> list[Reading]:
    """The share of each partner in the latest period of which any is held."""
    subjects = sorted({f.subject for f in view.facts if f.name == fact and f.subject not in OWN_SUBJECTS})
    held = [reading for subject in subjects if (reading := latest(view, fact, subject)) is not None]
    last = max((reading.period for reading in held), default=None)
    return sorted((r for r in held if r.period == last and r.value > 0), key=lambda r: -r.value)


SUPPLIER_CONCENTRATION = Check(
    id="supplier-concentration",
    stream="chain",
    needs=(Need("supplier_share", "*"),),
    literature=f"{MERGERS}; {SUPPLIERS}",
    conclude=_conclude("supplier_share", ("suppliers_concentrated", "suppliers_not_concentrated")),
    severity_if_missing=Severity.MEDIUM,
)

CUSTOMER_INDEX = Check(
    id="customer-index",
    stream="users",
    needs=(Need("customer_share", "*"),),
    literature=f"{MERGERS}; {CUSTOMER_BASE}",
    conclude=_conclude("customer_share", ("customers_concentrated", "customers_not_concentrated")),
    severity_if_missing=Severity.LOW,
    asks=sells,
)
