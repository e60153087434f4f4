"""Which assumption moves the result: variance shares (Sobol') and one-at-a-time swings, on common draws.

The parameters of the company model are the factors; everything else that chance does along a path is one more factor,
``chance``. Sobol' indices are SciPy's, from a scrambled Sobol' sequence.

References:
    Saltelli et al.: Variance based sensitivity analysis of model output. Computer Physics Communications 181 (2010).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.machine import Assembled, lanes_of
from guanzi.engine.simulation.compose import begin
from guanzi.engine.simulation.programs import ready
from guanzi.engine.simulation.run import LEAF, ThreadRecords, run_numbered
from guanzi.engine.simulation.sobol import sobol_indices, sobol_points
from guanzi.engine.simulation.summaries import Floats

type ParameterBlock = tuple[Callable[[], Floats], NDArray[np.uint64]]
"""What makes the parameters of a block of paths, (parameters, paths), when it is run; and the numbers of the paths."""

CHANCE = "chance"
LOW, HIGH = 0.1, 0.9
"""Quantiles between which the tornado moves a parameter."""


@dataclass(frozen=True, slots=True)
class OutputMeasure:
    """An event of each path, or an amount that the deal bounds, read from an output.

    Attributes:
        output: The output.
        of: Whether the event happens, as 0 or 1, or the amount.
        among: On which paths it is asked, as 0 or 1: the result is a share of those.
    """

    output: str
    of: Callable[[Floats], Floats]
    among: Callable[[Floats], Floats] = np.ones_like


_NEVER = 60.0
"""Steps that count for a company which does not fail: longer than any horizon in quarters, and bounded."""
RESULTS = {
    # a path on which nothing is paid nets exactly nothing: it loses nothing, and says nothing about the bet
    "fund.loss": OutputMeasure(
        "fund.net", lambda x: np.asarray(x < 0.0, np.float64), lambda x: np.asarray(x != 0.0, np.float64)
    ),
    "company.failed": OutputMeasure("with.failed_step", lambda x: np.asarray(x >= 0.0, np.float64)),
    "company.lasts": OutputMeasure("with.failed_step", lambda x: np.where(x >= 0.0, x, _NEVER)),
    "deal.paid": OutputMeasure("budget.paid", lambda x: x),
}
"""Results whose sensitivity can be asked: the fund loses money where it pays, the company fails within the horizon,
after how many steps it does, which still differs where every path fails, and what the city pays under the deal."""


@dataclass(frozen=True, slots=True)
class TornadoSpan:
    """What one parameter does to the result.

    Attributes:
        parameter: Its name, or ``chance``.
        total: Total-order Sobol' index: the share of the result's variance that would go if this were known, at most.
        error: Standard error of the total-order index, from the paths of the base sample.
        first: First-order index: the share that would go if only this were known.
        low, high: Values of the parameter at its 10 % and 90 % quantiles; NaN for chance.
        at_low, at_high: Mean of the result there; NaN for chance.
    """

    parameter: str
    total: float
    error: float
    first: float
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Swings of one result, largest total-order index first.

    Attributes:
        result: What was measured.
        mean: Its share of the base sample: of the paths on which it is asked.
        paths: Number of paths that were run.
        bars: One per uncertain parameter, and one for chance.
    """

    result: str
    mean: float
    paths: int
    bars: tuple[TornadoSpan, ...]


def given(sheet: TermSheet, model: CompanyModel, policy: Policy) -> Assembled:
    """The program of a deal whose parameters the caller gives, cut down to what is asked of it.

    Those are the outputs of :data:`RESULTS`, and the fund's net present value.
    """
    outputs = [*dict.fromkeys(measure.output for measure in RESULTS.values()), "fund.npv"]
    return ready(begin(sheet, model, replace(policy, effects=None), given=True), tuple(outputs))


