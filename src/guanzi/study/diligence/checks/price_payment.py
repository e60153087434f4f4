"""Payment of the price: is the buyer paying, or does the seller finance the sale?

Thresholds: Order No. 32 of 2016, article 28, lets at most 70 % of the price of a state asset be paid later, within a
year and against security; more is critical, and more than half is high (judgement of the project). A seller who pays
more into the company than it receives is high, whatever the amounts.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, at, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import STATE_SALE
from guanzi.study.diligence.objects import is_bought

LAW, HALF = 0.7, 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    later, paid = latest(view, "deferred_price"), latest(view, "price_paid")
    found = [*_deferred(check, view, later), *_round_trip(check, view, paid)]
    if not found and check.has_evidence(view) and later is None and paid is None:
        found.append(check.gap("unknown", Severity.MEDIUM, "gap_price_payment"))
    return tuple(found)


def _deferred(check: Check, view: View, later: Reading | None) -> list[Finding]:
    price = _price(view, later)
    if later is None or price is None:
        return []
    share = later.value / price.value
    some = later.value > 0
    severity = Severity.HIGH if share > HALF else Severity.MEDIUM
    return [
        check.finding(
            "deferred",
            Kind.RISK if some else Kind.ASSET,
            Severity.CRITICAL if share > LAW else severity,
            "price_deferred" if some else "price_paid",
            later.facts + price.facts,
            variant="some" if some else "none",
            amount=later.value,
            price=price.value,
            share=share,
        )
    ]


def _price(view: View, later: Reading | None) -> Reading | None:
    """The price last agreed before the day from which a part of it is deferred."""
    if later is None:
        return None
    days = sorted({f.period.end for f in view.named("purchase_price") if f.period.end <= later.period.end})
    price = at(view, "purchase_price", days[-1]) if days else None
    return price if price is not None and price.value > 0 else None


def _round_trip(check: Check, view: View, paid: Reading | None) -> list[Finding]:
    back = latest(view, "seller_cash_contribution")
    if paid is None or back is None or not back.value > paid.value:
        return []
    return [
        check.finding(
            "round-trip",
            Kind.RISK,
            Severity.HIGH,
            "seller_pays_more",
            back.facts + paid.facts,
            back=back.value,
            paid=paid.value,
        )
    ]


PRICE_PAYMENT = Check(
    id="price-payment",
    stream="legal",
    needs=(
        Need("purchase_price"),
        Need("deferred_price"),
        Need("price_paid"),
        Need("seller_cash_contribution"),
    ),
    literature=STATE_SALE,
    conclude=_conclude,
    severity_if_missing=Severity.LOW,
    asks=is_bought,
)
