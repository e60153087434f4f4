"""How large the sectors of a region are: a table of two or three columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import LARGEST, Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import Table, read_table
from guanzi.intake.inputoutput.table import IOTable

_COLUMNS = ("sector", "region", "nation")


@dataclass(frozen=True, slots=True)
class RegionFile:
    """The size of sectors in a region.

    Attributes:
        name: Of the file, or of the province.
        region: Code of the sector to its size in the region: output or employment, one of them throughout.
        nation: The same of the nation, where the file has it; otherwise the output of the table counts.
        places: Where each sector stands.
        city: The city that was asked for, where its province stands for it.
    """

    name: Bilingual
    region: Mapping[str, float]
    nation: Mapping[str, float]
    places: Mapping[str, Place]
    city: str = ""


def region_of_size(table: IOTable, share: float) -> RegionFile:
    """A region of which only the size is known: this part of the nation in every sector.

    Args:
        table: Of the nation.
        share: Of the region in the nation, more than 0 and up to 1.

    Raises:
        InvalidInput: It is no such part.
    """
    if not 0.0 < share <= 1.0:
        fix = Message.of("chaintables.region.share.mend")
        raise InvalidInput(Problem(Message.of("chaintables.region.share", share=share), Place("--size"), fix))
    sizes = {code: share * float(value) for code, value in zip(table.codes, table.output, strict=True)}
    return RegionFile(Bilingual("--size"), sizes, {}, {code: Place("--size") for code in table.codes})


def read_region(path: Path, name: str | None = None) -> RegionFile:
    """Read the sizes of the sectors of a region: columns ``sector``, ``region`` and, where wanted, ``nation``.

    Raises:
        InvalidInput: A column is missing or unknown, a size is no number, negative, or larger than that of the nation,
            or a sector comes twice.
    """
    table = read_table(path, name)
    titles = [cell.text.casefold() for cell in table.columns]
    problems = [
        table.source.problem(
            Message.of("chaintables.region.column", text=cell.text),
            cell.place,
            Message.of("chaintables.region.column.mend"),
            excerpt=cell.text,
        )
        for cell, title in zip(table.columns, titles, strict=True)
        if title not in _COLUMNS
    ]
    if not {"sector", "region"} <= set(titles):
        fix = Message.of("chaintables.region.column.mend")
        problems.append(Problem(Message.of("chaintables.region.no_column"), Place(table.source.name, 1), fix))
    if problems:
        raise InvalidInput(problems)
    named = {title: cell.text for title, cell in zip(titles, table.columns, strict=True)}
    sizes: dict[str, dict[str, float]] = {"region": {}, "nation": {}}
    places: dict[str, Place] = {}
    for row in table.rows:
        code = row.get(named["sector"])
        if code is None or code.text in places:
            first = code or next(iter(row.values()))
            cause = Message.of("chaintables.region.sector", text=first.text)
            problems.append(table.source.problem(cause, first.place, excerpt=first.text))
            continue
        places[code.text] = code.place
        for kind, held in sizes.items():
            if kind in named:
                held[code.text] = _size(table, row, named[kind], code.place, problems)
        if "nation" in named and sizes["region"][code.text] > sizes["nation"][code.text]:
            cause = Message.of(
                "chaintables.region.larger",
                code=code.text,
                region=sizes["region"][code.text],
                nation=sizes["nation"][code.text],
            )
            fix = Message.of("chaintables.region.larger.mend")
            problems.append(table.source.problem(cause, row[named["region"]].place, fix))
    if problems:
        raise InvalidInput(problems)
    return RegionFile(Bilingual(table.source.name), sizes["region"], sizes["nation"], places)


def _size(table: Table, row: Mapping[str, object], column: str, at: Place, problems: list[Problem]) -> float:
    cell = row.get(column)
    text, place = (cell.text, cell.place) if cell is not None else ("", at)  # type: ignore[attr-defined]
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= LARGEST:
        cause = Message.of("chaintables.region.no_size", text=text[:60])
        fix = Message.of("chaintables.region.no_size.mend")
        problems.append(table.source.problem(cause, place, fix, excerpt=text[:60]))
        return 0.0
    return value
