"""No rule for stopping is worth more than this: duality with a martingale, without simulations within simulations.

Whatever the rule, and whatever is known when it is applied, the stopped value is on average what it is less any
martingale that is stopped with it, since that is worth nothing on average. So the mean of the *greatest* of these
differences over all days of stopping is an upper bound, whichever martingale is taken (Rogers 2002; Haugh and Kogan
2004). The best one is that of the value itself, and its steps are expectations, which others find by simulations within
simulations (Andersen and Broadie 2004).

Here they are made of something that the model holds fair by construction, such as the discounted value of shares: each
of its steps, times anything that was known when the step began, is worth nothing on average. How much of each is taken
is found by least squares on one half of the paths, and the bound is read on the other; so it holds whatever was
fitted, up to the error of the mean. What is paid is known only later than the day on which one stops: that too is
allowed, and steps after that day take out some of its chance, for each day apart.

References:
    Rogers: Monte Carlo valuation of American options. Mathematical Finance 12 (2002).
    Haugh, Kogan: Pricing American options: a duality approach. Operations Research 52 (2004).
    Andersen, Broadie: Primal-dual simulation algorithm for pricing multidimensional American options. Management
        Science 50 (2004).
    Belomestny, Bender, Schoenmakers: True upper bounds for Bermudan products via non-nested Monte Carlo. Mathematical
        Finance 19 (2009) (martingales from a regression of the value).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

LEAST = 1e-9
LEAST_PATHS = 40
"""Each step is taken apart where there are so many paths for each term that is fitted; fewer would fit chance."""


@dataclass(frozen=True, slots=True, eq=False)
class FairStep:
    """A step of something that is worth on average what it was, whatever was seen before.

    Attributes:
        looked: Number of looks made when the step begins; it ends no later than the next one.
        seen: What is known when it begins: (paths,) or (paths, observables).
        gain: What is won in it; on average nothing.
    """

    looked: int
    seen: Floats
    gain: Floats


def basis_of(seen: Floats) -> Floats:
    """A constant, each observable in standard deviations, bent in three ways, and the products of pairs."""
    columns = np.asarray(seen, np.float64).reshape(len(seen), -1)
    found = [np.ones(len(columns))]
    plain = []
    for x in columns.T:
        spread = float(x.std())
        if spread > LEAST:
            z = (x - x.mean()) / spread
            plain.append(z)
            found += [z, z * z, np.maximum(z, 0.0), np.maximum(-z - 1.0, 0.0)]
    found += [a * b for n, a in enumerate(plain) for b in plain[:n]]
    return np.column_stack(found)


def penalised(
    ended: Sequence[Floats], worth: Sequence[Floats], seen: Sequence[Floats], fair: Sequence[FairStep]
) -> Floats:
    """Of each path, the greatest value over all days of stopping, each less the martingale up to it.

    How much of each step is taken is fitted on two thirds of the first half of the paths, once for all steps between
    two looks together and once for each step apart, where there are paths enough for that. The last third of that half
    says which of the two is better, or that neither is better than nothing. The second half has no part in it.

    Args:
        ended: For each number of instalments paid, the value of each path.
        worth: For each look, and for the end, the value of going by the fitted rule from then on, on the first half of
            the paths.
        seen: What is seen at each look.
        fair: Steps of the martingale.
    """
    half = len(ended[0]) // 2
    fit, check = 2 * half // 3, slice(2 * half // 3, half)
    together: dict[int, Floats] = {}
    fitted = 0
    for step in fair:  # those of a single step are thrown away: all of them take many times the memory of the rest
        terms = _terms(step)
        fitted += terms.shape[1]
        together[step.looked] = together[step.looked] + terms if step.looked in together else terms
    found = [np.array(ended, np.float64).max(axis=0), _less(ended, worth, seen, list(together.items()), fit)]
    if fitted * LEAST_PATHS <= fit:
        found.append(_less(ended, worth, seen, [(step.looked, _terms(step)) for step in fair], fit))
    return min(found, key=lambda best: float(best[check].mean()))


def _less(
    ended: Sequence[Floats],
    worth: Sequence[Floats],
    seen: Sequence[Floats],
    terms: Sequence[tuple[int, Floats]],
    fit: int,
) -> Floats:
    """The greatest value of each path, less the martingale that is fitted on the first paths."""
    last = len(seen)
    own = [_explained(x[:fit], [t for n, t in terms if n > j], _known(seen, j)) for j, x in enumerate(ended)]
    left = [x - o for x, o in zip(ended, own, strict=True)]
    common: Floats = np.zeros(len(ended[0]))
    best: Floats = np.full(len(common), -np.inf)
    for j in range(last + 1):
        # Steps between one look and the next take out the chance of what going on is worth from there.
        going = worth[j][:fit] if j < last else left[last][:fit]
        common = common + _explained(going, [t for n, t in terms if n == j], _known(seen, j - 1))
        best = np.maximum(best, left[j] - common)
    return best


def _terms(step: FairStep) -> Floats:
    """The gain, and the gain times each observable in standard deviations and what of it lies below its mean."""
    columns = np.asarray(step.seen, np.float64).reshape(len(step.seen), -1)
    half = columns[: len(columns) // 2]
    found = [step.gain]
    for x, seen in zip(columns.T, half.T, strict=True):
        z = (x - seen.mean()) / max(float(seen.std()), LEAST)
        found += [z * step.gain, np.maximum(-z, 0.0) * step.gain]
    return np.column_stack(found)


def _known(seen: Sequence[Floats], look: int) -> Floats | None:
    return basis_of(seen[look]) if 0 <= look < len(seen) else None


def _explained(target: Floats, terms: Sequence[Floats], known: Floats | None) -> Floats:
    """What the steps explain of a target: their part of a least-squares fit on its paths, the first ones, on all."""
    if not terms:
        return np.asarray(0.0)
    columns, paths = np.column_stack(terms), len(target)
    free = np.ones((len(columns), 1)) if known is None else known
    columns /= np.maximum(columns[:paths].std(axis=0), LEAST)  # they are a copy, and the largest thing held here
    design = np.column_stack([free[:paths], columns[:paths]])
    # The normal equations are small; whatever they give, the bound holds.
    fitted, *_ = np.linalg.lstsq(design.T @ design, design.T @ target, rcond=None)
    return np.asarray(columns @ fitted[free.shape[1] :], np.float64)
