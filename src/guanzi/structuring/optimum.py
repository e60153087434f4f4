"""The best variant under limits: linear programmes step by step, and differential evolution, on the grid of terms.

Most terms act on most measures nearly in proportion. So first, from the best variant seen, a linear programme of the
measured effects is solved (HiGHS) within a region of trust, and its answer is tried (sequential linear programming).
Differential evolution then looks further, from the best that was found; there limits are kept by Lampinen's rule: what
keeps all limits beats what breaks one. Trials are shared by all searches of one draft.

References:
    Griffith, Stewart: A nonlinear programming technique for the optimization of continuous processing systems.
    Management Science 7 (1961).
    Storn, Price: Differential evolution – a simple and efficient heuristic for global optimization over continuous
    spaces. Journal of Global Optimization 11 (1997).
    Lampinen: A constraint approach to handle nonlinear constraints in differential evolution. CEC 2002.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from guanzi.structuring.limits import Limit
from guanzi.structuring.measures import Floats, Measure
from guanzi.structuring.trials import Key, Trial, Trials, moved

MARGIN = 1.5
"""Standard errors in hand: the search keeps a limit by so much, so that it holds on fresh draws."""
CROWD = 24
"""Variants in a generation."""
EVOLVED = 4
"""Generations below which evolution is not worth its while."""
NEAR = 0.15
"""Part of a range by which neighbours of a good variant differ from it."""
PROBE = 0.2
"""Part of a range over which the effect of a term is measured."""
TRUST = 0.3
"""Part of a range by which a term may move in the first linear step."""
LEAST_TRUST = 0.02
STEPS = 16
"""Linear steps from one start."""
UNMET = 1e3
"""What a broken limit costs in a linear programme, in units of the goal."""
LACKING = 10.0
"""What it costs when it is judged whether a step was one forward."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is sought: the best value of a measure under limits."""

    measure: Measure
    limits: tuple[Limit, ...]

    def cost(self, trial: Trial) -> float:
        """What is made as small as possible."""
        return -self.measure.sign * trial.gains[self.measure.id].mean

    def slacks(self, trial: Trial, own: Trial, margin: float = MARGIN) -> Floats:
        """By how much each limit is kept with the margin, relative to what the draft has; negative: broken."""
        found = []
        for limit in self.limits:
            id = limit.measure.id
            gain = trial.gains[id]
            slack = limit.slack(own.means[id] + gain.mean) - margin * gain.se
            found.append(slack / max(abs(own.means[id]), 1e-9))
        return np.array(found)

    def rank(self, trial: Trial, own: Trial) -> tuple[float, float, Key]:
        """The order in which variants are preferred: limits first, then the goal."""
        broken = float(np.minimum(self.slacks(trial, own), 0.0).sum())
        return (-broken, self.cost(trial), trial.key)


