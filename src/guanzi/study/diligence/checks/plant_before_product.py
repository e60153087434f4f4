"""Order of plant and product: is money sunk into a plant before there is something to build in it?

No thresholds: a plant begun while nothing has been delivered is critical, because the outlay cannot be undone and the
demand is not known (Dixit & Pindyck 1994); begun before and delivering by now, it stays a remark. Where a plant is
planned, sales answer whether there is a product, but for a company before its first one, which sells something else.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.evidence import Reading, View, annual, flag, latest, made_a_year, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import IRREVERSIBLE

BEFORE_REVENUE = "pre-revenue-deep-tech"
"""Kind of company whose sales are of something else than its product."""


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    first = flag(view, "own_plant_before_product")
    sold = annual(view, "deliveries")
    year = None if sold is None else Reading(sold.amount, sold.period, sold.facts)
    delivered = latest(view, "cumulative_deliveries") or year
    if first is not None and not first[0]:
        return (check.finding("after", Kind.ASSET, Severity.MEDIUM, "product_before_plant", first[1]),)
    if first is not None:
        return (_begun(check, first[1], delivered),)
    found = _planned(view)
    return () if found is None else (_to_come(check, view, delivered, *found),)


def _planned(view: View) -> tuple[Message, tuple[str, ...]] | None:
    """The plant that is planned, as far as it is told: its capacity, its cost, or when it starts."""
    capacity, cost = latest(view, "plan_capacity"), latest(view, "plan_plant_investment")
    start = words(view, "plan_start")
    if capacity is not None:
        told = made_a_year(capacity.value, view.fact(capacity.facts[0]).unit)
        return Message.of("diligence.plant-before-product.capacity", capacity=told), capacity.facts
    if cost is not None:
        return Message.of_money(view.currency, "diligence.plant-before-product.cost", cost=cost.value), cost.facts
    return None if start is None else (Message.of("diligence.plant-before-product.start"), start[1])


def _to_come(check: Check, view: View, delivered: Reading | None, plant: Message, facts: tuple[str, ...]) -> Finding:
    """A plant that is planned, against what is known of a product: deliveries, else sales, else words."""
    sold = None if view.model == BEFORE_REVENUE else annual(view, "revenue")
    if delivered is not None and delivered.value <= 0:
        facts += delivered.facts
        return check.finding("planned", Kind.RISK, Severity.HIGH, "plant_before_product", facts, plant=plant)
    if delivered is not None:
        code, facts = "product_before_plant", facts + delivered.facts
        sold_so_far = delivered.value
        return check.finding(
            "sold", Kind.ASSET, Severity.LOW, code, facts, variant="delivered", plant=plant, delivered=sold_so_far
        )
    if sold is not None and sold.value > 0:
        sum, facts = sold.as_message(view.currency), facts + sold.facts
        return check.finding("sold", Kind.ASSET, Severity.LOW, "product_before_plant", facts, plant=plant, told=sum)
    text = words(view, "product_text")
    said = {"variant": "words", "text": text[0]} if text is not None else {}
    facts += text[1] if text is not None else ()
    return check.gap("open", Severity.MEDIUM, check.gap_code, facts=facts, plant=plant, **said)


def _begun(check: Check, facts: tuple[str, ...], delivered: Reading | None) -> Finding:
    if delivered is None:
        variant, severity = "unknown", Severity.HIGH
    elif delivered.value > 0:
        variant, severity = "delivering", Severity.MEDIUM
    else:
        variant, severity = "nothing", Severity.CRITICAL
    return check.finding(
        "begun",
        Kind.RISK,
        severity,
        "plant_before_product",
        facts + (delivered.facts if delivered else ()),
        variant=variant,
        delivered=delivered.value if delivered else None,
    )


PLANT_BEFORE_PRODUCT = Check(
    id="plant-before-product",
    stream="chain",
    needs=tuple(
        Need(name) for name in ("own_plant_before_product", "plan_capacity", "plan_plant_investment", "plan_start")
    ),
    literature=IRREVERSIBLE,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
