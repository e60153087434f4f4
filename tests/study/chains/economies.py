"""Random economies that can produce."""

import numpy as np


def random_inputs(n, seed=0, density=0.4):
    """Input coefficients whose columns add up to less than one."""
    rng = np.random.default_rng(seed)
    inputs = rng.random((n, n)) * (rng.random((n, n)) < density)
    return inputs / np.maximum(inputs.sum(axis=0), 1e-9) * rng.uniform(0.2, 0.7, n)
