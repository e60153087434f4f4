"""The work-streams in an appraisal: what each found, and what a unit costs over its life."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from guanzi.advice.appraisal.book import Estimated, FigureBook, text
from guanzi.advice.appraisal.workstream_data import BarData, StreamFound, UnitCostData
from guanzi.base.core import Finding, Kind, Message
from guanzi.record.evidence import View, product_unit
from guanzi.study import unitcost
from guanzi.study.diligence import checks

#: Model, the input that is its volume, and its unit in the dossier.
MODELS = (("vehicle", "volume", "vehicles"), ("swap-station", "swaps_per_day", "swaps/day"))
#: A model is shown where any of these is known; without one the question does not arise.
ASKED = {
    "vehicle": ("vehicle_margin", "gross_margin"),
    "swap-station": ("swap_station_capex", "swaps_per_day", "swap_tariff", "free_service_promise"),
}
BARS = 6


def streams(view: View, findings: Sequence[Finding]) -> tuple[StreamFound, ...]:
    """What each work-stream found, in the order in which they first speak."""
    order = dict.fromkeys([*(c.stream for c in checks()), *(f.stream for f in findings)])
    return tuple(
        StreamFound(
            stream=stream,
            checks=sum(c.stream == stream for c in checks()),
            held=sum(c.stream == stream and c.has_evidence(view) for c in checks()),
            risks=_count(findings, stream, Kind.RISK),
            assets=_count(findings, stream, Kind.ASSET),
            gaps=_count(findings, stream, Kind.GAP),
        )
        for stream in order
    )


def _count(findings: Iterable[Finding], stream: str, kind: Kind) -> int:
    return sum(f.stream == stream and f.kind is kind for f in findings)


def unit_costs(view: View, book: FigureBook) -> tuple[UnitCostData, ...]:
    """Unit costs of which the question arises; each break-even is entered as a figure."""
    made = [m for m in MODELS if m[2] != "vehicles" or product_unit(view) == m[2]]
    asked = [m for m in made if any(view.named(name) for name in ASKED[m[0]])]
    return tuple(found for id, volume, unit in asked if (found := _unit_cost(view, book, id, volume, unit)) is not None)


def _unit_cost(view: View, book: FigureBook, id: str, volume: str, unit: str) -> UnitCostData | None:
    model = unitcost.MODELS[id]
    prepared = unitcost.prepare_case(model, view)
    facts = tuple(dict.fromkeys(f for held in prepared.held for s in held.statements for f in s.facts))
    missing = tuple(text(model.label(name)) for name in prepared.missing)
    if missing and id == "vehicle" and not facts:
        return None
    label = text(Message.of("appraisal.unit_cost.label", model=model.title))
    if missing:
        lacking = text(Message.of("appraisal.unit_cost.missing", model=model.title, n=len(missing)))
        return UnitCostData(model=id, label=label, sentence=lacking, unit=unit, missing=missing, facts=facts)
    analysis = unitcost.analyse(model, prepared.spreads, view.currency)
    found = analysis.outcome("break_even")
    now, half = prepared.spreads[volume].middle, found.quantiles[2]
    _enter(book, id, unit, found, facts)
    disputed = tuple(model.label(name) for name in analysis.disputed)
    sentence = Message.of(
        f"appraisal.unit_cost.{_side(found, now)}",
        now=now,
        middle=unitcost.finite_or_words(half.value),
        low=unitcost.finite_or_words(found.quantiles[0].low),
        high=unitcost.finite_or_words(found.quantiles[-1].high),
        unit=Message.of(f"diligence.unitcost.unit.{id}"),
        disputed=disputed,
    )
    return UnitCostData(
        model=id,
        label=label,
        sentence=text(sentence),
        unit=unit,
        now=now,
        levels=tuple(q.level for q in found.curve),
        middle=tuple(_known(q.value) for q in found.curve),
        low=tuple(_known(q.low) for q in found.curve),
        high=tuple(_known(q.high) for q in found.curve),
        tornado=tuple(
            BarData(
                label=text(model.label(b.name)),
                low=b.low,
                high=b.high,
                at_low=_known(b.at_low),
                at_high=_known(b.at_high),
            )
            for b in analysis.tornado[:BARS]
        ),
        result=text(Message.of(f"appraisal.unit_cost.of.{analysis.tornado_of}")),
        result_unit=unit if analysis.tornado_of == "break_even" else analysis.outcome(analysis.tornado_of).unit,
        base=_known(analysis.base),
        facts=facts,
    )


def _side(found: unitcost.CostOutcome, now: float) -> str:
    if now >= found.quantiles[-1].high:
        return "above"
    return "below" if now < found.quantiles[0].low else "open"


def _enter(book: FigureBook, id: str, unit: str, found: unitcost.CostOutcome, facts: tuple[str, ...]) -> None:
    half = found.quantiles[2]
    high = found.quantiles[-1].high
    if math.isinf(half.value):
        return
    book.add(
        f"unit_cost.{id}.break_even",
        Estimated(half.value, interval=(found.quantiles[0].low, high) if math.isfinite(high) else (None, None)),
        unit,
        "derived",
        facts,
        note=Message.of("appraisal.unit_cost.note"),
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
