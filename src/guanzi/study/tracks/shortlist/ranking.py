"""Who is beaten by nobody, and who leads by which weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import rankdata

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.shortlist.candidates import CRITERIA, Candidate

type Weights = Mapping[str, float]

DRAWS = 1000
_EDGE = 1e-6
_HALF_WIDTH = 1.645
"""Of a 90 % interval, in standard deviations."""


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate and where it stands.

    Attributes:
        candidate: Who.
        reachable: Its chance may be that of an ordinary cell, at least at the upper end of its interval.
        front: No other within reach is at least as good by every criterion and better by one.
        score: By the weights that were given, from 0 to 1.
        rank: 5, 50 and 95 % of its ranks over all weights and over the intervals of the probabilities.
        top: Share of them in which it is among the first.
        needs: Criterion without which it would fall furthest, by the weights that were given.
    """

    candidate: Candidate
    reachable: bool
    front: bool
    score: float
    rank: tuple[int, int, int]
    top: float
    needs: str


def rank(
    candidates: Sequence[Candidate], weights: Weights, first: int = 5, seed: int = 1, reach: float = 0.0
) -> tuple[RankedCandidate, ...]:
    """The list: of those within reach the ones on the Pareto front first, by their score; then the others.

    What is out of reach stands below, whatever else speaks for it: a front holds whoever is best by one criterion
    alone, and a large industry that the region can hardly enter is no recommendation.

    Each criterion counts by ranks among the candidates, so that no unit and no outlier decides. Sensitivity: weights
    drawn evenly from all that are possible, probabilities from their intervals.

    Args:
        candidates: Of one region.
        weights: Criterion to weight; what is not named has none. At least one is above nought.
        first: How many are "among the first".
        seed: Key of the random numbers.
        reach: Chance from which an industry is within reach, such as the share of all cells that were entered.

    Raises:
        InvalidInput: A weight names no criterion, or is negative, or all are nought.
    """
    refuse_weights(weights)
    if not candidates:
        return ()
    table = np.array([[c.values[name] for name in CRITERIA] for c in candidates])
    used = [i for i in range(len(CRITERIA)) if np.isfinite(table[:, i]).any() and np.nanstd(table[:, i]) > 0] or [0]
    given = np.array([weights.get(CRITERIA[i], 0.0) for i in used])
    if not given.sum():
        given = np.ones(len(used))
    given = given / given.sum()
    points = _points(table[:, used])
    score = points @ given
    near = np.array([c.high >= reach for c in candidates])
    front = np.zeros(len(candidates), dtype=np.bool_)
    front[near] = _front(points[near])
    drawn = _drawn_ranks(candidates, points, used, seed)
    without = [_places(points @ _left_out(given, i)) - _places(score) for i in range(len(used))]
    low, middle, high = np.quantile(drawn, [0.05, 0.5, 0.95], axis=0).round().astype(int)
    rows = [
        RankedCandidate(
            c,
            bool(near[k]),
            bool(front[k]),
            float(score[k]),
            (int(low[k]), int(middle[k]), int(high[k])),
            float((drawn[:, k] <= first).mean()),
            CRITERIA[used[int(np.argmax([w[k] for w in without]))]],
        )
        for k, c in enumerate(candidates)
    ]
    return tuple(sorted(rows, key=lambda row: (not row.reachable, not row.front, -row.score, row.candidate.industry)))


def _points(table: Floats) -> Floats:
    """Place of each among all, 0 to 1, by each criterion; what is unknown counts as the middle."""
    out = np.full(table.shape, 0.5)
    for i, column in enumerate(table.T):
        told = np.isfinite(column)
        if told.sum() > 1:
            out[told, i] = (rankdata(column[told]) - 1) / (told.sum() - 1)
    return out


def _front(points: Floats) -> Flags:
    beaten = np.zeros(len(points), dtype=np.bool_)
    for k, row in enumerate(points):
        better = (points >= row).all(axis=1) & (points > row).any(axis=1)
        beaten[k] = better.any()
    return ~beaten


def _drawn_ranks(candidates: Sequence[Candidate], points: Floats, used: Sequence[int], seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(len(used)), DRAWS)
    p, low, high = (
        logit(np.clip([getattr(c, name) for c in candidates], _EDGE, 1 - _EDGE))
        for name in ("probability", "low", "high")
    )
    spread = (high - low) / (2 * _HALF_WIDTH)
    feasible = used.index(0) if 0 in used else None
    ranks = np.empty((DRAWS, len(candidates)))
    for d in range(DRAWS):
        mine = points.copy()
        if feasible is not None:
            chance = expit(p + spread * rng.standard_normal(len(p)))
            mine[:, feasible] = _points(chance[:, None])[:, 0]
        ranks[d] = _places(mine @ weights[d])
    return ranks


def _places(score: Floats) -> Floats:
    return np.asarray(rankdata(-score, method="min"), dtype=np.float64)


def _left_out(weights: Floats, i: int) -> Floats:
    kept = weights.copy()
    kept[i] = 0
    return np.asarray(kept / kept.sum() if kept.sum() else np.ones(len(kept)) / len(kept))


def refuse_weights(weights: Weights) -> None:
    """Refuse weights that mean nothing; all problems at once."""
    problems = []
    for name, weight in weights.items():
        if name not in CRITERIA:
            near = nearest(name, CRITERIA) or CRITERIA[0]
            cause = Message.of("tracks.weights.unknown", name=name)
            problems.append(Problem(cause, Place("--weights"), Message.of("panels.near", near=near), excerpt=name))
        elif not 0 <= weight < float("inf"):
            cause = Message.of("tracks.weights.negative", name=name, weight=weight)
            problems.append(Problem(cause, Place("--weights"), Message.of("tracks.weights.negative.mend")))
    if not problems and not sum(weights.values()):
        cause, fix = Message.of("tracks.weights.none"), Message.of("tracks.weights.none.mend", names=CRITERIA)
        problems.append(Problem(cause, Place("--weights"), fix))
    if problems:
        raise InvalidInput(problems)


def refuse_strategic(strategic: Weights) -> None:
    """Refuse weights of a playbook that are no numbers from nought on; all problems at once."""
    wrong = [(name, weight) for name, weight in strategic.items() if not 0 <= weight < float("inf")]
    if wrong:
        fix = Message.of("tracks.weights.negative.mend")
        raise InvalidInput(
            [
                Problem(Message.of("tracks.weights.negative", name=name, weight=weight), Place("--strategic"), fix)
                for name, weight in wrong
            ]
        )
