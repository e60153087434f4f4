"""Amounts of money as notes name their units: any currency, in words or signs, with a size before or behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from guanzi.base.core import CURRENCIES
from guanzi.intake.notes.mapping import tables

_A_YEAR = re.compile(r"\s*(?:/\s*(?:yr|year|a)\b|per year\b|a year\b|p\.a\.|annually\b)", re.IGNORECASE)
_PRICED = re.compile(r"\s*(?:/|per)\s*(kWh|W|watt|Wp)\b", re.IGNORECASE)
_RATE = re.compile(r"\s*(?:\w*\s*/|per\b)")
"""What makes an amount something else: GBP m/month is no GBP."""


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money.

    Attributes:
        unit: Unit of a fact, e.g. ``KRW m`` or ``SEK``.
        factor: What one of the notes' unit is in it.
        rest: What follows in the notes.
    """

    unit: str
    factor: float
    rest: str


def money_unit(text: str) -> MoneyUnit | None:
    """The unit of money with which a text begins; None when it begins with none, or is a rate of something.

    >>> found = money_unit("KRW trillion (over)")
    >>> found.unit, found.factor, found.rest
    ('KRW m', 1000000.0, '(over)')
    >>> money_unit("million US dollars").unit, money_unit("INR crore").factor, money_unit("€").unit
    ('USD m', 10.0, 'EUR')
    >>> money_unit("GBP m/month") is None, money_unit("CNY per USD").unit, money_unit("USD/W").unit
    (True, 'CNY per USD', 'USD per W')
    """
    found = _pattern().match(text)
    if found is None:
        return None
    currency = _code(found["first"] or found["second"])
    size = found["size"] or found["before"]
    rest = text[found.end() :]
    if (other := re.match(r"\s*(?:/|per)\s*([A-Z]{3})\b", rest)) and not size and other[1] in CURRENCIES - {currency}:
        return MoneyUnit(f"{currency} per {other[1]}", 1.0, rest[other.end() :].strip())
    if (priced := _PRICED.match(rest)) and not size:
        measure = "kWh" if priced[1].lower() == "kwh" else "W"
        return MoneyUnit(f"{currency} per {measure}", 1.0, rest[priced.end() :].strip())
    if rest[:1].isalnum() or (_RATE.match(rest) and not _A_YEAR.match(rest)):
        return None
    if not size:
        return MoneyUnit(currency, 1.0, rest.strip())
    return MoneyUnit(f"{currency} m", size_of(size) / 1e6, rest.strip())


def size_of(word: str) -> float:
    """What a word for a size multiplies by: 1e9 for ``bn``."""
    return tables().sizes[word.lower()]


@cache
def size_words() -> str:
    """The words for sizes as part of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(tables().sizes, key=len, reverse=True))


def _code(text: str) -> str:
    return tables().money_words.get(text.lower(), text.upper())


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((*tables().money_words, *(code.lower() for code in CURRENCIES)), key=len, reverse=True)
    named = "|".join(
        re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in words
    )
    size = rf"(?:{size_words()})(?![a-z])"
    return re.compile(
        rf"(?:(?P<first>{named})\s*(?P<size>{size})?|(?P<before>{size})\s*(?:of\s+)?(?P<second>{named}))", re.IGNORECASE
    )
