"""A signed deal on a day: the forecast of signing beside what came, the forecast that has learnt, and a fresh one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.calibration import calibrate_company
from guanzi.advice.following.course import HoldingAdvice, advise_holding, behind_of, position_of
from guanzi.advice.following.learnt import MONEY, Signed, actuals
from guanzi.advice.following.waiting import Leaving, Waiting, weigh_waiting
from guanzi.base.core import Period
from guanzi.engine.simulation import forecast, resample
from guanzi.record.evidence import Case, View, over
from guanzi.record.playbooks import Playbook
from guanzi.study.forecasting import Actual, Conditioned, Floats, condition, quantiles_of
from guanzi.study.monitoring import (
    Attribution,
    Examined,
    Position,
    Stated,
    attribute,
    examine,
    figure,
    observe,
)

BAND = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
AHEAD = 8
"""Quarters that are shown ahead."""
REFORECAST_PATHS = 8_192
PLANNED = {"units": "plan_deliveries", "revenue": "plan_revenue"}
CAME = {"units": "deliveries", "revenue": "revenue"}

type Band = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class FollowedSeries:
    """One quantity of the company, quarter by quarter; amounts in millions.

    Attributes:
        quantity: What of.
        periods: Quarters, from that of signing on.
        came: What was reported in each, None where nothing was, with the facts behind it.
        signed: Quantiles (5, 25, 50, 75, 95 %) of the forecast of signing.
        learnt: The same, of the forecast that has learnt; None where it is refused.
        reforecast: The same, of a forecast that starts from what is known today; None for quarters that have passed.
    """

    quantity: str
    periods: tuple[Period, ...]
    came: tuple[Stated | None, ...]
    signed: tuple[Band, ...]
    learnt: tuple[Band | None, ...]
    reforecast: tuple[Band | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A signed deal on a day.

    Attributes:
        as_of: The day.
        signed: The deal as it was signed, with its paths.
        today: The last step that has ended; −1: none has.
        conditioned: Weights after what was reported, with the surprise of each figure.
        series: Each quantity.
        examined: Conditions of the sheet as they stand.
        position: Where the public side stands; amounts in millions.
        waiting: What keeping the stake is worth; None where the forecast that has learnt is refused or is over, where
            the stake of the sheet is not the one that is held, and where the company has failed or shows signs of
            trouble.
        advice: Whether to hold, to stop or to leave, and why.
        outcome: What came against what was promised and against the forecast without the deal.
        behind: The facts behind the position: ``paid``, ``returned``, ``share``, ``value``.
    """

    as_of: date
    signed: Signed
    today: int
    conditioned: Conditioned
    series: tuple[FollowedSeries, ...]
    examined: Examined
    position: Position
    waiting: Waiting | None
    advice: HoldingAdvice
    outcome: tuple[Attribution, ...]
    behind: Mapping[str, tuple[str, ...]]


