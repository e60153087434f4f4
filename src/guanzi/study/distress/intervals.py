"""How sure a single probability is: Venn-Abers intervals, and conformal sets of what may happen."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin

from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.shift import prior_shift

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

#: Share of new firms whose outcome a conformal set holds.
LEVEL = 0.9


def probability_intervals(model: DistressModel, X: Any) -> Floats:
    """For each row the lower and the upper probability of failure at the base rate, shape (rows, 2).

    Venn-Abers predictors: isotonic calibration on rows that the members had not seen, once with the new firm as a
    survivor and once as a failure. One of the two is perfectly calibrated, whatever the scores are worth, as long as
    firms come in no particular order. A wide interval says that few firms like this one were seen.

    References:
        V. Vovk and I. Petej, *Venn-Abers Predictors*, UAI 2014; V. Vovk, I. Petej and V. Fedorova, *Large-scale
        Probabilistic Predictors with and without Guarantees of Validity*, NeurIPS 2015. Computed by MAPIE.
    """
    from mapie.calibration import VennAbers

    by_library = VennAbers()
    with np.errstate(all="ignore"), warnings.catch_warnings():  # corners that coincide, which the library passes over
        warnings.simplefilter("ignore", RuntimeWarning)
        by_library.fit(_both(model.held_out_), model.failed_.astype(int))
        _, ends = by_library.predict_proba(_both(model.training_log_odds(X)))
    out = np.sort(np.clip(np.asarray(ends, dtype=np.float64).reshape(-1, 2), 0, 1), axis=1)
    if model.base_rate is None:
        return out
    with np.errstate(divide="ignore"):
        return prior_shift(out, model.training_rate_, model.base_rate)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What may happen to each firm, by the conformal sets of one level.

    Attributes:
        may_fail, may_survive: Whether failure, and survival, cannot be ruled out; neither: a firm like none before.
        level: Share of the failures, and share of the survivors, whose outcome is in their set.
    """

    may_fail: Flags
    may_survive: Flags
    level: float


def conformal_outcomes(model: DistressModel, X: Any, level: float = LEVEL) -> Outcomes:
    """The conformal set of each row, calibrated on failures and on survivors apart.

    Of new firms that fail, ``level`` have failure in their set, and of those that survive, ``level`` have survival in
    theirs. Because the two promises are kept apart, neither depends on the base rate.

    References:
        V. Vovk, *Conditional Validity of Inductive Conformal Predictors*, ACML 2012 (label-conditional); M. Sadinle,
        J. Lei and L. Wasserman, *Least Ambiguous Set-Valued Classifiers with Bounded Error Levels*, JASA 114 (2019).
        Computed by MAPIE.
    """
    from mapie.classification import SplitConformalClassifier

    odds = model.training_log_odds(X)[:, None]
    possible = []
    for failed in (True, False):
        rows = model.failed_ == failed
        if rows.sum() < 1 / (1 - level):  # too few to rule anything out at this level
            possible.append(np.ones(len(odds), dtype=bool))
            continue
        sets = SplitConformalClassifier(_Given(), confidence_level=level, prefit=True)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*less labels.*")  # one class at a time is what is meant
            sets.conformalize(model.held_out_[rows, None], model.failed_[rows].astype(int))
        _, held = sets.predict_set(odds)
        possible.append(np.asarray(held[:, int(failed), 0], dtype=bool))
    return Outcomes(possible[0], possible[1], level)


def _both(odds: Floats) -> Floats:
    failing = np.asarray(expit(odds))
    return np.column_stack([1 - failing, failing])


class _Given(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A classifier for log-odds that are known already, as the library asks for one."""

    def __init__(self) -> None:
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = 1
        self.is_fitted_ = True

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def fit(self, X: Any, y: Any) -> _Given:
        """Nothing is left to learn."""
        return self

    def predict_proba(self, X: Any) -> Floats:
        return _both(np.asarray(X, dtype=np.float64)[:, 0])

    def predict(self, X: Any) -> NDArray[Any]:
        return (np.asarray(X)[:, 0] > 0).astype(int)
