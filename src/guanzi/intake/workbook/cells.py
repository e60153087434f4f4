"""One cell: from what the workbook holds to a value of its column, and whether a value can be held at all."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from guanzi.base.core import UNITS, InvalidInput, Message, is_slug, meant, parse_ratio
from guanzi.base.reading import RawCell
from guanzi.intake.workbook.layout import SheetColumn
from guanzi.record.evidence import bare_scale, name_of_label, no_currency, written_unit

UNKNOWN = "unknown"
MOST_CHARACTERS = 32_767
_MOST_EXACT_INT = 2**53
_UNKNOWN_WORDS = frozenset((UNKNOWN, "未知"))
_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "是"), True),
    **dict.fromkeys(("false", "no", "否"), False),
}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: Characters that XML has no way to write, and text that the writer would take for formatting.
_NOT_HELD = re.compile("[\ufffe\uffff\ud800-\udfff]|^<r>.*</r>$", re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_PART = re.compile(r"d", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class BadCell(Exception):
    """A cell that cannot be used: the cause and the fix."""

    def __init__(self, cause: Message, fix: Message | None) -> None:
        self.cause, self.fix = cause, fix
        super().__init__(cause.id)


def read_cell(raw: RawCell, column: SheetColumn) -> Any:
    """The value of a cell that is not blank.

    Raises:
        BadCell: It is a formula, an error, or not what the column holds.
    """
    value = raw.value
    if raw.data_type == "f" or not isinstance(value, str | int | float | datetime | date | time):
        raise _bad("formula")
    if raw.data_type == "e":
        raise _bad("error", text=str(value))
    if isinstance(value, str):
        value = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    read = _READERS[column.kind]
    return read(value, raw, column)


def can_hold(column: SheetColumn, value: Any) -> bool:
    """Whether a cell of the column gives back exactly this value."""
    if value is None:
        return True
    if isinstance(value, str) and (len(value) > MOST_CHARACTERS or _NOT_HELD.search(value)):
        return False
    return _FITS[column.kind](value, column)


def percent_number(text: str) -> float | None:
    """The number of a percentage whose text follows from its number; None for any other text.

    >>> percent_number("8.5%"), percent_number("8.50%"), percent_number("50% of city")
    (0.085, None, None)
    """
    try:
        number = parse_ratio(text) if text.endswith("%") else None
    except InvalidInput:
        return None
    return number if number is not None and percent_text(number) == text else None


def percent_text(number: float) -> str:
    """A ratio as a percentage, exactly.

    >>> percent_text(0.085), percent_text(1)
    ('8.5%', '100%')
    """
    shifted = format(Decimal(repr(float(number))).scaleb(2).normalize(), "f")
    return f"{shifted}%"


def is_percent_format(number_format: str) -> bool:
    """Whether a number format shows percentages."""
    return "%" in _LITERAL.sub("", number_format)


# -- reading ---------------------------------------------------------------------------------------------------


def _words(value: Any, raw: RawCell, column: SheetColumn) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | datetime | date | time):
        raise _bad("not_words", text=raw.text)
    return str(int(value)) if float(value).is_integer() else repr(value)


def _id(value: Any, raw: RawCell, column: SheetColumn) -> str:
    text = _words(value, raw, column).strip()
    return (name_of_label(text) or text) if column.names else text


def _list(value: Any, raw: RawCell, column: SheetColumn) -> list[str] | str:
    text = _id(value, raw, column)
    if text.casefold() in _UNKNOWN_WORDS:
        return UNKNOWN
    return [part.strip() for part in re.split(r"[,，、;；]", text) if part.strip()]


def _date(value: Any, raw: RawCell, column: SheetColumn) -> date:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, str) and (match := _DAY.fullmatch(value.strip())):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            fix = Message.of("reading.yaml.no_such_day.mend")
            raise BadCell(Message.of("reading.yaml.no_such_day", text=value), fix) from None
    raise _bad("not_date", text=raw.text)


def _number(value: Any, raw: RawCell, column: SheetColumn) -> float | str:
    if isinstance(value, str) and value.strip().casefold() in _UNKNOWN_WORDS:
        return UNKNOWN
    if isinstance(value, bool | str | datetime | date | time) or not math.isfinite(value):
        raise _bad("not_number", text=raw.text)
    number: int | float = value
    return number


def _percent(value: Any, raw: RawCell, column: SheetColumn) -> float | str:
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        return value.strip().replace("％", "%")
    if isinstance(value, str) and value.strip().casefold() not in _UNKNOWN_WORDS:
        raise _bad("not_percent", text=raw.text)
    number = _number(value, raw, column)
    return percent_text(float(number)) if number != UNKNOWN and is_percent_format(raw.number_format) else number


def _any(value: Any, raw: RawCell, column: SheetColumn) -> float | str:
    if isinstance(value, str):
        return value
    number = _number(value, raw, column)
    return percent_text(float(number)) if is_percent_format(raw.number_format) else number


def _value(value: Any, raw: RawCell, column: SheetColumn) -> float | bool | str:
    # Which of these is right depends on the unit beside it; a day is told in words.
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return _number(value, raw, column)


def _flag(value: Any, raw: RawCell, column: SheetColumn) -> bool:
    if isinstance(value, bool):
        return value
    flag = as_flag(value)
    if flag is None:
        raise _bad("not_flag", text=raw.text)
    return flag


def as_flag(value: Any) -> bool | None:
    """Yes or no as people write it in either language; None for anything else."""
    return _FLAGS.get(value.strip().casefold()) if isinstance(value, str) else None


def _choice(value: Any, raw: RawCell, column: SheetColumn) -> str:
    text = str(value).strip()
    for choice, chinese in column.choices.items():
        if text in (choice, chinese) or text.casefold() == choice.casefold():
            return choice
    if column.units and (text in UNITS or written_unit(text) is not None):
        return text
    if column.units and (scale := bare_scale(text)) is not None:
        raise BadCell(*no_currency(text, scale))
    if "unit" in column.key and text.lower() in {"%", "percent", "pct", "percentage", "百分比"}:
        raise BadCell(Message.of("reading.format.percent"), Message.of("reading.format.percent.mend"))
    cause = Message.of("evidence.workbook.not_choice", column=column.header, text=text)
    fix = Message.of("reading.format.choices", choices=tuple(column.choices))
    raise BadCell(cause, meant(text, column.choices, fix))


def _period(value: Any, raw: RawCell, column: SheetColumn) -> int | str:
    if isinstance(value, datetime):
        # What is typed as 2019-06 becomes a day whose format shows no day.
        shows_day = _DAY_PART.search(_LITERAL.sub("", raw.number_format)) is not None
        return value.date().isoformat() if shows_day else f"{value:%Y-%m}"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool | date | time) or not float(value).is_integer():
        raise BadCell(Message.of("evidence.workbook.not_period", text=raw.text), Message.of("core.period.mend"))
    return int(value)


_READERS = {
    "id": _id,
    "words": _words,
    "list": _list,
    "date": _date,
    "number": _number,
    "percent": _percent,
    "value": _value,
    "flag": _flag,
    "choice": _choice,
    "period": _period,
    "any": _any,
}


def _bad(what: str, **params: str) -> BadCell:
    return BadCell(Message.of(f"evidence.workbook.{what}", **params), Message.of(f"evidence.workbook.{what}.mend"))


# -- what can be held ------------------------------------------------------------------------------------------


def _fits_words(value: Any, column: SheetColumn) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _fits_id(value: Any, column: SheetColumn) -> bool:
    return isinstance(value, str) and is_slug(value)


def _fits_list(value: Any, column: SheetColumn) -> bool:
    parts = value if isinstance(value, list) and value and value != [UNKNOWN] else []
    return value == UNKNOWN or (bool(parts) and all(_fits_id(part, column) for part in parts))


def _fits_date(value: Any, column: SheetColumn) -> bool:
    return isinstance(value, date)


def _fits_number(value: Any, column: SheetColumn) -> bool:
    if value == UNKNOWN:
        return True
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and (isinstance(value, float) or abs(value) <= _MOST_EXACT_INT)


def _fits_percent(value: Any, column: SheetColumn) -> bool:
    if isinstance(value, str) and value != UNKNOWN:
        return value.endswith("%") and value == value.strip()
    return _fits_number(value, column)


def _fits_any(value: Any, column: SheetColumn) -> bool:
    return _fits_words(value, column) or (not isinstance(value, str) and _fits_number(value, column))


def _fits_flag(value: Any, column: SheetColumn) -> bool:
    return isinstance(value, bool)


def _fits_choice(value: Any, column: SheetColumn) -> bool:
    return value in column.choices or (column.units and value in UNITS)


def _fits_value(value: Any, column: SheetColumn) -> bool:
    return isinstance(value, bool) or _fits_any(value, column)


_FITS = {
    "id": _fits_id,
    "words": _fits_words,
    "list": _fits_list,
    "date": _fits_date,
    "number": _fits_number,
    "percent": _fits_percent,
    "value": _fits_value,
    "flag": _fits_flag,
    "choice": _fits_choice,
    "period": _fits_words,
    "any": _fits_any,
}
