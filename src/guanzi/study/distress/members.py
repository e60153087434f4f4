"""The members of the ensemble; each gives log-odds that are a sum over columns, so that they can be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.study.distress.features import Pairs, RankNormal

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

_ALWAYS: dict[str, Any] = {
    "objective": "binary",
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbosity": -1,
    "learning_rate": 0.07,
    "lambda_l2": 1.0,
    "min_data_in_leaf": 10,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
}


#: Two looks at the data find the pairs: at the columns, and at all pairs of those that matter most.
_FIRST_LOOK: dict[str, Any] = {"num_leaves": 15, "feature_fraction": 0.5}
_SECOND_LOOK: dict[str, Any] = {
    "num_leaves": 12,
    "feature_fraction": 0.1,
    "max_bin": 31,
    "bin_construct_sample_cnt": 1000,
    "learning_rate": 0.1,
}
_LOOK_ROUNDS = 60, 50
#: At most so many rows of each class are looked at.
_LOOK_ROWS = 1500


@dataclass(frozen=True, slots=True)
class Boost:
    """How a booster is grown.

    Attributes:
        leaves: Most leaves of a tree.
        columns: Share of the columns that a tree may use.
        paired: Of how many columns pairs are made.
        pairs: How many of the pairs are used; 0: none.
    """

    leaves: int
    columns: float
    paired: int = 0
    pairs: int = 0


class Booster:
    """Gradient-boosted trees (LightGBM) on the columns, and on pairs of those that matter most.

    Attributes:
        trees: The grown trees, a ``lightgbm.Booster``.
        pairs: The pairs of columns beside the table.
        columns: Number of columns of the table.
        rounds: How many of the trees count.
    """

    def __init__(self, trees: Any, pairs: Pairs, columns: int, rounds: int) -> None:
        self.trees, self.pairs, self.columns, self.rounds = trees, pairs, columns, rounds

    @classmethod
    def grow(cls, table: Floats, failed: Flags, boost: Boost, rounds: int, seed: int) -> Booster:
        """Grow trees on a training table; which pairs are used is learnt from the same rows."""
        pairs = _useful_pairs(table, failed, boost, seed) if boost.pairs and table.shape[1] > 1 else Pairs.none()
        form = {"num_leaves": boost.leaves, "feature_fraction": boost.columns}
        return cls(_train(pairs.beside(table), failed, form, rounds, seed), pairs, table.shape[1], rounds)

    def log_odds(self, table: Floats, rounds: int | None = None) -> Floats:
        """Log-odds of the rows by the first trees."""
        number = self.rounds if rounds is None else rounds
        made = self.pairs.beside(table)
        return np.asarray(self.trees.predict(made, raw_score=True, num_iteration=number, num_threads=1))

    def contributions(self, table: Floats) -> Floats:
        """Log-odds shared among the columns, shape (rows, columns + 1); the last is what no column explains.

        Exact Shapley values of the trees (S. M. Lundberg et al., *From Local Explanations to Global Understanding with
        Explainable AI for Trees*, Nature Machine Intelligence 2, 2020); a pair's value goes to its two columns by
        halves.
        """
        made = self.pairs.beside(table)
        raw = self.trees.predict(made, pred_contrib=True, num_iteration=self.rounds, num_threads=1)
        out = np.zeros((len(table), self.columns + 1))
        for place, parts in enumerate(self.pairs.parts(self.columns)):
            for part in parts:
                out[:, part] += raw[:, place] / len(parts)
        out[:, -1] = raw[:, -1]
        return out


def _useful_pairs(table: Floats, failed: Flags, boost: Boost, seed: int) -> Pairs:
    rows = _some_rows(failed, seed)
    table, failed = table[rows], failed[rows]
    gain = _train(table, failed, _FIRST_LOOK, _LOOK_ROUNDS[0], seed).feature_importance("gain")
    top = np.argsort(-gain, kind="stable")[: boost.paired]
    among = Pairs.among(top[gain[top] > 0].astype(np.intp))
    if not len(among):
        return among
    look = _train(among.beside(table), failed, _SECOND_LOOK, _LOOK_ROUNDS[1], seed)
    gain = look.feature_importance("gain")[table.shape[1] :]
    best = np.argsort(-gain, kind="stable")[: boost.pairs]
    return among.some(best[gain[best] > 0].astype(np.intp))


def _some_rows(failed: Flags, seed: int) -> NDArray[np.intp]:
    order = np.random.default_rng(seed)
    return np.sort(np.concatenate([order.permutation(np.flatnonzero(side))[:_LOOK_ROWS] for side in (failed, ~failed)]))


def _train(table: Floats, failed: Flags, form: dict[str, Any], rounds: int, seed: int) -> Any:
    import lightgbm

    params = {**_ALWAYS, **form, "seed": seed}
    data = lightgbm.Dataset(table, failed.astype(np.float64), params=params, free_raw_data=True)
    return lightgbm.train(params, data, num_boost_round=rounds)


class Logit:
    """Logistic regression on normal scores of ranks, with flags for what is missing; L2 penalty.

    Attributes:
        ranks: How columns become scores.
        weights: One for each score and flag.
        constant: The intercept.
        centre: Mean of scores and flags in training: what a contribution is measured from.
    """

    #: Inverse strength of the penalty.
    STRENGTH = 0.05

    def __init__(self, ranks: RankNormal, weights: Floats, constant: float, centre: Floats) -> None:
        self.ranks, self.weights, self.constant, self.centre = ranks, weights, constant, centre

    @classmethod
    def fit(cls, table: Floats, failed: Flags) -> Logit:
        """Fit on a training table with both classes."""
        from sklearn.linear_model import LogisticRegression

        ranks = RankNormal.of(table)
        scores = ranks.transform(table)
        fitted = LogisticRegression(C=cls.STRENGTH, max_iter=1000, tol=1e-5).fit(scores, failed)
        return cls(ranks, fitted.coef_[0], float(fitted.intercept_[0]), scores.mean(axis=0))

    def log_odds(self, table: Floats) -> Floats:
        """Log-odds of the rows."""
        return np.asarray(self.ranks.transform(table) @ self.weights + self.constant)

    def contributions(self, table: Floats) -> Floats:
        """Log-odds shared among the columns, shape (rows, columns + 1): weight times distance from the mean."""
        parts = (self.ranks.transform(table) - self.centre) * self.weights
        columns = table.shape[1]
        out = np.zeros((len(table), columns + 1))
        out[:, :columns] = parts[:, :columns]
        for place, column in enumerate(self.ranks.flags):
            out[:, column] += parts[:, columns + place]
        out[:, -1] = self.constant + float(self.centre @ self.weights)
        return out
