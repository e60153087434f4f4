"""Making a parameter: a distribution, its origin, and the reason in words."""

from __future__ import annotations

from guanzi.base.core import Message, catalogue
from guanzi.base.core import Parameter as MessageParameter
from guanzi.engine.company import Distribution, Parameter, ParameterOrigin

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
    """A parameter that rests on facts; the reason is the message ``appraisal.parameter.<name>.<reason or kind>``.

    Its unit is entered with the model.
    """
    because = Message.of(f"appraisal.parameter.{name}.{reason or kind}", **params)
    return Parameter(name, distribution, "", ParameterOrigin(kind, because, tuple(dict.fromkeys(parents))))


def judged(name: str, distribution: Distribution, prefix: str = "") -> Parameter:
    """A parameter that rests on a named judgement; ``prefix`` where the kind of company has a sentence of its own."""
    stem = f"{prefix}.{name}" if prefix else name
    because = Message.of(f"appraisal.parameter.{stem}.judgement")
    return Parameter(name, distribution, "", ParameterOrigin("judgement", because))


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


def company_name(subject: str) -> Message | str:
    """The name of a comparable company: its message, or its id as a name."""
    id = f"appraisal.comparable.{subject}"
    return Message.of(id) if id in catalogue("appraisal") else subject.replace("_", " ").replace("-", " ").title()
