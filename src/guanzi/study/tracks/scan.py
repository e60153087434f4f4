"""The scan of one region: where it stands, what it could enter next, and why, in one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from guanzi.intake.industries import IndustryPanel
from guanzi.record.evidence import Track
from guanzi.study.technology import Opening, judge_window
from guanzi.study.tracks.arrays import NotCarried
from guanzi.study.tracks.forecast import EntryForecast, RegionRow, Settings, forecast_entries
from guanzi.study.tracks.indices import Indices, indices
from guanzi.study.tracks.shortlist import (
    Explanation,
    Peer,
    RankedCandidate,
    Stone,
    Weights,
    candidates_of,
    explain,
    peers_of,
    rank,
    refuse_strategic,
    refuse_weights,
    stepping_stone,
    what_if,
)

FIRST = 5
"""Length of the short list."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One place on the short list, with what stands behind it; ``opening`` where figures of its market are held."""

    ranked: RankedCandidate
    explanation: Explanation
    stone: Stone | None
    opening: Opening | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a region stands in a year.

    Attributes:
        year: The year.
        diversity: Industries that it holds.
        place: Place by complexity among the regions, 1 the highest; None where the data carry no complexity.
        of: Regions that have a complexity.
    """

    year: int
    diversity: int
    place: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What holding one more industry would do to the chance of entering another."""

    industry: str
    now: float
    then: float


@dataclass(frozen=True, slots=True)
class RegionScan:
    """What a scan of one region found.

    Attributes:
        panel, region, settings, weights: Of what, and how.
        forecast: Of entries from the last year, with the backtest on the window before.
        found: Indices of the last year.
        whole: Whether the data hang together; otherwise complexity is that of their largest part.
        stands: Year by year.
        composition: Industries by their share of the region's total, with their quotient; the largest first.
        peers: Regions of like structure.
        ranked: Every candidate, in order.
        recommendations: The first of them, explained.
        openings: Windows of the tracks that were named.
        supposed: The industry that was supposed to be held, and what that would change; empty when none was.
        changes: The largest changes first.
    """

    panel: IndustryPanel
    region: str
    settings: Settings
    weights: Weights
    forecast: EntryForecast
    found: Indices
    whole: bool
    stands: tuple[Stand, ...]
    composition: tuple[tuple[str, float, float], ...]
    peers: tuple[Peer, ...]
    ranked: tuple[RankedCandidate, ...]
    recommendations: tuple[Recommendation, ...]
    openings: tuple[tuple[str, Opening], ...]
    supposed: str
    changes: tuple[Changed, ...]

    @property
    def reach(self) -> float:
        """Chance from which an industry is within reach; see :func:`reach_of`."""
        return reach_of(self.forecast)

    @property
    def own(self) -> RegionRow | None:
        """How the method did in the backtest for this region."""
        rows = () if self.forecast.backtest is None else self.forecast.backtest.regions
        return next((row for row in rows if row.region == self.region), None)


@dataclass(frozen=True, slots=True)
class Priorities:
    """What counts for a region among the industries that it could enter.

    Attributes:
        weights: Criterion to weight.
        strategic: Industry to weight, from a playbook.
    """

    weights: Weights
    strategic: Mapping[str, float] = field(default_factory=dict)

    def refuse_unclear(self) -> None:
        """Refuse weights that mean nothing.

        Raises:
            InvalidInput: There is no such criterion, or a weight is no number from nought on.
        """
        refuse_weights(self.weights)
        refuse_strategic(self.strategic)


@dataclass(frozen=True, slots=True)
class Markets:
    """What is held of the markets of industries, whose windows of entry are judged.

    Attributes:
        tracks: Industry to the dated figures of its market.
        as_of: Day on which the windows are judged; None: that of the newest figure of each track.
    """

    tracks: Mapping[str, Track] = field(default_factory=dict)
    as_of: date | None = None

    def windows(self, panel: IndustryPanel) -> dict[str, Opening]:
        """Industry to its window.

        Raises:
            InvalidInput: The panel has no such industry.
        """
        named = {panel.industries[panel.industry_at(code)]: track for code, track in self.tracks.items()}
        return {
            code: judge_window(track, self.as_of or max(f.known_on for f in track.facts))
            for code, track in named.items()
        }


NO_MARKETS = Markets()
"""No figures of any market are held."""