def optimum(trials: Trials, aim: Aim, *, evaluations: int, seed: int) -> Trial | None:
    """The best variant found that keeps the limits of the aim; None when none does.

    Args:
        trials: Where variants are evaluated; what they have seen is used, and grows.
        aim: What is sought.
        evaluations: About how many new variants are evaluated.
        seed: Of the search.
    """
    end = len(trials.done) + evaluations
    _linear_steps(trials, aim, _leader(trials, aim), end)
    if end - len(trials.done) >= EVOLVED * CROWD:
        _evolve(trials, aim, (end - len(trials.done)) // 2, seed)
        _linear_steps(trials, aim, _leader(trials, aim), end)
    return best(trials, aim)


def best(trials: Trials, aim: Aim) -> Trial | None:
    """The best variant seen so far that keeps the limits of an aim."""
    own, leader = trials.own, _leader(trials, aim)
    return leader if min(aim.slacks(leader, own), default=0.0) >= 0.0 else None


def _leader(trials: Trials, aim: Aim) -> Trial:
    return min(trials.valid, key=lambda t: aim.rank(t, trials.own))


# -- linear steps


def _linear_steps(trials: Trials, aim: Aim, start: Trial, most: int) -> None:
    """From one variant, step by step, to where linear programmes of measured effects lead.

    Whether a step is one forward is judged by the goal and by what limits lack of the margin. The draft, which keeps
    its own limits exactly, lacks all of it: what is better must leave it by more than the errors.
    """
    here, trust, measured_here = start, TRUST, True
    effects, errors = _effects(trials, aim, here)
    for _ in range(STEPS):
        if len(trials.done) >= most or trust < LEAST_TRUST:
            return
        key = _step(trials, aim, here, effects, errors, trust)
        there = None if key is None else trials.trial(key)
        if there is None or there.key == here.key:
            trust /= 2.0
            continue
        errors = np.array([MARGIN * there.gains[x.measure.id].se for x in aim.limits])
        if _merit(trials, aim, there, errors) < _merit(trials, aim, here, errors):
            here, measured_here = there, False
        elif not measured_here:
            effects, _ = _effects(trials, aim, here)
            measured_here = True
        else:
            trust /= 2.0


def _merit(trials: Trials, aim: Aim, trial: Trial, errors: Floats) -> float:
    lacking = np.maximum(errors / _scale(trials, aim) - aim.slacks(trial, trials.own, 0.0), 0.0).sum()
    return aim.cost(trial) / max(abs(trials.own.means[aim.measure.id]), 1e-9) + LACKING * float(lacking)


def _scale(trials: Trials, aim: Aim) -> Floats:
    return np.array([max(abs(trials.own.means[x.measure.id]), 1e-9) for x in aim.limits])


def _effects(trials: Trials, aim: Aim, here: Trial) -> tuple[Floats, Floats]:
    """Effect of one grid step of each term on the cost and on each limit, and the errors of the limits nearby."""
    names = [aim.measure.id, *(x.measure.id for x in aim.limits)]
    effects = np.zeros((len(names), len(here.key)))
    errors = np.zeros(len(aim.limits))
    for n, term in enumerate(trials.draft.terms):
        if term.figure.kind == "words":
            continue
        last = len(term.options) - 1
        by = max(round(PROBE * last), 1)
        low, high = max(here.key[n] - by, 0), min(here.key[n] + by, last)
        down, up = (trials.trial(moved(here.key, n, i)) for i in (low, high))
        if down is None or up is None:
            continue
        for row, id in enumerate(names):
            effects[row, n] = (up.gains[id].mean - down.gains[id].mean) / (high - low)
        errors = np.maximum(
            errors, [MARGIN * max(up.gains[x.measure.id].se, down.gains[x.measure.id].se) for x in aim.limits]
        )
    return effects, errors


def _step(trials: Trials, aim: Aim, here: Trial, effects: Floats, errors: Floats, trust: float) -> Key | None:
    """The variant to which a linear programme within the region of trust leads; broken limits are mended first."""
    from scipy.optimize import linprog  # loads late

    sizes = np.array([len(t.options) - 1.0 for t in trials.draft.terms])
    at, count, limits = np.array(here.key, float), len(here.key), len(aim.limits)
    reach = np.maximum(trust * sizes, 1.0)
    bounds = [(max(-r, -x), min(r, s - x)) for r, x, s in zip(reach, at, sizes, strict=True)]
    scale = _scale(trials, aim)
    unit = max(abs(trials.own.means[aim.measure.id]), 1e-9)
    cost = np.concatenate([-aim.measure.sign * effects[0] / unit, np.full(limits, UNMET)])
    signs = np.array([-1.0 if x.most else 1.0 for x in aim.limits])
    rows = np.hstack([-(signs / scale)[:, None] * effects[1:], -np.eye(limits)]) if limits else None
    room = aim.slacks(here, trials.own, 0.0) - errors / scale if limits else None
    found = linprog(cost, rows, room, bounds=[*bounds, *[(0.0, None)] * limits], method="highs")
    if found.x is None:
        return None
    return tuple(int(x) for x in np.clip(np.round(at + found.x[:count]), 0.0, sizes))


# -- evolution


def _evolve(trials: Trials, aim: Aim, evaluations: int, seed: int) -> None:
    """Differential evolution from the best variants seen."""
    from scipy.optimize import Bounds, NonlinearConstraint, differential_evolution  # loads late

    terms, own = trials.draft.terms, trials.own
    generator = np.random.default_rng(seed)

    def trial(x: Floats) -> Trial | None:
        return trials.trial(tuple(round(v) for v in x.tolist()))

    def cost(x: Floats) -> float:
        found = trial(x)
        return np.inf if found is None else aim.cost(found)

    def kept(x: Floats) -> Floats:
        found = trial(x)
        return np.append(np.full(len(aim.limits), -1e9) if found is None else aim.slacks(found, own), 0.0)

    differential_evolution(
        cost,
        Bounds([0.0] * len(terms), [len(t.options) - 1.0 for t in terms]),
        init=np.array(list(_first(trials, aim, generator))),
        constraints=NonlinearConstraint(kept, 0.0, np.inf),
        integrality=[True] * len(terms),
        maxiter=max(evaluations // CROWD - 1, 1),
        tol=0.0,
        polish=False,
        rng=generator,
    )


def _first(trials: Trials, aim: Aim, generator: np.random.Generator) -> Iterator[Floats]:
    """The first generation: the best seen, neighbours of the very best, and some from anywhere."""
    sizes = np.array([len(t.options) - 1.0 for t in trials.draft.terms])
    ranked = sorted(trials.valid, key=lambda t: aim.rank(t, trials.own))[: CROWD // 3]
    for trial in ranked:
        yield np.array(trial.key, float)
    centre = np.array(ranked[0].key, float)
    for n in range(CROWD - len(ranked)):
        if n % 3 == 0:
            yield np.round(generator.random(len(sizes)) * sizes)
        else:
            moved = generator.normal(0.0, NEAR, len(sizes)) * sizes * (generator.random(len(sizes)) < 0.5)
            yield np.clip(np.round(centre + moved), 0.0, sizes)
