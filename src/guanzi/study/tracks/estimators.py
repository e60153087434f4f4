"""The indices in the manner of scikit-learn: learn who holds what from one year, and apply it to another."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from guanzi.study.tracks.arrays import Floats, as_values
from guanzi.study.tracks.complexity import Disconnected, complexity, fitness
from guanzi.study.tracks.indices import HoldingTest, Test, indices
from guanzi.study.tracks.relatedness import relatedness_density
from guanzi.study.tracks.specialization import location_quotient, presence


class LocationQuotient(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Location quotients against the composition that was learnt.

    Args:
        smoothing: Prior strength of :func:`smoothed_quotient`; None: none.
    """

    def __init__(self, smoothing: float | None = None) -> None:
        self.smoothing = smoothing

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the share of each industry in the whole."""
        x = as_values(X)
        self.shares_ = x.sum(axis=0) / x.sum()
        self.n_features_in_ = x.shape[1]
        return self

    def transform(self, X: Any) -> Floats:
        """Quotients of regions, which may be others than those learnt from."""
        check_is_fitted(self)
        x = as_values(X)
        expected = x.sum(axis=1, keepdims=True) * self.shares_[None]
        k = 0.0 if self.smoothing is None else self.smoothing
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((x + k) / (expected + k))


class RelatednessDensity(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Relatedness density of regions, with the proximity that was learnt.

    Args:
        test: What presence is.
        threshold: From which quotient on an industry is held.
        continuous: Proximity by correlation.
        neighbours: Look at the k nearest industries alone.
    """

    def __init__(
        self, test: Test = "rca", threshold: float = 1.0, continuous: bool = False, neighbours: int | None = None
    ) -> None:
        self.test = test
        self.threshold = threshold
        self.continuous = continuous
        self.neighbours = neighbours

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the proximity of industries."""
        holding = HoldingTest(self.test, self.threshold)
        found = indices(X, holding, continuous=self.continuous, disconnected="largest")
        self.proximity_ = np.nan_to_num(found.proximity)
        self.n_features_in_ = len(self.proximity_)
        return self

    def transform(self, X: Any) -> Floats:
        """Density of each industry in each region."""
        check_is_fitted(self)
        x = as_values(X)
        quotient = x if self.test == "manual" else np.nan_to_num(location_quotient(x))
        held = quotient if self.continuous else presence(quotient, self.threshold)
        return np.asarray(relatedness_density(held, self.proximity_, self.neighbours))


class EconomicComplexity(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Complexity of industries learnt from one year; regions are the mean over what they hold.

    Args:
        threshold: From which quotient on an industry is held.
        disconnected: When the data fall apart: refuse, or measure the largest part.
    """

    def __init__(self, threshold: float = 1.0, disconnected: Disconnected = "refuse") -> None:
        self.threshold = threshold
        self.disconnected = disconnected

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn ``eci_``, ``pci_`` and the two eigenvalues behind them."""
        found = complexity(presence(location_quotient(X), self.threshold), self.disconnected)
        mean, spread = np.nanmean(found.regions), np.nanstd(found.regions)
        self.eci_ = (found.regions - mean) / spread
        self.pci_ = (found.industries - mean) / spread
        self.second_, self.third_ = found.second, found.third
        self.n_features_in_ = len(self.pci_)
        return self

    def transform(self, X: Any) -> Floats:
        """Mean complexity of what regions hold, one column."""
        check_is_fitted(self)
        held = presence(location_quotient(X), self.threshold) & np.isfinite(self.pci_)[None]
        with np.errstate(invalid="ignore"):
            return np.asarray((held @ np.nan_to_num(self.pci_)) / held.sum(axis=1))[:, None]


class FitnessComplexity(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fitness of regions and complexity of industries by the non-linear iteration.

    Args:
        threshold: From which quotient on an industry is held.
        rounds: Most rounds.
    """

    def __init__(self, threshold: float = 1.0, rounds: int = 1000) -> None:
        self.threshold = threshold
        self.rounds = rounds

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn ``fitness_`` and ``complexity_``."""
        found = fitness(presence(location_quotient(X), self.threshold), self.rounds)
        self.fitness_, self.complexity_, self.settled_ = found.regions, found.industries, found.settled
        self.n_features_in_ = len(self.complexity_)
        return self

    def transform(self, X: Any) -> Floats:
        """Fitness of regions with the complexity that was learnt, one column."""
        check_is_fitted(self)
        held = presence(location_quotient(X), self.threshold)
        return np.asarray(held @ np.nan_to_num(self.complexity_))[:, None]
