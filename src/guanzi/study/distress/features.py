"""What the members of the ensemble see: values by their rank, what is missing, and pairs of columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

type Floats = NDArray[np.float64]

#: Points at which the distribution of a column is kept.
GRID = 200
#: Ranks are turned into normal scores within these bounds; beyond the training data a firm counts as its most extreme.
BOUND = 3.0
#: A column gets a flag "is missing" when at least this share of the training rows lacks it.
RARELY = 0.002


def cleaned(values: Any) -> Floats:
    """Floats with NaN for whatever is not finite.

    >>> cleaned([[1.0, float("inf")]])
    array([[ 1., nan]])
    """
    table = np.array(values, dtype=np.float64)
    table[~np.isfinite(table)] = np.nan
    return table


@dataclass(frozen=True, slots=True)
class RankNormal:
    """Each column by its rank in the training data, as a normal score, with flags for what is missing.

    A missing value gets the score 0, that of the median. Heavy tails and units drop out.

    Attributes:
        grid: Quantiles of each column, shape (columns, points); a row of NaN where nothing is held.
        flags: Columns that get a flag.
    """

    grid: Floats
    flags: NDArray[np.intp]

    @classmethod
    def of(cls, table: Floats) -> RankNormal:
        """Learn the ranks of a training table, shape (rows, columns)."""
        grid = np.full((table.shape[1], GRID), np.nan)
        for column in range(table.shape[1]):
            held = table[~np.isnan(table[:, column]), column]
            if held.size:
                grid[column] = np.quantile(held, np.linspace(0, 1, GRID))
        share = np.isnan(table).mean(axis=0)
        return cls(grid, np.flatnonzero((share >= RARELY) & (share < 1)))

    def transform(self, table: Floats) -> Floats:
        """Scores and flags, shape (rows, columns + flags)."""
        scores = np.zeros(table.shape)
        ranks = np.linspace(0, 1, GRID)
        for column, grid in enumerate(self.grid):
            values = table[:, column]
            held = ~np.isnan(values)
            if np.isnan(grid[0]) or not held.any():
                continue
            # the middle of the ranks that share a value, so that ties stand where they belong
            low = np.interp(values[held], grid, ranks)
            high = 1 - np.interp(-values[held], -grid[::-1], ranks)
            scores[held, column] = np.clip(ndtri(np.clip((low + high) / 2, 1e-6, 1 - 1e-6)), -BOUND, BOUND)
        return np.column_stack([scores, np.isnan(table[:, self.flags]).astype(np.float64)])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Columns made of two columns: their ratio or their difference.

    Two ratios of one statement hold more together: of profit to assets and sales to assets comes the margin.

    Attributes:
        first, second: Positions of the two columns.
        ratio: True: first / second; False: first - second.

    References:
        M. Zięba, S. K. Tomczak and J. M. Tomczak, *Ensemble Boosted Trees with Synthetic Features Generation in
        Application to Bankruptcy Prediction*, Expert Systems with Applications 58 (2016).
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    ratio: NDArray[np.bool_]

    @classmethod
    def none(cls) -> Pairs:
        """No pairs."""
        return cls(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.bool_))

    @classmethod
    def among(cls, columns: NDArray[np.intp]) -> Pairs:
        """Ratio and difference of each two of the columns; ``k (k - 1)`` of ``k`` columns."""
        i, j = np.triu_indices(len(columns), 1)
        first, second = np.tile(columns[i], 2), np.tile(columns[j], 2)
        return cls(first, second, np.arange(2 * len(i)) < len(i))

    def __len__(self) -> int:
        return len(self.first)

    def some(self, places: NDArray[np.intp]) -> Pairs:
        """Those at some places."""
        return Pairs(self.first[places], self.second[places], self.ratio[places])

    def beside(self, table: Floats) -> Floats:
        """The table with the pairs beside it, shape (rows, columns + pairs); NaN where a part is not held."""
        a, b = table[:, self.first], table[:, self.second]
        with np.errstate(all="ignore"):
            made = np.where(self.ratio, a / np.where(b == 0, np.nan, b), a - b)
        made[~np.isfinite(made)] = np.nan
        return np.column_stack([table, made])

    def parts(self, columns: int) -> list[tuple[int, ...]]:
        """For each column of ``beside``, the columns of the table that it is made of."""
        alone: list[tuple[int, ...]] = [(column,) for column in range(columns)]
        return [*alone, *((int(i), int(j)) for i, j in zip(self.first, self.second, strict=True))]
