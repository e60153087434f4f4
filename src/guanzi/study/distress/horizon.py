"""From the horizon that a model was trained for to another one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def at_horizon(probability: ArrayLike, trained: float, wanted: float) -> NDArray[np.float64]:
    """The probability of failing within another time, if the yearly hazard stays what it is.

    ``1 - (1 - p) ** (wanted / trained)``: the simplest hazard model (T. Shumway, *Forecasting Bankruptcy More
    Accurately: A Simple Hazard Model*, Journal of Business 74, 2001). A judgement, not a measurement: the hazard of a
    firm in trouble is higher at first, so what is said here of less time than the model was trained for is a little
    low, and of more time a little high.

    Args:
        probability: Of failing within ``trained`` years.
        trained: Years of the training labels.
        wanted: Years that are asked for.

    Raises:
        ValueError: A horizon is not positive.

    >>> float(at_horizon(0.19, 2, 1).round(6))
    0.1
    """
    if not (trained > 0 and wanted > 0):
        raise ValueError("a horizon is a positive number of years")
    return np.asarray(-np.expm1(np.log1p(-np.asarray(probability, dtype=np.float64)) * (wanted / trained)))
