"""Cells that are written: no program takes words for a formula, and nothing is lost without a mark."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from collections.abc import Set as AnySet
from decimal import Decimal
from fractions import Fraction
from typing import Any

LONGEST_CELL = 32_767
"""Units of UTF-16 in a cell of a workbook: what spreadsheets can hold."""
CUT = " …"
"""What stands at the end of words that were cut."""
_GREATEST = 10**300
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def safe_cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula: what begins like one is marked as text.

    >>> safe_cell("=1+1"), safe_cell("-12.5"), safe_cell("-cmd")
    ("'=1+1", '-12.5', "'-cmd")
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def plain_cell(value: Any) -> str | int | float | None:
    """A value as a cell holds it.

    Args:
        value: Anything but days, which are told by whoever knows the place. A float that is no number is not known;
            several values stand one after the other; what has parts of its own stands as JSON.

    Returns:
        Words, a number, or None for an empty cell.

    >>> plain_cell(float("nan")), plain_cell(float("-inf")), plain_cell(("a", 1, None)), plain_cell({"a": [1]})
    (None, '−∞', 'a; 1; –', '{"a": [1]}')
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _GREATEST else str(value)
    if isinstance(value, float | Decimal | Fraction):
        return _number(float(value))
    if isinstance(value, list | tuple | AnySet):
        held = sorted(map(_part, value)) if isinstance(value, AnySet) else map(_part, value)
        return "; ".join(held)
    if isinstance(value, Mapping):
        return _words(json.dumps(dict(value), ensure_ascii=False, default=str))
    return _words(str(value))


def short_cell(text: str) -> str:
    """Words as a cell of a workbook can hold them: what is longer is cut, and ends in :data:`CUT`."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * LONGEST_CELL:
        return text
    return encoded[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return value


def _part(value: Any) -> str:
    told = plain_cell(value)
    return "–" if told is None else str(told)


def _words(text: str) -> str:
    """Words without half of a pair of UTF-16, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
