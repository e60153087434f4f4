"""Orders: are announced orders backed by deposits, and do they fit what was ever sold?

No thresholds but one: orders above the best year's sales, on which nothing is paid, are more than demand has ever shown
(judgement of the project). An order without a deposit binds nobody; stated intentions overstate purchases (Jamieson &
Bass 1989).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, best_year, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import INTENTIONS


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    orders, deposits = latest(view, "orders") or latest(view, "fleet_orders"), latest(view, "customer_prepayments")
    share = latest(view, "orders_paid_share")
    backed = any(held is not None and held.value > 0 for held in (deposits, share))
    found = [] if orders is None or backed else _beyond(check, view, orders)
    if deposits is None:
        if orders is not None and share is None:
            found.append(
                check.gap("deposits-unknown", Severity.MEDIUM, "gap_deposits", facts=orders.facts, n=orders.value)
            )
        return tuple(found)
    paid = deposits.value > 0
    variant = f"{'paid' if paid else 'unpaid'}{'-orders' if orders else ''}"
    told = check.finding(
        "deposits",
        Kind.ASSET if paid else Kind.RISK,
        Severity.MEDIUM if paid else Severity.HIGH,
        "orders_backed" if paid else "orders_unbacked",
        deposits.facts + (orders.facts if orders else ()),
        variant=variant,
        amount=deposits.value,
        n=orders.value if orders else None,
        at=str(deposits.period),
    )
    return (*found, told)


def _beyond(check: Check, view: View, orders: Reading) -> list[Finding]:
    best, years = best_year(view, "deliveries"), latest(view, "order_years")
    dated = years is not None and years.value > 0
    yearly = orders.value / years.value if years is not None and dated else orders.value
    if best is None or not yearly > best.value:
        return []
    return [
        check.finding(
            "beyond",
            Kind.RISK,
            Severity.MEDIUM,
            "orders_beyond_sales",
            orders.facts + (years.facts if years and dated else ()) + best.facts,
            variant="yearly" if dated else "undated",
            n=orders.value,
            yearly=yearly,
            at=str(orders.period),
            best=best.value,
            period=str(best.period),
        )
    ]


ORDERS = Check(
    id="orders",
    stream="users",
    needs=(Need("orders"), Need("fleet_orders"), Need("customer_prepayments")),
    literature=INTENTIONS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
