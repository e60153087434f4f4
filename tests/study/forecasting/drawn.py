"""Random distributions, to hold statements about all of them."""

import numpy as np
from hypothesis import strategies as st

from guanzi.study.forecasting import LEVELS, Quantiles


@st.composite
def distributions(draw, levels=None, most=12):
    """Quantiles with ties and gaps, at drawn levels or at given ones."""
    if levels is None:
        cuts = draw(st.lists(st.integers(1, 999), min_size=1, max_size=most, unique=True))
        levels = np.sort(np.array(cuts)) / 1000
    values = draw(st.lists(st.integers(-50, 50), min_size=len(levels), max_size=len(levels)))
    return Quantiles(levels, np.sort(np.array(values, float)))


def few_levels():
    """Every tenth of the usual levels, for tests that are slow."""
    return LEVELS[5::10]


def weights(n):
    """Weights of n members."""
    return st.lists(st.floats(0.0, 1.0), min_size=n, max_size=n).filter(lambda w: sum(w) > 0.01)
