"""What it would be worth to know one assumption before signing: expected value of partial perfect information.

The choice is between signing and not signing; not signing is worth nothing. Without further knowledge the best choice
is worth ``max(0, E[V])``, where V is the value of a path to whoever decides; were one parameter known, it would be
``E[max(0, E[V | parameter])]``. The difference is what knowing it is worth at most, and so the most that a question
about it may cost. The inner expectation is estimated by means over bins of equal probability; what bins of pure chance
would show (a maximum of noisy means is never below the maximum of the true ones) is measured on shuffled values and
taken off.

References:
    Raiffa, Schlaifer: Applied Statistical Decision Theory (1961).
    Strong, Oakley: An efficient method for computing single-parameter partial expected value of perfect information.
    Medical Decision Making 33 (2013).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.engine.company import CompanyModel
from guanzi.engine.machine import Assembled
from guanzi.engine.simulation.sensitivity import run_blocks, values_at
from guanzi.engine.simulation.summaries import Floats

BINS = 32
SHUFFLES = 20


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one parameter is worth at most.

    Attributes:
        parameter: Its name.
        value: Expected gain, in the unit of the sheet; never negative.
        error: Standard error of the estimate, by shuffling.
        turns: Share of the paths whose bin has the other best choice.
    """

    parameter: str
    value: float
    error: float
    turns: float


@dataclass(frozen=True, slots=True)
class Information:
    """Worth of knowing each uncertain parameter, the most valuable first.

    Attributes:
        mean: Expected value of signing.
        perfect: What knowing everything, chance included, would be worth: the bound of all others.
        paths: Number of paths.
        worths: One per uncertain parameter.
    """

    mean: float
    perfect: float
    paths: int
    worths: tuple[Worth, ...]


def information(
    program: Assembled,
    model: CompanyModel,
    *,
    output: str = "fund.npv",
    paths: int = 8192,
    seed: int = 1,
    threads: int = 2,
) -> Information:
    """What it is worth to know each uncertain parameter of the company model before signing.

    Args:
        program: What :func:`given` made of the deal.
        model: The company model with its parameters.
        output: The output that is the value of signing, one of those that :func:`given` keeps.
        paths: Number of paths.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
    """
    free = [n for n in model.PARAMETERS if model.parameters[n].distribution.kind != "fixed"]
    generator = np.random.default_rng(seed)
    uniforms = np.clip(generator.random((paths, len(free))), 1e-9, 1.0 - 1e-9)
    values = values_at(model, free, uniforms)
    value = run_blocks(program, output, [(lambda: values, np.arange(paths, dtype=np.uint64))], seed, threads)[0]
    worths = [worth(name, uniforms[:, i], value, np.random.default_rng([seed, i])) for i, name in enumerate(free)]
    worths.sort(key=lambda w: (-w.value, w.parameter))
    best = max(0.0, float(value.mean()))
    return Information(
        mean=float(value.mean()),
        perfect=float(np.maximum(value, 0.0).mean()) - best,
        paths=paths,
        worths=tuple(worths),
    )


def worth(name: str, position: Floats, value: Floats, generator: np.random.Generator) -> Worth:
    """What it is worth to know where a path stands in the order of one parameter.

    >>> u = (np.arange(8192) + 0.5) / 8192
    >>> round(worth("x", u, np.where(u < 0.5, -1.0, 1.0), np.random.default_rng(1)).value, 1)  # less noise
    0.5

    Args:
        name: Name of the parameter.
        position: Of each path, any increasing function of the parameter.
        value: Of each path, what signing is worth.
        generator: For the shuffles.
    """
    best = max(0.0, float(value.mean()))
    ordered = value[np.argsort(position, kind="stable")]
    means = _means(ordered)
    shuffled = np.array([np.maximum(_means(generator.permutation(value)), 0.0).mean() for _ in range(SHUFFLES)]) - best
    gain = float(np.maximum(means, 0.0).mean()) - best - float(shuffled.mean())
    turns = float(np.mean((means > 0.0) != (best > 0.0)))
    return Worth(name, max(0.0, gain), float(shuffled.std(ddof=1)), turns)


def _means(ordered: Floats) -> Floats:
    """Means of equal bins; what does not fill the last bin is left out."""
    size = len(ordered) // BINS
    return np.asarray(ordered[: size * BINS].reshape(BINS, size).mean(axis=1))
