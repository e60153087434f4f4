"""From the facts of a case to the inputs of a model: only what was known, with the facts behind each."""

from __future__ import annotations

from guanzi.base.core import Message, Period
from guanzi.record.evidence import Fact, Reading, Told, View, at, latest, series, tell_in
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
    told = tell_in(view, view.currency)
    superseded = frozenset(fact.supersedes for fact in view.facts if fact.supersedes is not None)
    found = {spec.name: _stated(told, superseded, spec) for spec in model.inputs if spec.fact}
    if model is VEHICLE:
        found |= _vehicle(view)
    given = tuple(h for spec in model.inputs if (h := found.get(spec.name)) is not None)
    return PreparedInputs(model, view.currency, given, model.missing(frozenset(h.name for h in given)))


def _stated(told: Told, superseded: frozenset[str], spec: InputSpec) -> HeldInput | None:
    unit = spec.unit_in(told.view.currency)
    named = told.view.named(spec.fact)
    facts = [f for f in named if f.unit == unit and f.id not in superseded and _usable(f, spec)]
    if not facts:
        return None
    period = facts[-1].period
    return held(spec.name, tuple(_of_fact(told, fact) for fact in facts if fact.period == period))


def _usable(fact: Fact, spec: InputSpec) -> bool:
    return not isinstance(fact.value, str) and all(spec.low <= end <= spec.high for end in fact.interval)


def _of_fact(told: Told, fact: Fact) -> InputStatement:
    low, high = fact.interval
    spread = SingleValue(low) if low == high else Interval(low, high)
    return InputStatement(spread, told.view.source(fact.source), "", told.parents((fact.id,)), fact.known_on, fact.note)


def _vehicle(view: View) -> dict[str, HeldInput | None]:
    year = _last_year(view)
    if year is None:
        return {}
    deliveries, sales = year
    price = 1e6 * sales.value / deliveries.value
    end, period = deliveries.period.end, deliveries.period
    costs = _costs(view, price, sales.facts + deliveries.facts, period)
    parts: dict[str, HeldInput | None] = {
        "price": _derived("price", SingleValue(price), "price", sales.facts + deliveries.facts, period),
        "undivided": held("undivided", costs) if costs else None,
        "progress": held(
            "progress", (InputStatement(PROGRESS, None, Message.of("diligence.unitcost.reason.progress")),)
        ),
        "volume": _derived("volume", SingleValue(deliveries.value), "volume", deliveries.facts, period),
    }
    built = latest(view, "cumulative_deliveries")
    if built is not None and built.value >= 1:
        parts["built"] = _derived("built", SingleValue(built.value), "built", built.facts, built.period)
    r_and_d, sga = at(view, "r_and_d", end, kind="year"), at(view, "sga", end, kind="year")
    if r_and_d is not None and sga is not None:
        parts["fixed"] = _derived(
            "fixed", SingleValue(r_and_d.value + sga.value), "fixed", r_and_d.facts + sga.facts, period
        )
    return parts


def _last_year(view: View) -> tuple[Reading, Reading] | None:
    """The last year of which deliveries and the sales of vehicles are held; all revenue where these are not."""
    for deliveries in reversed(series(view, "deliveries", kind="year")):
        if view.fact(deliveries.facts[0]).unit != "vehicles" or not deliveries.value > 0:
            continue
        for name in ("vehicle_sales", "revenue"):
            sales = at(view, name, deliveries.period.end, kind="year")
            if sales is not None and sales.value > 0:
                return deliveries, sales
    return None


def _costs(view: View, price: float, facts: tuple[str, ...], year: Period) -> tuple[InputStatement, ...]:
    """Cost of a vehicle from the margin of the year, and from that of its last quarter, which may differ."""
    found = []
    for name in ("vehicle_margin", "gross_margin"):
        for kind in ("year", "quarter"):
            margin = at(view, name, year.end, kind=kind)
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
