"""The rows of a chain file: cells by the canonical names of their columns, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.base.reading import shipped_yaml
from guanzi.intake.importers import GridCell, read_grids
from guanzi.intake.inputs import aliases_of, day_in

_ABOVE = 5
"""Rows in which the header is looked for."""
_PARTS = re.compile(r"[;；、]")


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A row: what it states, and its cells by column.

    Attributes:
        kind: Canonical word of its first column; empty when it is not known.
        cells: Non-empty cells.
        place: Where the row starts.
        at_row: Number of the row in its table, counted from 1.
    """

    kind: str
    cells: Mapping[str, GridCell]
    place: Place
    at_row: int

    def text(self, column: str) -> str:
        """The text of a cell; empty when there is none."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that are parted by a semicolon."""
        return tuple(part.strip() for part in _PARTS.split(self.text(column)) if part.strip())

    def at(self, column: str) -> Place:
        """Where a cell stands; the row where it is empty."""
        cell = self.cells.get(column)
        return cell.place if cell else self.place

    def problem(self, column: str, cause: Message, fix: Message | None = None) -> Problem:
        """A problem with a cell of this row."""
        return Problem(cause, self.at(column), fix, excerpt=self.text(column))

    def number(self, column: str, problems: list[Problem]) -> float | None:
        """The number of a cell; commas may set thousands apart, a percent sign may follow. Of a formula was told."""
        text = self.text(column)
        if not text or self.cells[column].is_formula:
            return None
        try:
            value = float(re.sub(r"[,，\s_]", "", text).removesuffix("%").removesuffix("％"))
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            cause = Message.of("evidence.chain.number", column=column, text=text)
            problems.append(self.problem(column, cause, Message.of("evidence.chain.number.mend")))
            return None
        return value

    def day(self, column: str, problems: list[Problem]) -> date | None:
        """The day of a cell; of a month or year its last, so that nothing is held too early."""
        text = self.text(column)
        if not text or self.cells[column].is_formula:
            return None
        day = day_in(text)
        if day is None:
            cause = Message.of("evidence.chain.day", column=column, text=text)
            problems.append(self.problem(column, cause, Message.of("evidence.chain.day.mend")))
            return None
        if re.fullmatch(r"\d{4}年?", text):
            return date(day.year, 12, 31)
        if re.fullmatch(r"\d{4}[-/.年]?\d{1,2}月?", text):
            following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1)
        return day


@cache
def words(part: str) -> Mapping[str, str]:
    """What a cell may call a row (``rows``) or a state (``statuses``), to the canonical word."""
    return {_bare(alias): word for word, aliases in _shipped()[part].items() for alias in (word, *aliases)}


@cache
def columns() -> tuple[str, ...]:
    """Canonical names of the columns, in their order."""
    return tuple(_shipped()["columns"])


@cache
def _shipped() -> Mapping[str, Any]:
    found: Mapping[str, Any] = shipped_yaml("columns", "chains.yaml").data
    return found


def read_rows(path: Path, name: str) -> tuple[tuple[ChainRow, ...], list[Problem]]:
    """The rows of the first sheet of a CSV or XLSX file that has the columns of a chain, and what is wrong with them.

    Raises:
        InvalidInput: The file cannot be read, or no sheet of it has a column that says what a row is.
    """
    aliases = {_bare(alias): column for column in columns() for alias in (column, *aliases_of("chains", column))}
    for grid in read_grids(path, name):
        for index, cells in enumerate(grid.rows[:_ABOVE]):
            head = {at: aliases[_bare(c.text)] for at, c in enumerate(cells) if _bare(c.text) in aliases}
            if "row" in head.values():
                return _rows(grid.rows[index + 1 :], cells, head, index + 2)
    cause = Message.of("evidence.chain.no_columns")
    raise InvalidInput(Problem(cause, Place(name, 1), Message.of("evidence.chain.no_columns.mend", columns=columns())))


def _rows(
    body: tuple[tuple[GridCell, ...], ...], header: tuple[GridCell, ...], head: Mapping[int, str], first: int
) -> tuple[tuple[ChainRow, ...], list[Problem]]:
    problems: list[Problem] = []
    known = words("rows")
    for at, cell in enumerate(header):
        if at not in head and cell.text:
            near = nearest(cell.text, columns())
            fix = Message.of("evidence.chain.column.mend", columns=(near,) if near else columns())
            cause = Message.of("evidence.chain.column", column=cell.text)
            problems.append(Problem(cause, cell.place, fix, excerpt=cell.text))
    found: list[ChainRow] = []
    for number, cells in enumerate(body, start=first):
        filled = {head[at]: cell for at, cell in enumerate(cells) if at in head and (cell.text or cell.is_formula)}
        if not filled:
            continue
        place = Place(cells[0].place.file, cells[0].place.line)
        for column, cell in filled.items():
            if cell.is_formula:
                cause = Message.of("evidence.chain.formula", column=column)
                problems.append(
                    Problem(cause, cell.place, Message.of("evidence.chain.formula.mend"), excerpt=cell.text)
                )
        told = filled["row"].text if "row" in filled else ""
        kind = known.get(_bare(told), "")
        row = ChainRow(kind, filled, place, number)
        if not kind:
            near = nearest(told, known)
            kinds = (known[near],) if near else tuple(dict.fromkeys(known.values()))
            fix = Message.of("evidence.chain.kind.mend", kinds=kinds)
            problems.append(row.problem("row", Message.of("evidence.chain.kind", text=told), fix))
            continue
        found.append(row)
    return tuple(found), problems


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
