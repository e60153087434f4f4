"""The search for a better deal that the other side would still sign.

The participation constraint: the company survives at least as often, and its other holders' value is at least what the
draft gives them, or what the user states as their alternative. Without it harsher terms always win, and the answer is
worthless. The frontier shows the highest value to the public side at each level of its tail risk; every figure that is
shown was measured anew, on draws that the search has not seen.

Variants are looked for on few paths, and the best of them raced on more (successive halving with common random
numbers): there limits are kept by less noise, and the linear steps see effects that few paths hide.

References:
    Karnin, Koren, Somekh: Almost optimal exploration in multi-armed bandits. ICML 2013 (successive halving).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from guanzi.advice.structuring.free import FreeTerm
from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.linear import Linear, effects_cost
from guanzi.advice.structuring.measures import BY_ID, MEASURES, Estimate
from guanzi.advice.structuring.objectives import MARGIN, Objective, best, leader
from guanzi.advice.structuring.optimum import can_evolve, optimum
from guanzi.advice.structuring.outofsample import CLEAR, LEAST_BYTES, TAIL, VALUE, OutOfSampleDraws, OutOfSamplePoint
from guanzi.advice.structuring.prices import Clash, Price, step_of
from guanzi.advice.structuring.trials import Draft, Key, Programs, Trial, Trials

PARTICIPATION = (BY_ID["company.survival"], BY_ID["company.survival_5y"], BY_ID["holders.npv"])
GOALS = {"tail": TAIL, "value": VALUE}
"""What the suggestion betters: the tail at no lower value, or the value at no worse tail."""
LEVELS = 4
"""Levels of the tail between the ends of the frontier."""
MOST_FINE = 8
"""The best are raced on at most so many times the paths of the first search."""
SPARED = 7.0
"""The effects of all terms are measured on more paths if that costs at most this part of the evaluations."""
EXPLORED, RACED, SPREAD = 0.25, 0.55, 0.75
"""Parts of the evaluations after which the first search, that of the goal, and the frontier end; prices have the
rest."""
RUNNERS = 8
"""Variants of the first search that are raced on more paths."""
MARGINS = (MARGIN, *(n / 10 for n in range(10)), 1.125, 1.25, 1.5, 1.75, 2.0)
"""Margins whose best variants are tried out of sample; with so many tries, a gain must be the clearer."""
PRICES = (0.5, 1.5, 0.75, 1.25, 0.25, 2.0, 0.0)
"""Margins whose best variants are tried for a price."""
CLIMBED = (1.0, 0.5)
"""Margins under which the goal is climbed to, each from the best that is known by then."""
SAFE = 2.0
"""The limits of a row of the frontier are kept by so many errors, and so are the others when one is relaxed, lest they
be lost to out-of-sample draws."""
ROW = (SAFE, MARGIN, 1.5 * SAFE)
"""Margins whose best variants are tried for a row of the frontier."""
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Search:
    """What was found.

    Attributes:
        goal: ``tail`` or ``value``.
        limits: What every variant must keep; what the draft has is what it has out of sample.
        terms: What was free.
        frontier: By rising tail and value.
        suggestion: The best variant that keeps all limits out of sample and betters the goal beyond noise and by a
            material size; None: none.
        repaired: Whether the draft does not keep all limits, so that what does is better whatever it costs.
        prices: What each limit costs; empty where nothing keeps all limits.
        clashes: Where nothing keeps all limits: how near each can be come to when the others are kept.
        evaluations: Variants that were looked at first.
        raced: Variants that were looked at on more paths; 0 where all were at once.
        tried: Variants that were tried out of sample for the suggestion.
        material: From what size a difference in money counts, in units of the sheet.
        paths, race, out_of_sample, seed: Sizes of the three samples; out-of-sample draws have the seed after it.
    """

    goal: str
    limits: tuple[MeasureLimit, ...]
    terms: tuple[FreeTerm, ...]
    frontier: tuple[OutOfSamplePoint, ...]
    suggestion: OutOfSamplePoint | None
    repaired: bool
    prices: tuple[Price, ...]
    clashes: tuple[Clash, ...]
    evaluations: int
    raced: int
    tried: int
    material: float
    paths: int
    race: int
    out_of_sample: int
    seed: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What a better deal shall bring.

    Attributes:
        limits: What the user asks for; a limit on a measure of the participation constraint takes its place.
        goal: ``tail``: less tail at no lower value; ``value``: more value at no worse tail.
        material: From what size a difference in money counts as a gain, in units of the sheet; None: 1 % of what the
            public side pays and gives under the draft.
    """

    limits: tuple[MeasureLimit, ...] = ()
    goal: str = "tail"
    material: float | None = None


