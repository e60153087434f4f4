"""Parameters of company models: distributions whose origin is stated one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from guanzi.base.core import Message
from guanzi.deal.program import Emitter

FIRST_STREAM = 1024
"""Streams from here on belong to parameters, drawn once per path at step 0; each serves one parameter."""

KINDS = {"fixed": 1, "normal": 2, "lognormal": 2, "uniform": 2, "triangular": 3}
PIECEWISE = frozenset({"piecewise", "log_piecewise"})
"""Kinds that are even between knots; of any even number of values, at least four."""
MOST_KNOTS = 400
TAILS = np.array([2.0**-33, 0.5, 1.0 - 2.0**-33])
"""The least and the greatest fraction that a path can draw, and the middle."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of a parameter over paths.

    Attributes:
        kind: ``fixed`` (value), ``normal`` (mean, sd), ``lognormal`` (median, sd of the logarithm), ``uniform``
            (low, high), ``triangular`` (low, mode, high), ``piecewise`` (probabilities of the knots from 0 to 1, then
            the knots; even between them) or ``log_piecewise`` (the same, even in the logarithm).
        values: Its parameters, in this order.
    """

    kind: str
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.kind in PIECEWISE:
            self._check_knots()
            return
        if KINDS.get(self.kind) != len(self.values) or not all(math.isfinite(v) for v in self.values):
            raise ValueError(f"{self.kind} {self.values} is no distribution")
        ordered = list(self.values) == sorted(self.values)
        if self.kind in ("uniform", "triangular") and not (ordered and self.values[0] < self.values[-1]):
            raise ValueError(f"{self.kind} needs ascending values, not {self.values}")
        if self.kind == "lognormal" and not (self.values[0] > 0.0 and self.values[1] >= 0.0):
            raise ValueError(f"lognormal needs a positive median, not {self.values}")
        with np.errstate(all="ignore"):
            if not np.isfinite(self.quantile(TAILS)).all():
                raise ValueError(f"{self.kind} {self.values} goes beyond what a number can hold")

    def _check_knots(self) -> None:
        levels, knots = self.knots
        if not all(math.isfinite(v) for v in self.values) or len(self.values) % 2 or not 2 <= len(knots) <= MOST_KNOTS:
            raise ValueError(f"{self.kind} needs from 2 to {MOST_KNOTS} knots with their probabilities")
        rising = all(a < b for a, b in pairwise(levels)) and all(a <= b for a, b in pairwise(knots))
        if not rising or levels[0] != 0.0 or levels[-1] != 1.0 or knots[0] == knots[-1]:
            raise ValueError(f"{self.kind} needs probabilities that rise from 0 to 1, and knots that do not fall")
        if self.kind == "log_piecewise" and knots[0] <= 0.0:
            raise ValueError("log_piecewise needs positive knots")

    @property
    def knots(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Probabilities and values of the knots of a piecewise distribution."""
        half = len(self.values) // 2
        return self.values[:half], self.values[half:]

    def quantile(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values below which the fractions u of the paths lie."""
        v = self.values
        match self.kind:
            case "normal":
                return np.asarray(v[0] + v[1] * ndtri(u), np.float64)
            case "lognormal":
                return np.asarray(v[0] * np.exp(v[1] * ndtri(u)), np.float64)
            case "uniform":
                return v[0] + (v[1] - v[0]) * u
            case "triangular":
                low, mode, high = v
                left = low + np.sqrt(u * (high - low) * (mode - low))
                right = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
                return np.where(u < (mode - low) / (high - low), left, right)
            case "piecewise":
                return np.asarray(np.interp(u, *self.knots), np.float64)
            case "log_piecewise":
                levels, knots = self.knots
                return np.asarray(np.exp(np.interp(u, levels, np.log(knots))), np.float64)
        return np.full_like(u, v[0])

    @property
    def median(self) -> float:
        """The value below which half of the paths lie."""
        return float(self.quantile(np.array([0.5]))[0])


@dataclass(frozen=True, slots=True)
class ParameterOrigin:
    """Where a distribution comes from.

    Attributes:
        kind: ``trend`` (the case's own facts), ``comparable`` (another company's figures), ``experts`` (a panel that
            was asked) or ``judgement``.
        because: The reasoning.
        parents: Ids of the facts.
    """

    kind: str
    because: Message
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a company model."""

    id: str
    distribution: Distribution
    unit: str
    origin: ParameterOrigin


class ShapingParameters(Mapping[str, Parameter]):
    """The parameters of a model as its steps see them: only those of which it says that they shape a step.

    All others reach the steps through their slots, so that other numbers give other constants and the same steps.

    Args:
        parameters: All of them.
        shaping: Names of those that may be looked at.
    """

    def __init__(self, parameters: Mapping[str, Parameter], shaping: frozenset[str]) -> None:
        self._parameters, self._shaping = parameters, shaping

    def __getitem__(self, name: str) -> Parameter:
        if name not in self._shaping:
            raise ValueError(f"a step looks at the distribution of {name}, of which the model does not say so")
        return self._parameters[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parameters

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)


def draw_parameters(
    emitter: Emitter,
    parameters: Mapping[str, Parameter],
    order: tuple[str, ...],
    *,
    given: bool = False,
    shared: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Emit the draws of all parameters into slots ``p.<name>``; the number in its stream is the place in ``order``.

    Args:
        emitter: Where to.
        parameters: Name to parameter.
        order: Names in their fixed order.
        given: The caller gives all values, row by row in ``order``; nothing is drawn.
        shared: Parameter to its stream and number there, where it is drawn together with other companies.
    """
    e = emitter
    for i, name in enumerate(order):
        slot = e.number(f"p.{name}")
        if given:
            e.do("INPUT", slot, k=float(i))
            continue
        stream, number = (shared or {}).get(name, (e.own_streams + FIRST_STREAM, i))
        draw(e, slot, parameters[name].distribution, stream, number)


def draw(e: Emitter, slot: str, d: Distribution, stream: int, number: int) -> None:
    """Emit the draw of one distribution.

    Args:
        e: Emitter.
        slot: Where the value goes: a declared number whose name begins with ``p.``.
        d: The distribution; a fixed one draws nothing.
        stream: Of normals; the one after it is of uniforms.
        number: Its number in either.
    """
    name = slot.removeprefix("p.")
    k = () if d.kind in PIECEWISE else tuple(e.constant(f"p.{name}.{j}", v) for j, v in enumerate(d.values))
    if d.kind == "fixed":
        e.do("SET", slot, k=k[0])
        return
    with e.clause(f"parameter.{name}"):
        if d.kind in ("normal", "lognormal"):
            z = e("NORMAL", k=(float(stream), float(number)))
        else:
            u = e("UNIFORM", k=(float(stream + 1), float(number)))
        if d.kind == "normal":
            e.do("AFF", slot, z, k=(k[1], k[0]))
        elif d.kind == "lognormal":
            scaled = e("EXP", e("MULK", z, k=k[1]))
            e.do("MULK", slot, scaled, k=k[0])
        elif d.kind == "uniform":
            e.do("AFF", slot, u, k=(e.constant(f"p.{name}.width", d.values[1] - d.values[0]), k[0]))
        elif d.kind in PIECEWISE:
            _piecewise(e, slot, name, u, d)
        else:
            _triangular(e, slot, name, u, d)


def _triangular(e: Emitter, slot: str, name: str, u: str, d: Distribution) -> None:
    low, mode, high = d.values
    left = e.constant(f"p.{name}.left", (high - low) * (mode - low))
    right = e.constant(f"p.{name}.right", (high - low) * (high - mode))
    below = e("ADDK", e("SQRT", e("MULK", u, k=left)), k=f"p.{name}.0")
    above = e("RSUBK", e("SQRT", e("MULK", e("RSUBK", u, k=1.0), k=right)), k=f"p.{name}.2")
    is_left = e("LTK", u, k=e.constant(f"p.{name}.split", (mode - low) / (high - low)))
    e.do("SEL", slot, is_left, below, above)


def _piecewise(e: Emitter, slot: str, name: str, u: str, d: Distribution) -> None:
    """The first knot, and of every piece below u its rise, of the piece that holds u the part below."""
    log = d.kind == "log_piecewise"
    levels = d.knots[0]
    knots = [math.log(x) for x in d.knots[1]] if log else d.knots[1]
    e.do("SET", slot, k=e.constant(f"p.{name}.first", knots[0]))
    for i, ((p, q), (x, y)) in enumerate(zip(pairwise(levels), pairwise(knots), strict=True)):
        if x == y:
            continue
        past = e("MAXK", e("ADDK", u, k=e.constant(f"p.{name}.from{i}", -p)), k=0.0)
        inside = e("MINK", past, k=e.constant(f"p.{name}.width{i}", q - p))
        e.do("ACCK", slot, inside, k=e.constant(f"p.{name}.slope{i}", (y - x) / (q - p)))
    if log:
        e.do("COPY", slot, e("EXP", slot))
