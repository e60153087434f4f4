"""Values of research notes: numbers with units in words, rough numbers, ranges, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guanzi.core import Period
from guanzi.evidence.notes.mapping import unit_rule
from guanzi.evidence.notes.reading import day_of

_NUMBER = r"[-+]?[0-9][0-9,_]*(?:\.[0-9]+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|to)\s*({_NUMBER})")
_ROUGH = re.compile(
    rf"(about|around|approximately|nearly|almost|over|above|more than|at least|under|below|less than|up to|circa|ca\.?)"
    rf"\s+({_NUMBER})\b(?!\s*(?:bn|m|billion|million|%))(.*)",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_QUARTER = re.compile(r"_?(?:q([1-4])_?(\d{4})|(\d{4})_?q([1-4]))(?=_|$)")
_MONTH = re.compile(rf"_?({'|'.join(_MONTHS)})[a-z]*_?(\d{{4}})(?=_|$)")
_YEAR = re.compile(r"(?:^|_)((?:19|20)\d{2})(?=_|$)")
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_OTHER_SPAN = re.compile(r"(?:^|_)(?:h[12]|\d+m|\d+_months|to)(?=_|$)")
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
    found = unit_rule(unit)
    number = _number(value)
    if found is None:
        return ReadValue(f"{_words(value)} {unit}", "text", understood=number is None)
    rule, rest = found
    if number is not None:
        return ReadValue(_scaled(number, rule.factor), rule.unit, rest, rough=bool(rest))
    text = _words(value)
    if span := _RANGE.fullmatch(text):
        low, high = (_scaled(_plain(part), rule.factor) for part in span.groups())
        return ReadValue({"low": min(low, high), "high": max(low, high)}, rule.unit, rest)
    if rough := _ROUGH.fullmatch(text):
        return ReadValue(_scaled(_plain(rough[2]), rule.factor), rule.unit, f"{text} {unit}", rough=True)
    if (plain := _number(text)) is not None:
        return ReadValue(_scaled(plain, rule.factor), rule.unit, rest, rough=bool(rest))
    return ReadValue(f"{text} {unit}", "text")


def period_in(name: str) -> tuple[str, Period | None]:
    """The name without the quarter, month or year that it names, and that period.

    Half years and other spans stay in the name: there is no such period.

    >>> name, period = period_in("net_loss_q2_2018")
    >>> name, str(period), period_in("h1_2011_loss")[1], period_in("sales_2018")[0]
    ('net_loss', '2018Q2', None, 'sales')
    """
    if _OTHER_SPAN.search(name):
        return name, None
    if found := _QUARTER.search(name):
        quarter, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _without(name, found), Period.parse(f"{year}Q{quarter}")
    if found := _MONTH.search(name):
        return _without(name, found), Period.parse(f"{found[2]}-{_MONTHS[found[1]]:02d}")
    if found := _YEAR.search(name):
        return _without(name, found), Period.parse(int(found[1]))
    return name, None


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


def _without(name: str, found: re.Match[str]) -> str:
    return (name[: found.start()] + name[found.end() :]).strip("_") or name


def _words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool | date):
        return None
    text = str(value).strip()
    return _plain(text) if re.fullmatch(_NUMBER + r"(?:[eE][-+]?\d+)?", text) else None


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("_", ""))


def _scaled(number: Decimal, factor: float) -> float:
    """Scaled in decimals, so that 8.5 % is exactly 0.085."""
    return float(number * Decimal(str(factor)))
