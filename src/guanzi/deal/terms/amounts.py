"""Values in words: money, shares and quantities exactly as agreed, and what is assumed for those that were not seen.

Contract figures are never rounded: 24.1149 % stays 24.1149 %.
"""

from __future__ import annotations

from collections.abc import Callable

from guanzi.base.core import Message, without_stop
from guanzi.deal.terms.data import Unknown, Value

_MOST_COUNTED = 1e15
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


def money(value: float, label: str) -> Message:
    """An amount, e.g. of ``CNY m``, exactly, in the largest unit that it fills."""
    currency, _, suffix = label.partition(" ")
    if suffix not in _SCALES:
        return Message.of("terms.words.decimal", value=exact(value), unit=label)
    return Message.of("terms.words.money", value=exact(value * _SCALES[suffix] / 1e6), currency=currency)


def percent(value: float) -> Message:
    """A ratio as a percentage, exactly."""
    return Message.of("terms.words.percent", value=exact(value * 100))


def quantity(value: float, unit: str = "") -> Message:
    """A number with its unit, exactly; ``ratio`` is shown in percent, money in the largest unit that it fills."""
    if unit == "ratio":
        return percent(value)
    if unit and unit.split(" ", maxsplit=1)[0].isupper():
        return money(value, unit)
    form = "count" if float(value).is_integer() and abs(value) < _MOST_COUNTED else "decimal"
    if not unit:
        return Message.of(f"terms.words.plain_{form}", value=exact(value))
    name = Message.of(f"terms.unit.{unit.replace('/', '_')}")
    return Message.of(f"terms.words.{form}", value=exact(value), unit=name)


def exact(value: float, digits: int = 10) -> float:
    """The number without the noise of binary rounding.

    >>> exact(0.241149 * 100)
    24.1149
    """
    return float(f"{value:.{digits}g}")


def rounded(value: float) -> float:
    """Four significant digits, for values that follow from an assumption.

    >>> rounded(142.857143)
    142.9
    """
    return exact(value, 4)


def value_in_words(value: Value, what: str, show: Callable[[float], Message]) -> Message:
    """A value of a clause; ``what`` names it when it was not seen: ``amount``, ``share``, ``rate``, ``probability``."""
    if not isinstance(value, Unknown):
        return show(value)
    noun = Message.of(f"terms.value.{what}")
    if value.assumed is not None:
        return Message.of("terms.value.assumed", what=noun, value=show(rounded(value.assumed)))
    if value.low is not None and value.high is not None:
        told = {"what": noun, "low": show(value.low), "high": show(value.high)}
        if value.note:
            return Message.of("terms.value.bracketed_noted", **told, note=without_stop(value.note))
        return Message.of("terms.value.bracketed", **told)
    return Message.of("terms.value.unknown", what=noun)
