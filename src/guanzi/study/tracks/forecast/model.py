"""The probability that a region enters an industry: a logit, boosted trees, or both by their word on what is new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from guanzi.study.tracks.arrays import Flags, Floats

type Form = Literal["logit", "boosted", "both"]
type Rows = NDArray[np.int64]

FOLDS = 4
_EDGE = 1e-6
_BINS, _ENTRIES = 20, 20
"""Steps of a curve, and entries that each of them should have."""
_DRAWS = 100
_PART = 100_000
LEVEL = 0.9


class EntryModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Probability of entry from the features of a cell.

    What the members say of regions that they have not seen (folds by region) weighs them into a score. Curves of the
    share of entries along the score, regions drawn anew, give a probability and its interval alike: their middle, and
    between which nine in ten of them lie.

    Args:
        form: Logit, boosted trees, or both.
        seed: Key of the random numbers.
        threads: How many folds are learnt at a time; the result does not depend on it.
    """

    def __init__(self, form: Form = "both", seed: int = 1, threads: int = 2) -> None:
        self.form = form
        self.seed = seed
        self.threads = threads

    def fit(self, X: Any, y: Any, groups: Any = None) -> Self:
        """Learn.

        Args:
            X: Cells x features.
            y: Whether each was entered.
            groups: Region of each cell; None: each cell by itself.
        """
        x, entered = np.asarray(X, dtype=np.float32), np.asarray(y, dtype=np.bool_)
        region = np.arange(len(x)) if groups is None else np.asarray(groups)
        fold = _folds(region, self.seed)
        held_out = np.zeros((len(x), len(self._kinds)))

        def learn_without(k: int) -> list[Any]:
            """The members without one fold, of which they tell; with none left out, those that are kept."""
            members = self._members(x[fold != k], entered[fold != k])
            if (fold == k).any():
                held_out[fold == k] = self._odds(members, x[fold == k])
            return members

        with ThreadPoolExecutor(self.threads) as workers:
            *_, self.members_ = workers.map(learn_without, range(FOLDS + 1))
        self.stack_ = _logistic(held_out, entered)
        score = self.stack_.decision_function(held_out)
        self._curves(score, entered, region)
        self.rate_ = float(entered.mean())
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = x.shape[1]
        return self

    def predict_proba(self, X: Any) -> Floats:
        """Probability of no entry and of entry, cells x 2."""
        _, p, _ = self._along(X)
        return np.column_stack([1 - p, p])

    def interval(self, X: Any) -> tuple[Floats, Floats]:
        """Between which probabilities cells of such a score have been entered, had other regions been seen (90 %)."""
        low, _, high = self._along(X)
        return low, high

    def _along(self, X: Any) -> tuple[Floats, ...]:
        """Lower end, middle and upper end of the curves; beyond their last steps odds change as the score does."""
        check_is_fitted(self)
        parts = np.array_split(np.asarray(X, dtype=np.float32), max(1, len(X) // _PART))
        with ThreadPoolExecutor(self.threads) as workers:
            odds = np.concatenate(list(workers.map(lambda part: self._odds(self.members_, part), parts)))
        score = self.stack_.decision_function(odds)
        beyond = score - np.clip(score, self.knots_[0], self.knots_[-1])
        return tuple(expit(np.interp(score, self.knots_, curve) + beyond) for curve in self.curves_)

    @property
    def _kinds(self) -> tuple[str, ...]:
        return ("logit", "boosted") if self.form == "both" else (self.form,)

    def _members(self, x: NDArray[np.float32], y: Flags) -> list[Any]:
        return [_Logit().fit(x, y) if kind == "logit" else self._boosted(x, y) for kind in self._kinds]

    def _boosted(self, x: NDArray[np.float32], y: Flags) -> Any:
        from lightgbm import LGBMClassifier

        model = LGBMClassifier(
            n_estimators=200,
            learning_rate=0.04,
            num_leaves=15,
            min_child_samples=int(max(40, len(x) // 1500)),
            reg_lambda=10.0,
            colsample_bytree=0.7,
            subsample=0.8,
            subsample_freq=1,
            random_state=self.seed,
            n_jobs=1,  # folds are learnt side by side: threads within one wait for one another
            deterministic=True,
            force_col_wise=True,
            verbosity=-1,
        )
        return _Trees(model.fit(x, y).booster_)

    def _odds(self, members: list[Any], x: NDArray[np.float32]) -> Floats:
        said = [member.predict_proba(x)[:, 1] for member in members]
        return np.column_stack([logit(np.clip(p, _EDGE, 1 - _EDGE)) for p in said])

    def _curves(self, score: Floats, y: Flags, region: NDArray[Any]) -> None:
        """Share of entries along the score, regions drawn anew: log-odds at knots of equal numbers of entries."""
        ranked, expected = np.sort(score), expit(score)
        mass = np.cumsum(expit(ranked))
        steps = int(np.clip(y.sum() // _ENTRIES, 2, _BINS))
        edges = np.unique(np.interp(np.linspace(0, mass[-1], steps + 1)[1:-1], mass, ranked))
        _, bins = np.unique(np.searchsorted(edges, score, "right"), return_inverse=True)
        _, group = np.unique(region, return_inverse=True)
        width, size = int(bins.max()) + 1, int(group.max()) + 1
        cell = group * width + bins
        hits = np.bincount(cell, weights=y, minlength=size * width).reshape(size, width)
        tries = np.bincount(cell, minlength=size * width).reshape(size, width)
        draws = np.random.default_rng(self.seed)
        weights = draws.multinomial(size, np.full(size, 1 / size), size=_DRAWS)
        rates = [_rising(h, t) for h, t in zip(weights @ hits, weights @ tries, strict=True)]
        self.knots_ = logit(np.bincount(bins, weights=expected, minlength=width) / tries.sum(axis=0))
        self.curves_ = logit(np.quantile(rates, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], axis=0))


class _Trees:
    """Boosted trees that were learnt, asked on one thread."""

    def __init__(self, booster: Any) -> None:
        self._booster = booster

    def predict_proba(self, x: NDArray[np.float32]) -> Floats:
        p = np.asarray(self._booster.predict(x, num_threads=1), dtype=np.float64)
        return np.column_stack([1 - p, p])


class _Logit(BaseEstimator):  # type: ignore[misc]
    """A logit on features of mean 0 and standard deviation 1."""

    def fit(self, x: NDArray[np.float32], y: Flags) -> Self:
        self.mean_ = x.mean(axis=0, dtype=np.float64)
        self.spread_ = np.maximum(x.std(axis=0, dtype=np.float64), 1e-9)
        self.model_ = _logistic(self._scaled(x), y)
        return self

    def predict_proba(self, x: NDArray[np.float32]) -> Floats:
        return np.asarray(self.model_.predict_proba(self._scaled(x)))

    def _scaled(self, x: NDArray[np.float32]) -> Floats:
        return np.clip((x - self.mean_) / self.spread_, -5, 5)


def _logistic(x: Floats, y: Flags) -> Any:
    return LogisticRegression(C=1.0, max_iter=200).fit(x, y)


def _rising(hits: Floats, tries: NDArray[np.int64]) -> Floats:
    """Rates that never fall along the score (pooled adjacent violators), each drawn a little to the rate of all."""
    from sklearn.isotonic import isotonic_regression

    overall = float(hits.sum()) / max(float(tries.sum()), 1.0)
    rate = (hits + 0.5 * overall) / (tries + 0.5)
    return np.asarray(isotonic_regression(rate, sample_weight=tries + 0.5))


def _folds(region: NDArray[Any], seed: int) -> Rows:
    """A fold for each region, the same for all its cells."""
    regions, at = np.unique(region, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(regions))
    return np.asarray(order[at] % FOLDS, dtype=np.int64)
