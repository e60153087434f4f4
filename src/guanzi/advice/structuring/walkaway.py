"""How far the public side may go: the value of each term, moved alone, at which the deal is worth no more than none.

The walk-away value of a term is where the public value crosses the floor, going from the draft in the direction that
gives more away; where the draft lies below the floor already, it is the nearest value that would reach it. The interval
is that of the simulation: half its width is 1.96 standard errors of the public value over its slope at the crossing. It
says nothing about whether the model is right.

Who outbids others for what nobody can value exactly has, on average, the most mistaken estimate. With ``n`` bidders
whose errors are independent and normal, the best estimate is too high by their standard deviation times the expected
greatest of ``n`` standard normals; the floor is raised by that.

References:
    Raiffa: The Art and Science of Negotiation (1982), ch. 4 (reservation values).
    Capen, Clapp, Campbell: Competitive bidding in high-risk situations. J. Petroleum Technology 23 (1971).
    Milgrom, Weber: A theory of auctions and competitive bidding. Econometrica 50 (1982).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from guanzi.advice.structuring.free import FreeTerm
from guanzi.advice.structuring.measures import BY_ID, Estimate, Floats, Measure
from guanzi.advice.structuring.trials import Draft, Programs, Trials, moved
from guanzi.engine.simulation import Z_95

VALUE = BY_ID["public.npv"]
SURVIVAL = BY_ID["company.survival_5y"]
HOLDERS = BY_ID["holders.npv"]
MEASURED: tuple[Measure, ...] = (VALUE, SURVIVAL, HOLDERS)
COARSE = 8
"""Steps over the range before the crossing is closed in on."""
SURE = 5.0
"""Paired standard errors from which a few paths tell on which side of the floor a value lies."""
PARTS, FEW = 16, 1024
"""The few paths are one of so many parts of all, and at least so many."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A value of a term, and what the deal is worth with it.

    Attributes:
        at: The value of the term.
        value, survival, holders: Public value, survival to five years, and what the other holders have.
        paths: Paths on which it was measured; of fewer than the draft has, the mean is the draft's on all paths and the
            paired difference on these.
    """

    at: float
    value: Estimate
    survival: Estimate
    holders: Estimate
    paths: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one term may be moved.

    Attributes:
        term: The term, with its range and the draft's value.
        status: ``crosses`` (the walk-away value lies in the range), ``beyond`` (the draft is below the floor; ``at`` is
            what it would have to be), ``never`` (no value of the range reaches the floor), ``everywhere`` (all do), or
            ``still`` (the term does not move the public value).
        rising: Whether a greater value of the term is better for the public side.
        at: The walk-away value.
        low, high: Its 95 % interval, within the range.
        rungs: What was tried, in rising order.
    """

    term: FreeTerm
    status: str
    rising: bool
    at: float | None
    low: float | None
    high: float | None
    rungs: tuple[Rung, ...]

    @property
    def best(self) -> Rung:
        """Where the public value is highest, of what was measured on all paths."""
        most = max(rung.paths for rung in self.rungs)
        return max((rung for rung in self.rungs if rung.paths == most), key=lambda rung: rung.value.mean)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another bidder: between which values of a term it is expected to stop."""

    name: str
    low: float
    high: float


def reaches(
    draft: Draft,
    floor: float,
    *,
    paths: int = 16_384,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Reach, ...]:
    """How far each free number of a draft may be moved, alone, until the public value falls below a floor.

    Args:
        draft: The deal with its free terms; days and words are passed over.
        floor: Public value that must be reached, in units of the sheet: 0 is as good as no deal.
        paths: Number of paths.
        seed: Key of the random numbers, the same for all values.
        threads: Number of threads; it does not change the result.
        progress: Called once per value tried.

    Raises:
        InvalidInput: The draft cannot be simulated.
    """
    trials = Trials(Programs(draft, MEASURED), MEASURED, paths=paths, seed=seed, threads=threads)
    few = trials.beginning(PARTS, FEW)
    return tuple(
        _Ladder(trials, few, n, progress).reach(floor)
        for n, term in enumerate(draft.terms)
        if term.figure.kind not in ("day", "words")
    )


class _Ladder:
    """Values of one term, evaluated when they are asked for: on few paths where those decide, else on all."""

    def __init__(self, trials: Trials, few: Trials, n: int, progress: Callable[[int], None] | None) -> None:
        self.trials, self.few, self.n, self.term, self.progress = trials, few, n, trials.draft.terms[n], progress
        self.rungs: dict[int, Rung | None] = {}

    def rung(self, i: int) -> Rung | None:
        """What the deal is worth at the i-th value, on all paths; None where it is no valid term sheet."""
        known = self.rungs.get(i)
        if i not in self.rungs or (known is not None and known.paths < self.trials.paths):
            key = moved(self.trials.draft.key, self.n, i)
            arrays = self.trials.own_arrays if key == self.trials.draft.key else self.trials.arrays(key)
            self.rungs[i] = None if arrays is None else self._rung(i, [Estimate.of(arrays[m.id]) for m in MEASURED])
            self._tell(new=known is None)
        return self.rungs[i]

    def judged(self, i: int, floor: float) -> Rung | None:
        """As :meth:`rung`, on few paths where they tell on which side of the floor it lies."""
        if i in self.rungs:
            return self.rungs[i]
        if i == self.term.draft or self.few is self.trials:
            return self.rung(i)
        its = self.few.arrays(moved(self.trials.draft.key, self.n, i))
        if its is None:
            self.rungs[i] = None
            return None
        own, few = self.trials.own_arrays, self.few.own_arrays
        differences = [Estimate.of(its[m.id] - few[m.id]) for m in MEASURED]
        away = float(own[VALUE.id].mean()) + differences[0].mean - floor
        if differences[0].se == 0.0 or abs(away) <= SURE * differences[0].se:
            return self.rung(i)
        found = [_beside(own[m.id], few[m.id], its[m.id]) for m in MEASURED]
        self.rungs[i] = self._rung(i, found, self.few.paths)
        self._tell()
        return self.rungs[i]

    def _rung(self, i: int, found: Sequence[Estimate], paths: int | None = None) -> Rung:
        value, survival, holders = found
        at = float(str(self.term.options[i]))
        return Rung(at, value, survival, holders, self.trials.paths if paths is None else paths)

    def _tell(self, *, new: bool = True) -> None:
        if new and self.progress is not None:
            self.progress(1)

    def reach(self, floor: float) -> Reach:
        """Where the public value crosses the floor, as near to the draft as it does."""
        last, own = len(self.term.options) - 1, self.term.draft
        places = sorted({own, *(round(k * last / COARSE) for k in range(COARSE + 1))})
        seen = [(i, r) for i in places if (r := self.judged(i, floor)) is not None]
        first, final = seen[0][1].value.mean, seen[-1][1].value.mean
        rising = final >= first
        good = {i: r.value.mean >= floor for i, r in seen}
        if len({r.value.mean for _, r in seen}) == 1:
            return self._result("still", rising, None)
        if all(good.values()):
            return self._result("everywhere", rising, None)
        if not any(good.values()):
            return self._result("never", rising, None)
        pair = self._nearest([i for i, _ in seen], good, own, towards_worse=good[own], rising=rising)
        if pair is None:
            return self._result("everywhere", rising, None)
        inside, outside = self._close_in(*pair, floor)
        return self._result("crosses" if good[own] else "beyond", rising, (inside, outside), floor)

    def _nearest(
        self, places: Sequence[int], good: dict[int, bool], own: int, *, towards_worse: bool, rising: bool
    ) -> tuple[int, int] | None:
        """Neighbours, one at or above the floor and one below, first met on the way from the draft."""
        down = rising if towards_worse else not rising
        way = [i for i in places if (i <= own if down else i >= own)]
        way.sort(reverse=down)
        for before, after in pairwise(way):
            if good[before] != good[after]:
                return (before, after) if good[before] else (after, before)
        return None

    def _close_in(self, inside: int, outside: int, floor: float) -> tuple[int, int]:
        while abs(inside - outside) > 1:
            middle = (inside + outside) // 2
            rung = self.judged(middle, floor)
            if rung is not None and rung.value.mean >= floor:
                inside = middle
            else:
                outside = middle
        return inside, outside

    def _result(self, status: str, rising: bool, pair: tuple[int, int] | None, floor: float = 0.0) -> Reach:
        at = low = high = None
        if pair is not None:
            inside, outside = self.rung(pair[0]), self.rung(pair[1])
            assert inside is not None
            at, half = inside.at, inf
            if outside is not None:
                slope = (outside.value.mean - inside.value.mean) / (outside.at - inside.at)
                if slope != 0.0:
                    at += (floor - inside.value.mean) / slope
                    half = Z_95 * inside.value.se / abs(slope)
            ends = [float(str(x)) for x in (self.term.options[0], self.term.options[-1])]
            low, high = max(at - half, ends[0]), min(at + half, ends[1])
        best = max((r.value.mean, -i) for i, r in self.rungs.items() if r is not None)
        self.rung(-best[1])  # what few paths say of the best is not shown
        rungs = tuple(r for _, r in sorted(self.rungs.items()) if r is not None)
        return Reach(self.term, status, rising, at, low, high, rungs)


def _beside(own: Floats, few: Floats, its: Floats) -> Estimate:
    """The mean of the draft on all paths with the paired difference on the first of them, and its standard error."""
    if bool((its == few).all()):
        return Estimate.of(own)
    moved, among = Estimate.of(its - few), float(np.cov(few, its - few)[0, 1])
    whole = Estimate.of(own)
    variance = whole.se**2 + moved.se**2 + 2.0 * among / len(own)
    return Estimate(whole.mean + moved.mean, max(variance, 0.0) ** 0.5)


def winners_curse(bidders: int) -> float:
    """By how many standard deviations the best of so many unbiased estimates is too high on average.

    >>> [round(winners_curse(n), 4) for n in (1, 2, 3, 10)]
    [0.0, 0.5642, 0.8463, 1.5388]

    Args:
        bidders: All of them, oneself included.
    """
    from scipy.integrate import quad
    from scipy.stats import norm

    if bidders < 2:
        return 0.0
    value, _ = quad(lambda x: x * bidders * norm.pdf(x) * norm.cdf(x) ** (bidders - 1), -12.0, 12.0)
    return float(value)


def chance_to_win(reach: Reach, rivals: Sequence[Rival]) -> float | None:
    """Probability that no rival goes farther than the walk-away value, where each stops anywhere in its interval.

    None where there is no walk-away value, or no rival.
    """
    if reach.at is None or not rivals:
        return None
    chance = 1.0
    for rival in rivals:
        width = rival.high - rival.low
        beyond = rival.high - reach.at if reach.rising else reach.at - rival.low  # values at which the rival gives less
        chance *= min(max(beyond / width, 0.0), 1.0) if width > 0.0 else float(beyond >= 0.0)
    return chance
