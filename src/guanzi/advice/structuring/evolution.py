"""Differential evolution over the grid of terms: looks farther than effects around one variant reach.

Limits are kept by Lampinen's rule: what keeps all limits beats what breaks one.

References:
    Storn, Price: Differential evolution – a simple and efficient heuristic for global optimization over continuous
    spaces. Journal of Global Optimization 11 (1997).
    Lampinen: A constraint approach to handle nonlinear constraints in differential evolution. CEC 2002.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from guanzi.advice.structuring.measures import Floats
from guanzi.advice.structuring.objectives import Objective
from guanzi.advice.structuring.trials import Trial, Trials

CROWD = 24
"""Variants in a generation."""
NEAR = 0.15
"""Part of a range by which neighbours of a good variant differ from it."""


def evolve(trials: Trials, objective: Objective, evaluations: int, seed: int) -> None:
    """Differential evolution from the best variants seen."""
    from scipy.optimize import Bounds, NonlinearConstraint, differential_evolution  # loads late

    terms, own = trials.draft.terms, trials.own
    generator = np.random.default_rng(seed)

    def trial(x: Floats) -> Trial | None:
        return trials.trial(tuple(round(v) for v in x.tolist()))

    def cost(x: Floats) -> float:
        found = trial(x)
        return np.inf if found is None else objective.cost(found)

    def kept(x: Floats) -> Floats:
        found = trial(x)
        return np.append(np.full(len(objective.limits), -1e9) if found is None else objective.slacks(found, own), 0.0)

    differential_evolution(
        cost,
        Bounds([0.0] * len(terms), [len(t.options) - 1.0 for t in terms]),
        init=np.array(list(_first(trials, objective, generator))),
        constraints=NonlinearConstraint(kept, 0.0, np.inf),
        integrality=[True] * len(terms),
        maxiter=max(evaluations // CROWD - 1, 1),
        tol=0.0,
        polish=False,
        rng=generator,
    )


def _first(trials: Trials, objective: Objective, generator: np.random.Generator) -> Iterator[Floats]:
    """The first generation: the best seen, neighbours of the very best, and some from anywhere."""
    sizes = np.array([len(t.options) - 1.0 for t in trials.draft.terms])
    ranked = sorted(trials.valid, key=lambda t: objective.rank(t, trials.own))[: CROWD // 3]
    for trial in ranked:
        yield np.array(trial.key, float)
    centre = np.array(ranked[0].key, float)
    for n in range(CROWD - len(ranked)):
        if n % 3 == 0:
            yield np.round(generator.random(len(sizes)) * sizes)
        else:
            moved = generator.normal(0.0, NEAR, len(sizes)) * sizes * (generator.random(len(sizes)) < 0.5)
            yield np.clip(np.round(centre + moved), 0.0, sizes)
