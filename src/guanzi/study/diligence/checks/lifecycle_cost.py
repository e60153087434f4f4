"""Cost over the life: does the unit break even at the volume that is there, whatever the sources dispute.

A vehicle whose bill can be put together from the facts, and a swap station of which enough is held, are run through
their cost models. Only what holds over the whole band is called settled.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.evidence import View, product_unit
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LIFECYCLE
from guanzi.study.diligence.objects import sells

#: Model, its volume, and the facts of which one shows that the question arises.
_ASKED = (
    ("vehicle", "volume", ("vehicle_margin", "gross_margin")),
    ("swap-station", "swaps_per_day", ("swap_station_capex", "swaps_per_day", "swap_tariff", "free_service_promise")),
)


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    made = [model for model in _ASKED if model[0] != "vehicle" or product_unit(view) == "vehicles"]
    asked = [(model, volume) for model, volume, names in made if any(view.named(name) for name in names)]
    return tuple(finding for model, volume in asked for finding in _of_model(check, view, model, volume))


def _of_model(check: Check, view: View, id: str, volume: str) -> list[Finding]:
    from guanzi.study import unitcost

    model = unitcost.MODELS[id]
    prepared = unitcost.prepare_case(model, view)
    facts = tuple(id for held in prepared.held for s in held.statements for id in s.facts)
    if prepared.missing:
        if id == "vehicle":
            return []
        names = tuple(model.label(name) for name in prepared.missing)
        return [
            check.gap("missing", Severity.MEDIUM, "gap_lifecycle_cost", model=model.title, n=len(names), names=names)
        ]
    found = unitcost.analyse(model, prepared.spreads, view.currency).outcome("break_even")
    low, middle, high = found.quantiles[0].low, found.quantiles[2].value, found.quantiles[-1].high
    now = prepared.spreads[volume].middle
    below, above = now < low, now >= high
    return [
        check.about(id).finding(
            "break-even",
            Kind.ASSET if above else Kind.RISK,
            Severity.HIGH if below else Severity.MEDIUM,
            "lifecycle_pays" if above else "lifecycle_does_not_pay" if below else "lifecycle_open",
            facts,
            variant="above" if above else "below" if below else "open",
            model=model.title,
            now=now,
            low=unitcost.finite_or_words(low),
            middle=unitcost.finite_or_words(middle),
            high=unitcost.finite_or_words(high),
            unit=Message.of(f"diligence.unitcost.unit.{id}"),
        )
    ]


LIFECYCLE_COST = Check(
    id="lifecycle-cost",
    stream="unit-economics",
    needs=(
        Need("vehicle_margin"),
        Need("gross_margin"),
        Need("swap_station_capex"),
        Need("swap_tariff"),
        Need("swaps_per_day"),
        Need("pack_price"),
    ),
    literature=LIFECYCLE,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