def scan_region(
    panel: IndustryPanel,
    region: str,
    settings: Settings,
    priorities: Priorities,
    markets: Markets = NO_MARKETS,
    supposed: str = "",
    advance: Callable[[], None] | None = None,
) -> RegionScan:
    """Scan one region.

    Args:
        panel: Region x industry x year.
        region: Which.
        settings: What is forecast.
        priorities: What counts among the industries that it could enter.
        markets: Dated figures of markets, for windows of entry.
        supposed: An industry that the region is supposed to hold.
        advance: Told after each of :func:`scan_steps` steps.

    Raises:
        InvalidInput: There is no such region, industry or criterion, or the panel is too short.
    """
    priorities.refuse_unclear()
    region = panel.regions[panel.region_at(region)]
    windows = markets.windows(panel)
    supposed = panel.industries[panel.industry_at(supposed)] if supposed else ""
    tell = advance or (lambda: None)
    ahead = forecast_entries(panel, settings)
    tell()
    found, whole = _indices(panel, ahead.origin, settings.measure)
    candidates = candidates_of(panel, ahead, found, region, priorities.strategic, settings.measure)
    ranked = rank(candidates, priorities.weights, FIRST, settings.seed, reach_of(ahead))
    tell()
    chosen = []
    for row in ranked[:FIRST]:
        code = row.candidate.industry
        told = explain(panel, found, region, code, settings.horizon, settings.measure)
        stone = stepping_stone(panel, ahead, found, settings, region, code)
        chosen.append(Recommendation(row, told, stone, windows.get(code)))
    tell()
    stands = tuple(_stand(panel, year, region, settings.measure) for year in panel.years)
    tell()
    return RegionScan(
        panel=panel,
        region=region,
        settings=settings,
        weights=priorities.weights,
        forecast=ahead,
        found=found,
        whole=whole,
        stands=stands,
        composition=_composition(panel, found, ahead.origin, region, settings.measure),
        peers=peers_of(panel, found, region),
        ranked=ranked,
        recommendations=tuple(chosen),
        openings=tuple(windows.items()),
        supposed=supposed,
        changes=_changes(panel, ahead, settings, region, supposed) if supposed else (),
    )


def recommend(scan: RegionScan, industry: str) -> Recommendation | None:
    """What stands behind one industry of a scan, on the short list or not; None where it is no candidate.

    Raises:
        InvalidInput: The panel has no such industry.
    """
    code = scan.panel.industries[scan.panel.industry_at(industry)]
    row = next((row for row in scan.ranked if row.candidate.industry == code), None)
    if row is None:
        return None
    panel, found, settings, region = scan.panel, scan.found, scan.settings, scan.region
    told = explain(panel, found, region, code, settings.horizon, settings.measure)
    stone = stepping_stone(panel, scan.forecast, found, settings, region, code)
    return Recommendation(row, told, stone, dict(scan.openings).get(code))


def held_quotient(scan: RegionScan, industry: str) -> float | None:
    """Quotient of an industry that the region holds; None where it holds less than its share, or that is unknown.

    Raises:
        InvalidInput: The panel has no such industry.
    """
    r, i = scan.panel.region_at(scan.region), scan.panel.industry_at(industry)
    return float(scan.found.quotient[r, i]) if scan.found.presence[r, i] else None


def reach_of(ahead: EntryForecast) -> float:
    """Chance from which an industry is within reach: the share of all cells that were entered in the window before.

    Where the panel is too short for that, the mean of what is forecast.
    """
    test = ahead.backtest
    if test is not None and test.cells:
        return test.entries / test.cells
    return float(ahead.probability[ahead.risk].mean())


def scan_steps() -> int:
    """Into how many steps :func:`scan_region` falls, for progress."""
    return 4


def _indices(panel: IndustryPanel, year: int, measure: str | None) -> tuple[Indices, bool]:
    values = panel.matrix(year, measure)
    try:
        return indices(values), True
    except NotCarried:
        return indices(values, disconnected="largest"), False


def _stand(panel: IndustryPanel, year: int, region: str, measure: str | None) -> Stand:
    r = panel.region_at(region)
    try:
        found, _ = _indices(panel, year, measure)
    except NotCarried:
        return Stand(year, 0, None, 0)
    known = np.isfinite(found.eci)
    place = int((found.eci[known] > found.eci[r]).sum()) + 1 if known[r] else None
    return Stand(year, int(found.diversity[r]), place, int(known.sum()))


def _composition(
    panel: IndustryPanel, found: Indices, year: int, region: str, measure: str | None
) -> tuple[tuple[str, float, float], ...]:
    r = panel.region_at(region)
    row = panel.matrix(year, measure)[r]
    share = row / max(float(row.sum()), 1e-300)
    order = np.argsort(-share, kind="stable")
    return tuple((panel.industries[i], float(share[i]), float(found.quotient[r, i])) for i in order if share[i] > 0)


def _changes(
    panel: IndustryPanel, ahead: EntryForecast, settings: Settings, region: str, supposed: str
) -> tuple[Changed, ...]:
    now = ahead.probability[panel.region_at(region)]
    then = what_if(panel, ahead, settings, region, supposed)
    both = np.flatnonzero(np.isfinite(now) & np.isfinite(then))
    order = sorted(both, key=lambda i: (-abs(then[i] - now[i]), i))
    return tuple(Changed(panel.industries[i], float(now[i]), float(then[i])) for i in order)
