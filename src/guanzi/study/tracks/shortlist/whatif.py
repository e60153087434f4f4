"""What if a region had an industry: the same model on the same panel, with one cell raised."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Floats
from guanzi.study.tracks.forecast import EntryForecast, Settings
from guanzi.study.tracks.forecast.features import features
from guanzi.study.tracks.indices import Indices

_MARGIN = 1.02
_TRIED = 3


@dataclass(frozen=True, slots=True)
class Stone:
    """A stepping stone towards an industry.

    Attributes:
        industry: The industry to enter first.
        probability: Of entering it.
        then: Probability of entering the other within the horizon, once it is held.
        now: Probability as things are.
    """

    industry: str
    probability: float
    then: float
    now: float


def what_if(panel: IndustryPanel, forecast: EntryForecast, settings: Settings, region: str, industry: str) -> Floats:
    """Probability of entry into every industry, if a region held one more; NaN where it holds an industry already.

    The value of the cell is raised until its quotient is 1, in each year of one horizon up to the last; all else, the
    model included, stays.

    Args:
        panel: Region x industry x year.
        forecast: Of entries from its last year.
        settings: With which it was made.
        region: Whose.
        industry: What it would hold.

    Raises:
        InvalidInput: There is no such region or industry.
    """
    r, i = panel.region_at(region), panel.industry_at(industry)
    raised = panel
    for year in panel.years:
        if forecast.origin - settings.horizon < year <= forecast.origin:
            raised = _raised(raised, year, r, i, settings.measure)
    learnt = forecast.learnt
    found = features(raised, forecast.origin, settings.horizon, settings.measure, learnt.names, settings.seed)
    mine = np.flatnonzero(np.nonzero(found.risk)[0] == r)
    p = learnt.model.predict_proba(found.matrix(learnt.names, mine))[:, 1]
    out = np.full(len(panel.industries), np.nan)
    out[np.nonzero(found.risk)[1][mine]] = learnt.stretched(p, settings.horizon)
    return out


def stepping_stone(
    panel: IndustryPanel, forecast: EntryForecast, found: Indices, settings: Settings, region: str, industry: str
) -> Stone | None:
    """The industry that would help most on the way to another, weighed by how likely it is itself.

    Of the few that are near and likely, the one with the largest ``p(stone) x (then - now)``; None where none raises
    the probability.
    """
    r, i = panel.region_at(region), panel.industry_at(industry)
    chance = np.nan_to_num(forecast.probability[r])
    worth = chance * np.nan_to_num(found.proximity[i])
    worth[i] = 0
    now = float(forecast.probability[r, i])
    tried = [j for j in np.argsort(-worth, kind="stable")[:_TRIED] if worth[j] > 0]
    stones = [
        Stone(code, float(chance[j]), float(what_if(panel, forecast, settings, region, code)[i]), now)
        for j, code in ((j, panel.industries[j]) for j in tried)
    ]
    helpful = [stone for stone in stones if stone.then > now]
    return max(helpful, key=lambda s: s.probability * (s.then - now), default=None)


def _raised(panel: IndustryPanel, year: int, r: int, i: int, measure: str | None) -> IndustryPanel:
    """The panel with the value of one cell and year at which its quotient is 1, or what it is where that is more."""
    name = measure or panel.measure
    values = panel.matrix(year, name)
    others, rest = values[:, i].sum() - values[r, i], values[r].sum() - values[r, i]
    elsewhere = values.sum() - values[r].sum() - others
    value = _MARGIN * max(others * rest / max(elsewhere, 1e-300), 1e-9)
    at = panel.years.index(year)
    start, end = int(panel.starts[at]), int(panel.starts[at + 1])
    held = np.flatnonzero((panel.region[start:end] == r) & (panel.industry[start:end] == i))
    if len(held):
        changed = {m: v.copy() for m, v in panel.measures.items()}
        changed[name][start + held[0]] = max(value, float(values[r, i]))
        return replace(panel, measures=changed)
    keys = panel.region[start:end].astype(np.int64) * len(panel.industries) + panel.industry[start:end]
    place = start + int(np.searchsorted(keys, r * len(panel.industries) + i))
    starts = panel.starts.copy()
    starts[at + 1 :] += 1
    return replace(
        panel,
        region=np.insert(panel.region, place, r),
        industry=np.insert(panel.industry, place, i),
        starts=starts,
        measures={m: np.insert(v, place, value if m == name else np.nan) for m, v in panel.measures.items()},
    )
