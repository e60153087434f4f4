"""Fans, the signature picture, and the cash calls by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import isnan

from guanzi.advice.appraisal.book import MONEY, FigureBook, text
from guanzi.advice.appraisal.commitments import plan_of
from guanzi.advice.appraisal.deal import Instalment
from guanzi.advice.appraisal.document import (
    Exposure,
    Fan,
    Limit,
    Observation,
    Payment,
    TierCurve,
    TrendChange,
    Year,
)
from guanzi.advice.appraisal.plausible import left_at
from guanzi.advice.calibration import quarters
from guanzi.base.core import Message
from guanzi.deal.terms import UNITS, TermSheet
from guanzi.engine.company import CompanyModel
from guanzi.engine.simulation import FanData, SimulationResult
from guanzi.record.evidence import View, product_unit
from guanzi.record.playbooks import FigureTest, Playbook, leaves
from guanzi.study.diligence import linear_trend, log_linear_trend

Series = tuple[tuple[str, str, str], ...]
FANS: Series = (
    ("deliveries", "units", UNITS),
    ("revenue", "revenue", MONEY),
    ("gross_margin", "gross_margin", "ratio"),
    ("cash", "cash", MONEY),
    ("cash_without", "cash_without", MONEY),
)
"""Fan, quantity of the simulation, unit."""

YEARLY: Series = (("deliveries", "units_year", UNITS), ("revenue", "revenue_year", MONEY))
"""Sums of calendar years: fan, quantity of the simulation, unit."""
FLOWS = (("payments", "public.outlay"), ("receipts", "public.receipt"))
"""What the public side pays and gets back by calendar year: fan, output of the simulation."""

OBSERVED = {"deliveries": "deliveries", "revenue": "revenue", "gross_margin": "gross_margin"}
TRENDS = ("deliveries", "revenue", "vehicle_margin", "gross_margin", "net_loss")


def fans(result: SimulationResult, view: View, sheet: TermSheet, model: CompanyModel) -> dict[str, Fan]:
    """The company over time as far as that is plausible, with what was observed before the as-of date."""
    found: dict[str, Fan] = {}
    left = left_at(view, model, result.fans, sheet)
    for id, name, unit in in_units_of_model(FANS, view):
        seen = observations(view, OBSERVED[id]) if id in OBSERVED else ()
        data = result.fans[name]
        if name in left:
            step, range_left = left[name]
            fan = _fan(id, data, unit, sheet, result.paths, seen, step)
            fan = fan.model_copy(update={"ends": text(range_left.ends(data.dates[step]))})
        else:
            fan = _fan(id, data, unit, sheet, result.paths, seen)
        if fan.dates or fan.ends is not None:
            found[id] = fan
    return found


def in_units_of_model(rows: Series, view: View) -> Iterator[tuple[str, str, str]]:
    """Fan, quantity, unit, with what the company of the case delivers."""
    for id, name, unit in rows:
        yield id, name, product_unit(view) if unit == UNITS else unit


def yearly(result: SimulationResult, view: View, sheet: TermSheet) -> dict[str, Fan]:
    """Distributions of whole calendar years: the company's flows, and the public side's payments and receipts."""
    made = in_units_of_model(YEARLY, view)
    found = {id: _fan(f"{id}_year", result.fans[name], unit, sheet, result.paths) for id, name, unit in made}
    for id, name in FLOWS:
        rows = [result.scalars[f"{name}.{year}"] for year in result.years]
        data = FanData(
            dates=tuple(date(year, 12, 31) for year in result.years),
            p5=tuple(r.p5 for r in rows),
            p25=tuple(r.p25 for r in rows),
            p50=tuple(r.p50 for r in rows),
            p75=tuple(r.p75 for r in rows),
            p95=tuple(r.p95 for r in rows),
            n=tuple(r.n for r in rows),
        )
        mean = tuple(r.mean * sheet.unit / 1e6 for r in rows)
        found[id] = _fan(f"{id}_year", data, MONEY, sheet, result.paths).model_copy(update={"mean": mean})
    return found


def trends(view: View) -> dict[str, tuple[Observation, ...]]:
    """Quarterly series that were held, for those with at least two values."""
    found = dict(_as_earned(name, observations(view, name)) for name in TRENDS)
    return {name: seen for name, seen in found.items() if len(seen) > 1}


def trend_changes(view: View, seen: Mapping[str, Sequence[Observation]]) -> dict[str, TrendChange]:
    """The change of each trend from period to period with its 90 % band; none where its values leave no error."""
    found = ((name, trend_change(view.fact(observed[0].fact).unit, observed)) for name, observed in seen.items())
    return {name: change for name, change in found if change is not None}


def trend_change(unit: str, seen: Sequence[Observation]) -> TrendChange | None:
    """The change of quarterly values from quarter to quarter; None: fewer than three leave no measure of its error."""
    values, places = [one.value for one in seen], [one.date.year * 4 + (one.date.month - 1) // 3 for one in seen]
    growth = None if unit == "ratio" else log_linear_trend(values, places)
    if growth is not None:
        return TrendChange(of="share", middle=growth.growth, low=growth.interval[0], high=growth.interval[1])
    line = linear_trend(values, places)
    if line is None:
        return None
    low, high = line.slope_interval
    return TrendChange(of="points" if unit == "ratio" else "value", middle=line.slope, low=low, high=high)


def _as_earned(name: str, seen: tuple[Observation, ...]) -> tuple[str, tuple[Observation, ...]]:
    """A series of results as profits where one of them is a profit: a loss is then less than nothing."""
    if name != "net_loss" or all(one.value >= 0 for one in seen):
        return name, seen
    return "net_profit", tuple(one.model_copy(update={"value": -one.value}) for one in seen)


def observations(view: View, name: str) -> tuple[Observation, ...]:
    """Quarterly values at the last day of their quarter; only quarters that were reported as such."""
    return tuple(
        Observation(date=p.period.end, value=p.value, fact=p.facts[0])
        for p in quarters(view, name)
        if len(p.facts) == 1
    )


def exposure(
    result: SimulationResult, book: FigureBook, sheet: TermSheet, planned: tuple[Instalment, ...], playbook: Playbook
) -> Exposure:
    """The two losses over time, beside tiers, payments and limits.

    Limits of the playbook bind the party whose budget is examined: where others lose beside it, the curve of all is not
    laid against them.
    """
    scale = sheet.unit / 1e6
    failure = _fan("exposure.failure", result.fans["loss_on_failure"], MONEY, sheet, result.paths)
    return Exposure(
        unit=book.unit(MONEY),
        failure=failure,
        departure=_fan("exposure.departure", result.fans["loss_on_departure"], MONEY, sheet, result.paths),
        tiers=tuple(
            TierCurve(
                id=tier.id,
                label=text(Message.of("appraisal.tier", name=sheet.called(f"tier.{tier.id}"))),
                baseline=tier.baseline,
                share=result.tier_shares[tier.id][: len(failure.dates)],  # which end when no path is left
                proof=tier.proof,
                leaving_low=tier.leaving_costs.low * scale if tier.leaving_costs else None,
                leaving_high=tier.leaving_costs.high * scale if tier.leaving_costs else None,
                leaving_source=tier.leaving_costs.source if tier.leaving_costs else "",
            )
            for tier in sheet.tiers
        ),
        payments=payments(planned),
        limits=() if "exposure.own_failure_p95" in book else _limits(book, playbook),
        paid_before_any_new_tier="exposure.before_new_tier",
        sentence=text(_sentence(result, book, sheet)),
    )


def _sentence(result: SimulationResult, book: FigureBook, sheet: TermSheet) -> Message:
    worst = book.value("exposure.failure_p95")
    if sheet.only_gives:
        return book.say("appraisal.exposure.given", worst=worst)
    before, paid = book.value("exposure.before_new_tier"), result.scalars["fund.paid"].mean * sheet.unit / 1e6
    return book.say("appraisal.exposure.sentence", before=before, paid=paid, worst=worst)


def payments(planned: Iterable[Instalment]) -> tuple[Payment, ...]:
    """Planned payments with their running sum; an amount of which nothing is known is left out."""
    found: list[Payment] = []
    total = 0.0
    for i in planned:
        if i.amount.mid is None:
            continue
        total += i.amount.mid
        found.append(
            Payment(
                id=i.id,
                due=i.due,
                amount=i.amount.mid,
                cumulative=total,
                conditional=i.conditional,
                new_tiers=i.tiers,
            )
        )
    return tuple(found)


def cash_calls(
    result: SimulationResult | None,
    book: FigureBook,
    sheet: TermSheet,
    planned: tuple[Instalment, ...],
    payers: tuple[str, ...],
) -> tuple[Year, ...]:
    """What the budget that is examined is to pay by year, until the last year in which it pays or receives anything."""
    if result is None:
        return ()
    scale, revenue = sheet.unit / 1e6, book.value("known.budget_revenue")
    due = {call.year: call.planned for call in plan_of(payers, planned).years}
    rows: list[Year] = []
    for year in result.years:
        out, back = result.scalars[f"budget.outlay.{year}"], result.scalars[f"budget.receipt.{year}"]
        rows.append(
            Year(
                year=year,
                planned=due.get(year, 0.0),
                mean=out.mean * scale,
                low=out.p5 * scale,
                high=out.p95 * scale,
                receipts_mean=back.mean * scale,
                share_of_budget=out.p95 * scale / revenue if revenue else None,
            )
        )
    while rows and rows[-1].planned == 0 and rows[-1].mean == 0 and rows[-1].receipts_mean == 0:
        rows.pop()
    return tuple(rows)


def _limits(book: FigureBook, playbook: Playbook) -> tuple[Limit, ...]:
    """The playbook's limits on loss, as amounts of this budget."""
    revenue = book.value("known.budget_revenue")
    if not revenue:
        return ()
    found: list[Limit] = []
    for row in playbook.table:
        for test in leaves(row.test):
            if isinstance(test, FigureTest) and test.figure == "exposure.failure_p95_share":
                label = Message.of("appraisal.limit", share=test.value)
                id = book.add(
                    f"limit.{row.id}",
                    test.value * revenue,
                    MONEY,
                    "policy",
                    (f"playbook.{row.id}", "known.budget_revenue"),
                    label=label,
                )
                found.append(Limit(id=row.id, label=text(label), value=test.value * revenue, figure=id))
    return tuple(sorted(found, key=lambda limit: limit.value))


def _fan(
    id: str,
    data: FanData,
    unit: str,
    sheet: TermSheet,
    paths: int,
    seen: tuple[Observation, ...] = (),
    most: int | None = None,
) -> Fan:
    """A fan, up to the first step in which no path has a value, of so many steps at the most."""
    factor = sheet.unit / 1e6 if unit == MONEY else 1.0
    length = next((t for t, p in enumerate(data.p50[:most]) if isnan(p)), len(data.p50[:most]))
    p5, p25, p50, p75, p95 = (
        tuple(v * factor for v in row[:length]) for row in (data.p5, data.p25, data.p50, data.p75, data.p95)
    )
    return Fan(
        id=id,
        label=text(Message.of(f"appraisal.fan.{id}")),
        unit=unit.format(sheet.currency),
        dates=data.dates[:length],
        p5=p5,
        p25=p25,
        p50=p50,
        p75=p75,
        p95=p95,
        observed=seen,
        counted=tuple(n / paths for n in data.n[:length]),
    )
