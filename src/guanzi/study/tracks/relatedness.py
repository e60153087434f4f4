"""How much of what is near to an industry a region holds already."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.tracks.arrays import Numbers


def relatedness_density(holding: Any, proximity: Any, neighbours: int | None = None) -> Numbers:
    """Relatedness density: of the proximity to an industry, the part that a region holds.

    From 0 to 1 where holdings are 0 and 1.

    Args:
        holding: Regions x industries: presence, or quotients with a continuous proximity.
        proximity: Industries x industries, row i: what is near to i.
        neighbours: Look at the k nearest industries alone, the industry itself left out; None: at all, itself
            included. Of equally near industries the first ones are taken.

    Returns:
        Regions x industries; NaN for an industry that is near to none.

    Raises:
        InvalidInput: The shapes do not fit, or there are no k other industries.

    >>> near = np.array([[1.0, 0.5, 0.25], [0.5, 1.0, 0.0], [0.25, 0.0, 1.0]])
    >>> relatedness_density([[0, 1, 0]], near, neighbours=2).round(3).tolist()
    [[0.667, 0.0, 0.0]]
    """
    near = np.asarray(proximity)
    if not np.issubdtype(near.dtype, np.floating):
        near = near.astype(np.float64)
    held = np.asarray(holding)
    if near.ndim != 2 or near.shape[0] != near.shape[1] or held.ndim != 2 or held.shape[1] != len(near):
        cause = Message.of("tracks.shapes", holding=str(held.shape), proximity=str(near.shape))
        raise InvalidInput(Problem(cause, Place(""), Message.of("tracks.shapes.mend")))
    if neighbours is not None:
        near = nearest_only(near, neighbours)
    whole = near.sum(axis=1)
    found: Numbers = held.astype(near.dtype, copy=False) @ near.T
    with np.errstate(divide="ignore", invalid="ignore"):
        found /= whole[None]
    return found


def nearest_only(proximity: Numbers, neighbours: int) -> Numbers:
    """The proximity of each industry to its k nearest others; all else is nought."""
    if not 1 <= neighbours < len(proximity):
        cause = Message.of("tracks.neighbours", neighbours=neighbours, most=len(proximity) - 1)
        raise InvalidInput(Problem(cause, Place(""), Message.of("tracks.neighbours.mend")))
    away = -proximity.copy()
    np.fill_diagonal(away, np.inf)
    order = np.argsort(away, axis=1, kind="stable")[:, :neighbours]
    out = np.zeros_like(proximity)
    np.put_along_axis(out, order, np.take_along_axis(proximity, order, axis=1), axis=1)
    return out


def distance(holding: Any, proximity: Any) -> Numbers:
    """How far an industry is from what a region holds: ``1 - density``."""
    return np.asarray(1 - relatedness_density(holding, proximity))
