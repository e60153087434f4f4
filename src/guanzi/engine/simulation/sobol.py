"""Sobol' points and Sobol' indices, without the second that the library of statistics takes to load.

Points are those of SciPy, bit for bit: they are made by it once and kept on the shelf of the machine.

References:
    Owen: Randomly permuted (t,m,s)-nets and (t,s)-sequences. Monte Carlo and Quasi-Monte Carlo Methods in Scientific
        Computing (1995): scrambling.
    Saltelli et al.: Variance based sensitivity analysis of model output. Design and estimator for the total sensitivity
        index. Computer Physics Communications 181 (2010): tables 2 (b) and 2 (f).
    Sobol', Levitan: On the use of variance reducing multipliers in Monte Carlo computations of a global sensitivity
        index. Computer Physics Communications 117 (1999): outputs less their mean.
"""

from __future__ import annotations

import hashlib

import numpy as np

from guanzi.engine.machine import shelf
from guanzi.engine.simulation.summaries import Floats


def sobol_points(dimensions: int, power: int, seed: int) -> Floats:
    """The first 2 to the ``power`` points of a scrambled Sobol' sequence, in the open unit cube: (points, dimensions).

    Args:
        dimensions: Of the cube.
        power: Logarithm of the number of points to the base of two.
        seed: Of the scrambling.
    """
    import scipy

    key = hashlib.sha256(repr(("points", scipy.__version__, np.__version__, dimensions, power, seed)).encode()).digest()
    file = shelf.shelf_place(key, "points")
    content = None if file is None else shelf.take(file)
    if content is None:
        from scipy.stats import qmc

        points: Floats = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(power)
        if file is not None:
            shelf.put(file, points.tobytes())
    else:
        points = np.frombuffer(content, np.float64).reshape(1 << power, dimensions)
    return np.clip(points, 1e-9, 1.0 - 1e-9)


def sobol_indices(a: Floats, b: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """First-order and total indices of an output; nought where it does not vary.

    Args:
        a, b: The output on two independent samples: (points,).
        mixed: On the first sample with one input of the second, for each input: (inputs, points).
    """
    centre = np.mean([a[None], b[None]], axis=(0, -1))  # the order of sums is that of SciPy
    a, b, mixed = a - centre, b - centre, mixed - centre
    spread = np.var([a[None], b[None]], axis=(0, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.mean(b * (mixed - a), axis=-1) / spread
        total = 0.5 * np.mean((a - mixed) ** 2, axis=-1) / spread
    return np.where(np.isfinite(first), first, 0.0), np.where(np.isfinite(total), total, 0.0)
