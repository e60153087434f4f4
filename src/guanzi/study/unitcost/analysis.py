"""From inputs to results: a band for what sources dispute, quantiles for what varies, and a tornado.

Distributions are drawn, independently of one another; intervals are not. Each result is therefore a pair of
distributions, one with every interval at its better and one with every interval at its worse end (a probability box:
Williamson & Downs, 1990; Ferson et al., 2003). The models are monotone in each input, so no other choice within the
intervals leaves the band. The curve in the middle gives even weight between the ends; it is a convention.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from guanzi.base.core import Message
from guanzi.study.unitcost.model import CostModel, Floats, Results
from guanzi.study.unitcost.spread import Interval, SingleValue, Spread

type ResultName = Literal["break_even", "unit_cost", "unit_margin"]

RESULTS: tuple[ResultName, ...] = ("break_even", "unit_cost", "unit_margin")
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
DRAWS_LOG2 = 12
#: Analyses that are kept: a check and a section of a dossier ask the same, and so do what-ifs that move no cost.
KEPT = 64
#: Quantiles of the inputs between which the tornado moves them.
TORNADO_QUANTILES = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of a result: with even weight in the intervals, and its lowest and highest value over their ends."""

    level: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CostOutcome:
    """One result as a distribution with a band.

    Attributes:
        name: ``break_even``, ``unit_cost`` or ``unit_margin``.
        unit: With the currency put in.
        quantiles: At 5, 25, 50, 75 and 95 %; infinite where no volume is enough.
        curve: The same at every percent, for a picture.
        never: Share of draws in which no volume is enough: even weight, lowest, highest. Only of the break-even.
        beyond: Share in which the break-even is above what the plant can do (those that never break even included).
    """

    name: ResultName
    unit: str
    quantiles: tuple[Quantile, ...]
    curve: tuple[Quantile, ...]
    never: tuple[float, float, float] | None = None
    beyond: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class InputBar:
    """One input of the tornado: its two values, and the result at each, all others in the middle."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float
    disputed: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a model says of its inputs.

    Attributes:
        model: The model.
        currency: Of the amounts.
        inputs: Input to spread, defaults included.
        outcomes: Break-even, unit cost and margin.
        tornado_of: Which result the tornado moves: the break-even, or the margin where the middle never breaks even.
        base: That result with every input in the middle.
        tornado: Longest bar first; points have none.
        draws: Number of draws.
    """

    model: CostModel
    currency: str
    inputs: Mapping[str, Spread]
    outcomes: tuple[CostOutcome, ...]
    tornado_of: ResultName
    base: float
    tornado: tuple[InputBar, ...]
    draws: int

    def outcome(self, name: ResultName) -> CostOutcome:
        """The outcome of a name."""
        return next(o for o in self.outcomes if o.name == name)

    @property
    def disputed(self) -> tuple[str, ...]:
        """Inputs that are intervals, in the order of the model."""
        return tuple(s.name for s in self.model.inputs if isinstance(self.inputs.get(s.name), Interval))


def finite_or_words(value: float) -> float | Message:
    """A break-even for a sentence: where there is none, words that a file can hold, which infinity is not."""
    return value if math.isfinite(value) else Message.of("diligence.unitcost.without_limit")


def analyse(model: CostModel, inputs: Mapping[str, Spread], currency: str = "CNY", seed: int = 1) -> Analysis:
    """Run a model over what is known of its inputs.

    Args:
        model: The model.
        inputs: Input to spread; those with a default may be left out. :meth:`CostModel.missing` must be empty.
        currency: Of the amounts.
        seed: Of the scrambled Sobol' points.

    Returns:
        The same for the same inputs and seed.
    """
    return _analysed(model, tuple(inputs.items()), currency, seed)


