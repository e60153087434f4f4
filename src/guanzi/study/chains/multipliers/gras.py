"""GRAS: bring a matrix to given totals with the least change, where it may hold negative numbers, too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.study.chains.multipliers.leontief import Matrix, Vector


class CannotBalance(ValueError):
    """No matrix with these signs has these totals."""


@dataclass(frozen=True, eq=False)
class Balanced:
    """A matrix with its totals.

    Attributes:
        matrix: The balanced matrix.
        rows: Factor of each row: positive cells were multiplied by it, negative ones divided.
        columns: Factor of each column.
        rounds: That it took.
        error: Largest deviation of a total, as a part of the largest total.
    """

    matrix: Matrix
    rows: Vector
    columns: Vector
    rounds: int
    error: float


def balance(matrix: Matrix, rows: Vector, columns: Vector, most: int = 5000, error: float = 1e-10) -> Balanced:
    """Bring a matrix to totals (Junius and Oosterhaven 2003; factors as in Temurshoev, Miller and Bouwmeester 2013).

    Each positive cell becomes rᵢ pᵢⱼ sⱼ and each negative one −nᵢⱼ / (rᵢ sⱼ): signs and noughts stay. Without negative
    cells this is RAS.

    Args:
        matrix: What to change least.
        rows: Totals of the rows.
        columns: Totals of the columns; their sum is that of the rows.
        most: Rounds.
        error: At which to stop, as a part of the largest total.

    Raises:
        CannotBalance: The totals differ in sum, or rounds did not get there.

    >>> balance(np.array([[1.0, 1.0], [1.0, 3.0]]), np.array([3.0, 7.0]), np.array([4.0, 6.0])).matrix.sum(axis=0)
    array([4., 6.])
    """
    scale = max(float(np.abs(rows).max()), float(np.abs(columns).max()), 1e-300)
    if abs(float(rows.sum() - columns.sum())) > 1e-9 * scale * len(rows):
        raise CannotBalance
    positive, negative = np.maximum(matrix, 0.0), np.maximum(-matrix, 0.0)
    right = np.ones(len(columns))
    for k in range(1, most + 1):
        left = _factors(positive @ right, negative @ (1.0 / right), rows)
        right = _factors(left @ positive, (1.0 / left) @ negative, columns)
        found = left[:, None] * positive * right - negative / (left[:, None] * right)
        off = (
            max(float(np.abs(found.sum(axis=1) - rows).max()), float(np.abs(found.sum(axis=0) - columns).max())) / scale
        )
        if off <= error:
            return Balanced(found, left, right, k, off)
        if not np.isfinite(off):
            break
    raise CannotBalance


def _factors(positive: Vector, negative: Vector, total: Vector) -> Vector:
    """The factor r of each line for which r·p − n / r is its total; 1 where the line holds nothing."""
    root = np.sqrt(total * total + 4.0 * positive * negative)
    by_positive = np.divide(total + root, 2.0 * positive, out=np.ones_like(total), where=positive > 0.0)
    # Without positive cells only a negative total can be met; a floor keeps a line of nought totals from vanishing.
    by_negative = np.divide(-negative, total, out=np.ones_like(total), where=(total < 0.0) & (negative > 0.0))
    return np.maximum(np.where(positive > 0.0, by_positive, by_negative), 1e-300)
