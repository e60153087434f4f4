"""The search for a better deal that the other side would still sign.

The participation constraint: the company survives at least as often, and its other holders' value is at least what the
draft gives them, or what the user states as their alternative. Without it harsher terms always win, and the answer is
worthless. The frontier shows the highest value to the public side at each level of its tail risk; every figure that is
shown was measured anew, on draws that the search has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, log10
from statistics import NormalDist

from guanzi.structuring.free import FreeTerm
from guanzi.structuring.limits import Limit
from guanzi.structuring.measures import BY_ID, MEASURES, Estimate, Floats, Measure, Pair
from guanzi.structuring.optimum import Aim, best, optimum
from guanzi.structuring.trials import Draft, Key, Programs, Trial, Trials

VALUE, TAIL = BY_ID["public.npv"], BY_ID["public.cvar"]
PARTICIPATION = (BY_ID["company.survival"], BY_ID["company.survival_5y"], BY_ID["holders.npv"])
GOALS = {"tail": TAIL, "value": VALUE}
"""What the suggestion betters: the tail at no lower value, or the value at no worse tail."""
LEVELS = 4
"""Levels of the tail between the ends of the frontier."""
PARTS = 12
"""Of the evaluations five parts go to the goal, four to the frontier, and three to the prices of the limits."""
FRESH = 4
"""Fresh draws are this many times those of the search."""
CANDIDATES = 8
"""How many variants are tried on fresh draws before none is suggested."""
SURE = 0.95
PRICED = 0.02
"""A limit is relaxed by about this part of what the draft has …"""
PRICED_SHARE = 0.005
"""… or, of a share of futures, by half a percentage point."""


@dataclass(frozen=True, slots=True)
class Point:
    """A variant as it was measured on fresh draws.

    Attributes:
        key: Which.
        results: All measures of the draft and of it.
        broken: Limits that it does not keep on fresh draws.
        price: What one more unit of tail buys in value, between the point before it on the frontier and this one.
    """

    key: Key
    results: tuple[Pair, ...]
    broken: tuple[Limit, ...] = ()
    price: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a limit costs: how much better the goal gets on fresh draws when the limit is relaxed by a step."""

    limit: Limit
    step: float
    gain: Estimate


@dataclass(frozen=True, slots=True)
class Search:
    """What was found.

    Attributes:
        goal: ``tail`` or ``value``.
        limits: What every variant must keep.
        terms: What was free.
        frontier: By rising tail.
        suggestion: The best variant that keeps all limits on fresh draws and betters the goal beyond noise; None: none.
        prices: What each limit costs.
        evaluations: Variants that were looked at.
        tried: Variants that were tried on fresh draws for the suggestion.
        paths, fresh, seed: Size of the two samples; fresh draws have the seed after it.
    """

    goal: str
    limits: tuple[Limit, ...]
    terms: tuple[FreeTerm, ...]
    frontier: tuple[Point, ...]
    suggestion: Point | None
    prices: tuple[Price, ...]
    evaluations: int
    tried: int
    paths: int
    fresh: int
    seed: int


