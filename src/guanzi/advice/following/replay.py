"""A signed deal replayed, one report after another: what each forecast of that day said of the quarters that came next.

Four forecasts stand beside one another: that of signing, the same weighed by what was reported, a fresh one from the
facts of the day, and a walk from the last figure. The walk is naive: yearly growth is drawn from no change with the
scatter of the company's own past quarters against the same quarter a year before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.following.follow import BAND, Band, band_of, reforecast_bands
from guanzi.advice.following.learnt import MONEY, Signed, actuals
from guanzi.base.core import Period
from guanzi.record.evidence import Case, View, calendar
from guanzi.study.forecasting import Quantiles, condition, crps_of_quantiles
from guanzi.study.monitoring import figure

QUARTERS = 4
LEAST_SCATTER = 0.15
"""Scatter of a year's growth of a walk where the company has no past to take it from; a judgement, in logarithms."""
NORMAL = (-1.6448536, -0.6744898, 0.0, 0.6744898, 1.6448536)
"""Quantiles of the normal distribution at the levels of a band."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one forecast said on a day of a figure that came within the next four quarters.

    Attributes:
        day: The day of the forecast.
        method: ``signed``, ``learnt``, ``fresh`` or ``walk``.
        quantity, period: Of what.
        band: 5, 25, 50, 75 and 95 % quantiles.
        came: What was reported later.
    """

    day: date
    method: str
    quantity: str
    period: Period
    band: Band
    came: float

    @property
    def within_90(self) -> bool:
        """Whether it came to lie in the 90 % band."""
        return self.band[0] <= self.came <= self.band[4]

    @property
    def within_50(self) -> bool:
        """Whether it came to lie in the 50 % band."""
        return self.band[1] <= self.came <= self.band[3]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One day of a replay.

    Attributes:
        day: The day.
        effective: Effective paths of the forecast that has learnt.
        refused: Whether it was refused.
        ahead: What the forecasts said of the next quarters.
    """

    day: date
    effective: float
    refused: bool
    ahead: tuple[Ahead, ...]


def replay_days(case: Case, signed: Signed) -> tuple[date, ...]:
    """The days on which figures of a quarter became known, from signing on."""
    known = {f.known_on for f in case.facts if f.name == "deliveries" and f.period.kind == "quarter"}
    return tuple(sorted(day for day in known if day >= signed.sheet.signed))


def replay(case: Case, signed: Signed, days: Sequence[date]) -> tuple[Replayed, ...]:
    """Forecast on each day with what was known on it; what came is read from the whole case, for the scores alone."""
    last = max(f.known_on for f in case.facts)
    later = case.view(last)
    return tuple(_day(case.view(day), later, signed) for day in days)


def _day(view: View, later: View, signed: Signed) -> Replayed:
    found = condition(signed.paths, actuals(signed, view), signed.weights, per_year=12 // signed.grid.months)
    now = signed.step_of(view.as_of)
    fresh = reforecast_bands(signed, view, signed.quantities, QUARTERS)
    ahead: list[Ahead] = []
    for name in signed.quantities:
        if name == "cash":
            continue
        scale = signed.scale if name in MONEY else 1.0
        for k in range(QUARTERS):
            step = now + k
            if step >= signed.grid.count:
                break
            period = signed.period(step)
            came = figure(later, name, period)
            if came is None or figure(view, name, period) is not None:
                continue
            values = signed.paths[name][step]
            said: dict[str, Band | None] = {
                "signed": band_of(values, signed.weights, scale),
                "learnt": None if found.refused is not None else band_of(values, found.weights, scale),
                "fresh": fresh[name][k] if name in fresh else None,
                "walk": _walk(view, name, period),
            }
            ahead += [Ahead(view.as_of, m, name, period, b, came.value) for m, b in said.items() if b is not None]
    return Replayed(view.as_of, found.effective, found.refused is not None, tuple(ahead))


def _walk(view: View, name: str, period: Period) -> Band | None:
    """No growth on the same quarter of the year before last reported, with the scatter of past growth."""
    fact = {"units": "deliveries", "revenue": "revenue"}[name]
    told = {r.period: r.value for r in calendar(view, fact, "quarter") if r.value > 0.0}
    base = next((told[q] for back in (4, 8) if (q := period.shift(-back)) in told), None)
    years = 1 if period.shift(-4) in told else 2
    if base is None:
        return None
    grown = [math.log(told[p] / told[q]) for p in told if (q := p.shift(-4)) in told]
    scatter = max(float(np.std(grown)) if len(grown) > 1 else 0.0, LEAST_SCATTER) * math.sqrt(years)
    a, b, c, d, e = (base * math.exp(scatter * z) for z in NORMAL)
    return a, b, c, d, e


def count_covered(ahead: Sequence[Ahead]) -> tuple[int, int, int]:
    """How many figures lay in the 50 % band, in the 90 % band, and how many there are."""
    return sum(a.within_50 for a in ahead), sum(a.within_90 for a in ahead), len(ahead)


def crps(ahead: Ahead) -> float:
    """The continuous ranked probability score of a forecast, by its five quantiles."""
    return crps_of_quantiles(Quantiles(BAND, np.array(ahead.band)), ahead.came)
