"""Parallel obligations of the buyer or investor: what else it has promised at the same time, and with what means.

Thresholds, judgements of the project: obligations above a year's revenue of the buyer are critical and above half of it
high; when its revenue was not held, above three times the price of this deal critical and above the price high. A
revenue that has fallen by a tenth or more within a year weakens the payer.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, annual, annual_before, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import BUYING_POWER
from guanzi.study.diligence.objects import is_bought

#: Obligations that add up; each is a promise of its own.
PARTS = (
    "buyer_obligations",
    "parallel_investment_commitments",
    "deferred_price",
    "buyer_guarantee",
    "buyer_put_price",
)
OF_REVENUE = (0.5, 1.0)
OF_PRICE = (1.0, 3.0)
SHRUNK_TO = 0.9


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    held = [r for r in (latest(view, name) for name in PARTS) if r is not None]
    found = _sum(check, view, held) if held else []
    if not held and check.has_evidence(view):
        found = [check.gap("unknown", Severity.HIGH, "gap_buyer_obligations")]
    return (*found, *_revenue(check, view))


def _sum(check: Check, view: View, held: list[Reading]) -> list[Finding]:
    total = sum(r.value for r in held)
    facts = tuple(fact for r in held for fact in r.facts)
    if not total > 0:
        return [check.finding("none", Kind.ASSET, Severity.MEDIUM, "buyer_free", facts)]
    revenue, price = _year(view), latest(view, "purchase_price")
    variant, against, limits = "alone", None, OF_REVENUE
    if revenue is not None and revenue.value > 0:
        variant, against = "revenue", revenue
    elif price is not None and price.value > 0:
        variant, against, limits = "price", price, OF_PRICE
    times = total / against.value if against else None
    return [
        check.finding(
            "total",
            Kind.RISK,
            _severity(times, limits),
            "buyer_obligations",
            facts + (against.facts if against else ()),
            variant=variant,
            total=total,
            against=against.value if against else None,
            at=str(against.period) if against else None,
            times=times,
        )
    ]


def _year(view: View) -> Reading | None:
    found = annual(view, "buyer_revenue")
    return None if found is None else Reading(found.value, found.period, found.facts)


def _severity(times: float | None, limits: tuple[float, float]) -> Severity:
    if times is None or times <= limits[0]:
        return Severity.MEDIUM
    return Severity.CRITICAL if times > limits[1] else Severity.HIGH


def _revenue(check: Check, view: View) -> list[Finding]:
    last = annual(view, "buyer_revenue")
    before = annual_before(view, "buyer_revenue", last) if last is not None else None
    if last is None or before is None or not before.value > 0 or last.value > SHRUNK_TO * before.value:
        return []
    return [
        check.finding(
            "shrinks",
            Kind.RISK,
            Severity.HIGH,
            "buyer_shrinks",
            last.facts + before.facts,
            rate=1 - last.value / before.value,
            before=before.value,
            last=last.value,
            start=str(before.period),
            end=str(last.period),
        )
    ]


BUYER_OBLIGATIONS = Check(
    id="buyer-obligations",
    stream="finance",
    needs=(*(Need(name) for name in PARTS), Need("buyer_revenue")),
    literature=BUYING_POWER,
    conclude=_conclude,
    severity_if_missing=Severity.LOW,
    asks=is_bought,
)
