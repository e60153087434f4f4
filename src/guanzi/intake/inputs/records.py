"""Exports of other systems: CSV whose columns are known by many names, in any order, with lines above the header.

Which names a column may have is data: ``library/columns/<kind>.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import TextFile, loose_rows, read_text, shipped_yaml

_ABOVE = 5
"""Lines in which the header is looked for; some exports put the search above it."""
_DELIMITERS = (",", ";", "\t")
_NO = frozenset({"0", "no", "n", "false", "否", "无", ""})


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its cells by the canonical names of the columns; empty ones are left out."""

    cells: Mapping[str, str]
    line: int

    def get(self, column: str) -> str:
        """The text of a cell; empty when there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Records:
    """An export.

    Attributes:
        kind: Of the columns.
        columns: Canonical names of those that were found.
        unread: Headers of columns that are not known; they are left alone.
        rows: The rows.
        source: The text itself.
    """

    kind: str
    columns: frozenset[str]
    unread: tuple[str, ...]
    rows: tuple[Record, ...]
    source: TextFile

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.source.name)

    def problem(self, row: Record, column: str, cause: Message, fix: Message | None = None) -> Problem:
        """A problem with a cell."""
        return self.source.problem(cause, Place(self.source.name, row.line, field=column), fix, excerpt=row.get(column))

    def day(self, row: Record, column: str, problems: list[Problem]) -> date | None:
        """A day: ``2020-04-29``, ``2020/4/29``, ``20200429`` or ``2020.04.29``; of a month or year the first day."""
        text = row.get(column).strip()
        if not text:
            return None
        found = day_in(text)
        if found is None:
            fix = Message.of("evidence.records.day.mend")
            problems.append(self.problem(row, column, Message.of("evidence.records.day", text=text), fix))
        return found

    def number(self, row: Record, column: str, problems: list[Problem]) -> float | None:
        """A number; commas and blanks may set thousands apart, and percent is divided out."""
        text = row.get(column).strip()
        if not text:
            return None
        bare = re.sub(r"[,\s_]", "", text)
        try:
            value = float(bare.removesuffix("%")) * (0.01 if bare.endswith("%") else 1.0)
        except ValueError:
            value = float("nan")
        if value != value or value in (float("inf"), float("-inf")):
            cause, fix = Message.of("evidence.records.number", text=text), Message.of("evidence.records.number.mend")
            problems.append(self.problem(row, column, cause, fix))
            return None
        return value

    def flag(self, row: Record, column: str) -> bool | None:
        """Yes or no; a name or an amount above nought is a yes; None where the export has no such column."""
        if column not in self.columns:
            return None
        text = row.get(column).strip().casefold()
        if text in _NO:
            return False
        try:
            return float(text.replace(",", "")) > 0
        except ValueError:
            return True


def read_records(path: Path, kind: str, name: str | None = None) -> Records:
    """Read an export.

    Args:
        path: CSV with comma, semicolon or tab; UTF-8, UTF-16 or GB18030.
        kind: ``patents``, ``orders``, ``users`` or ``routes``.
        name: How problems should call it.

    Raises:
        InvalidInput: The file cannot be read, or lacks a column without which it says nothing.
    """
    source = read_text(path, name or str(path), legacy=True)
    aliases, required = _columns(kind)
    best: tuple[dict[int, str], list[tuple[int, list[str]]]] | None = None
    for delimiter in _DELIMITERS:
        rows = list(loose_rows(source, delimiter))
        for index, (_, cells) in enumerate(rows[:_ABOVE]):
            found = _header(cells, aliases)
            if required <= set(found.values()) and (best is None or len(found) > len(best[0])):
                best = found, rows[index:]
    if best is None:
        wanted = tuple(aliases_of(kind, column)[0] for column in sorted(required))
        cause = Message.of("evidence.records.columns", columns=wanted)
        raise InvalidInput(Problem(cause, Place(source.name, 1), Message.of("evidence.records.columns.mend")))
    found, (header, *body) = best
    records = tuple(
        Record({found[i]: cell.strip() for i, cell in enumerate(cells) if i in found and cell.strip()}, line)
        for line, cells in body
    )
    unread = tuple(cell.strip() for i, cell in enumerate(header[1]) if i not in found and cell.strip())
    return Records(kind, frozenset(found.values()), unread, tuple(r for r in records if r.cells), source)


def day_in(text: str) -> date | None:
    """A day as exports write it; None when the text is none.

    >>> day_in("20200429"), day_in("2020/4/9"), day_in("2020"), day_in("soon")
    (datetime.date(2020, 4, 29), datetime.date(2020, 4, 9), datetime.date(2020, 1, 1), None)
    """
    parts = re.fullmatch(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?)?)?(?:[T ].*)?月?年?", text.strip())
    if parts is None:
        return None
    year, month, day = (int(part) if part else 1 for part in parts.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def aliases_of(kind: str, column: str) -> tuple[str, ...]:
    """The names that a column may have."""
    return tuple(str(alias) for alias in _data(kind)["columns"][column])


@cache
def _data(kind: str) -> Mapping[str, Mapping[str, list[str]]]:
    loaded: Mapping[str, Mapping[str, list[str]]] = shipped_yaml("columns", f"{kind}.yaml").data
    return loaded


@cache
def _columns(kind: str) -> tuple[Mapping[str, str], frozenset[str]]:
    data = _data(kind)
    aliases = {_bare(alias): column for column, names in data["columns"].items() for alias in names}
    return aliases, frozenset(data["required"])


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _header(cells: list[str], aliases: Mapping[str, str]) -> dict[int, str]:
    """Column index to canonical name; the first of two columns of one meaning counts."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        column = aliases.get(_bare(cell))
        if column is not None and column not in found.values():
            found[index] = column
    return found
