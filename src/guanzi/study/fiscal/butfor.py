"""But-for: how much of what a company does here is due to the deal.

Two ways lead to "it would not be here without the deal". The company would not have survived: the simulation of the
worlds with and without the deal says how often. Or it would have survived and done it elsewhere, or not at all: for
that there is only the evidence on how often public support tips a decision (Bartik 2018), as a triangular prior.
With ``s`` for the share of survivals that are due to the deal and ``b`` for the prior, the share of activity due to the
deal is ``s + (1 - s) b``. Given ``s`` it is a triangular distribution again, so mean and quantiles are exact and no
random number is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Triangular:
    """A triangular distribution.

    Attributes:
        low, mode, high: Ascending.
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low, mode and high must ascend, not {self.low}, {self.mode}, {self.high}")

    @property
    def mean(self) -> float:
        """Mean.

        >>> Triangular(0.0, 0.0, 3.0).mean
        1.0
        """
        return (self.low + self.mode + self.high) / 3

    def quantile(self, p: float) -> float:
        """The value below which the share ``p`` lies (the inverse of the distribution function).

        Raises:
            ValueError: ``p`` is not between 0 and 1.
        """
        if not 0 <= p <= 1:
            raise ValueError(f"a quantile needs a share between 0 and 1, not {p}")
        width = self.high - self.low
        if width == 0:
            return self.low
        rise = self.mode - self.low
        if p <= rise / width:
            return self.low + sqrt(p * width * rise)
        return self.high - sqrt((1 - p) * width * (self.high - self.mode))


@dataclass(frozen=True, slots=True)
class ButFor:
    """Share of the company's local activity that is due to the deal.

    Attributes:
        mean: Mean.
        low, high: 90 % interval.
        survival_share: Share of survivals with the deal that would have been failures without it; None when the two
            worlds were not simulated, and the prior stands alone.
        prior: The prior on tipping a decision.
    """

    mean: float
    low: float
    high: float
    survival_share: float | None
    prior: Triangular

    def quantile(self, p: float) -> float:
        """Quantile of the share due to the deal."""
        return _combined(self.survival_share or 0.0, self.prior.quantile(p))


def but_for(prior: Triangular, survival_with: float | None = None, survival_without: float | None = None) -> ButFor:
    """Combine the prior with the simulated difference of survival.

    Args:
        prior: Triangular prior of the playbook.
        survival_with: Probability that the company survives to the horizon with the deal.
        survival_without: The same without it, on common draws.

    Raises:
        ValueError: A probability is not between 0 and 1.

    >>> round(but_for(Triangular(0.02, 0.105, 0.25), 0.6, 0.3).mean, 4)
    0.5625
    """
    share: float | None = None
    if survival_with is not None and survival_without is not None:
        for name, p in (("with", survival_with), ("without", survival_without)):
            if not 0 <= p <= 1:
                raise ValueError(f"the probability of survival {name} the deal is {p}, not between 0 and 1")
        share = max(0.0, survival_with - survival_without) / survival_with if survival_with else 0.0
    known = share or 0.0
    return ButFor(
        mean=_combined(known, prior.mean),
        low=_combined(known, prior.quantile(0.05)),
        high=_combined(known, prior.quantile(0.95)),
        survival_share=share,
        prior=prior,
    )


def _combined(share: float, tipped: float) -> float:
    return share + (1 - share) * tipped
