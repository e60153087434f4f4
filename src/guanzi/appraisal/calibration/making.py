"""Making a parameter: a distribution, its origin, and the reason in words."""

from __future__ import annotations

from guanzi.core import Message
from guanzi.core import Parameter as MessageParameter
from guanzi.simulation import PARAMETER_UNITS, Distribution, Origin, Parameter

LEAST_WIDTH = 1e-9


def estimate(
    name: str,
    distribution: Distribution,
    kind: str,
    parents: tuple[str, ...],
    reason: str = "",
    /,
    **params: MessageParameter,
) -> Parameter:
    """A parameter that rests on facts; the reason is the message ``appraisal.parameter.<name>.<reason or kind>``."""
    because = Message.of(f"appraisal.parameter.{name}.{reason or kind}", **params)
    return Parameter(name, distribution, PARAMETER_UNITS[name], Origin(kind, because, tuple(dict.fromkeys(parents))))


def judged(name: str, distribution: Distribution) -> Parameter:
    """A parameter that rests on a named judgement."""
    because = Message.of(f"appraisal.parameter.{name}.judgement")
    return Parameter(name, distribution, PARAMETER_UNITS[name], Origin("judgement", because))


def fixed(value: float) -> Distribution:
    """A known value."""
    return Distribution("fixed", (value,))


def between(low: float, high: float) -> Distribution:
    """Uniform between two values, in either order; the value itself when they are the same."""
    low, high = min(low, high), max(low, high)
    return Distribution("uniform", (low, high)) if high - low > LEAST_WIDTH else fixed(low)


def peaked(low: float, mode: float, high: float) -> Distribution:
    """Triangular over three values, in any order; the value itself when they are the same."""
    low, mode, high = sorted((low, mode, high))
    return Distribution("triangular", (low, mode, high)) if high - low > LEAST_WIDTH else fixed(mode)
