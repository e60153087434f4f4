"""An extension: does the stock of parts last until a second source delivers? A playbook and a grant for it."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence import Check, DealFacts, Need
from guanzi_stock.stock_grant import KIND, StockGrant, StockGrantLowering

SHORT = 2.0
"""Months of stock below which it is told as a risk: a judgement of this extension."""


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    stock = latest(view, "stock_months")
    if stock is None:
        return ()
    short = stock.value < SHORT
    kind, severity = (Kind.RISK, Severity.MEDIUM) if short else (Kind.ASSET, Severity.LOW)
    name = "short" if short else "long"
    return (check.finding(name, kind, severity, f"stock_{name}", stock.facts, months=stock.value),)


STOCK_COVER = Check(
    id="stock-cover",
    stream="chain",
    needs=(Need("stock_months"),),
    literature="A judgement of this extension.",
    conclude=_conclude,
    silence=Severity.LOW,
)
CHECKS = (STOCK_COVER,)
INSTRUMENTS = (KIND,)
LOWERINGS = ((StockGrant, lambda item, bench, made: StockGrantLowering(item, bench)),)
