"""Years that a user holds: workbooks of a statistical yearbook, read into a panel that comes with Guanzi.

A sheet holds two of region, industry and year as its head and its first column, and the third in its title: provinces
by industries with a year a sheet, or provinces by years with an industry a sheet. Names are those of the yearbook,
Chinese or English; the unit stands above the table. Nothing is guessed: what cannot be read is told by its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, nearest
from guanzi.base.reading import RawCell, filled_cells, open_workbook
from guanzi.intake.industries.cells import UNKNOWN
from guanzi.intake.industries.panel import IndustryPanel, PanelRecord
from guanzi.intake.industries.shipped import names_of, with_years
from guanzi.intake.workbook import cell_place

_COLUMNS, _ROWS, _SIDES = 400, 5000, 3
_UNIT = re.compile(r"(?:单\s*位|unit)\s*[:：]\s*([^)）]+)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TAILS = re.compile(r"(?:(?:维吾尔|壮族|回族)?自治区|省|市|制造业|业)$")

type Cells = dict[int, RawCell]


def read_yearbook(path: Path, panel: IndustryPanel) -> IndustryPanel:
    """A shipped panel with the years of a workbook; what is added is told among its findings.

    Args:
        path: An ``.xlsx`` workbook.
        panel: With its record.

    Raises:
        InvalidInput: It is no workbook, holds no table of the panel's regions and industries, a year that the panel
            has, no unit or another one, or cells that cannot be read; all problems at once.
    """
    record = panel.record
    if record is None:
        cause, fix = Message.of("panels.yearbook.no_base"), Message.of("panels.yearbook.no_base.mend")
        raise InvalidInput(Problem(cause, Place("--add"), fix))
    reading = _Reading(str(path), panel, record, _words(record.regions), _words(record.industries))
    with open_workbook(path, str(path), values=True) as book:
        for sheet in book.worksheets:
            reading.sheet(sheet.title, dict(filled_cells(sheet, columns=_COLUMNS, rows=_ROWS)))
    return reading.whole()


@dataclass(slots=True)
class _Reading:
    """What was read of a workbook so far."""

    file: str
    panel: IndustryPanel
    record: PanelRecord
    regions: Mapping[str, str]
    industries: Mapping[str, str]
    values: dict[tuple[int, str, str], float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def sheet(self, title: str, rows: Mapping[int, Cells]) -> None:
        """Take the table of a sheet, or note that it has none."""
        head, kind = self._best((n, cells.values()) for n, cells in rows.items())
        columns: dict[int, list[RawCell]] = {
            c: [cells[c] for n, cells in rows.items() if n > head and c in cells] for c in range(1, _SIDES + 1)
        }
        side, other = self._best(columns.items(), kind)
        if not head or not side:
            self.passed.append(title)
            return
        above = [title, *(raw.text for n, cells in rows.items() if n < head for raw in cells.values())]
        third = next(role for role in ("year", "region", "industry") if role not in (kind, other))
        fixed = next((code for text in above if (code := self._code(third, text, within=True))), "")
        if not fixed:
            self._tell(f"no_{third}", cell_place(self.file, title, head, side), sheet=title)
            return
        factor = self._unit(above, title, head)
        named = {c: raw for c, raw in rows[head].items() if c > side}
        for n, cells in rows.items():
            if n <= head or side not in cells or not any(_is_figure(cells[c]) for c in named if c in cells):
                continue
            row = self._known(other, cells[side], title, n, side)
            for c, raw in named.items():
                if c in cells and row:
                    column = self._known(kind, raw, title, head, c) if _is_figure(cells[c]) else ""
                    if column:
                        key = {kind: column, other: row, third: fixed}
                        self._take(key, cells[c], cell_place(self.file, title, n, c), factor)

    def whole(self) -> IndustryPanel:
        """The panel with the years that were read.

        Raises:
            InvalidInput: See :func:`read_yearbook`.
        """
        if not self.values and not self.problems:
            self._tell("nothing", Place(self.file))
        if self.problems:
            raise InvalidInput(list({(p.cause, p.place): p for p in self.problems}.values()))
        years = sorted({year for year, _, _ in self.values})
        empty = np.nan if self.record.absent == "unknown" else 0.0
        cube = np.full((len(years), len(self.panel.regions), len(self.panel.industries)), empty)
        for (year, region, industry), value in self.values.items():
            at = years.index(year), self.panel.region_at(region), self.panel.industry_at(industry)
            cube[at] = value
        added: dict[str, Parameter] = {"file": self.file, "years": tuple(map(str, years)), "cells": len(self.values)}
        told = [Problem(Message.of("panels.yearbook.added", **added), Place(self.file), None, "info")]
        most = len(self.panel.regions) * len(self.panel.industries) * len(years)
        if len(self.values) < most / 2:
            thin, fix = Message.of("panels.yearbook.thin", of=most), Message.of("panels.yearbook.thin.mend")
            told.append(Problem(thin, Place(self.file), fix, "warning"))
        if self.passed:
            left = Message.of("panels.yearbook.passed", sheets=tuple(self.passed))
            told.append(Problem(left, Place(self.file), None, "info"))
        made = with_years(self.panel, years, cube)
        return replace(made, findings=(*self.panel.findings, *told))

    def _best(self, lines: Iterable[tuple[int, Iterable[RawCell]]], apart: str = "") -> tuple[int, str]:
        """The line with the most names of one kind, and the kind; 0 where none has two."""
        found = (0, 0, "")
        for n, cells in lines:
            texts = [raw.text for raw in cells]
            for kind in ("region", "industry", "year"):
                count = sum(bool(self._code(kind, text)) for text in texts) if kind != apart else 0
                found = max(found, (count, -n, kind))
        return (-found[1], found[2]) if found[0] > 1 else (0, "")

    def _code(self, kind: str, text: str, within: bool = False) -> str:
        """What a text names, if it names one of a kind; a year and a whole name may stand within a title."""
        if kind == "year":
            match = _YEAR.search(text) if within else _YEAR.fullmatch(_plain(text).removesuffix("年"))
            return match.group(1) if match else ""
        return (self.regions if kind == "region" else self.industries).get(_plain(text), "")

    def _known(self, kind: str, raw: RawCell, title: str, row: int, column: int) -> str:
        code = self._code(kind, raw.text)
        if not code and _plain(raw.text) not in map(_plain, self.record.passed_over):
            names = names_of(self.record.regions if kind == "region" else self.record.industries).values()
            written = (str(one.name) if raw.text.isascii() else one.name.zh for one in names)
            near = nearest(raw.text, tuple(written)) if kind != "year" else None
            where = cell_place(self.file, title, row, column)
            self._tell("name", where, Message.of("panels.near", near=near) if near else None, text=raw.text)
        return code

    def _unit(self, above: list[str], title: str, head: int) -> float:
        match = next((found for text in above if (found := _UNIT.search(text))), None)
        units = {_plain(name): factor for name, factor in self.record.units.items()}
        said = match.group(1).strip() if match else ""
        if _plain(said) not in units:
            where = cell_place(self.file, title, max(head - 1, 1), 1)
            self._tell("unit" if said else "no_unit", where, text=said, units=tuple(self.record.units))
        return units.get(_plain(said), 1.0)

    def _take(self, key: Mapping[str, str], raw: RawCell, where: Place, factor: float) -> None:
        year, text = int(key["year"]), raw.text.replace(",", "").strip()
        if year in self.panel.years:
            self._tell("year_held", Place(self.file, field=key["year"]), year=key["year"], panel=self.panel.name)
            return
        try:
            value = np.nan if text in UNKNOWN else float(text) * factor
        except ValueError:
            self._tell("number", where, text=raw.text)
            return
        if value < 0:
            self._tell("negative", where, text=raw.text)
        parts = {part: whole for whole, codes in self.record.joined.items() for part in codes}
        code = parts.get(key["industry"], key["industry"])
        named = names_of(self.record.regions)[key["region"]].name, names_of(self.record.industries)[code].name
        cell = year, str(named[0]), str(named[1])
        if cell in self.values and code == key["industry"]:
            self._tell("twice", where, region=named[0], industry=named[1], year=str(year))
        self.values[cell] = self.values.get(cell, 0.0) + value

    def _tell(self, kind: str, where: Place, fix: Message | None = None, **params: Parameter) -> None:
        id = f"panels.yearbook.{kind}"
        usual = Message.of(f"panels.yearbook.{kind}.mend", **{k: v for k, v in params.items() if k == "units"})
        self.problems.append(Problem(Message.of(id, **params), where, fix or usual))


def _is_figure(raw: RawCell) -> bool:
    """Whether a cell may hold a value: a number, a mark for one that is kept back, or a text that should be one."""
    return isinstance(raw.value, int | float) or raw.text.strip() in UNKNOWN or any(c.isdigit() for c in raw.text)


def _words(kind: str) -> dict[str, str]:
    """What names a code: the code, and its names in both languages."""
    found: dict[str, str] = {}
    for named in names_of(kind).values():
        found |= {_plain(text): named.code for text in (named.code, str(named.name), named.name.zh) if text}
    return found


def _plain(text: str) -> str:
    """A name without spaces, marks and the endings that yearbooks leave out or write."""
    bare = re.sub(r"[\s'’、，,.·]", "", text).casefold()
    return _TAILS.sub("", bare) or bare