def search(
    draft: Draft,
    limits: Sequence[Limit] = (),
    *,
    goal: str = "tail",
    paths: int = 16_384,
    evaluations: int = 1500,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Search:
    """Search over the free terms of a draft.

    Args:
        draft: The draft with its free terms.
        limits: What the user asks for; a limit on a measure of the participation constraint takes its place.
        goal: ``tail``: less tail at no lower value; ``value``: more value at no worse tail.
        paths: Number of paths of each variant.
        evaluations: About how many variants are looked at.
        seed: Key of the random numbers, and of the search.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of variants evaluated since the last call.

    Raises:
        InvalidInput: The draft cannot be simulated, or its free terms collide.
    """
    programs = Programs(draft)
    named = dict.fromkeys((VALUE, TAIL, *PARTICIPATION, *(x.measure for x in limits)))
    trials = Trials(programs, tuple(named), paths=paths, seed=seed, threads=threads, progress=progress)
    must = _participation(trials.own, limits)
    aim = Aim(GOALS[goal], (*must, *_held(trials.own, goal, limits)))
    part = max(evaluations // PARTS, 1)
    optimum(trials, aim, evaluations=5 * part, seed=seed)
    levels = _levels(trials, must, part, seed)
    relaxed = [_relaxed(aim, n, trials.own) for n in range(len(aim.limits))]
    for n, easier in enumerate(relaxed):
        optimum(trials, easier, evaluations=max(3 * part // len(relaxed), 1), seed=seed + n)
    fresh = Trials(programs, MEASURES, paths=FRESH * paths, seed=seed + 1, threads=threads, progress=progress)
    bench = _Bench(fresh)
    suggestion, tried = _suggestion(trials, bench, aim)
    return Search(
        goal=goal,
        limits=aim.limits,
        terms=draft.terms,
        frontier=_frontier(bench, must, [found for level in levels if (found := best(trials, level)) is not None]),
        suggestion=suggestion,
        prices=tuple(_price(trials, bench, aim, n, easier) for n, easier in enumerate(relaxed)),
        evaluations=len(trials.done),
        tried=tried,
        paths=paths,
        fresh=FRESH * paths,
        seed=seed,
    )


def _participation(own: Trial, limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """The participation constraint, and the user's limits."""
    stated = {x.measure.id for x in limits if not x.most}
    theirs = (Limit(m, False, own.means[m.id], "draft") for m in PARTICIPATION if m.id not in stated)
    return (*theirs, *limits)


def _held(own: Trial, goal: str, limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """What the goal may not cost, unless the user says how much."""
    other = VALUE if goal == "tail" else TAIL
    if any(x.measure is other for x in limits):
        return ()
    return (Limit(other, other is TAIL, own.means[other.id], "draft"),)


def _levels(trials: Trials, must: tuple[Limit, ...], part: int, seed: int) -> list[Aim]:
    """Aims along the frontier: the least tail, the highest value, and the highest value at tails between."""
    ends = (Aim(TAIL, must), Aim(VALUE, must))
    found = [optimum(trials, end, evaluations=part, seed=seed + n) for n, end in enumerate(ends)]
    if found[0] is None or found[1] is None:
        return []
    low, high = (x.means[TAIL.id] for x in found if x is not None)
    between = [low + (high - low) * n / (LEVELS + 1) for n in range(LEVELS + 1)] if high > low else []
    aims = [Aim(VALUE, (*must, Limit(TAIL, True, level, "level"))) for level in between]
    for n, aim in enumerate(aims):
        optimum(trials, aim, evaluations=2 * part // len(aims), seed=seed + n)
    return [*aims, ends[1]]


class _Bench:
    """Variants on fresh draws; what is shown of them."""

    def __init__(self, fresh: Trials) -> None:
        self.fresh = fresh
        self._arrays: dict[Key, dict[str, Floats]] = {}

    def arrays(self, key: Key) -> dict[str, Floats]:
        """One number per path of each measure."""
        if key not in self._arrays:
            found = self.fresh.arrays(key)
            assert found is not None  # it was valid on other draws
            self._arrays[key] = found
        return self._arrays[key]

    def point(self, key: Key, limits: Sequence[Limit]) -> Point:
        """A variant beside the draft, with the limits that it breaks."""
        own, its = self.arrays(self.fresh.draft.key), self.arrays(key)
        results = tuple(
            Pair(m, Estimate.of(own[m.id]), Estimate.of(its[m.id]), Estimate.of(its[m.id] - own[m.id]))
            for m in MEASURES
        )
        by_id = {p.measure.id: p for p in results}
        broken = tuple(x for x in limits if _is_broken(x, by_id[x.measure.id]))
        return Point(key, results, broken)

    def gain(self, measure: Measure, before: Key, after: Key) -> Estimate:
        """By how much a measure is better in one variant than in another."""
        return Estimate.of(measure.sign * (self.arrays(after)[measure.id] - self.arrays(before)[measure.id]))


def _is_broken(limit: Limit, pair: Pair) -> bool:
    """On fresh draws; what the draft has is what it has on these draws."""
    if limit.origin == "draft":
        return pair.difference.mean > 0.0 if limit.most else pair.difference.mean < 0.0
    return limit.slack(pair.after.mean) < 0.0


def _suggestion(trials: Trials, bench: _Bench, aim: Aim) -> tuple[Point | None, int]:
    """The best variant of the search that holds on fresh draws; the more were tried, the clearer it must be."""
    keeping = [t for t in trials.valid if min(aim.slacks(t, trials.own), default=0.0) >= 0.0 and aim.cost(t) < 0.0]
    keeping.sort(key=lambda t: (aim.cost(t), t.key))
    for tried, trial in enumerate(keeping[:CANDIDATES], start=1):
        point = bench.point(trial.key, aim.limits)
        gain = bench.gain(aim.measure, trials.draft.key, trial.key)
        sure = NormalDist().inv_cdf(1.0 - (1.0 - SURE) / 2.0 / CANDIDATES)
        if not point.broken and gain.mean > sure * gain.se:
            return point, tried
    return None, min(len(keeping), CANDIDATES)


def _frontier(bench: _Bench, must: tuple[Limit, ...], found: Sequence[Trial]) -> tuple[Point, ...]:
    points = [bench.point(key, must) for key in dict.fromkeys(t.key for t in found)]
    points.sort(key=lambda p: _mean(p, TAIL))
    priced = list(points[:1])
    for before, after in pairwise(points):
        more = _mean(after, TAIL) - _mean(before, TAIL)
        gain = bench.gain(VALUE, before.key, after.key)
        price = Estimate(gain.mean / more, gain.se / more) if more > 0.0 else None
        priced.append(replace(after, price=price))
    return tuple(priced)


def _mean(point: Point, measure: Measure) -> float:
    return next(p.after.mean for p in point.results if p.measure is measure)


# -- prices of limits


def step_of(measure: Measure, level: float) -> float:
    """The step by which a limit is relaxed: round, and small beside the level.

    >>> step_of(BY_ID["public.cvar"], 6925.0)
    100.0
    """
    if measure.unit == "ratio":
        return PRICED_SHARE
    raw = max(PRICED * abs(level), 1e-9)
    return float(f"{10.0 ** floor(log10(raw)):.3g}")


def _relaxed(aim: Aim, n: int, own: Trial) -> Aim:
    limit = aim.limits[n]
    step = step_of(limit.measure, own.means[limit.measure.id])
    easier = replace(limit, bound=limit.bound + (step if limit.most else -step), origin="relaxed")
    return Aim(aim.measure, (*aim.limits[:n], easier, *aim.limits[n + 1 :]))


def _price(trials: Trials, bench: _Bench, aim: Aim, n: int, easier: Aim) -> Price:
    limit = aim.limits[n]
    step = step_of(limit.measure, trials.own.means[limit.measure.id])
    before, after = best(trials, aim), best(trials, easier)
    if before is None or after is None:
        return Price(limit, step, Estimate(0.0, 0.0))
    return Price(limit, step, bench.gain(aim.measure, before.key, after.key))
