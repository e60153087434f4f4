"""Second source: how long the company stands still if its only supplier of a part falls out."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import yes_or_no
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import DUAL_SOURCING


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    codes = ("no_second_source", "second_source")
    found = yes_or_no(check, view, "second_source", "qualified", codes, good=True, severity=Severity.HIGH)
    held = flag(view, "second_source")
    return tuple(found) if held is not None and held[0] else (*found, *_standstill(check, view))


def _standstill(check: Check, view: View) -> list[Finding]:
    """Months until another source delivers, less the months of stock."""
    months, stock = latest(view, "second_source_months"), latest(view, "inventory_cover_months")
    if months is None:
        return []
    if stock is None:
        return [check.gap("stock-unknown", Severity.MEDIUM, "gap_stock", facts=months.facts, months=months.value)]
    idle = months.value - stock.value
    if idle <= 0 and not stock.value > 0:
        return []
    return [
        check.finding(
            "standstill",
            Kind.RISK if idle > 0 else Kind.ASSET,
            Severity.HIGH if idle > 0 else Severity.LOW,
            "standstill" if idle > 0 else "stock_bridges",
            months.facts + stock.facts,
            variant="idle" if idle > 0 else "bridged",
            idle=idle,
            months=months.value,
            stock=stock.value,
        )
    ]


SECOND_SOURCE = Check(
    id="second-source",
    stream="chain",
    needs=(Need("second_source"), Need("second_source_months"), Need("inventory_cover_months")),
    literature=DUAL_SOURCING,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
