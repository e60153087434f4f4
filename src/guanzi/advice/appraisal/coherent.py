"""Paths that agree with the prices of the day: which numbers are run, and what the agreement cost.

The weights are those of least relative entropy under which the shares held at signing are worth what the market paid
for them, and distress within one, three and five years is as likely as the pool of model, rating and comparable bets
says (:mod:`guanzi.study.forecasting.coherence`). The deal is then run on the path numbers that the weights stand for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.appraisal.failing import FailureMember, pool_of
from guanzi.base.core import InvalidInput, Message
from guanzi.engine.simulation import resampled
from guanzi.study.forecasting import Coherence, Constraint, FailurePool, Floats, coherent

MOST = 65_536
"""Weights are learnt on no more paths than this; a longer run repeats their numbers."""
ASKED = (1.0, 3.0, 5.0)
"""Years at which distress is to be as likely as the pool says."""

type Result = Literal["weighted", "refused", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class Coherent:
    """Weights of the paths, or why there are none.

    Attributes:
        result: ``weighted``; ``refused``: the paths run as they are; ``none``: nothing was asked of them.
        pool: Distress without the deal, of all members as they were before.
        members: The members.
        coherence: What the weights cost; None without weights.
        refused: Why there are none.
        value: Mean over the paths of the value of the shares held at signing, discounted to then, as it was before.
        market: What the market paid; None: not held.
    """

    result: Result
    pool: FailurePool
    members: Mapping[str, FailureMember]
    coherence: Coherence | None
    refused: Message | None
    value: float
    market: float | None

    @property
    def weights(self) -> Floats | None:
        """Of the paths; None: all alike."""
        return None if self.coherence is None else self.coherence.weights

    def ids(self, paths: int) -> NDArray[np.uint64] | None:
        """Path numbers that stand for the weights; None: all alike."""
        return None if self.coherence is None else resampled(self.coherence.weights, paths)


def weigh(
    held: Floats,
    steps: Floats,
    per_year: int,
    last: int,
    members: Mapping[str, FailureMember],
    market: float | None,
    weights: Mapping[str, float],
) -> Coherent:
    """Weights under which paths agree with what everybody could see.

    Args:
        held: Of each path: value of the shares held at signing, discounted to then, at the end of the run.
        steps: Of each path: step of the first distress, or infinite.
        per_year: Steps of a year.
        last: Number of steps.
        members: Curves of distress, the structural one of these paths among them.
        market: What the market paid for the shares on the day, in the unit of ``held``; None: not held.
        weights: Of the members.
    """
    pool = pool_of(members, weights)
    asked = _asked(held, steps, per_year, last, pool if len(members) > 1 else None, market)
    mean = float(np.mean(held))
    if not asked:
        return Coherent("none", pool, members, None, None, mean, market)
    try:
        found = coherent(asked)
    except InvalidInput as error:
        return Coherent("refused", pool, members, None, error.problems[0].cause, mean, market)
    return Coherent("weighted", pool, members, found, None, mean, market)


def _asked(
    held: Floats, steps: Floats, per_year: int, last: int, pool: FailurePool | None, market: float | None
) -> Sequence[Constraint]:
    asked = [] if market is None else [Constraint("market_value", held, market)]
    for years in ASKED if pool is not None else ():
        if years * per_year <= last:
            hit = (steps < years * per_year).astype(np.float64)
            asked.append(Constraint(f"distress_{years:.0f}y", hit, float(pool.curve.at(years)) if pool else 0.0))
    return asked
