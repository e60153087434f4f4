"""What a fund may lose: on common draws where deals share their market, and in two cases where nobody knows.

A loss is money that is paid or given less what comes back, not discounted: deals that were signed on different days
have no present value in common. The mean of the worst 5 % of a sum is largest when all deals fail together
(comonotonic), where it is the sum of those of the deals; independence is no bound, but the case in which nothing ties
them.

References:
    Dhaene, Denuit, Goovaerts, Kaas, Vyncke: The concept of comonotonicity in actuarial science and finance. Insurance:
        Mathematics and Economics 31 (2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.advice.structuring import TAIL, tail
from guanzi.engine.simulation import resample
from guanzi.study.forecasting import LEAST_PATHS, Floats, effective_sample_size


@dataclass(frozen=True, slots=True)
class LossTail:
    """Loss of a fund in millions: mean, what is exceeded in 5 % of futures, and the mean of these 5 %."""

    mean: float
    exceeded: float
    worst: float


@dataclass(frozen=True, slots=True)
class FundTail:
    """Loss of the deals that can be simulated.

    Attributes:
        deals: Which they are.
        common: On common draws; None: the deals do not share the draws of a market, or what was reported of them leaves
            too few paths in common.
        together: As if all failed together.
        apart: As if nothing tied them.
        own: Of each deal alone; the figures of ``together`` are their sums.
    """

    deals: tuple[str, ...]
    common: LossTail | None
    together: LossTail
    apart: LossTail
    own: tuple[LossTail, ...]

    @property
    def alone(self) -> bool:
        """Whether it is the tail of one deal, which fails together with no other."""
        return len(self.deals) == 1


def tail_of(losses: Floats) -> LossTail:
    """The tail of losses, one for each of equally likely futures."""
    exceeded = float(np.quantile(losses, 1.0 - TAIL, method="inverted_cdf"))
    return LossTail(float(losses.mean()), exceeded, float(tail(losses).mean()))


def fund_tail(
    names: Sequence[str], losses: Sequence[Floats], weights: Sequence[Floats], *, shared: bool, seed: int
) -> FundTail | None:
    """The tail of a sum of losses; None without any.

    Args:
        names: The deals.
        losses: Of each, path by path, in millions; the same path has the same draws in all.
        weights: Of its paths, for each; they sum to 1.
        shared: Whether deals live through the same market on the same path.
        seed: Key of the order in which paths meet where nothing ties the deals.
    """
    if not names:
        return None
    even = [loss[resample(weight).astype(np.int64)] for loss, weight in zip(losses, weights, strict=True)]
    together = np.sum([np.sort(loss) for loss in even], axis=0)
    apart = np.sum([np.random.default_rng([seed, i]).permutation(loss) for i, loss in enumerate(even)], axis=0)
    common = _common(losses, weights) if shared else None
    return FundTail(tuple(names), common, tail_of(together), tail_of(apart), tuple(tail_of(loss) for loss in even))


def _common(losses: Sequence[Floats], weights: Sequence[Floats]) -> LossTail | None:
    """What was reported of one deal says something of the market of the others: weights of a path multiply."""
    paths = len(weights[0])
    joint: Floats = np.prod([weight * paths for weight in weights], axis=0)
    if joint.sum() <= 0.0:
        return None
    joint = joint / joint.sum()
    varied = any(not np.allclose(weight, weight[0]) for weight in weights)
    if varied and effective_sample_size(joint) < LEAST_PATHS:
        return None
    return tail_of(np.sum(losses, axis=0)[resample(joint).astype(np.int64)])