@lru_cache(KEPT)
def _analysed(model: CostModel, inputs: tuple[tuple[str, Spread], ...], currency: str, seed: int) -> Analysis:
    full: dict[str, Spread] = {s.name: SingleValue(s.default) for s in model.inputs if s.default is not None}
    full.update(inputs)
    moving = [s.name for s in model.inputs if not isinstance(full[s.name], SingleValue)]
    draws = _points(len(moving), seed)
    columns = dict(zip(moving, draws.T, strict=True))
    runs = [_run(model, full, columns, len(draws), side) for side in (None, -1, 1)]
    outcomes = tuple(_outcome(model, name, currency, runs) for name in RESULTS)
    centre = {name: np.array([spread.middle]) for name, spread in full.items()}
    of: ResultName = "break_even" if np.isfinite(model.compute(centre).break_even[0]) else "unit_margin"
    bars = [_bar(model, full, centre, name, of) for name in moving]
    return Analysis(
        model=model,
        currency=currency,
        inputs=full,
        outcomes=outcomes,
        tornado_of=of,
        base=float(getattr(model.compute(centre), of)[0]),
        tornado=tuple(sorted(bars, key=_length, reverse=True)),
        draws=len(draws),
    )


def _points(dimensions: int, seed: int) -> Floats:
    """Points in the open unit cube; one when nothing moves."""
    if dimensions == 0:
        return np.full((1, 0), 0.5)
    from guanzi.engine.simulation import sobol_points  # loads late

    return sobol_points(dimensions, DRAWS_LOG2, seed)


def _run(
    model: CostModel, full: Mapping[str, Spread], columns: Mapping[str, Floats], draws: int, side: int | None
) -> tuple[Results, Floats]:
    """The model over all draws, and what the plant can do at most.

    ``side`` 1 puts intervals at their worse end, -1 at their better end, None draws between the ends.
    """
    values: dict[str, Floats] = {}
    for spec in model.inputs:
        spread = full[spec.name]
        if isinstance(spread, SingleValue):
            values[spec.name] = np.full(draws, spread.value)
        elif isinstance(spread, Interval) and side is not None:
            values[spec.name] = np.full(draws, spread.high if side * spec.adverse > 0 else spread.low)
        else:
            values[spec.name] = np.clip(spread.quantile(columns[spec.name]), spec.low, spec.high)
    most = values[model.limit] if model.limit else np.full(draws, model.most)
    return model.compute(values), most


def _outcome(model: CostModel, name: ResultName, currency: str, runs: list[tuple[Results, Floats]]) -> CostOutcome:
    arrays = [getattr(results, name) for results, _ in runs]
    unit = model.break_even_unit if name == "break_even" else model.unit.replace("money", currency)
    percent = _quantiles([level / 100 for level in range(1, 100)], arrays)
    chosen = _quantiles(LEVELS, arrays)
    if name != "break_even":
        return CostOutcome(name, unit, chosen, percent)
    never = _shares([np.isinf(values) for values in arrays])
    beyond = _shares([np.isinf(values) | (values > most) for values, (_, most) in zip(arrays, runs, strict=True)])
    return CostOutcome(name, unit, chosen, percent, never, beyond)


def _quantiles(levels: Sequence[float], arrays: list[Floats]) -> tuple[Quantile, ...]:
    """Order statistics, not interpolated: infinite values stay what they are."""
    rows = np.array([np.quantile(a, levels, method="inverted_cdf") for a in arrays]).T.tolist()
    return tuple(Quantile(level, row[0], min(row[1:]), max(row[1:])) for level, row in zip(levels, rows, strict=True))


def _shares(flags: list[npt.NDArray[np.bool_]]) -> tuple[float, float, float]:
    value, *ends = (float(np.mean(f)) for f in flags)
    return value, min(ends), max(ends)


def _bar(
    model: CostModel, full: Mapping[str, Spread], centre: Mapping[str, Floats], name: str, of: ResultName
) -> InputBar:
    spread, spec = full[name], model.spec(name)
    low, high = (
        spread.ends if isinstance(spread, Interval) else map(float, spread.quantile(np.array(TORNADO_QUANTILES)))
    )
    if spec is not None:
        low, high = max(low, spec.low), min(high, spec.high)
    moved = {key: np.repeat(value, 2) for key, value in centre.items()} | {name: np.array([low, high])}
    at_low, at_high = map(float, getattr(model.compute(moved), of))
    return InputBar(name, low, high, at_low, at_high, isinstance(spread, Interval))


def _length(bar: InputBar) -> float:
    if np.isinf(bar.at_low) or np.isinf(bar.at_high):
        return float("inf")
    return abs(bar.at_high - bar.at_low)