def follow(signed: Signed, case: Case, playbook: Playbook, as_of: date, reporting_days: int = 60) -> Followed:
    """Follow a signed deal to a day; nothing that became known later is used.

    Args:
        signed: The deal as it was signed, with its paths.
        case: The case, with what was reported since signing among its facts.
        playbook: The governance model.
        as_of: The day.
        reporting_days: Days after the end of a quarter within which its figures are to be there.
    """
    view = case.view(as_of)
    told = actuals(signed, view)
    found = condition(signed.paths, told, signed.weights, per_year=12 // signed.grid.months)
    now = signed.step_of(as_of)
    today = now if signed.period(now).end == as_of else now - 1
    examined = examine(signed.sheet, observe(signed.sheet, view), as_of, reporting_days)
    stands = position_of(signed.sheet, view, playbook)
    advice = advise_holding(signed.sheet, view, examined, stands)
    valued = advice.stake and advice.calm and found.refused is None and today < signed.grid.count
    return Followed(
        as_of=as_of,
        signed=signed,
        today=today,
        conditioned=found,
        series=_series(signed, view, told, found, now),
        examined=examined,
        position=stands,
        waiting=_waiting(signed, found, today, playbook) if valued else None,
        advice=advice,
        outcome=_outcome(signed, view),
        behind=behind_of(view),
    )


def band_of(values: Floats, weights: Floats, scale: float = 1.0) -> Band:
    """Quantiles of weighted values: 5, 25, 50, 75 and 95 %."""
    a, b, c, d, e = (float(x) * scale for x in quantiles_of(values, BAND, weights).values)
    return a, b, c, d, e


def reforecast_bands(signed: Signed, view: View, names: Sequence[str], quarters: int) -> Mapping[str, tuple[Band, ...]]:
    """A forecast of the company that starts in the quarter of the view's day, from what is known on it."""
    model = calibrate_company(view, view.as_of, signed.sheet.currency, signed.sheet.unit)
    values = forecast(model, quarters, paths=REFORECAST_PATHS, seed=signed.seed).values
    even = np.full(REFORECAST_PATHS, 1.0 / REFORECAST_PATHS)
    return {
        name: tuple(band_of(row, even, signed.scale if name in MONEY else 1.0) for row in values[name])
        for name in names
        if name in values
    }


def _series(
    signed: Signed, view: View, actuals: Sequence[Actual], found: Conditioned, now: int
) -> tuple[FollowedSeries, ...]:
    steps = range(min(now + AHEAD, signed.grid.count))
    came = {(a.quantity, a.step): a for a in actuals}
    fresh = reforecast_bands(signed, view, signed.quantities, AHEAD)
    rows = []
    for name in signed.quantities:
        scale = signed.scale if name in MONEY else 1.0
        values = signed.paths[name]
        ahead = fresh.get(name, ())
        rows.append(
            FollowedSeries(
                name,
                tuple(signed.period(t) for t in steps),
                tuple(None if (a := came.get((name, t))) is None else Stated(a.value * scale, a.facts) for t in steps),
                tuple(band_of(values[t], signed.weights, scale) for t in steps),
                tuple(None if found.refused is not None else band_of(values[t], found.weights, scale) for t in steps),
                tuple(ahead[t - now] if 0 <= t - now < len(ahead) else None for t in steps),
            )
        )
    return tuple(rows)


def _waiting(signed: Signed, found: Conditioned, today: int, playbook: Playbook) -> Waiting | None:
    leave = playbook.exit
    actuals = weigh_waiting(
        signed.paths["flow"],
        signed.paths["stake"],
        found.weights,
        today,
        12 // signed.grid.months,
        Leaving(playbook.hurdle_rate.value, leave.discount_on_sale.value, 1.0 - leave.horizon_haircut.value),
    )
    return None if actuals is None else actuals.in_units_of(signed.scale)


def _outcome(signed: Signed, view: View) -> tuple[Attribution, ...]:
    """Calendar years; without the deal, those that lie wholly after its signing: of the first, a part is past."""
    begins, ends = signed.sheet.signed.year, signed.grid.first_day(signed.grid.count - 1).year
    years = [Period.parse(str(year)) for year in range(begins, ends + 1)]
    came: dict[tuple[str, Period], Stated] = {}
    parts: dict[tuple[str, Period], tuple[Stated, int]] = {}
    promised: dict[tuple[str, Period], Stated] = {}
    for quantity in CAME:
        for year in years:
            actuals, months = _year(view, quantity, year)
            if actuals is not None and months == 12:
                came[quantity, year] = actuals
            elif actuals is not None:
                parts[quantity, year] = actuals, months
            plan = over(signed.view, PLANNED[quantity], year)
            if plan is not None:
                promised[quantity, year] = Stated(plan.value, plan.facts)
    whole = [year for year in years if year.start >= signed.sheet.signed and any(year == p for _, p in (*came, *parts))]
    return attribute(years, came, promised, _without(signed, whole), parts)


def _year(view: View, quantity: str, year: Period) -> tuple[Stated | None, int]:
    """What was reported of a calendar year, in whatever form, and of how many of its months."""
    whole = over(view, CAME[quantity], year)
    if whole is not None:
        return Stated(whole.value, whole.facts), 12
    quarters = [Period.of("quarter", year.start).shift(n) for n in range(4)]
    held = [r for quarter in quarters if (r := figure(view, quantity, quarter)) is not None]
    if not held:
        return None, 0
    facts = tuple(dict.fromkeys(fact for r in held for fact in r.facts))
    return Stated(sum(r.value for r in held), facts), 3 * len(held)


def _without(signed: Signed, years: Sequence[Period]) -> dict[tuple[str, Period], tuple[float, float, float]]:
    """Quantiles of calendar years, of the company that makes no deal, as foreseen at signing."""
    if not years or signed.grid.months != 3:
        return {}
    steps = signed.step_of(years[-1].end) + 1
    ids = resample(signed.weights, REFORECAST_PATHS)
    values = forecast(signed.model, steps, paths=REFORECAST_PATHS, seed=signed.seed, ids=ids).values
    found: dict[tuple[str, Period], tuple[float, float, float]] = {}
    for name in ("units", "revenue"):
        for year in years if name in values else ():
            rows = [t for t in range(steps) if year.contains(signed.period(t))]
            total = values[name][rows].sum(axis=0) * (signed.scale if name in MONEY else 1.0)
            low, middle, high = (float(x) for x in np.quantile(total, (0.05, 0.5, 0.95)))
            found[name, year] = (low, middle, high)
    return found
