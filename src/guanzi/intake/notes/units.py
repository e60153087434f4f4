"""Units of notes as units of the vocabulary: money of any currency, and the words of the table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanzi.intake.notes.mapping import tables
from guanzi.intake.notes.money import money_unit, size_of, size_words

_RATE = re.compile(r"\s*\w*/")
"""What makes a number of things a rate of them."""


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit of the vocabulary for one of the notes.

    Attributes:
        unit: Unit of a fact.
        factor: What one of the notes' unit is in it.
        rest: What follows in the notes.
        sized: Whether the notes' unit says thousands, millions or the like, so that a value must not say it again.
    """

    unit: str
    factor: float
    rest: str
    sized: bool = False


def read_unit(text: str) -> ReadUnit | None:
    """The unit that a text begins with; None when no rule knows it.

    >>> read_unit("CNY bn (over)")
    ReadUnit(unit='CNY m', factor=1000.0, rest='(over)', sized=True)
    >>> read_unit("thousand vehicles").factor, read_unit("GBP m/month") is None
    (1000.0, True)
    """
    money = money_unit(text)
    if money is not None:
        return ReadUnit(money.unit, money.factor, money.rest, sized=money.unit.endswith(" m"))
    for rule in tables().units:
        if text.lower().startswith(rule.starts.lower()):
            rest = text[len(rule.starts) :]
            if rest[:1].isalnum() or (_RATE.match(rest) and not rest.startswith(("/yr", "/year"))):
                continue
            return ReadUnit(rule.unit, rule.factor, rest.strip())
    size = re.match(rf"({size_words()})\s+", text, re.IGNORECASE)
    inner = read_unit(text[size.end() :]) if size is not None else None
    if size is None or inner is None or inner.sized:
        return None
    return ReadUnit(inner.unit, inner.factor * size_of(size[1]), inner.rest, sized=True)
