"""From the facts of a case to the inputs of a model: only what was known, with the facts behind each."""

from __future__ import annotations

from guanzi.base.core import Message, Period
from guanzi.record.evidence import (
    MARGINS,
    ConvertedView,
    Fact,
    Reading,
    View,
    converted_to,
    latest,
    margin_over,
    months_of,
    over,
    shared_months,
)
from guanzi.study.unitcost.model import CostModel, InputSpec
from guanzi.study.unitcost.reading import HeldInput, InputStatement, PreparedInputs, held
from guanzi.study.unitcost.spread import Interval, SingleValue
from guanzi.study.unitcost.vehicle import VEHICLE

#: Progress ratios between which a learning curve is left open where the company shows none of its own. Of 108 curves in
#: field studies most had fallen to about four fifths at a doubling (Dutton & Thomas, 1984); 1 is no learning at all.
PROGRESS = Interval(0.8, 1.0)


def prepare_case(model: CostModel, view: View) -> PreparedInputs:
    """The inputs of a model as far as the view holds them.

    A fact named by an input states it; several facts of its latest period that differ become an interval. The vehicle
    is put together from accounts and deliveries where no bill of materials is held.
    """
    converted = converted_to(view, view.currency)
    superseded = frozenset(fact.supersedes for fact in view.facts if fact.supersedes is not None)
    found = {spec.name: _stated(converted, superseded, spec) for spec in model.inputs if spec.fact}
    if model is VEHICLE:
        found |= _vehicle(view)
    given = tuple(h for spec in model.inputs if (h := found.get(spec.name)) is not None)
    return PreparedInputs(model, view.currency, given, model.missing(frozenset(h.name for h in given)))


def _stated(converted: ConvertedView, superseded: frozenset[str], spec: InputSpec) -> HeldInput | None:
    unit = spec.unit_in(converted.view.currency)
    named = converted.view.named(spec.fact)
    facts = [f for f in named if f.unit == unit and f.id not in superseded and _usable(f, spec)]
    if not facts:
        return None
    period = facts[-1].period
    return held(spec.name, tuple(_of_fact(converted, fact) for fact in facts if fact.period == period))


def _usable(fact: Fact, spec: InputSpec) -> bool:
    return not isinstance(fact.value, str) and all(spec.low <= end <= spec.high for end in fact.interval)


def _of_fact(converted: ConvertedView, fact: Fact) -> InputStatement:
    low, high = fact.interval
    spread = SingleValue(low) if low == high else Interval(low, high)
    return InputStatement(
        spread, converted.view.source(fact.source), "", converted.parents((fact.id,)), fact.known_on, fact.note
    )


def _vehicle(view: View) -> dict[str, HeldInput | None]:
    sold = _newest_sales(view)
    if sold is None:
        return {}
    deliveries, sales = sold
    price = 1e6 * sales.value / deliveries.value
    period = deliveries.period
    year = 12 / months_of(period)
    costs = _costs(view, price, sales.facts + deliveries.facts, period)
    parts: dict[str, HeldInput | None] = {
        "price": _derived("price", SingleValue(price), "price", sales.facts + deliveries.facts, period),
        "undivided": held("undivided", costs) if costs else None,
        "progress": held(
            "progress", (InputStatement(PROGRESS, None, Message.of("diligence.unitcost.reason.progress")),)
        ),
        "volume": _derived("volume", SingleValue(year * deliveries.value), "volume", deliveries.facts, period),
    }
    built = latest(view, "cumulative_deliveries")
    if built is not None and built.value >= 1:
        parts["built"] = _derived("built", SingleValue(built.value), "built", built.facts, built.period)
    r_and_d, sga = (over(view, name, period) for name in ("r_and_d", "sga"))
    if r_and_d is not None and sga is not None:
        parts["fixed"] = _derived(
            "fixed", SingleValue(year * (r_and_d.value + sga.value)), "fixed", r_and_d.facts + sga.facts, period
        )
    return parts


def _newest_sales(view: View) -> tuple[Reading, ...] | None:
    """The newest months of which deliveries and sales of vehicles, else revenue, are known; those with costs first."""
    for costs in (("r_and_d", "sga"), ()):
        found = [
            months[:2]
            for name in ("vehicle_sales", "revenue")
            for months in shared_months(view, "deliveries", name, *costs)
            if {view.fact(fact).unit for fact in months[0].facts} == {"vehicles"}
            and months[0].value > 0
            and months[1].value > 0
            and (not costs or margin_over(view, months[0].period, *MARGINS) is not None)
        ]
        if found:
            return max(found, key=lambda both: both[0].period.end)
    return None


def _costs(view: View, price: float, facts: tuple[str, ...], months: Period) -> tuple[InputStatement, ...]:
    """Cost of a vehicle from the margin of these months, and from that of their last quarter, which may differ."""
    found = []
    for name in MARGINS:
        for period in dict.fromkeys((months, Period.of("quarter", months.end))):
            margin = margin_over(view, period, name)
            if margin is not None and margin.value < 1:
                reason = Message.of("diligence.unitcost.reason.undivided", period=str(margin.period))
                found.append(
                    InputStatement(SingleValue(price * (1 - margin.value)), None, reason, margin.facts + facts)
                )
        if found:
            break
    return tuple(found)


def _derived(name: str, spread: SingleValue, reason: str, facts: tuple[str, ...], period: Period) -> HeldInput:
    because = Message.of(f"diligence.unitcost.reason.{reason}", period=str(period))
    return held(name, (InputStatement(spread, None, because, facts),))
