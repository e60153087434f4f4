"""The estimator: probability that a firm fails, from its statement with gaps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from guanzi.study.distress.features import cleaned
from guanzi.study.distress.folds import spread
from guanzi.study.distress.members import Boost, Booster, Logit
from guanzi.study.distress.shift import log_odds_shift
from guanzi.study.distress.stack import Stack

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

#: The boosters of a fold.
BOOSTS = (Boost(leaves=12, columns=0.3, paired=40, pairs=100), Boost(leaves=8, columns=0.3))
#: Numbers of trees that the inner folds choose from.
ROUNDS = (30, 60, 120, 200, 300)
#: Inner folds, by the number of rows: where there are few, each row that is not learnt from is missed.
FEW_ROWS, FOLDS_OF_FEW, FOLDS_OF_MANY = 3000, 5, 3
SEED_STEP = 7919


class DistressModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Probability of failure from a firm's ratios: boosted trees and a logit, calibrated, at a stated base rate.

    Every inner fold grows its own boosters and logit on the other folds. What they say about the rows that they have
    not seen chooses the number of trees, weighs the members and calibrates their sum (logistic calibration, J. Platt
    1999); a new firm gets the mean of the members of all folds. All members and the calibration are sums of log-odds,
    so a firm's probability can be taken apart column by column (`contributions`).

    Args:
        base_rate: Share of failures where the model will be used, from outside; None: that of the training data.
        inner_folds: Folds of the inner cross-validation; fewer when a class has fewer rows. None: five of a small
            table, three of a large one.
        pairs: Also use ratios and differences of two columns. Within one file they help most; they also find traces of
            how that file was collected, which do not travel, so a model for other files does without.
        seed: Key of the random numbers.
        threads: Threads; they do not change the result.

    Attributes:
        classes_: The two labels; the second is failure.
        training_rate_: Share of failures in the training data.
        rounds_: Number of trees of each booster that counts.
        stack_: Weights and calibration.
        held_out_: Calibrated log-odds of the training rows by members that had not seen them, at the training rate.
        failed_: The training labels, in the order of ``held_out_``.

    Missing values and infinite ones count as not held. Columns keep their order; names are remembered when a data
    frame is given.

    >>> rows = np.linspace(-1, 1, 60)[:, None]
    >>> model = DistressModel(threads=1).fit(rows, rows[:, 0] > 0.2)
    >>> bool(model.predict_proba([[0.9]])[0, 1] > model.predict_proba([[-0.9]])[0, 1])
    True
    """

    def __init__(
        self,
        base_rate: float | None = None,
        inner_folds: int | None = None,
        pairs: bool = True,
        seed: int = 1,
        threads: int | None = 1,
    ) -> None:
        self.base_rate = base_rate
        self.inner_folds = inner_folds
        self.pairs = pairs
        self.seed = seed
        self.threads = threads

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.classifier_tags.multi_class = False
        return tags

    def fit(self, X: Any, y: Any, groups: Any = None) -> Self:
        """Fit on rows with labels.

        Args:
            X: Table, shape (rows, columns); NaN where nothing is held.
            y: Two labels; the larger one is failure.
            groups: Rows of one group (one firm, copies of one row) stay in one inner fold; None: each row for itself.

        Returns:
            The fitted model.

        Raises:
            ValueError: There are not two labels, or shapes do not match.
        """
        X, y = validate_data(self, X, y, dtype=np.float64, ensure_all_finite=False, ensure_min_samples=2)
        check_classification_targets(y)
        if type_of_target(y, input_name="y") != "binary":
            raise ValueError(f"Only binary classification is supported. The type of the target is {type_of_target(y)}.")
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError("Classifier can't train when only one class is present.")
        table, failed = cleaned(X), np.asarray(y == self.classes_[1])
        self.training_rate_ = float(failed.mean())
        rows = np.arange(len(failed)) if groups is None else np.unique(groups, return_inverse=True)[1]
        number = self.inner_folds or (FOLDS_OF_FEW if len(failed) < FEW_ROWS else FOLDS_OF_MANY)
        folds = spread(failed, rows, number, self.seed)
        self._grow(table, failed, folds)
        return self

    def _grow(self, table: Floats, failed: Flags, folds: NDArray[np.intp]) -> None:
        parts = [fold for fold in np.unique(folds) if _both(failed[folds != fold])]
        if len(parts) < 2:
            parts, folds = [-1], np.zeros_like(folds)

        boosts = [boost for boost in BOOSTS if self.pairs or not boost.pairs]

        def grown(fold: int) -> tuple[list[Booster], Logit]:
            rows = folds != fold
            seeds = [self.seed + SEED_STEP * (int(fold) + 2) + i for i in range(len(boosts))]
            boosters = [
                Booster.grow(table[rows], failed[rows], boost, ROUNDS[-1], seed)
                for boost, seed in zip(boosts, seeds, strict=True)
            ]
            return boosters, Logit.fit(table[rows], failed[rows])

        with ThreadPoolExecutor(self.threads or 1) as pool:
            members = list(pool.map(grown, parts))
        self.boosters_ = [boosters for boosters, _ in members]
        self.logits_ = [logit for _, logit in members]
        judged = np.isin(folds, parts) if parts != [-1] else np.ones(len(failed), dtype=bool)
        by_rounds = np.zeros((len(ROUNDS), len(failed)))
        plain = np.zeros(len(failed))
        for fold, (boosters, logit) in zip(parts, members, strict=True):
            rows = folds == fold if fold != -1 else np.ones(len(failed), dtype=bool)
            plain[rows] = logit.log_odds(table[rows])
            for i, rounds in enumerate(ROUNDS):
                by_rounds[i, rows] = np.mean([b.log_odds(table[rows], rounds) for b in boosters], axis=0)
        honest = parts != [-1]
        self.stack_, best = Stack.best(by_rounds[:, judged], plain[judged], failed[judged], honest=honest)
        self.rounds_ = ROUNDS[best]
        for boosters in self.boosters_:
            for booster in boosters:
                booster.rounds = self.rounds_
        self.held_out_ = self.stack_.log_odds(by_rounds[best, judged], plain[judged])
        self.failed_ = failed[judged]

    def training_log_odds(self, X: Any) -> Floats:
        """Calibrated log-odds of failure at the rate of the training data, one a row."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite=False, reset=False)
        table = cleaned(X)
        boosted = np.mean([b.log_odds(table) for boosters in self.boosters_ for b in boosters], axis=0)
        plain = np.mean([logit.log_odds(table) for logit in self.logits_], axis=0)
        return self.stack_.log_odds(boosted, plain)

    def decision_function(self, X: Any) -> Floats:
        """Calibrated log-odds of failure at the base rate, one a row."""
        odds = self.training_log_odds(X)
        if self.base_rate is None:
            return odds
        return odds + log_odds_shift(self.training_rate_, self.base_rate)

    def predict_proba(self, X: Any) -> Floats:
        """Probabilities of surviving and of failing at the base rate, shape (rows, 2)."""
        failing = expit(self.decision_function(X))
        return np.column_stack([1 - failing, failing])

    def predict(self, X: Any) -> NDArray[Any]:
        """The likelier label, one a row."""
        check_is_fitted(self)
        return np.asarray(self.classes_[(self.decision_function(X) > 0).astype(int)])

    def contributions(self, X: Any) -> Floats:
        """Log-odds at the base rate, shared among the columns.

        Args:
            X: Table, shape (rows, columns).

        Returns:
            Shape (rows, columns + 1); each row sums to its ``decision_function``. The last column is what would be
            said of a firm of which nothing is known, base rate included. Shapley values of trees and of a linear
            model, see ``members``.
        """
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite=False, reset=False)
        table = cleaned(X)
        boosted = np.mean([b.contributions(table) for boosters in self.boosters_ for b in boosters], axis=0)
        plain = np.mean([logit.contributions(table) for logit in self.logits_], axis=0)
        out: Floats = self.stack_.boosted * boosted + self.stack_.plain * plain
        out[:, -1] += self.stack_.constant
        if self.base_rate is not None:
            out[:, -1] += log_odds_shift(self.training_rate_, self.base_rate)
        return out


def _both(failed: Flags) -> bool:
    return bool(failed.any() and not failed.all())
