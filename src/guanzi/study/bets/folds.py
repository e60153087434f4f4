"""Forecasts of what was not learnt from: each population by the others, and later bets by earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from guanzi.study.bets.answers import Floats
from guanzi.study.bets.measures import half_auc, stratified_auc
from guanzi.study.bets.model import BetOdds, learn

type Flags = NDArray[np.bool_]
YEARS = 10
"""After so many years a bet's outcome counts, see the rule of outcomes."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Bets whose outcome is known.

    Attributes:
        rows: (bets, questions), see :func:`~guanzi.study.bets.answers.coded`.
        success: 1 worked out, ½ partly, 0 failed.
        populations: Id of each bet's population.
        clusters: Bets of one sponsor within a population share a name: they are drawn together.
        decided: Day of each decision; None where not even the year is known.
    """

    rows: Floats
    success: Floats
    populations: tuple[str, ...]
    clusters: tuple[str, ...]
    decided: tuple[date | None, ...]

    def part(self, which: Flags) -> Settled:
        """Some of the bets."""
        at = np.flatnonzero(which)
        return Settled(
            self.rows[at],
            self.success[at],
            tuple(self.populations[i] for i in at),
            tuple(self.clusters[i] for i in at),
            tuple(self.decided[i] for i in at),
        )


@dataclass(frozen=True, slots=True)
class HeldCount:
    """A population that was forecast by the others.

    Attributes:
        population: Its id.
        n: Number of bets.
        came: Sum of successes.
        expected: Mean of that sum as forecast.
        low, high: 90 % interval of the sum.
    """

    population: str
    n: int
    came: float
    expected: float
    low: float
    high: float


def without_population(bets: Settled) -> Floats:
    """Chance of each bet and its 90 % interval, (bets, 3), learnt from the bets of all other populations."""
    found = np.empty((len(bets.success), 3))
    for name, own in _populations(bets):
        found[own] = _odds(bets.part(~own)).forecast(bets.rows[own], [name] * int(own.sum()))
    return found


def counts(bets: Settled, paths: int, seed: int) -> tuple[HeldCount, ...]:
    """The sum of successes of each population as the others forecast it."""
    found = []
    for name, own in _populations(bets):
        n = int(own.sum())
        total = drawn_sums(_odds(bets.part(~own)), bets.rows[own], [name] * n, paths, seed)
        low, high = np.quantile(total, (0.05, 0.95))
        came = float(bets.success[own].sum())
        found.append(HeldCount(name, n, came, float(total.mean()), float(low), float(high)))
    return tuple(found)


def drawn_sums(odds: BetOdds, rows: Floats, populations: Sequence[str], paths: int, seed: int) -> NDArray[np.int64]:
    """Number of successes on each path: of drawn chances, each bet by itself."""
    chances = odds.draws(rows, populations, paths, seed)
    return np.asarray((np.random.default_rng(seed + 1).random(chances.shape) < chances).sum(axis=1))


def by_time(bets: Settled, cut: date) -> tuple[Flags, Floats]:
    """Which bets were decided on or after a day, and the chances of them, learnt from what had been settled by then.

    Settled are bets decided so long before that their day of outcome had come.
    """
    learnt_until = cut.replace(year=cut.year - YEARS)
    earlier = np.array([day is not None and day < learnt_until for day in bets.decided])
    later = np.array([day is not None and day >= cut for day in bets.decided])
    names = [name for name, is_later in zip(bets.populations, later, strict=True) if is_later]
    return later, _odds(bets.part(earlier)).forecast(bets.rows[later], names)


def auc_interval(bets: Settled, chance: Floats, draws: int, seed: int) -> tuple[tuple[float, float], ...]:
    """95 % intervals of the AUC over all pairs and within populations, by drawing clusters of bets anew."""
    random = np.random.default_rng(seed)
    names = np.array(bets.clusters)
    members = [np.flatnonzero(names == name) for name in dict.fromkeys(bets.clusters)]
    found = []
    for _ in range(draws):
        at = np.concatenate([members[i] for i in random.integers(len(members), size=len(members))])
        populations = tuple(bets.populations[i] for i in at)
        found.append(
            (half_auc(bets.success[at], chance[at]), stratified_auc(bets.success[at], chance[at], populations))
        )
    low, high = np.nanquantile(np.array(found), (0.025, 0.975), axis=0)
    return tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))


def permuted(bets: Settled, times: int, seed: int) -> tuple[float, float]:
    """Chance of an AUC as high, over all pairs and within populations, if outcomes are dealt anew in each population.

    The odds are learnt anew from the dealt outcomes, each time in full.
    """
    random = np.random.default_rng(seed)
    found = _both(bets)
    groups = [np.flatnonzero(own) for _, own in _populations(bets)]
    as_good = np.zeros(2)
    for _ in range(times):
        success = bets.success.copy()
        for at in groups:
            success[at] = random.permutation(success[at])
        dealt = Settled(bets.rows, success, bets.populations, bets.clusters, bets.decided)
        as_good += _both(dealt) >= found - 1e-12
    both = (1 + as_good) / (1 + times)
    return float(both[0]), float(both[1])


def _both(bets: Settled) -> Floats:
    chance = without_population(bets)[:, 0]
    return np.array([half_auc(bets.success, chance), stratified_auc(bets.success, chance, bets.populations)])


def _odds(bets: Settled) -> BetOdds:
    return learn(bets.rows, bets.success, bets.populations)


def _populations(bets: Settled) -> tuple[tuple[str, Flags], ...]:
    names = np.array(bets.populations)
    return tuple((name, names == name) for name in dict.fromkeys(bets.populations))
