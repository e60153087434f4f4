"""The industries that a region could enter, each by what is asked of a track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Counts, Floats
from guanzi.study.tracks.dynamics import entries_and_exits
from guanzi.study.tracks.forecast import EntryForecast
from guanzi.study.tracks.forecast.windows import previous
from guanzi.study.tracks.indices import Indices
from guanzi.study.tracks.specialization import location_quotient, presence

CRITERIA = ("feasible", "gain", "size", "open", "strategic")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An industry that a region does not hold.

    Attributes:
        industry: Its code.
        probability, low, high: Of entry within the horizon, and the interval of the forecast (90 %).
        baseline: What size, diversity and ubiquity alone would say.
        density: Relatedness density: the part of what is near to it that the region holds.
        gain: Complexity outlook gain: what else would come near.
        complexity: Of the industry.
        size: Value that the region would have at a quotient of 1: the industry's share of the whole, of the region's
            total.
        growth: Growth a year of the industry in all regions over that of the whole, since one horizon before; None
            where the panel has no year so far back.
        entered, left: Regions that came to hold it since then, and that ceased to; None likewise.
        holders: Regions that hold it.
        strategic: Weight that a playbook gives it, 0 where none does.
    """

    industry: str
    probability: float
    low: float
    high: float
    baseline: float
    density: float
    gain: float
    complexity: float
    size: float
    growth: float | None
    entered: int | None
    left: int | None
    holders: int
    strategic: float

    @property
    def values(self) -> dict[str, float]:
        """By criterion; what is unknown is NaN."""
        return {
            "feasible": self.probability,
            "gain": self.gain,
            "size": self.size,
            "open": float("nan") if self.growth is None else self.growth,
            "strategic": self.strategic,
        }


def candidates_of(
    panel: IndustryPanel,
    forecast: EntryForecast,
    found: Indices,
    region: str,
    strategic: Mapping[str, float] | None = None,
    measure: str | None = None,
) -> tuple[Candidate, ...]:
    """Every industry that a region could enter, by the criteria of a track.

    Args:
        panel: Region x industry x year.
        forecast: Of entries from its last year.
        found: Indices of that year.
        region: Whose list it is.
        strategic: Industry to weight, from a playbook.
        measure: Of the panel; None: its first.

    Raises:
        InvalidInput: There is no such region, or a weight names an industry that the panel does not have.
    """
    r = panel.region_at(region)
    wanted = {panel.industry_at(code): weight for code, weight in (strategic or {}).items()}
    values = panel.matrix(forecast.origin, measure)
    share, total = values.sum(axis=0) / values.sum(), float(values[r].sum())
    growth, entered, left = _change(panel, values, forecast, measure)
    return tuple(
        Candidate(
            industry=panel.industries[i],
            probability=float(forecast.probability[r, i]),
            low=float(forecast.low[r, i]),
            high=float(forecast.high[r, i]),
            baseline=float(forecast.baseline[r, i]),
            density=_plain(found.density[r, i]),
            gain=_plain(found.cog[r, i]),
            complexity=_plain(found.pci[i]),
            size=float(share[i] * total),
            growth=None if growth is None or not np.isfinite(growth[i]) else float(growth[i]),
            entered=None if entered is None else int(entered[i]),
            left=None if left is None else int(left[i]),
            holders=int(found.ubiquity[i]),
            strategic=float(wanted.get(i, 0.0)),
        )
        for i in map(int, np.flatnonzero(forecast.risk[r] & (found.ubiquity > 0)))
    )


def _change(
    panel: IndustryPanel, values: Floats, forecast: EntryForecast, measure: str | None
) -> tuple[Floats | None, Counts | None, Counts | None]:
    before = previous(panel, forecast.origin, forecast.horizon)
    if before is None:
        return None, None, None
    old = panel.matrix(before, measure)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = (values.sum(axis=0) / values.sum()) / (old.sum(axis=0) / old.sum())
        growth = relative ** (1 / (forecast.origin - before)) - 1
    held = [presence(location_quotient(m)) for m in (old, values)]
    changes = entries_and_exits(*held)
    return growth, changes.entered.sum(axis=0), changes.left.sum(axis=0)


def _plain(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0