def sensitivity(
    program: Assembled,
    model: CompanyModel,
    *,
    result: str = "fund.loss",
    base: int = 1024,
    seed: int = 1,
    threads: int = 2,
) -> Sensitivity:
    """Sobol' indices and one-at-a-time swings of a result.

    Args:
        program: What :func:`given` made of the deal.
        model: The company model with its parameters.
        result: One of :data:`RESULTS`. Variance shares need a result without heavy tails: an event of each path,
            or an amount that the deal bounds.
        base: Size of the base sample, a power of two; the cost is ``base`` times three per uncertain parameter.
        seed: Key of the random numbers and of the scrambling.
        threads: Number of threads; it does not change the result.
    """
    measure = RESULTS[result]
    free = [n for n in model.PARAMETERS if model.parameters[n].distribution.kind != "fixed"]
    uniforms = sobol_points(2 * len(free), base.bit_length() - 1, seed)
    a, b = values_at(model, free, uniforms[:, : len(free)]), values_at(model, free, uniforms[:, len(free) :])
    ids = np.arange(base, dtype=np.uint64)
    blocks: list[ParameterBlock] = [(lambda: a, ids), (lambda: b, ids + np.uint64(base))]
    blocks += [(partial(_mixed, model, a, b, name), ids) for name in free]
    blocks.append((lambda: a, ids + np.uint64(base)))
    ends = {name: _ends(model, name) for name in free}
    blocks += [(partial(_at, model, a, name, end), ids) for name in free for end in ends[name]]
    values = run_blocks(program, measure.output, blocks, seed, threads)
    happened, asked = measure.of(values), measure.among(values)
    share = _share(happened[0], asked[0])
    # A share of some paths is a ratio of two means; its variance is that of this difference (delta method).
    f = happened - share * asked
    count = len(free)
    first, total = sobol_indices(f[0], f[1], f[2 : 3 + count])
    error = _errors(f, count)
    bars = [
        TornadoSpan(
            name,
            float(total[i]),
            float(error[i]),
            float(first[i]),
            *ends[name],
            *(_share(happened[j], asked[j]) for j in (k, k + 1)),
        )
        for i, name in enumerate(free)
        for k in (3 + count + 2 * i,)
    ]
    nan = float("nan")
    bars.append(TornadoSpan(CHANCE, float(total[count]), float(error[count]), float(first[count]), nan, nan, nan, nan))
    bars.sort(key=lambda s: (-s.total, s.parameter))
    return Sensitivity(result, share, base * len(blocks), tuple(bars))


def _errors(f: Floats, count: int) -> Floats:
    """Standard errors of the total indices: of the means of which the estimator is made."""
    spread = float(np.var(f[:2]))
    if not spread:
        return np.zeros(count + 1)
    halves = (f[0] - f[2 : 3 + count]) ** 2 / (2.0 * spread)
    errors: Floats = halves.std(axis=1, ddof=1) / np.sqrt(halves.shape[1])
    return errors


def _share(happened: Floats, asked: Floats) -> float:
    """The share of the paths asked; nought where none is."""
    return float(happened.sum() / max(float(asked.sum()), 1.0))


def values_at(model: CompanyModel, free: list[str], u: Floats) -> Floats:
    """(parameters, paths): the parameters' values at uniforms of the free ones, all others at their value."""
    rows = {name: model.parameters[name].distribution.quantile(u[:, i]) for i, name in enumerate(free)}
    fixed = {n: np.full(len(u), p.distribution.values[0]) for n, p in model.parameters.items() if n not in rows}
    return np.array([(rows | fixed)[n] for n in model.PARAMETERS])


def _mixed(model: CompanyModel, a: Floats, b: Floats, name: str) -> Floats:
    i = model.PARAMETERS.index(name)
    mixed = a.copy()
    mixed[i] = b[i]
    return mixed


def _ends(model: CompanyModel, name: str) -> tuple[float, float]:
    low, high = model.parameters[name].distribution.quantile(np.array([LOW, HIGH]))
    return float(low), float(high)


def _at(model: CompanyModel, a: Floats, name: str, value: float) -> Floats:
    moved = a.copy()
    moved[model.PARAMETERS.index(name)] = value
    return moved


def run_blocks(program: Assembled, output: str, blocks: list[ParameterBlock], seed: int, threads: int) -> Floats:
    """(blocks, paths): one output, run for blocks of given parameter values and path numbers."""
    row = program.outputs.index(output)
    lanes_of(program)

    def work(block: ParameterBlock) -> Floats:
        make, ids = block
        inputs = make()
        parts = [
            run_numbered(program, ThreadRecords(program), seed, ids[i : i + LEAF], inputs[:, i : i + LEAF])[row]
            for i in range(0, len(ids), LEAF)
        ]
        return np.concatenate(parts)

    with ThreadPoolExecutor(threads) as pool:
        return np.array(list(pool.map(work, blocks)))
