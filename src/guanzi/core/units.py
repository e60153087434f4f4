"""Units of facts, and the reading of percentages and numbers as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, get_args

from guanzi.core.errors import InvalidInput, Place, Problem
from guanzi.core.messages import Message


class UnitKind(StrEnum):
    """What a value of a unit is: a number, a ratio (0.12 for 12 %), yes or no, or words."""

    NUMBER = "number"
    RATIO = "ratio"
    FLAG = "flag"
    TEXT = "text"


#: The closed list of units that a fact can have. Percentages are not among them: 12 % is the ratio 0.12.
UnitName = Literal[
    "CNY m",
    "USD m",
    "EUR m",
    "GBP m",
    "CNY",
    "USD",
    "EUR",
    "GBP",
    "CNY per USD",
    "USD per W",
    "CNY per kWh",
    "USD per kWh",
    "EUR per kWh",
    "GBP per kWh",
    "swaps/day",
    "vehicles",
    "vehicles/year",
    "vehicles/week",
    "aircraft",
    "aircraft/year",
    "wafers/month",
    "substrates/month",
    "GWh/year",
    "people",
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
]

_KINDS = {"ratio": UnitKind.RATIO, "flag": UnitKind.FLAG, "text": UnitKind.TEXT}

#: What a value of each unit is.
UNITS: Mapping[str, UnitKind] = MappingProxyType(
    {unit: _KINDS.get(unit, UnitKind.NUMBER) for unit in get_args(UnitName)}
)

_NUMBER = re.compile(r"[-+]?(?:[0-9](?:_?[0-9])*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def parse_number(value: str | int | float) -> float:
    """Read a finite number; text may separate thousands with underscores.

    Raises:
        InvalidInput: It is not a finite number.

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
    return float(value) if math.isfinite(value) else None
