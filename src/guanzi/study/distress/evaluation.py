"""How well the estimator does on firms that it has not seen: by repeated folds of one table, or on a table apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.distress.folds import spread
from guanzi.study.distress.metrics import (
    Measured,
    auc_interval,
    bootstrap,
    brier,
    brier_skill,
    calibration_z,
    p_value,
)
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.shift import log_odds_shift
from guanzi.study.distress.table import FirmTable
from guanzi.study.scoring import average_precision, ece, roc_auc

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Ints = NDArray[np.intp]
type Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How probabilities stand to what happened, at one base rate.

    Attributes:
        rate: The base rate of the probabilities.
        stated: It was stated; otherwise it is that of the training rows.
        mean: Mean probability.
        brier, brier_skill, ece: See ``metrics``.
        p: Of Spiegelhalter's test; small when the probabilities are not calibrated.
    """

    rate: float
    stated: bool
    mean: float
    brier: Measured
    brier_skill: Measured
    ece: Measured
    p: float


@dataclass(frozen=True, slots=True)
class FailureEvaluation:
    """What an evaluation measured.

    Attributes:
        n, positives: Rows and failures that were judged.
        auc: Area under the ROC curve; by folds, the mean over folds and repeats.
        pooled_auc: The area over all rows at once, mean over repeats.
        precision: Average precision.
        at_training, at_stated: Calibration at the rate of the training rows and, if one was stated, at the base rate.
        train_n, train_positives: Rows and failures to learn from (by folds: those of the table).
        folds, repeats: Of the cross-validation; 0 when another table was learnt from.
        columns: The columns looked at.
        lacking: Columns of the training table that the judged table lacks.
        shared: Training rows left out because they stand in the judged table too, as firm or as copy.
        odds: Log-odds of each row at the training rate in each repeat, shape (repeats, rows).
    """

    n: int
    positives: int
    auc: Measured
    pooled_auc: float
    precision: Measured
    at_training: Calibration
    at_stated: Calibration | None
    train_n: int
    train_positives: int
    folds: int
    repeats: int
    columns: tuple[str, ...]
    lacking: tuple[str, ...]
    shared: int
    odds: Floats


class Deals(NamedTuple):
    """How firms are dealt into folds.

    Attributes:
        folds: Most folds; fewer when fewer firms failed.
        repeats: How often the firms are dealt anew.
        seed: Key of the random numbers.
    """

    folds: int = 10
    repeats: int = 1
    seed: int = 1


class _Learnt(NamedTuple):
    """What was learnt from: the rows, in how many folds and how often, columns that were lacking, rows left out."""

    table: FirmTable
    folds: int = 0
    repeats: int = 1
    lacking: tuple[str, ...] = ()
    shared: int = 0


def evaluate_folds(
    table: FirmTable,
    deals: Deals = Deals(),  # noqa: B008
    base_rate: float | None = None,
    threads: int = 1,
    advance: Advance | None = None,
    make: Callable[[int], DistressModel] = lambda seed: DistressModel(seed=seed),
) -> FailureEvaluation:
    """Repeated stratified cross-validation; rows of one firm and copies of a row stay in one fold.

    Args:
        table: Rows with labels.
        deals: How the firms are dealt into folds.
        base_rate: Stated share of failures; never taken from the labels.
        threads: They do not change the result.
        advance: Told of each fold that is done.
        make: From a seed to an estimator.

    Raises:
        InvalidInput: Fewer than two failures, or fewer than two survivors.
    """
    _refuse_few(table)
    repeats, seed = deals.repeats, deals.seed
    dealt = [spread(table.failed, table.groups, deals.folds, seed + i) for i in range(repeats)]
    if not all(deal.any() for deal in dealt):
        raise _few(table)
    tasks = [(i, int(fold)) for i, deal in enumerate(dealt) for fold in np.unique(deal)]

    def judged(task: tuple[int, int]) -> tuple[Floats, float]:
        i, fold = task
        rows = dealt[i] != fold
        model = make(seed + 1000 * i + fold).fit(table.values[rows], table.failed[rows], table.groups[rows])
        out = model.training_log_odds(table.values[~rows])
        if advance is not None:
            advance(1)
        return out, model.training_rate_

    odds = np.empty((repeats, table.rows))
    rates = np.empty((repeats, table.rows))
    areas = []
    with ThreadPoolExecutor(threads) as pool:
        for (i, fold), (out, rate) in zip(tasks, pool.map(judged, tasks), strict=True):
            rows = dealt[i] == fold
            odds[i, rows], rates[i, rows] = out, rate
            areas.append(roc_auc(table.failed[rows], out))
    return _evaluation(
        table,
        odds,
        rates,
        base_rate,
        area=float(np.mean(areas)) if np.isfinite(areas).all() else None,
        learnt=_Learnt(table, folds=len(np.unique(dealt[0])), repeats=repeats),
    )


