"""The backtest: learn from what was known at the origin of the last window, forecast it, and look what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries import IndustryPanel
from guanzi.study.scoring import average_precision, ece, roc_auc
from guanzi.study.tracks.arrays import Flags, Floats, Numbers
from guanzi.study.tracks.forecast.features import features
from guanzi.study.tracks.forecast.learning import Advance, Learnt, Settings, learn, probabilities, windows_to_learn
from guanzi.study.tracks.forecast.measures import (
    DRAWS,
    Counted,
    Interval,
    counted,
    drawn_anew,
    interval,
    precision_at,
    region_aucs,
    region_precision,
)
from guanzi.study.tracks.forecast.windows import Window, last_window, outcome

METHODS = ("model", "density", "ubiquity", "rca", "baseline", "null")
COMPARED = (
    ("model", "density"),
    ("model", "ubiquity"),
    ("model", "rca"),
    ("model", "baseline"),
    ("density", "rca"),
    ("density", "baseline"),
    ("density", "null"),
)


@dataclass(frozen=True, slots=True)
class MethodScores:
    """How good one method was.

    Attributes:
        roc_auc: Over all cells, with its interval.
        average_precision: Likewise; the share of cells that were entered is chance.
        precision_at_k: Share of entries among as many of its highest cells as were entered.
        ece: Mean distance of probability and share of entries.
        region_auc: Mean area within regions, with its interval.
        region_precision_at_10: Mean share of entries among the ten highest cells of a region.
    """

    roc_auc: float
    roc_auc_interval: Interval
    average_precision: float
    average_precision_interval: Interval
    precision_at_k: float
    ece: float
    region_auc: float
    region_auc_interval: Interval
    region_precision_at_10: float


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region: how many cells it could enter and did, and the area within it by each method; NaN where undefined."""

    region: str
    cells: int
    entries: int
    aucs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Gain:
    """What one method has over another: difference of areas, over all cells and within regions, with intervals."""

    better: str
    other: str
    roc_auc: float
    roc_auc_interval: Interval
    region_auc: float
    region_auc_interval: Interval

    @property
    def verdict(self) -> str:
        """``adds``, ``worse``, or ``nothing`` that can be told from luck, within regions."""
        low, high = self.region_auc_interval
        return "adds" if low > 0 else "worse" if high < 0 else "nothing"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The backtest of one window.

    Attributes:
        window: Which was forecast.
        learnt: From what.
        cells, entries: Cells that could be entered and were judged, and how many were.
        k: Of ``precision_at_k``: the number of entries.
        left_out: Cells that could not be judged: kept back by the source, or industries that are not counted in both
            years.
        methods: What each was worth.
        gains: What one has over another.
        regions: By region.
        calibration: Of the model, in ten bins: mean probability, share entered, cells.
    """

    window: Window
    learnt: Learnt
    cells: int
    entries: int
    k: int
    left_out: int
    methods: dict[str, MethodScores]
    gains: tuple[Gain, ...]
    regions: tuple[RegionRow, ...]
    calibration: tuple[tuple[float, float, int], ...]

    def no_better_than(self, other: str) -> tuple[str, ...]:
        """Regions in which the model ranks no better than another method."""
        return tuple(row.region for row in self.regions if row.aucs["model"] <= row.aucs[other])

    @property
    def judged_regions(self) -> int:
        """Regions with entries and without, of which the area is defined."""
        return sum(bool(np.isfinite(row.aucs["model"])) for row in self.regions)


def evaluate(
    panel: IndustryPanel, settings: Settings, until: int | None = None, advance: Advance | None = None
) -> Evaluation:
    """Forecast the last window of a panel from what was known at its origin, and compare with what came.

    Args:
        panel: Region x industry x year.
        settings: What is forecast.
        until: Last year that is looked at; None: the last of the panel.
        advance: Told after each step; there are :func:`steps` of them.

    Raises:
        InvalidInput: The panel is too short, or has too few entries to learn from or to judge.
    """
    with threadpool_limits(1, "blas"):  # its threads would wait for those that learn the folds
        return _evaluated(panel, settings, until, advance)


def _evaluated(panel: IndustryPanel, settings: Settings, until: int | None, advance: Advance | None) -> Evaluation:
    seen = panel if until is None else panel.until(until)
    _refuse_narrow(seen)
    window = last_window(seen, settings.horizon)
    known = seen.until(window.origin)
    learnt = learn(known, window.origin, settings, window.years, advance)
    found = features(known, window.origin, settings.horizon, settings.measure, learnt.names, settings.seed, extras=True)
    said = probabilities(learnt, found, window.years)
    came = outcome(seen, window, settings.measure, settings.minimum)
    judged = came.known[found.risk]
    entered = came.entered[found.risk][judged]
    _refuse_one_sided(seen, window, entered)
    region = np.nonzero(found.risk)[0][judged]
    scores: dict[str, Numbers] = {
        name: (found.scores[name] if name in found.scores else said[name])[judged] for name in METHODS
    }
    chances = {name: said[name][judged] for name in METHODS}
    if advance is not None:
        advance()
    known_end = _JudgedCells(entered, region, scores, chances, left_out=int((~judged).sum()))
    return _judged(panel, window, learnt, known_end, settings.seed)


def steps(panel: IndustryPanel, settings: Settings, until: int | None = None) -> int:
    """Into how many steps :func:`evaluate` falls, for progress; a panel that is too short is refused there."""
    seen = panel if until is None else panel.until(until)
    known = last_window(seen, settings.horizon).origin
    return len(windows_to_learn(seen.until(known), settings, known)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class _JudgedCells:
    """Cells whose end is known, with what each method said of them; arrays have one value a cell.

    Attributes:
        entered: Whether the region entered the industry.
        region: Place of the region in the panel.
        scores: Method to what it ranks by.
        chances: Method to its probability.
        left_out: Cells whose end is not known.
    """

    entered: Flags
    region: NDArray[np.int64]
    scores: dict[str, Numbers]
    chances: dict[str, Floats]
    left_out: int


def _judged(panel: IndustryPanel, window: Window, learnt: Learnt, judged: _JudgedCells, seed: int) -> Evaluation:
    entered, region, scores = judged.entered, judged.region, judged.scores
    size, k = len(panel.regions), int(entered.sum())
    draws = np.random.default_rng(seed)
    present = np.unique(region)
    weights = np.zeros((DRAWS, size), dtype=np.int64)
    weights[:, present] = draws.multinomial(len(present), np.full(len(present), 1 / len(present)), size=DRAWS)
    within = {name: region_aucs(entered, score, region, size) for name, score in scores.items()}
    cells: dict[str, Counted] = {name: counted(entered, score, region, size) for name, score in scores.items()}
    drawn = {name: drawn_anew(cells[name], weights) for name in scores}
    mean_within = {name: _means(areas, weights) for name, areas in within.items()}
    methods = {
        name: MethodScores(
            roc_auc(entered, scores[name]),
            interval(drawn[name][0]),
            average_precision(entered, scores[name]),
            interval(drawn[name][1]),
            precision_at(entered, scores[name], k),
            ece(entered, judged.chances[name]),
            float(np.nanmean(within[name])) if np.isfinite(within[name]).any() else float("nan"),
            interval(mean_within[name]),
            region_precision(entered, scores[name], region, size),
        )
        for name in METHODS
    }
    gains = tuple(
        Gain(
            one,
            other,
            methods[one].roc_auc - methods[other].roc_auc,
            interval(drawn[one][0] - drawn[other][0]),
            methods[one].region_auc - methods[other].region_auc,
            interval(mean_within[one] - mean_within[other]),
        )
        for one, other in COMPARED
    )
    tries, hits = np.bincount(region, minlength=size), np.bincount(region, weights=entered, minlength=size)
    rows = tuple(
        RegionRow(panel.regions[r], int(tries[r]), int(hits[r]), {name: float(within[name][r]) for name in METHODS})
        for r in present
    )
    curve = _calibration(entered, judged.chances["model"])
    return Evaluation(window, learnt, len(entered), k, k, judged.left_out, methods, gains, rows, curve)


def _means(areas: Floats, weights: NDArray[np.int64]) -> Floats:
    """Mean area within regions for each drawing of regions."""
    told = np.isfinite(areas)
    often = weights[:, told]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((often @ areas[told]) / often.sum(axis=1))


def _calibration(entered: Flags, probability: Floats) -> tuple[tuple[float, float, int], ...]:
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, 10) if part.size]
    return tuple((float(probability[p].mean()), float(entered[p].mean()), len(p)) for p in parts)


def _refuse_narrow(panel: IndustryPanel) -> None:
    wrong = [p for p in panel.findings if p.severity == "error"]
    for role, number in (("regions", len(panel.regions)), ("industries", len(panel.industries))):
        if number < 2:
            cause = Message.of(f"tracks.evaluate.one.{role}")
            wrong.append(Problem(cause, Place(panel.name), Message.of(f"tracks.evaluate.one.{role}.mend")))
    if not any((values > 0).any() for values in panel.measures.values()):
        cause, fix = Message.of("tracks.evaluate.nought"), Message.of("tracks.evaluate.nought.mend")
        wrong.append(Problem(cause, Place(panel.name), fix))
    if wrong:
        raise InvalidInput(wrong)


def _refuse_one_sided(panel: IndustryPanel, window: Window, entered: Flags) -> None:
    if entered.all() or not entered.any():
        cause = Message.of(
            "tracks.evaluate.one_sided",
            entries=int(entered.sum()),
            cells=len(entered),
            window=f"{window.origin}–{window.target}",
        )
        raise InvalidInput(Problem(cause, Place(panel.name), Message.of("tracks.evaluate.one_sided.mend")))
