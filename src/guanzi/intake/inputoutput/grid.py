"""The cells of a table from CSV or a workbook, with the row of codes and the column of codes found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import LARGEST, Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import open_workbook, read_table, rows_of
from guanzi.intake.inputoutput.forms import forms, plain
from guanzi.intake.workbook import cell_place

_HEADS, _SIDES = 12, 6
"""Rows and columns among which that of the codes is looked for: publishers put titles above and names beside."""
MOST_SECTORS = 1000
_NOTHING = {"", "nan", "-", "–", "…", "...", "n/a", "na"}


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """Cells with their places.

    Attributes:
        file: Name.
        columns: Code of each column that has one, with its index.
        rows: Code of each row that has one, with its index.
        labels: Words beside the code of a row, in English, Chinese or both.
        cells: Text of each cell.
        places: Where each stands.
    """

    file: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int], ...]
    labels: dict[str, Bilingual]
    cells: Sequence[Sequence[str]]
    places: Sequence[Sequence[Place]]

    def number(self, row: int, column: int, problems: list[Problem]) -> float:
        """The number in a cell; an empty one is nought."""
        text = self.cells[row][column].strip()
        if text.casefold() in _NOTHING:
            return 0.0
        try:
            value = float(text.replace(",", "").replace("−", "-"))
        except ValueError:
            value = math.nan
        if not abs(value) <= LARGEST:
            cause = Message.of("chaintables.table.no_number", text=text[:60])
            fix = Message.of("chaintables.table.no_number.mend")
            problems.append(Problem(cause, self.places[row][column], fix, excerpt=text[:60]))
            return 0.0
        return value


def read_grid(path: Path, name: str) -> PlacedGrid:
    """The cells of a file.

    Raises:
        InvalidInput: It is neither CSV nor a workbook, cannot be read, or has no row and column of codes.
    """
    endings = {".csv": _from_csv, ".xlsx": _from_workbook}
    read = endings.get(path.suffix.lower())
    if read is None:
        fix = Message.of("chaintables.table.ending.mend")
        raise InvalidInput(Problem(Message.of("chaintables.table.ending"), Place(name), fix))
    cells, places = read(path, name)
    return _placed(name, cells, places)


def _placed(name: str, cells: list[list[str]], places: list[list[Place]]) -> PlacedGrid:
    known = {code for form in forms().values() for code in (*form.rows, *form.columns)}
    best, head, side = 0, 0, 0
    for h, row in enumerate(cells[:_HEADS]):
        across = {plain(text) for text in row} - {""}
        for s in range(min(_SIDES, len(row))):
            down = {plain(line[s]) for line in cells[h + 1 :] if len(line) > s} - {""}
            found = len(across & known) + len(down & known) + len(across & down)
            if found > best:
                best, head, side = found, h, s
    if best < 3:
        fix = Message.of("chaintables.table.no_codes.mend")
        raise InvalidInput(Problem(Message.of("chaintables.table.no_codes"), Place(name, 1), fix))
    columns = tuple((text.strip(), i) for i, text in enumerate(cells[head]) if i > side and text.strip())
    rows = tuple((line[side].strip(), i) for i, line in enumerate(cells) if i > head and line[side].strip())
    labels: dict[str, Bilingual] = {}
    titles = {i for i in range(len(cells[head])) if i != side and _is_words(cells, head, i)}
    for code, i in rows:
        words = [cells[i][t].strip() for t in sorted(titles) if cells[i][t].strip()]
        chinese = next((word for word in words if any("一" <= sign <= "鿿" for sign in word)), "")
        labels[code] = Bilingual(next((word for word in words if word != chinese), chinese or code), chinese)
    columns = tuple((code, i) for code, i in columns if i not in titles)
    problems = [
        Problem(Message.of("chaintables.table.twice", code=code), places[i][side], excerpt=code)
        for n, (code, i) in enumerate(rows)
        if code in {other for other, _ in rows[:n]}
    ]
    if problems:
        raise InvalidInput(problems)
    return PlacedGrid(name, columns, rows, labels, cells, places)


def _is_words(cells: list[list[str]], head: int, column: int) -> bool:
    """Whether a column holds names: most of what stands in it is no number."""
    texts = [line[column].strip() for line in cells[head + 1 :] if len(line) > column and line[column].strip()]
    words = sum(1 for text in texts if not _is_number(text))
    return column < _SIDES and len(texts) > 0 and words > len(texts) / 2


def _is_number(text: str) -> bool:
    if text.casefold() in _NOTHING:
        return True
    try:
        float(text.replace(",", "").replace("−", "-"))
    except ValueError:
        return False
    return True


def _from_csv(path: Path, name: str) -> tuple[list[list[str]], list[list[Place]]]:
    table = read_table(path, name)
    cells, places = [[c.text for c in table.columns]], [[c.place for c in table.columns]]
    for row in table.rows:
        first = next(iter(row.values())).place if row else Place(name)
        cells.append([row[c.text].text if c.text in row else "" for c in table.columns])
        places.append([row[c.text].place if c.text in row else first for c in table.columns])
    return cells, places


def _from_workbook(path: Path, name: str) -> tuple[list[list[str]], list[list[Place]]]:
    cells: list[list[str]] = []
    places: list[list[Place]] = []
    problems: list[Problem] = []
    with open_workbook(path, name) as workbook:
        sheet = workbook.worksheets[0]
        for i, row in rows_of(sheet, columns=MOST_SECTORS + 100, rows=MOST_SECTORS + 100):
            line = []
            for j, cell in enumerate(row, start=1):
                text = "" if cell.value is None else str(cell.value)
                if text.startswith("="):
                    cause, fix = Message.of("chaintables.table.formula"), Message.of("chaintables.table.formula.mend")
                    problems.append(Problem(cause, cell_place(name, sheet.title, i, j), fix, excerpt=text[:60]))
                line.append(text)
            cells.append(line)
            places.append([cell_place(name, sheet.title, i, j) for j in range(1, len(line) + 1)])
    if problems:
        raise InvalidInput(problems)
    width = max((len(line) for line in cells), default=0)
    for line, spots in zip(cells, places, strict=True):
        line += [""] * (width - len(line))
        spots += [spots[-1] if spots else Place(name)] * (width - len(spots))
    return cells, places