LESS_TAIL = Sought()
"""Less tail at no lower value, and nothing asked beside the participation constraint."""


def search(
    draft: Draft,
    sought: Sought = LESS_TAIL,
    *,
    paths: int = 16_384,
    evaluations: int = 400,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Search:
    """Search over the free terms of a draft.

    Args:
        draft: The draft with its free terms.
        sought: What a variant shall bring.
        paths: Number of paths of each variant in the first search.
        evaluations: About how many variants may be looked at; one on more paths counts as many.
        seed: Key of the random numbers, and of the search.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of evaluations since the last call.

    Raises:
        InvalidInput: The draft cannot be simulated, or its free terms collide.
    """
    course = _Course(draft, sought, paths, evaluations, seed, threads, progress)
    course.explore()
    fresh = Trials(Programs(draft), MEASURES, paths=MOST_FINE * paths, seed=seed + 1, threads=threads, room=LEAST_BYTES)
    bench = OutOfSampleDraws(fresh, sought.material)
    first = _suggestion(course, bench)
    base = first.key if first else draft.key
    feasible = not bench.point(base, course.objective.limits).broken
    course.ease(base, feasible)
    suggestion = _suggestion(course, bench, base) if feasible else first
    base = suggestion.key if suggestion else base
    return Search(
        goal=sought.goal,
        limits=tuple(_as_measured(x, bench) for x in course.objective.limits),
        terms=draft.terms,
        frontier=_frontier(course, bench, base) if feasible else (),
        suggestion=suggestion,
        repaired=bool(bench.point(draft.key, course.objective.limits).broken),
        prices=_prices(course, bench, base) if feasible else (),
        clashes=() if feasible else tuple(_clash(course, bench, n) for n in range(len(course.objective.limits))),
        evaluations=len(course.coarse.done),
        raced=len(course.fine.done) if course.fine is not course.coarse else 0,
        tried=len(course.tried),
        material=bench.material,
        paths=course.coarse.paths,
        race=course.times * paths,
        out_of_sample=MOST_FINE * paths,
        seed=seed,
    )


class _Course:
    """The search on its two samples, stage by stage; what a stage does not use is left to the next."""

    def __init__(
        self,
        draft: Draft,
        sought: Sought,
        paths: int,
        evaluations: int,
        seed: int,
        threads: int | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.asked, self.goal = sought.limits, sought.goal
        self.evaluations, self.seed = evaluations, seed
        measures = tuple(dict.fromkeys((VALUE, TAIL, *PARTICIPATION, *(x.measure for x in self.asked))))
        self.programs = Programs(draft, measures)
        cost = effects_cost(draft.terms)
        self.times = max(1, min(MOST_FINE, int(evaluations / SPARED) // (cost + 1)))
        told = None if progress is None else lambda n: progress(n * self.times)
        self.fine = Trials(self.programs, measures, paths=self.times * paths, seed=seed, threads=threads, progress=told)
        self.second = Linear(self.fine)
        self.coarse, self.first = self.fine, self.second
        self.few = int(EXPLORED * evaluations)
        if self.times > 1 and can_evolve((self.few - cost) // 2):
            self.coarse = Trials(self.programs, measures, paths=paths, seed=seed, threads=threads, progress=progress)
            self.first = Linear(self.coarse)
        own = self.fine.own
        self.must = _participation(own, self.asked)
        self.objective = Objective(GOALS[self.goal], (*self.must, *_held(own, self.goal, self.asked)))
        self.tried: set[Key] = set()
        """Variants that were tried out of sample for the suggestion."""
        self.levels: tuple[Objective, ...] = ()
        self.eased: tuple[Objective, ...] = ()
        """One limit relaxed by a step; where nothing keeps all limits, what is left out and sought instead."""

    @property
    def spent(self) -> int:
        """Evaluations so far; a variant on more paths counts as many."""
        first = len(self.coarse.done) if self.coarse is not self.fine else int(self.times > 1)  # the draft, in any case
        return first + self.times * len(self.fine.done)

    def left(self, part: float, among: int = 1) -> int:
        """Variants on more paths that may be looked at until a part of the evaluations is used, for one of many."""
        return max(int((part * self.evaluations - self.spent) / among / self.times), 0)

    def explore(self) -> None:
        """Look for variants on few paths, race the best, and climb on more paths towards the goal and the frontier.

        Few paths are looked at only with evaluations for twice the least evolution: else they lead nowhere else.
        """
        if self.coarse is not self.fine or self.times == 1:
            own = self.coarse.own
            rough = Objective(
                self.objective.measure, (*_participation(own, self.asked), *_held(own, self.goal, self.asked)), 0.0
            )
            optimum(self.first, rough, evaluations=self.few, seed=self.seed)
            for trial in sorted(self.coarse.valid, key=lambda t: rough.rank(t, own))[:RUNNERS]:
                self.fine.trial(trial.key)
        for n, margin in enumerate(CLIMBED):
            self._climb(replace(self.objective, margin=margin), self.left(RACED, len(CLIMBED) - n))
        self._spread()

    def ease(self, base: Key, feasible: bool) -> None:
        """Relax each limit alone, and climb from the best that keeps all, which also keeps what is relaxed.

        The other limits are kept by what the best has in hand of them. Where nothing keeps all limits, each in turn is
        what is sought under the others.
        """
        limits, own = self.objective.limits, self.fine.own
        known: list[Trial] = []
        if feasible:
            start = self.fine.trial(base)
            assert start is not None  # it was valid out of sample
            objective = replace(self.objective, margin=min(self.objective.in_hand(start, own), MARGIN))
            self.eased, known = tuple(_eased(objective, n, own) for n in range(len(limits))), [start]
        else:
            self.eased = tuple(Objective(x.measure, (*limits[:n], *limits[n + 1 :])) for n, x in enumerate(limits))
        for n, objective in enumerate(self.eased):
            self._climb(objective, self.left(1.0, 2 * (len(limits) - n)), *known)
            self._climb(replace(objective, margin=SAFE), self.left(1.0, 2 * (len(limits) - n) - 1), *known)

    def _climb(self, objective: Objective, evaluations: int, *known: Trial) -> None:
        """From the best variants known: those given, the best with the margin, and the best without."""
        most = len(self.fine.done) + evaluations
        starts = (*known, leader(self.fine, objective), leader(self.fine, replace(objective, margin=0.0)))
        for start in {t.key: t for t in starts}.values():
            self.second.climb(objective, start, most)

    def _spread(self) -> None:
        """Aims along the frontier: the least tail, the highest value, and the highest value at tails between."""
        ends = (Objective(TAIL, self.must, SAFE), Objective(VALUE, self.must, SAFE))
        for n, end in enumerate(ends):
            self._climb(end, self.left(SPREAD, len(ends) + LEVELS - n))
        found = [best(self.fine, end) for end in ends]
        if found[0] is None or found[1] is None:
            return
        low, high = (x.means[TAIL.id] for x in found if x is not None)
        between = [low + (high - low) * n / (LEVELS + 1) for n in range(LEVELS + 1)] if high > low else []
        self.levels = (
            *(Objective(VALUE, (*self.must, MeasureLimit(TAIL, True, level, "level")), SAFE) for level in between),
            ends[1],
        )
        for n, objective in enumerate(self.levels[:-1]):
            self._climb(objective, self.left(SPREAD, len(between) - n))


def _participation(own: Trial, limits: Sequence[MeasureLimit]) -> tuple[MeasureLimit, ...]:
    """The participation constraint, and the user's limits."""
    stated = {x.measure.id for x in limits if not x.most}
    theirs = (MeasureLimit(m, False, own.means[m.id], "draft") for m in PARTICIPATION if m.id not in stated)
    return (*theirs, *limits)


def _held(own: Trial, goal: str, limits: Sequence[MeasureLimit]) -> tuple[MeasureLimit, ...]:
    """What the goal may not cost, unless the user says how much."""
    other = VALUE if goal == "tail" else TAIL
    if any(x.measure is other for x in limits):
        return ()
    return (MeasureLimit(other, other is TAIL, own.means[other.id], "draft"),)


def _eased(objective: Objective, n: int, own: Trial) -> Objective:
    limit = objective.limits[n]
    easier = limit.eased(step_of(limit.measure, own.means[limit.measure.id]))
    return replace(objective, limits=(*objective.limits[:n], easier, *objective.limits[n + 1 :]))


# -- what is shown


def _candidates(trials: Trials, objective: Objective, margins: tuple[float, ...] = MARGINS) -> Iterator[Key]:
    """The best variant under each margin, that of the aim first: a greater margin gives up gain for hold."""
    seen: set[Key] = set()
    for margin in dict.fromkeys((objective.margin, *margins)):
        found = best(trials, replace(objective, margin=margin))
        if found is not None and found.key not in seen:
            seen.add(found.key)
            yield found.key


def _suggestion(course: _Course, bench: OutOfSampleDraws, *known: Key) -> OutOfSamplePoint | None:
    """The best variant of the search that holds out of sample; the more are tried, the clearer it must be.

    What is known already is among them; prices may have come upon a better one.

    Where the draft does not keep what is asked for, what keeps it is better than the draft whatever it costs.
    """
    objective, own = course.objective, course.fine.draft.key
    errors = NormalDist().inv_cdf(1.0 - (1.0 - SURE) / 2.0 / (2 * len(MARGINS)))
    keys = [key for key in dict.fromkeys((*known, *_candidates(course.fine, objective))) if key != own]
    course.tried.update(keys)
    any_will_do = bool(bench.point(own, objective.limits).broken)
    good: list[tuple[float, Key, OutOfSamplePoint]] = []
    for most, key in bench.promising(objective.measure, own, keys, objective.limits):
        if good and most < max(gain for gain, *_ in good):
            break
        point, gain = bench.point(key, objective.limits), bench.gain(objective.measure, own, key)
        if not point.broken and (any_will_do or bench.counts(gain, errors)):
            good.append((gain.mean, key, point))
    return max(good, key=lambda x: x[:2])[2] if good else None


def _holding(
    course: _Course, bench: OutOfSampleDraws, objective: Objective, limits: tuple[MeasureLimit, ...]
) -> OutOfSamplePoint | None:
    """The first of few candidates that keeps limits out of sample."""
    keys = _candidates(course.fine, objective, ROW)
    points = (bench.point(key, limits) for key in keys if not bench.is_hopeless(key, limits))
    return next((p for p in points if not p.broken), None)


def _frontier(course: _Course, bench: OutOfSampleDraws, base: Key) -> tuple[OutOfSamplePoint, ...]:
    """Variants that hold out of sample, each clearly worth more than those with less tail; the best is among them."""
    found = [_holding(course, bench, objective, course.must) for objective in course.levels]
    named = {p.key: p for p in (*found, bench.point(base, course.must)) if p is not None and not p.broken}
    rising: list[OutOfSamplePoint] = []
    for point in sorted(named.values(), key=lambda p: (round(p.mean(TAIL), 6), -p.mean(VALUE), p.key)):
        gain = bench.gain(VALUE, rising[-1].key, point.key) if rising else None
        if gain is None:
            rising.append(point)
        elif gain.mean > CLEAR * gain.se:
            more = point.mean(TAIL) - rising[-1].mean(TAIL)
            rising.append(replace(point, price=Estimate(gain.mean / more, gain.se / more)))
    return tuple(rising)


def _prices(course: _Course, bench: OutOfSampleDraws, base: Key) -> tuple[Price, ...]:
    """What relaxing each limit alone gains."""
    return tuple(_price(course, bench, n, base) for n in range(len(course.eased)))


def _price(course: _Course, bench: OutOfSampleDraws, n: int, base: Key) -> Price:
    """What relaxing one limit gains over the best that keeps all; nothing, where no variant that uses it is better."""
    limit, easier = course.objective.limits[n], course.eased[n]
    most = Estimate(0.0, 0.0)
    keys = tuple(_candidates(course.fine, easier, PRICES))
    for may_gain, key in bench.promising(easier.measure, base, keys, easier.limits):
        if may_gain <= most.mean:
            break
        uses = bool(bench.point(key, (limit,)).broken)
        gain = bench.gain(easier.measure, base, key)
        if uses and not bench.point(key, easier.limits).broken and gain.mean > max(CLEAR * gain.se, most.mean):
            most = gain
    verdict = "binds" if bench.counts(most) else "small" if most.mean > 0.0 else "none"
    return Price(_as_measured(limit, bench), easier.limits[n].relaxed, most, verdict)


def _clash(course: _Course, bench: OutOfSampleDraws, n: int) -> Clash:
    """How near a limit can be come to when all others are kept."""
    objective = course.eased[n]
    point = _holding(course, bench, objective, objective.limits)
    limit = _as_measured(course.objective.limits[n], bench)
    return Clash(limit, None if point is None else point.pair(limit.measure).after)


def _as_measured(limit: MeasureLimit, bench: OutOfSampleDraws) -> MeasureLimit:
    """What the draft has, out of sample."""
    if limit.origin != "draft":
        return limit
    return replace(limit, bound=bench.point(bench.out_of_sample.draft.key, ()).mean(limit.measure))
