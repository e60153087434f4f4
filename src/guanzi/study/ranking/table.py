"""Alternatives by criteria, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What alternatives are judged by.

    Attributes:
        id: Short name.
        weight: Share of the decision, not negative; the weights add up to 1.
        goal: ``max`` where more is better, ``min`` where less is.
        title: In words.
        indifference, preference: Thresholds of PROMETHEE in the unit of the criterion: up to the first a difference
            counts nothing, from the second on all; None for both: every difference counts all.
    """

    id: str
    weight: float
    goal: str
    title: str = ""
    indifference: float | None = None
    preference: float | None = None


@dataclass(frozen=True)
class RankingTable:
    """What is ranked.

    Attributes:
        title: Of the decision.
        criteria: At least one; weights add up to 1.
        alternatives: Names, at least two.
        values: (alternatives, criteria).
    """

    title: str
    criteria: tuple[Criterion, ...]
    alternatives: tuple[str, ...]
    values: Floats

    @property
    def weights(self) -> Floats:
        """Weights of the criteria."""
        return np.array([criterion.weight for criterion in self.criteria])

    @property
    def types(self) -> Floats:
        """1 where more is better, −1 where less is."""
        return np.array([1.0 if criterion.goal == "max" else -1.0 for criterion in self.criteria])

    @property
    def distinguishing(self) -> NDArray[np.bool_]:
        """Criteria by which the alternatives differ at all."""
        return np.ptp(self.values, axis=0) > 0.0

    @property
    def utilities(self) -> Floats:
        """Values between 0 (worst) and 1 (best) of each criterion; 0 where the alternatives do not differ."""
        low, high = self.values.min(axis=0), self.values.max(axis=0)
        width = np.where(high > low, high - low, 1.0)
        share = (self.values - low) / width
        return np.where(self.distinguishing, np.where(self.types > 0, share, 1.0 - share), 0.0)


def ranking_table(title: str, criteria: Sequence[Criterion], rows: Mapping[str, Sequence[float]]) -> RankingTable:
    """A table with weights that add up to 1.

    Args:
        title: Of the decision.
        criteria: With weights of any positive sum.
        rows: Alternative to its values, in the order of the criteria.
    """
    total = sum(criterion.weight for criterion in criteria)
    scaled = tuple(Criterion(c.id, c.weight / total, c.goal, c.title, c.indifference, c.preference) for c in criteria)
    return RankingTable(title, scaled, tuple(rows), np.array([list(values) for values in rows.values()], np.float64))
