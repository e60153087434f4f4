"""What each limit of a search costs at the margin, and which limits stand in one another's way.

The price is the shadow price by finite differences: the limit is relaxed alone by a round step, the search goes on from
the best variants known, and the gain in the goal is measured out of sample. The best variant under all limits keeps
the relaxed ones too, so a price is never negative, and it is zero where no variant that uses the step is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.measures import Estimate, Measure

PRICED = 0.02
"""A limit is relaxed by about this part of what the draft has …"""
PRICED_SHARE = 0.005
"""… or, of a share of futures, by half a percentage point."""
NICE = (5.0, 2.0, 1.0)


@dataclass(frozen=True, slots=True)
class Price:
    """What a limit costs.

    Attributes:
        limit: Which.
        step: By how much it was relaxed.
        gain: How much better the goal gets out of sample; zero where nothing better was found.
        verdict: ``binds`` (the gain is clear and material), ``small`` (clear, not material) or ``none`` (none found).
    """

    limit: MeasureLimit
    step: float
    gain: Estimate
    verdict: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A limit that no variant keeps together with all others.

    Attributes:
        limit: Which.
        reached: The nearest that its measure comes, out of sample, when all others are kept; None where not even those
            can be.
    """

    limit: MeasureLimit
    reached: Estimate | None


def step_of(measure: Measure, level: float) -> float:
    """The step by which a limit is relaxed: round, and small beside the level.

    >>> from guanzi.advice.structuring.measures import BY_ID
    >>> step_of(BY_ID["public.cvar"], 6925.0), step_of(BY_ID["public.npv"], -4074.0)
    (100.0, 50.0)
    """
    if measure.unit == "ratio":
        return PRICED_SHARE
    raw = max(PRICED * abs(level), 1e-9)
    power = 10.0 ** floor(log10(raw))
    return float(f"{next(n * power for n in NICE if n * power <= raw):.3g}")
