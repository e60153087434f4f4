"""Cells of a table as codes and numbers; what cannot be read is told by its row."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import Message, Place, Problem

#: What stands for "kept back" or "not collected" in the tables of statistical offices.
UNKNOWN = frozenset(
    {"", "?", "NA", "N/A", "n/a", "n.a.", "NaN", "nan", "NULL", "null", "None", ".", "..", "...", "…", "-", "–", "#N/A"}
    | {":", "c", "C", "(D)", "D", "(S)", "S", "s", "x", "X", "*", "**", ": c", ":c", "…", "保密"}
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
NAMED = 5
"""Rows that are told of one kind of fault; of the others the number."""


class Faults:
    """Faults by kind and column, with the first rows of each.

    Args:
        name: The table.
        header: Lines before the first row, so that a row can be told as a line of a file.
    """

    def __init__(self, name: str, header: int) -> None:
        self.name = name
        self.header = header
        self._rows: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def tell(self, kind: str, column: str, rows: NDArray[np.int64], texts: Callable[[int], str]) -> None:
        """Note rows (counted from nought) with what stands in them."""
        if not len(rows):
            return
        key = kind, column
        told = self._rows.setdefault(key, [])
        told += [(int(row), texts(k)) for k, row in enumerate(rows[: NAMED - len(told)])]
        self._counts[key] = self._counts.get(key, 0) + len(rows)

    @property
    def problems(self) -> list[Problem]:
        """One problem a kind and column: its first place, some more rows, how many in all."""
        found = []
        for (kind, column), told in self._rows.items():
            lines = tuple(str(row + 1 + self.header) for row, _ in told)
            cause = Message.of(
                f"panels.cell.{kind}", column=column, text=told[0][1], rows=self._counts[kind, column], lines=lines
            )
            place = Place(self.name, told[0][0] + 1 + self.header, field=column)
            found.append(Problem(cause, place, Message.of(f"panels.cell.{kind}.mend"), excerpt=told[0][1]))
        return found


class Labels:
    """Codes of a key column, numbered in the order in which they come."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def number(self, values: Any, column: str, first: int, faults: Faults) -> NDArray[np.int32]:
        """Numbers of the codes of an Arrow array; an empty code is a fault."""
        import pyarrow as pa

        coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        texts = [_label(text) for text in coded.dictionary.to_pylist()]
        known = np.array([self.codes.setdefault(t, len(self.codes)) if t else -1 for t in texts], dtype=np.int32)
        if not coded.null_count and (known >= 0).all():
            return np.asarray(known[np.asarray(coded.indices)])
        at = np.asarray(coded.indices.fill_null(len(texts)), dtype=np.int64)
        out = np.append(known, np.int32(-1))[at]
        faults.tell("empty", column, np.flatnonzero(out < 0) + first, lambda _: "")
        return out

    def sorted(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """The codes in order (whole numbers by their value), and for each number its place among them."""
        plain = all(
            code.isascii() and code.isdigit() and not code.startswith("0") for code in self.codes if code != "0"
        )
        names = sorted(self.codes, key=int) if plain else sorted(self.codes)
        places = np.empty(len(names), dtype=np.int32)
        for place, code in enumerate(names):
            places[self.codes[code]] = place
        return tuple(names), places


def _label(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    text = str(value)
    return "" if text.strip() == "" or text == "nan" else text


def years_of(values: Any, column: str, first: int, faults: Faults) -> NDArray[np.int64]:
    """Years of an Arrow array of numbers, days or texts; what is no year is a fault and comes as -1."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return np.asarray(pc.year(values).fill_null(-1), dtype=np.int64)
    if pa.types.is_integer(kind) and not values.null_count:
        plain = np.asarray(values, dtype=np.int64)
        if not len(plain) or (plain.min() >= _FIRST_YEAR and plain.max() <= _LAST_YEAR):
            return plain
    coded = values if pa.types.is_dictionary(kind) else values.dictionary_encode()
    said = coded.dictionary.to_pylist()
    known = np.array([_year(value) for value in said] + [-1], dtype=np.int64)
    out = known[np.asarray(coded.indices.fill_null(len(said)), dtype=np.int64)]
    wrong = np.flatnonzero(out < 0)
    faults.tell("year", column, wrong + first, lambda k: _cell(values, int(wrong[k])))
    return out


def _year(value: Any) -> int:
    if value is None:
        return -1
    try:
        number = float(str(value).strip())
    except ValueError:
        return -1
    return int(number) if number.is_integer() and _FIRST_YEAR <= number <= _LAST_YEAR else -1


def numbers_of(values: Any, column: str, first: int, faults: Faults) -> tuple[NDArray[np.float64], int]:
    """Values of an Arrow array as floats, NaN where a source keeps them back, and how many it keeps back.

    Negative and infinite values, and texts that are neither a number nor one of the usual marks, are faults.
    """
    import pyarrow as pa

    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.cast(kind.value_type)
        kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        coded = values.dictionary_encode()
        said = coded.dictionary.to_pylist()
        known = np.array([_number(text) for text in said] + [np.nan])
        at = np.asarray(coded.indices.fill_null(len(said)), dtype=np.int64)
        out, wrong = known[at], np.array([_no_number(text) for text in said] + [False])[at]
        rows = np.flatnonzero(wrong)
        faults.tell("number", column, rows + first, lambda k: _cell(values, int(rows[k])))
    elif pa.types.is_null(kind):
        out, wrong = np.full(len(values), np.nan), np.zeros(len(values), dtype=np.bool_)
    elif (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    ):
        if pa.types.is_boolean(kind):
            values = values.cast(pa.int8())
        out = np.asarray(values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
        wrong = np.zeros(len(out), dtype=np.bool_)
    else:
        out, wrong = np.full(len(values), np.nan), np.ones(len(values), dtype=np.bool_)
        faults.tell("number", column, np.arange(len(values)) + first, lambda k: _cell(values, k))
    if len(out) and out.min() >= 0 and out.max() < np.inf:  # nothing below nought, infinite or unknown
        return out, 0
    faults.tell("negative", column, np.flatnonzero(out < 0) + first, lambda k: f"{out[out < 0][k]:g}")
    faults.tell("infinite", column, np.flatnonzero(np.isinf(out)) + first, lambda k: f"{out[np.isinf(out)][k]:g}")
    return out, int((np.isnan(out) & ~wrong).sum())


def _number(text: str | None) -> float:
    try:
        return float((text or "").strip())
    except ValueError:
        return math.nan


def _no_number(text: str | None) -> bool:
    if text is None or text.strip() in UNKNOWN:
        return False
    try:
        float(text.strip())
    except ValueError:
        return True
    return False


def _cell(values: Any, row: int) -> str:
    value = values[row].as_py()
    return "" if value is None else str(value)
