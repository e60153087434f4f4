"""The arrays of this package, and what they must be."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Counts = NDArray[np.int64]
type Numbers = NDArray[np.floating[Any]]


class NotCarried(InvalidInput):
    """An index that the data cannot carry; its problems say why."""


def not_carried(why: str, /, **params: Parameter) -> NotCarried:
    """The refusal of an index, with its reason and what would help."""
    cause, fix = Message.of(f"tracks.refused.{why}", **params), Message.of(f"tracks.refused.{why}.mend")
    return NotCarried(Problem(cause, Place(""), fix))


def as_values(values: Any) -> Floats:
    """Values of regions x industries as floats.

    Raises:
        InvalidInput: They are no matrix, or some are below nought, infinite or missing.
    """
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise _refused("no_matrix", dimensions=matrix.ndim)
    if matrix.size and not (matrix.min() >= 0 and matrix.max() < np.inf):
        wrong = ~(matrix >= 0) | np.isinf(matrix)
        row, column = (int(i) for i in np.argwhere(wrong)[0])
        raise _refused("no_value", value=f"{matrix[row, column]:g}", row=row, column=column, cells=int(wrong.sum()))
    return matrix


def as_presence(presence: Any) -> Flags:
    """Which region holds which industry, as flags.

    Raises:
        InvalidInput: It is no matrix, or holds something but 0 and 1.
    """
    matrix = np.asarray(presence)
    if matrix.ndim != 2:
        raise _refused("no_matrix", dimensions=matrix.ndim)
    if matrix.dtype != np.bool_:
        wrong = ~((matrix == 0) | (matrix == 1))
        if wrong.any():
            row, column = (int(i) for i in np.argwhere(wrong)[0])
            raise _refused("no_flag", value=f"{matrix[row, column]:g}", row=row, column=column)
    return matrix.astype(np.bool_)


def _refused(why: str, /, **params: Parameter) -> InvalidInput:
    return InvalidInput(not_carried(why, **params).problems)
