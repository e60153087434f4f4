"""Units of facts, and the reading of percentages and numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from guanzi.base.core.currencies import CURRENCIES
from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message


class UnitKind(StrEnum):
    """What a value of a unit is: a number, a ratio (0.12 for 12 %), yes or no, or words."""

    NUMBER = "number"
    RATIO = "ratio"
    FLAG = "flag"
    TEXT = "text"


#: Units that are no money; percentages are not among them: 12 % is the ratio 0.12.
_PLAIN = (
    "swaps/day",
    "vehicles",
    "vehicles/year",
    "vehicles/week",
    "aircraft",
    "aircraft/year",
    "units",
    "units/year",
    "wafers/month",
    "substrates/month",
    "GWh",
    "GWh/year",
    "people",
    "persons",
    "jobs",
    "count",
    "million shares",
    "kWh",
    "km",
    "hectares",
    "months",
    "years",
    "x",
    "ratio",
    "flag",
    "text",
)
#: Money comes in these forms; ``{}`` is a currency.
_MONEY_FORMS = ("{} m", "{}", "{} per kWh", "{} per W")
#: Currencies that lists offer; every other one of ISO 4217 is as good.
_OFFERED = ("CNY", "USD", "EUR", "GBP")
_MONEY = re.compile(r"([A-Z]{3})( m| per kWh| per W)?")
_RATE = re.compile(r"([A-Z]{3}) per ([A-Z]{3})")
_KINDS = {"ratio": UnitKind.RATIO, "flag": UnitKind.FLAG, "text": UnitKind.TEXT}


def money_form(unit: str) -> tuple[str, str] | None:
    """The currency of a unit and the form in which it is stated; None when it is no money.

    >>> money_form("KRW m"), money_form("SEK per kWh"), money_form("vehicles"), money_form("ABC m")
    (('KRW', ' m'), ('SEK', ' per kWh'), None, None)
    """
    found = _MONEY.fullmatch(unit)
    return (found[1], found[2] or "") if found is not None and found[1] in CURRENCIES else None


_WORDED = (
    "vehicles", "vehicles/year", "aircraft", "units", "units/year", "people", "jobs", "count", "ratio", "years",
    "quarters", "months", "x", "million shares", "log", "log per quarter", "flag", "text",
)  # fmt: skip
"""Units that have words in every language; the others are signs, such as kWh."""
_NAMED = ("CNY", "USD", "EUR", "GBP")
"""Currencies that have a name in every language."""


def unit_words(unit: str) -> Message | str:
    """A unit in the words of the reader's language; a sign, such as kWh, as it stands."""
    money = money_form(unit)
    if money is not None and money[1] in ("", " m"):
        name = "money_m" if money[1] else "money"
        named = Message.of(f"core.unit.{money[0]}") if money[0] in _NAMED else money[0]
        return Message.of(f"core.unit.{name}", money=named)
    return Message.of(f"core.unit.{unit.replace(' ', '_').replace('/', '_per_')}") if unit in _WORDED else unit


class _Units(Mapping[str, UnitKind]):
    """Every unit that a fact can have; money of any currency is among them, and what is listed are the usual ones."""

    def __init__(self, usual: Iterable[str]) -> None:
        self._usual = {unit: _KINDS.get(unit, UnitKind.NUMBER) for unit in usual}

    def __getitem__(self, unit: str) -> UnitKind:
        if unit in self._usual:
            return self._usual[unit]
        rate = _RATE.fullmatch(unit)
        if money_form(unit) or (rate is not None and rate[1] != rate[2] and {rate[1], rate[2]} <= CURRENCIES):
            return UnitKind.NUMBER
        raise KeyError(unit)

    def __iter__(self) -> Iterator[str]:
        return iter(self._usual)

    def __len__(self) -> int:
        return len(self._usual)


#: What a value of each unit is. Amounts are in a currency (``KRW m``, ``JPY``, ``SEK per kWh``) or are rates between
#: two (``CNY per KRW``), of any code of ISO 4217; going through it yields the usual ones.
UNITS: Mapping[str, UnitKind] = _Units(
    (
        *(form.format(code) for form in _MONEY_FORMS[:2] for code in _OFFERED),
        *(f"CNY per {code}" for code in _OFFERED[1:]),
        "USD per EUR",
        "USD per W",
        *(_MONEY_FORMS[2].format(code) for code in _OFFERED),
        *_PLAIN,
    )
)
#: A unit of :data:`UNITS` as a regular expression, for schemas that other tools read.
UNIT_PATTERN = rf"^(?:[A-Z]{{3}}(?: m| per (?:kWh|W|[A-Z]{{3}}))?|{'|'.join(_PLAIN)})$"

LARGEST = 1e18
"""No amount, count or level is larger, in whatever unit: beyond it a number is a slip, and sums lose their meaning."""

_NUMBER = re.compile(r"[-+]?(?:[0-9](?:_?[0-9])*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def parse_number(value: str | int | float) -> float:
    """Read a number of at most :data:`LARGEST` either way; text may separate thousands with underscores.

    Raises:
        InvalidInput: It is not a number, or beyond all bounds.

    >>> parse_number("20_000")
    20000.0
    """
    number = _number(value)
    if number is None:
        raise InvalidInput(
            Problem(
                Message.of("core.number.invalid", text=str(value)),
                Place(""),
                Message.of("core.number.mend"),
                excerpt=str(value),
            )
        )
    return number


def parse_ratio(value: str | int | float) -> float:
    """Read a percentage (``18%``) or a ratio (``0.18``) as a ratio.

    Raises:
        InvalidInput: It is neither.

    >>> parse_ratio("18%"), parse_ratio(0.5)
    (0.18, 0.5)
    """
    text = str(value).strip()
    # Shifting the point in the text keeps 8.5 % exactly 0.085; dividing by 100 would not always.
    number = _number(text[:-1].strip() + "e-2" if _is_plain_percent(text) else value)
    if number is None:
        raise InvalidInput(
            Problem(Message.of("core.ratio.invalid", text=text), Place(""), Message.of("core.ratio.mend"), excerpt=text)
        )
    return number


def _is_plain_percent(text: str) -> bool:
    return text.endswith("%") and "e" not in text.lower()


def _number(value: str | int | float) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            return None
        value = float(text.replace("_", ""))
    try:
        return float(value) if abs(value) <= LARGEST else None
    except OverflowError:  # a whole number of hundreds of digits
        return None