def evaluate_apart(
    train: FirmTable,
    test: FirmTable,
    base_rate: float | None = None,
    seed: int = 1,
    threads: int = 1,
    shared: Ints | None = None,
    make: Callable[[int], DistressModel] = lambda seed: DistressModel(seed=seed),
) -> FailureEvaluation:
    """Learn from one table and judge another.

    Args:
        train: Rows to learn from.
        test: Rows to judge.
        base_rate: Stated share of failures; never taken from the labels.
        seed: Key of the random numbers.
        threads: They do not change the result.
        shared: Positions of training rows to leave out, see ``audit.shared_rows``.
        make: From a seed to an estimator.

    Raises:
        InvalidInput: Too few failures or survivors to learn from, nothing to judge, or no column in common.
    """
    left = np.ones(train.rows, dtype=bool)
    if shared is not None:
        left[shared] = False
    learnt = train.take(left)
    _refuse_few(learnt, int((~left).sum()))
    if not test.rows:
        raise InvalidInput(Problem(Message.of("diligence.distress.no_rows"), Place(test.file)))
    lacking = tuple(name for name in train.names if name not in test.names)
    if len(lacking) == len(train.names):
        cause = Message.of("diligence.distress.nothing_common", train=train.file)
        raise InvalidInput(Problem(cause, Place(test.file)))
    model = make(seed)
    model.threads = threads
    model.fit(learnt.values, learnt.failed, learnt.groups)
    odds = model.training_log_odds(test.aligned(train.names))[None, :]
    return _evaluation(
        test,
        odds,
        np.full_like(odds, model.training_rate_),
        base_rate,
        area=None,
        learnt=_Learnt(learnt, lacking=lacking, shared=int((~left).sum())),
    )


def _evaluation(
    table: FirmTable,
    odds: Floats,
    rates: Floats,
    base_rate: float | None,
    area: float | None,
    learnt: _Learnt,
) -> FailureEvaluation:
    failed = table.failed
    pooled = float(np.mean([roc_auc(failed, run) for run in odds]))
    low, high = np.mean([auc_interval(failed, run) for run in odds], axis=0)
    at_stated = None
    if base_rate is not None:
        shift = log_odds_shift(0.5, base_rate) - np.vectorize(lambda rate: log_odds_shift(0.5, rate))(rates)
        at_stated = _calibration(failed, np.asarray(expit(odds + shift)), base_rate, stated=True)
    return FailureEvaluation(
        n=table.rows,
        positives=int(failed.sum()),
        auc=Measured(pooled if area is None else area, (float(low), float(high))),
        pooled_auc=pooled,
        precision=bootstrap(average_precision, failed, odds),
        at_training=_calibration(failed, np.asarray(expit(odds)), float(rates.mean()), stated=False),
        at_stated=at_stated,
        train_n=learnt.table.rows,
        train_positives=int(learnt.table.failed.sum()),
        folds=learnt.folds,
        repeats=learnt.repeats,
        columns=learnt.table.names,
        lacking=learnt.lacking,
        shared=learnt.shared,
        odds=odds,
    )


def _calibration(failed: Flags, runs: Floats, rate: float, *, stated: bool) -> Calibration:
    return Calibration(
        rate=rate,
        stated=stated,
        mean=float(runs.mean()),
        brier=bootstrap(brier, failed, runs),
        brier_skill=bootstrap(brier_skill, failed, runs),
        ece=bootstrap(ece, failed, runs),
        p=p_value(float(np.mean([calibration_z(failed, run) for run in runs]))),
    )


def _refuse_few(table: FirmTable, shared: int = 0) -> None:
    if min(int(table.failed.sum()), int((~table.failed).sum())) < 2:
        raise _few(table, shared)


def _few(table: FirmTable, shared: int = 0) -> InvalidInput:
    counts = {"failures": int(table.failed.sum()), "survivors": int((~table.failed).sum())}
    fix = Message.of("diligence.distress.few.shared", rows=shared) if shared else None
    return InvalidInput(Problem(Message.of("diligence.distress.few", **counts), Place(table.file), fix))
