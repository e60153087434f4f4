"""Area, average precision and calibration: each from what happened and the score that was given before."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

type Flags = NDArray[np.bool_]
type Numbers = NDArray[np.floating[Any]]


def roc_auc(happened: Flags, score: Numbers) -> float:
    """Probability that what happened scores above what did not; ties count half. NaN when a class is absent.

    >>> roc_auc(np.array([False, True, False]), np.array([0.1, 0.9, 0.9]))
    0.75
    """
    m, n = int(happened.sum()), int((~happened).sum())
    if not m or not n:
        return float("nan")
    return float((rankdata(score)[happened].sum() - m * (m + 1) / 2) / (m * n))


def average_precision(happened: Flags, score: Numbers) -> float:
    """Mean precision over what happened, from the highest score down; rows of one score come together."""
    if not happened.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(happened[order])
    last = np.r_[np.flatnonzero(np.diff(score[order])), len(order) - 1]
    found = hits[last]
    return float((np.diff(np.r_[0, found]) * found / (last + 1)).sum() / hits[-1])


def ece(happened: Flags, probability: Numbers, bins: int = 10) -> float:
    """Expected calibration error: mean distance of probability and share that happened, in bins of equal numbers."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if part.size]
    gaps = [abs(float(probability[part].mean()) - float(happened[part].mean())) * part.size for part in parts]
    return float(sum(gaps) / len(order)) if len(order) else float("nan")
