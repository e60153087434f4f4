"""Linear programmes step by step: most terms act on most measures nearly in proportion.

From a variant a linear programme of the measured effects is solved within a region of trust, and its answer is tried
(sequential linear programming, HiGHS). A term may act otherwise upwards than downwards, as a day does after which a
right opens, so either side has its own effect. Terms move by whole steps of their grids: they are rounded one by one,
that with the coarsest steps first, and the others make up for it (diving). Effects that were measured once serve every
aim: under other limits only the right-hand side differs.

References:
    Griffith, Stewart: A nonlinear programming technique for the optimization of continuous processing systems.
    Management Science 7 (1961).
    Broyden: A class of methods for solving nonlinear simultaneous equations. Mathematics of Computation 19 (1965).
    Huangfu, Hall: Parallelizing the dual revised simplex method. Mathematical Programming Computation 10 (2018): HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.advice.structuring.free import FreeTerm
from guanzi.advice.structuring.measures import Floats
from guanzi.advice.structuring.objectives import Objective, error_under
from guanzi.advice.structuring.trials import Key, Trial, Trials, moved

PROBE = 0.1
"""Part of a range over which the effect of a term is measured."""
TRUST = 0.2
"""Part of a range by which a term may move in the first linear step."""
LEAST_TRUST = 0.02
STEPS = 24
"""Linear steps from one start."""
REPAIRS = 3
"""Steps after which a way that leads to nothing better is given up."""
UNMET = 1e3
"""What a broken limit costs in a linear programme, in units of the goal."""
WHOLE = 1e-9
"""So near to a whole step a programme means it."""
LACKING = 10.0
"""What it costs when it is judged whether a step was one forward."""


@dataclass(frozen=True, slots=True)
class _Effects:
    """Around one variant: the effect of one grid step of each term upwards, then downwards, on each measure.

    Attributes:
        of: By measure.
        errors: The greatest standard error of each measure nearby.
    """

    of: dict[str, Floats]
    errors: dict[str, float]


def effects_cost(terms: Sequence[FreeTerm]) -> int:
    """Variants that are evaluated to measure the effects of all terms around one variant, at the most."""
    return 2 * sum(term.figure.kind != "words" for term in terms)


class Linear:
    """Climbs by linear steps over the variants of one sample.

    Args:
        trials: Where variants are evaluated.
    """

    def __init__(self, trials: Trials) -> None:
        self.trials = trials
        self._effects: dict[Key, _Effects] = {}
        self._sizes = np.array([len(t.options) - 1.0 for t in trials.draft.terms])

    @property
    def cost(self) -> int:
        """Variants that are evaluated to measure the effects of all terms around one variant, at the most."""
        return effects_cost(self.trials.draft.terms)

    def climb(self, objective: Objective, start: Trial, most: int) -> None:
        """From one variant to where the programmes lead, until so many variants have been evaluated in all.

        Whether a step is one forward is judged by the goal and by what limits lack of the margin. The draft, which
        keeps its own limits exactly, lacks all of it: what is better must leave it by more than the errors.
        """
        here, trust = start, TRUST
        centre = self._centre(here, most)
        if centre is None:
            return
        for _ in range(STEPS):
            if len(self.trials.done) >= most or trust < LEAST_TRUST:
                return
            there = self._better(objective, here, centre, trust, most)
            if there is not None:
                here = there
            elif self._distance(centre, here.key) > PROBE and len(self.trials.done) + self.cost < most:
                centre = self._measured(here)
            else:
                trust /= 2.0

    def _better(self, objective: Objective, here: Trial, centre: Key, trust: float, most: int) -> Trial | None:
        """A step forward, fixed from where it led while the effects of terms on one another break limits there."""
        at, near = here, trust
        nearby = objective.margin * np.array([self._effects[centre].errors[x.measure.id] for x in objective.limits])
        errors = self._errors(objective, here)
        errors = np.where(errors > 0.0, errors, nearby)
        for _ in range(REPAIRS):
            key = self._step(objective, at, centre, errors, near)
            there = None if key is None or len(self.trials.done) >= most else self.trials.trial(key)
            if there is None or there.key in (here.key, at.key):
                return None
            self._learn(centre, at, there)
            errors = self._errors(objective, there)
            if self._merit(objective, there, errors) < self._merit(objective, here, errors):
                return there
            at, near = there, near / 2.0
        return None

    def _learn(self, centre: Key, before: Trial, after: Trial) -> None:
        """Correct the effects by what a step did (Broyden's update, in parts of the ranges)."""
        sizes = np.tile(np.maximum(self._sizes, 1.0), 2)
        step = self._steps(centre, after.key) - self._steps(centre, before.key)
        along = step / sizes**2
        length = float(step @ along)
        for id, effect in self._effects[centre].of.items():
            missed = after.gains[id].mean - before.gains[id].mean - effect @ step
            self._effects[centre].of[id] = effect + missed / length * along

    def _steps(self, centre: Key, key: Key) -> Floats:
        """Steps upwards from the centre of the effects, and those downwards."""
        away = np.array(key, float) - np.array(centre, float)
        return np.concatenate([np.maximum(away, 0.0), np.maximum(-away, 0.0)])

    def _errors(self, objective: Objective, trial: Trial) -> Floats:
        return objective.margin * np.array([error_under(x, trial) for x in objective.limits])

    def _centre(self, here: Trial, most: int) -> Key | None:
        """A variant nearby around which effects are known; this one, where none is near and enough is left."""
        near = min(self._effects, key=lambda k: (self._distance(k, here.key), k), default=None)
        if near is not None and self._distance(near, here.key) <= TRUST:
            return near
        return self._measured(here) if len(self.trials.done) + self.cost <= most else near

    def _distance(self, a: Key, b: Key) -> float:
        """The greatest part of a range by which two variants differ in a term."""
        return float(np.abs((np.array(a) - np.array(b)) / np.maximum(self._sizes, 1.0)).max())

    def _measured(self, here: Trial) -> Key:
        """Measure the effects of all terms around a variant, and the errors nearby."""
        if here.key in self._effects:
            return here.key
        names = [m.id for m in self.trials.measures]
        effects = {id: np.zeros(2 * len(here.key)) for id in names}
        errors = dict.fromkeys(names, 0.0)
        for n, term in enumerate(self.trials.draft.terms):
            if term.figure.kind == "words":
                continue
            last = len(term.options) - 1
            by = max(round(PROBE * last), 1)
            for side, i in enumerate((min(here.key[n] + by, last), max(here.key[n] - by, 0))):
                there = self.trials.trial(moved(here.key, n, i))
                if there is None or there.key == here.key:
                    continue
                for id in names:
                    change = there.gains[id].mean - here.gains[id].mean
                    effects[id][n + side * len(here.key)] = change / abs(i - here.key[n])
                    errors[id] = max(errors[id], there.gains[id].se)
        self._effects[here.key] = _Effects(effects, errors)
        return here.key

    def _merit(self, objective: Objective, trial: Trial, errors: Floats) -> float:
        own = self.trials.own
        lacking = np.maximum(errors / self._scale(objective) - objective.slacks(trial, own, 0.0), 0.0).sum()
        return objective.cost(trial) / self._unit(objective) + LACKING * float(lacking)

    def _unit(self, objective: Objective) -> float:
        return max(abs(self.trials.own.means[objective.measure.id]), 1e-9)

    def _scale(self, objective: Objective) -> Floats:
        return np.array([max(abs(self.trials.own.means[x.measure.id]), 1e-9) for x in objective.limits])

    def _step(self, objective: Objective, here: Trial, centre: Key, errors: Floats, trust: float) -> Key | None:
        """The variant to which the programme within the region of trust leads; broken limits are fixed first.

        Its unknowns are the steps of each term upwards from the centre of the effects, those downwards, and what each
        limit lacks.
        """
        from scipy.optimize import linprog  # loads late

        at, middle, limits, count = (
            np.array(here.key, float),
            np.array(centre, float),
            len(objective.limits),
            len(here.key),
        )
        effects, scale = self._effects[centre].of, self._scale(objective)
        reach = np.floor(np.maximum(trust * self._sizes, 1.0))
        low, high = np.maximum(at - reach, 0.0) - middle, np.minimum(at + reach, self._sizes) - middle
        signed = [effects[x.measure.id] * (-1.0 if x.most else 1.0) for x in objective.limits]
        rows = np.array(signed).reshape(limits, 2 * count) / scale[:, None]
        room = objective.slacks(here, self.trials.own, 0.0) - errors / scale - rows @ self._steps(centre, here.key)
        goal = -objective.measure.sign * effects[objective.measure.id] / self._unit(objective)
        cost = np.concatenate([goal, np.full(limits, UNMET)])
        one = np.eye(count)
        sides = np.hstack([one / np.maximum(high, 1.0), one / np.maximum(-low, 1.0), np.zeros((count, limits))])
        kept = np.vstack([np.hstack([-rows, -np.eye(limits)]), sides])
        bound = np.concatenate([room, np.ones(count)])
        coarse = np.abs(np.vstack([goal, rows])).sum(axis=0)
        solved: Floats | None = None
        for n in np.argsort(-(coarse[:count] + coarse[count:]), kind="stable"):
            if solved is not None and _is_whole(solved[n], solved[count + n]):
                low[n] = high[n] = round(solved[n] - solved[count + n])  # the best stays the best
                continue
            up, down = np.maximum(high, 0.0), np.maximum(-low, 0.0)
            least = np.concatenate([np.maximum(low, 0.0), np.maximum(-high, 0.0), np.zeros(limits)])
            most = np.concatenate([up, down, np.full(limits, np.inf)])
            found = linprog(cost, kept, bound, bounds=np.column_stack([least, most]).tolist(), method="highs")
            if found.x is None:
                return None
            low[n] = high[n] = min(max(round(found.x[n] - found.x[count + n]), low[n]), high[n])
            solved = found.x if _is_whole(found.x[n], found.x[count + n]) else None
        return tuple(int(x) for x in np.round(middle + low))


def _is_whole(up: float, down: float) -> bool:
    """Whether a programme moves a term by whole steps, one way alone."""
    return min(up, down) <= WHOLE and abs(up - round(up)) <= WHOLE and abs(down - round(down)) <= WHOLE
