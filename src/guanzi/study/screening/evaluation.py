"""How well name matching does on labelled pairs: precision, recall, discrimination, calibration, speed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.study.screening.matching import THRESHOLD, probability, scores

_RESAMPLES = 1000
_SECONDS = 0.5
_BINS = 10


@dataclass(frozen=True, slots=True)
class MatchFigure:
    """A figure with its 95 % interval by bootstrap over pairs."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MatchEvaluation:
    """How the matcher did on labelled pairs.

    Attributes:
        n: Pairs.
        positives: Pairs of one bearer.
        precision: Share of shown matches that are right; NaN when none is shown.
        recall: Share of true matches that are shown.
        f1: Their harmonic mean.
        auc: Probability that a true match scores above a false one; NaN with one class only.
        brier: Mean squared error of the calibrated probability.
        ece: Expected calibration error over ten bins of equal width.
        pairs_per_second: Pairs scored in a second, compiled code loaded and words known.
        first_pass: Pairs scored in a second the first time, when every word is new.
        threshold: The shipped threshold.
        scores: Raw score of every pair.
        categories: Category, pairs, positives and matches shown.
    """

    n: int
    positives: int
    precision: MatchFigure
    recall: MatchFigure
    f1: MatchFigure
    auc: MatchFigure
    brier: float
    ece: float
    pairs_per_second: float
    first_pass: float
    threshold: float
    scores: tuple[float, ...]
    categories: tuple[tuple[str, int, int, int], ...]


def evaluate_pairs(
    pairs: Sequence[tuple[str, str]],
    schemas: Sequence[str],
    answers: Sequence[bool],
    categories: Sequence[str] = (),
    seed: int = 1,
) -> MatchEvaluation:
    """Score labelled pairs and measure.

    Args:
        pairs: Names.
        schemas: Kind of bearer of each pair.
        answers: Whether each pair has one bearer.
        categories: Kind of each pair, for the table by kinds; may be empty.
        seed: Of the bootstrap.
    """
    _load_compiled()
    begun = time.perf_counter()
    found = scores(pairs, schemas)
    first_pass = len(pairs) / (time.perf_counter() - begun)
    best, spent = 0.0, 0.0
    while spent < _SECONDS:
        begun = time.perf_counter()
        scores(pairs, schemas)
        took = time.perf_counter() - begun
        spent += took
        best = max(best, len(pairs) / took)
    truth = np.array(answers, bool)
    shown = found >= THRESHOLD
    random = np.random.default_rng(seed)
    drawn = [random.integers(0, len(pairs), len(pairs)) for _ in range(_RESAMPLES)]
    values = np.array([_counts(truth[d], shown[d], found[d]) for d in drawn])
    ends = [_ends(values[:, k]) for k in range(4)]
    precision, recall, f1, auc = (MatchFigure(float(v), *ends[k]) for k, v in enumerate(_counts(truth, shown, found)))
    likely = np.array([probability(float(score)) for score in found])
    kinds: dict[str, list[int]] = {}
    for kind, true, yes in zip(categories, truth, shown, strict=False):
        row = kinds.setdefault(kind, [0, 0, 0])
        row[0] += 1
        row[1] += int(true)
        row[2] += int(yes)
    return MatchEvaluation(
        n=len(pairs),
        positives=int(truth.sum()),
        precision=precision,
        recall=recall,
        f1=f1,
        auc=auc,
        brier=float(np.mean((likely - truth) ** 2)),
        ece=_calibration_error(likely, truth),
        pairs_per_second=best,
        first_pass=first_pass,
        threshold=THRESHOLD,
        scores=tuple(float(score) for score in found),
        categories=tuple((kind, *row) for kind, row in sorted(kinds.items())),  # type: ignore[misc]
    )


def _load_compiled() -> None:
    """Loading compiled code and lists is no part of the speed."""
    scores([("Анна", "A. Nother"), ("李斌", "Li Bin"), ("李斌", "李彬")], ["Person"] * 3)
    scores([("Other Ltd", "Another Ltd"), ("甲乙有限公司", "甲乙"), ("甲乙有限公司", "Jiayi Co")], ["Company"] * 3)


def _counts(
    truth: NDArray[np.bool_], shown: NDArray[np.bool_], found: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    hits, all_shown, all_true = int((truth & shown).sum()), int(shown.sum()), int(truth.sum())
    nan = float("nan")
    return (
        hits / all_shown if all_shown else nan,
        hits / all_true if all_true else nan,
        2 * hits / (all_shown + all_true) if all_shown + all_true else nan,
        _auc(truth, found),
    )


def _auc(truth: NDArray[np.bool_], found: NDArray[np.float64]) -> float:
    """The share of pairs of a true and a false match in which the true one scores more, ties by half."""
    values, places = np.unique(found, return_inverse=True)
    true, false = (np.bincount(places[chosen], minlength=len(values)) for chosen in (truth, ~truth))
    if not true.any() or not false.any():
        return float("nan")
    below = np.cumsum(false) - false
    return float((true * (below + 0.5 * false)).sum() / (true.sum() * false.sum()))


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def _calibration_error(likely: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    bins = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    gaps = [
        (bins == b).mean() * abs(likely[bins == b].mean() - truth[bins == b].mean())
        for b in range(_BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))
