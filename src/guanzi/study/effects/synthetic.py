"""Synthetic control: a place beside a mixture of others (Abadie, Diamond and Hainmueller 2010).

Each place without the event is put in the place of the one that has it, as a placebo. How far it then is from its
mixture, in multiples of how far it was before, is how far a place moves without any event; the interval reaches from
the gap as far as nine tenths of the placebos do. Nothing is identified where fewer than :data:`FEWEST_DONORS` places
have figures of all years or can be a placebo, where fewer than :data:`FEWEST_BEFORE` years lie before the event, or
where no mixture went as the place did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

type Floats = NDArray[np.float64]
type Obstacle = Literal["", "no_later", "few_donors", "few_before", "no_fit", "few_placebos"]

FEWEST_DONORS = 15
FEWEST_BEFORE = 6
WORST_FIT = 0.25
"""Largest mean miss before the event, as a share of the mean of the place; a judgement."""
LEVEL = 0.9
_SUM = 1e4
"""Weight of the row that makes the shares of a mixture add up to one."""


@dataclass(frozen=True, slots=True)
class YearEffect:
    """A year after the event.

    Attributes:
        year: Which.
        came: What the place had.
        without: What the mixture says that it would have had.
        low: Lower end of the 90 % interval of the effect.
        high: Upper end.
    """

    year: int
    came: float
    without: float
    low: float
    high: float

    @property
    def effect(self) -> float:
        """What came less what would have come."""
        return self.came - self.without


@dataclass(frozen=True, slots=True)
class PlaceEffect:
    """An effect, or why there is none to tell.

    Attributes:
        obstacle: Why nothing is identified; empty where it is.
        donors: Places without the event that have figures of all years.
        before: Years before the event that are used.
        weights: Donors in the mixture with their shares, largest first.
        miss: Root of the mean square of the gaps before the event.
        years: After the event; none where nothing is identified.
        extreme: Placebos that are at least as far away in the last year as the place, by how well each fits before.
        placebos: How many there are.
    """

    obstacle: Obstacle
    donors: tuple[str, ...]
    before: tuple[int, ...]
    weights: tuple[tuple[str, float], ...] = ()
    miss: float = 0.0
    years: tuple[YearEffect, ...] = ()
    extreme: int = 0
    placebos: int = 0

    @property
    def chance(self) -> float:
        """How likely such a gap is without an event: the rank of the place among itself and the placebos."""
        return (self.extreme + 1) / (self.placebos + 1)


def mixture(before: Floats, donors: Floats) -> Floats:
    """Shares of donors, none below nought and one in sum, whose mixture comes nearest to a place.

    Args:
        before: Of the place, a figure a year.
        donors: Years x donors.
    """
    scale = max(float(np.abs(before).mean()), 1e-12)
    rows = np.vstack([donors / scale, np.full((1, donors.shape[1]), _SUM)])
    shares, _ = nnls(rows, np.append(before / scale, _SUM))
    return shares / shares.sum()


def judge_effect(
    years: Sequence[int], place: Floats, names: Sequence[str], others: Floats, since: int, until: int
) -> PlaceEffect:
    """The effect of an event on a place, by year, with a placebo for every other place.

    Args:
        years: Ascending.
        place: Of the place, a figure a year; NaN where it is unknown.
        names: Of the other places.
        others: Years x other places.
        since: First year after the event.
        until: Last year that is asked for.
    """
    year = np.asarray(years)
    used = (year <= until) & ~np.isnan(place)
    later, earlier = used & (year >= since), used & (year < since)
    held = ~np.isnan(others[later | earlier]).any(axis=0) & (others[earlier] > 0).any(axis=0)
    donors = tuple(name for name, h in zip(names, held, strict=True) if h)
    before = tuple(map(int, year[earlier]))
    obstacle = _obstacle(int(later.sum()), len(donors), len(before))
    if obstacle:
        return PlaceEffect(obstacle, donors if later.any() else (), before)
    early, late = others[earlier][:, held], others[later][:, held]
    shares = mixture(place[earlier], early)
    miss, gaps = _gaps(place[earlier], place[later], early, late, shares)
    weights = tuple(sorted(((n, float(w)) for n, w in zip(donors, shares, strict=True) if w > 0.005), key=_by_share))
    if miss > WORST_FIT * max(float(np.abs(place[earlier]).mean()), 1e-12):
        return PlaceEffect("no_fit", donors, before, weights, miss)
    spread = _placebos(early, late)
    if len(spread) < FEWEST_DONORS:
        return PlaceEffect("few_placebos", donors, before, weights, miss, placebos=len(spread))
    reach = np.quantile(spread, LEVEL, axis=0, method="higher") * miss
    came = tuple(
        YearEffect(int(y), float(v), float(v - g), float(g - h), float(g + h))
        for y, v, g, h in zip(year[later], place[later], gaps, reach, strict=True)
    )
    extreme = int((spread[:, -1] * miss >= abs(gaps[-1])).sum())
    return PlaceEffect("", donors, before, weights, miss, came, extreme, len(spread))


def _by_share(one: tuple[str, float]) -> float:
    return -one[1]


def _obstacle(later: int, donors: int, before: int) -> Obstacle:
    if not later:
        return "no_later"
    if donors < FEWEST_DONORS:
        return "few_donors"
    return "few_before" if before < FEWEST_BEFORE else ""


def _gaps(early: Floats, late: Floats, donors: Floats, donors_late: Floats, shares: Floats) -> tuple[float, Floats]:
    """How far a mixture misses before the event, and the gaps after it."""
    return float(np.sqrt(((early - donors @ shares) ** 2).mean())), late - donors_late @ shares


def _placebos(early: Floats, late: Floats) -> Floats:
    """How far donors are from their mixtures after the event, in multiples of the miss before it; donors x years."""
    found = []
    for j in range(early.shape[1]):
        rest = np.delete(np.arange(early.shape[1]), j)
        shares = mixture(early[:, j], early[:, rest])
        miss, gaps = _gaps(early[:, j], late[:, j], early[:, rest], late[:, rest], shares)
        scale = float(np.abs(early[:, j]).mean())
        if 0 < miss <= WORST_FIT * scale:
            found.append(np.abs(gaps) / miss)
    return np.array(found).reshape(len(found), late.shape[0])
