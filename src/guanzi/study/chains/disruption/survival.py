"""Does a cluster outlive its anchor? Firms that lose more than they can stand fail, too, and take others with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.study.chains.disruption.esri import Failure, failure
from guanzi.study.chains.disruption.network import Bools, Ints, Network

TOLERANCES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Parts of output that firms can stand to lose: what each stands is not known, so the curve shows all."""


@dataclass(frozen=True, eq=False)
class Survival:
    """What is left where firms stand a given loss.

    Attributes:
        tolerance: Part of output that a firm can lose and live.
        firms: Part of the other firms that live.
        output: Part of the output of the other firms that is left, losses of those that live counted.
        failed: Numbers of the firms that fail, those of the scenario left out.
        waves: After how many rounds of failures nothing more fails.
    """

    tolerance: float
    firms: float
    output: float
    failed: Ints
    waves: int


def survive(network: Network, gone: Sequence[int] | Ints, tolerance: float, part: float = 1.0) -> Survival:
    """What is left of a cluster where some firms lose a part of their output.

    Args:
        network: Firms and links.
        gone: Those that are hit first.
        tolerance: Part of its output that a firm can stand to lose.
        part: That those lose; the whole: they fail.
    """
    first = np.zeros(network.size, bool)
    first[np.asarray(gone, dtype=np.int64)] = True
    others = ~first & (network.output > 0.0)
    failed = np.zeros(network.size, bool)
    waves = 0
    while True:
        found = _both(network, first, failed, part)
        more = others & ~failed & (found.loss > tolerance)
        if not more.any():
            break
        failed |= more
        waves += 1
    alive = others & ~failed
    usual = float(network.output[others].sum())
    left = float((network.output * (1.0 - found.loss))[alive].sum())
    count = int(np.count_nonzero(others))
    return Survival(
        tolerance,
        int(np.count_nonzero(alive)) / count if count else 1.0,
        left / usual if usual > 0.0 else 1.0,
        np.flatnonzero(failed),
        waves,
    )


def _both(network: Network, first: Bools, failed: Bools, part: float) -> Failure:
    """Losses where those hit first lose a part, and those that failed since lose all."""
    lost = np.where(failed, 1.0, np.where(first, part, 0.0))
    return failure(network, np.flatnonzero(lost > 0.0), lost[lost > 0.0])


def survival_curve(
    network: Network, gone: Sequence[int] | Ints, tolerances: Sequence[float] = TOLERANCES, part: float = 1.0
) -> tuple[Survival, ...]:
    """Survival over what firms can stand; it rises with it."""
    return tuple(survive(network, gone, tolerance, part) for tolerance in tolerances)
