"""Values of research notes: numbers with units in words, rough numbers, ranges, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from guanzi.base.core import money_form
from guanzi.intake.notes.money import size_of, size_words
from guanzi.intake.notes.reading import day_of
from guanzi.intake.notes.units import read_unit

_NUMBER = r"[-+−]?[0-9](?:[0-9,_]*[0-9])?(?:\.[0-9]+)?"
_ROUGH = (
    r"about|around|approximately|approx\.?|roughly|some|nearly|almost|over|above|more than|at least|under|below"
    r"|less than|up to|circa|ca\.?|c\.|[~≈<>≥≤]"
)
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_REMARK = re.compile(r"\s*(?:[\[(;,:–-]\s*\D.*|[\[(].*)", re.DOTALL)
"""What may follow a figure without being part of it: a bracket, or a word after a stop."""
#: Units of the notes that say that the value is words, or a day.
_WORDS = ("", "text", "date", "year", "rank", "none")


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value of the notes in a unit of the vocabulary.

    Attributes:
        value: A number, yes or no, an interval as ``low`` and ``high``, or words.
        unit: Unit of the vocabulary; ``text`` for words.
        remark: What stood beside the number in the notes: a qualifier, the rest of the unit.
        rough: The notes give it only roughly.
        understood: False when the unit is not known, so that the number is kept as words.
    """

    value: Any
    unit: str
    remark: str = ""
    rough: bool = False
    understood: bool = True


def read_value(value: Any, unit: str) -> ReadValue:
    """A value with its unit, as notes write them.

    >>> read_value(17.5, "CNY bn").value, read_value(-30, "%").value, read_value("6-12", "CNY bn").value
    (17500.0, -0.3, {'low': 6000.0, 'high': 12000.0})
    >>> read_value("over 100", "CNY bn")
    ReadValue(value=100000.0, unit='CNY m', remark='over 100 CNY bn', rough=True, understood=True)
    >>> read_value(3, "GBP m/month")
    ReadValue(value='3 GBP m/month', unit='text', remark='', rough=False, understood=False)
    """
    unit = unit.strip()
    if isinstance(value, bool):
        return ReadValue(value, "flag")
    if unit.lower() == "flag" and str(value).strip().lower() in ("true", "yes", "false", "no"):
        return ReadValue(str(value).strip().lower() in ("true", "yes"), "flag")
    if unit in ("", "%", "ratio") and isinstance(value, str) and (share := _PERCENT.fullmatch(value.strip())):
        return ReadValue(_scaled(_plain(share[1]), 0.01), "ratio")
    if unit.lower() in _WORDS or unit.lower() == "flag":
        return ReadValue(_words(value), "text")
    rule, number = read_unit(unit), _number(value)
    if rule is None:
        return ReadValue(f"{_words(value)} {unit}", "text", understood=number is None)
    if number is not None:
        return ReadValue(_scaled(number, rule.factor), rule.unit, rule.rest, rough=bool(rule.rest))
    text = _words(value)
    found = _figure().fullmatch(text)
    if found is None or not _follows(found):
        return ReadValue(f"{text} {unit}", "text")
    factor, into = rule.factor, rule.unit
    if found["size"]:
        if rule.sized:
            return ReadValue(f"{text} {unit}", "text", understood=False)
        factor *= size_of(found["size"])
        if money_form(into) == (into, ""):
            factor, into = factor / 1e6, f"{into} m"
    first = _scaled(_plain(found["first"]), factor)
    rough = bool(found["rough"] or found["rest"] or rule.rest)
    remark = f"{text} {unit}" if found["rough"] or found["rest"] or found["size"] else rule.rest
    if found["last"] is None:
        return ReadValue(first, into, remark, rough)
    last = _scaled(_plain(found["last"]), factor)
    return ReadValue({"low": min(first, last), "high": max(first, last)}, into, remark)


@cache
def _figure() -> re.Pattern[str]:
    size = rf"\s*(?P<size>{size_words()})?(?![A-Za-z\d])"
    return re.compile(
        rf"(?:(?P<rough>{_ROUGH})\s*)?(?P<first>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<last>{_NUMBER}))?{size}(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def _follows(found: re.Match[str]) -> bool:
    """Whether what stands behind a figure is a remark on it; after "about" it always is."""
    return not found["rest"].strip() or bool(found["rough"]) or _REMARK.fullmatch(found["rest"]) is not None


def negative(value: Any) -> Any:
    """A number or an interval below nought, whichever sign the notes give to what went out."""
    if isinstance(value, dict):
        low, high = sorted((-abs(value["low"]), -abs(value["high"])))
        return {"low": low, "high": high}
    return -abs(value) if isinstance(value, float) else value


def first_day_in(value: Any) -> date | None:
    """The day that words begin with, if they do.

    >>> first_day_in("2023-06-26 Tongling court"), first_day_in("Feb 2025")
    (datetime.date(2023, 6, 26), None)
    """
    if isinstance(value, date):
        return value
    found = re.match(r"\d{4}-\d{2}-\d{2}", str(value).strip())
    day = day_of(found[0]) if found else None
    return day[0] if day else None


def _words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool | date):
        return None
    text = str(value).strip()
    return _plain(text) if re.fullmatch(_NUMBER + r"(?:[eE][-+]?\d+)?", text) else None


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("_", "").replace("−", "-"))


def _scaled(number: Decimal, factor: float) -> float:
    """Scaled in decimals, so that 8.5 % is exactly 0.085."""
    return float(number * Decimal(str(factor)))
