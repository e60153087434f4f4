"""Weights become path numbers: a weighted set of paths is run as a list of numbers, some of them more than once.

Records are integers and merge exactly, in any order; weights would put floating sums into them. So weights are spent
before the run: a path of weight w stands w · n times in the list, rounded up or down.

References:
    Kitagawa: Monte Carlo filter and smoother for non-Gaussian nonlinear state space models. Journal of Computational
    and Graphical Statistics 5 (1996), 1-25.
    Douc, Cappé, Moulines: Comparison of resampling schemes for particle filtering. ISPA (2005).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MIDDLE = 0.5


def resample(weights: NDArray[np.float64], paths: int | None = None, offset: float = MIDDLE) -> NDArray[np.uint64]:
    """Path numbers by systematic resampling: path i stands ⌊n wᵢ⌋ or ⌈n wᵢ⌉ times in the list, which ascends.

    The line from 0 to 1 is cut into pieces as long as the weights; the number of the piece is read at n points at
    equal distances. Equal weights give back every path once.

    Args:
        weights: Of the paths 0, 1, 2 …; none negative, not all zero. They need not sum to 1.
        paths: Length of the list, n; None: as many as there are weights.
        offset: Where in its n-th the first point lies, from 0 to below 1. Drawn evenly, the list is unbiased; in the
            middle, the default, it is the same each time.

    Raises:
        ValueError: Weights that are no weights, or an offset outside [0, 1).

    >>> resample(np.array([0.5, 0.0, 0.25, 0.25]))
    array([0, 0, 2, 3], dtype=uint64)
    """
    w = np.asarray(weights, np.float64)
    if w.ndim != 1 or not len(w) or not np.all(np.isfinite(w)) or w.min() < 0.0 or w.max() <= 0.0:
        raise ValueError("weights must be finite, none of them negative and not all zero")
    if not 0.0 <= offset < 1.0:
        raise ValueError(f"an offset lies from 0 to below 1, not at {offset}")
    n = len(w) if paths is None else paths
    ends = np.cumsum(w / w.max())
    points = (np.arange(n) + offset) * (ends[-1] / n)
    places = np.searchsorted(ends, points, side="right")
    last = int(np.flatnonzero(w)[-1])  # a rounded point may lie behind the last end
    ids: NDArray[np.uint64] = np.minimum(places, last).astype(np.uint64)
    return ids
