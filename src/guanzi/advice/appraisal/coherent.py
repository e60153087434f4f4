"""Paths that agree with the prices of the day: which numbers are run, and what the agreement cost.

The weights are those of least relative entropy under which the shares held at signing are worth what the market paid
for them, and distress within one, three and five years is as likely as the pool of model, rating and comparable bets
says (:mod:`guanzi.study.forecasting.coherence`). The deal is then run on the path numbers that the weights stand for.

Where debt of the company is quoted, what it pays on the paths must agree with its price as well. A price says more
about distress than a pool of views: then distress lies anywhere between the lowest and the highest of the members, and
the price says where. Where no weights meet it, or they would rest on too few paths, the others stand without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.appraisal.failing import FailureMember, pool_of
from guanzi.base.core import InvalidInput, Message
from guanzi.engine.simulation import resample
from guanzi.study.forecasting import Coherence, Constraint, FailurePool, Floats, coherent

MOST = 65_536
"""Weights are learnt on no more paths than this; a longer run repeats their numbers."""
ASKED = (1.0, 3.0, 5.0)
"""Years at which distress is to be as likely as the pool says."""


type Result = Literal["weighted", "refused", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class Unweighted:
    """Paths as they were run.

    Attributes:
        held: Of each path: value of the shares held at signing, discounted to then, at the end of the run.
        steps: Of each path: step of the first distress, or infinite.
        per_year: Steps of a year.
        last: Number of steps.
    """

    held: Floats
    steps: Floats
    per_year: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class DebtPrice:
    """Quoted debt.

    Attributes:
        name: Of what.
        paid: What a claim of 1 pays on each path, discounted.
        price: As a share of the face.
        width: How far the mean may lie from the price.
    """

    name: str
    paid: Floats
    price: float
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What was paid on the day.

    Attributes:
        market: For all shares, in the unit of the paths' values; None: not held.
        debts: For quoted debt.
    """

    market: float | None
    debts: tuple[DebtPrice, ...] = ()


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
        prices: What was paid on the day.
        debt_refused: Why the weights do not meet the prices of quoted debt; None where they do, or none was held.
    """

    result: Result
    pool: FailurePool
    members: Mapping[str, FailureMember]
    coherence: Coherence | None
    refused: Message | None
    value: float
    prices: Prices
    debt_refused: Message | None = None

    @property
    def market(self) -> float | None:
        """What the market paid for all shares; None: not held."""
        return self.prices.market

    @property
    def weights(self) -> Floats | None:
        """Of the paths; None: all alike."""
        return None if self.coherence is None else self.coherence.weights

    def ids(self, paths: int) -> NDArray[np.uint64] | None:
        """Path numbers that stand for the weights; None: all alike."""
        return None if self.coherence is None else resample(self.coherence.weights, paths)


def weigh(
    paths: Unweighted, prices: Prices, members: Mapping[str, FailureMember], weights: Mapping[str, float]
) -> Coherent:
    """Weights under which paths agree with what everybody could see.

    Args:
        paths: The paths.
        prices: What was paid on the day.
        members: Curves of distress, the structural one of these paths among them.
        weights: Of the members.
    """
    pool = pool_of(members, weights)
    mean, several = float(np.mean(paths.held)), pool if len(members) > 1 else None
    debt_refused = None
    if prices.debts:
        found = _found(_asked(paths, prices, several))
        if isinstance(found, Coherence):
            return Coherent("weighted", pool, members, found, None, mean, prices)
        debt_refused = found
    asked = _asked(paths, Prices(prices.market), several)
    if not asked:
        return Coherent("none", pool, members, None, None, mean, prices, debt_refused)
    found = _found(asked)
    if isinstance(found, Message):
        return Coherent("refused", pool, members, None, found, mean, prices, debt_refused)
    return Coherent("weighted", pool, members, found, None, mean, prices, debt_refused)


def _found(asked: Sequence[Constraint]) -> Coherence | Message:
    try:
        return coherent(asked)
    except InvalidInput as error:
        return error.problems[0].cause


def _asked(paths: Unweighted, prices: Prices, pool: FailurePool | None) -> Sequence[Constraint]:
    asked = [] if prices.market is None else [Constraint("market_value", paths.held, prices.market)]
    for years in ASKED if pool is not None else ():
        if pool is not None and years * paths.per_year <= paths.last:
            hit = (paths.steps < years * paths.per_year).astype(np.float64)
            low, high = pool.range_at(years) if prices.debts else (float(pool.curve.at(years)),) * 2
            asked.append(Constraint(f"distress_{years:.0f}y", hit, (low + high) / 2.0, width=(high - low) / 2.0))
    return [*asked, *(Constraint(f"debt_{d.name}", d.paid, d.price, width=d.width) for d in prices.debts)]
