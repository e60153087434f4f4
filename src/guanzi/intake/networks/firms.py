"""A network of firms from two tables: ``firms`` (firm, sector, output) and ``links`` (supplier, buyer, value)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.intake.panel import Panel, read_panel

_ENDINGS = (".csv", ".parquet")
_ROUNDING = 0.01
"""Part of its output by which what a firm sells within the network may exceed it."""
INVENTED = "invented-firms"
"""The shipped network."""
MOST_SHOWN = 50
_ANSWER_WORDS = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False, "1": True, "0": False}


@dataclass(frozen=True, eq=False)
class FirmFile:
    """Firms and their links as the files hold them.

    Attributes:
        name: Of the folder.
        names: Of the firms.
        sectors: Names of the sectors.
        sector: Number of the sector of each firm.
        places: Where each firm stands; empty where the file does not say.
        output: Sales of each firm a year.
        supplier, buyer: Number of the firms of each link.
        value: Of each link a year, in the money of the output.
        essential: Of each link: whether its buyer cannot do without; None where the file does not say.
        invented: The figures are made up, to try things.
    """

    name: str
    names: tuple[str, ...]
    sectors: tuple[str, ...]
    sector: Any
    places: tuple[str, ...]
    output: Any
    supplier: Any
    buyer: Any
    value: Any
    essential: tuple[bool | None, ...]
    invented: bool


def read_firms(folder: Path, name: str | None = None, invented: bool = False) -> FirmFile:
    """Read ``firms`` and ``links`` (``.csv`` or ``.parquet``) of a folder.

    Raises:
        InvalidInput: All that is wrong: a column that is missing, a firm twice, a link of a firm that is not there or
            with itself, a value that is no number from 0 up, a firm that sells more within the network than in all.
    """
    called = name or str(folder)
    firms, links = table_in(folder, "firms", called), table_in(folder, "links", called)
    problems = [
        *missing_columns(firms, ("firm", "sector", "output")),
        *missing_columns(links, ("supplier", "buyer", "value")),
    ]
    if problems:
        raise InvalidInput(problems)
    names = words(firms, "firm")
    output = amounts(firms, "output", problems)
    at: dict[str, int] = {}
    for i, firm in enumerate(names):
        if not firm or firm in at:
            problems.append(row_problem(firms, i, "twice", firm))
        at.setdefault(firm, i)
    value = amounts(links, "value", problems)
    ends = {}
    for side in ("supplier", "buyer"):
        held = words(links, side)
        for i, firm in enumerate(held):
            if firm not in at:
                problems.append(row_problem(links, i, "no_firm", firm, meant(firm, names[:5000], None)))
        ends[side] = np.array([at.get(firm, -1) for firm in held], dtype=np.int64)
    for row in np.flatnonzero((ends["supplier"] == ends["buyer"]) & (ends["buyer"] >= 0)).tolist():
        problems.append(row_problem(links, row, "itself", names[int(ends["buyer"][row])]))
    if not problems:
        sold = np.bincount(ends["supplier"], value, len(names))
        for row in np.flatnonzero(sold > output * (1.0 + _ROUNDING)).tolist():
            problems.append(row_problem(firms, row, "oversold", names[row]))
    essential = _essential(links, problems)
    if problems:
        raise InvalidInput(problems[:MOST_SHOWN])
    sectors = words(firms, "sector")
    known = tuple(dict.fromkeys(sectors))
    number = {sector: i for i, sector in enumerate(known)}
    places = words(firms, "place") if "place" in firms.columns else tuple("" for _ in names)
    return FirmFile(
        called,
        names,
        known,
        np.array([number[s] for s in sectors], dtype=np.int64),
        places,
        np.maximum(output, np.bincount(ends["supplier"], value, len(names))),
        ends["supplier"],
        ends["buyer"],
        value,
        essential,
        invented,
    )


def find_firms(text: str) -> FirmFile:
    """A network by the path of its folder, or the shipped, invented one by its name. See :func:`read_firms`."""
    return find_shipped(text, INVENTED, read_firms)


def find_shipped[File](text: str, invented: str, read: Callable[[Path, str, bool], File]) -> File:
    """What stands in a folder by its path, or in the shipped, invented one by its name."""
    if Path(text).is_dir() or text != invented:
        return read(Path(text), text, False)
    with as_file(files("guanzi.library").joinpath("inputoutput", "networks", invented)) as folder:
        return read(folder, text, True)


def table_in(folder: Path, name: str, called: str) -> Panel:
    """A table of a folder, as CSV or Parquet."""
    for ending in _ENDINGS:
        if (folder / (name + ending)).exists():
            return read_panel(folder / (name + ending), f"{called}/{name}{ending}")
    kind = "firms" if name in ("firms", "links") else "stations"
    fix = Message.of(f"chaintables.{kind}.no_file.mend")
    raise InvalidInput(Problem(Message.of("chaintables.firms.no_file", name=name), Place(called), fix))


def missing_columns(table: Panel, columns: tuple[str, ...]) -> list[Problem]:
    """A problem for each column that a table lacks."""
    return [
        Problem(
            Message.of("chaintables.firms.no_column", column=column),
            Place(table.name, 1),
            Message.of("chaintables.firms.no_column.mend", columns=columns),
        )
        for column in columns
        if column not in table.columns
    ]


def words(table: Panel, column: str) -> tuple[str, ...]:
    """The texts of a column; numbers as they are written."""
    if column in table.texts:
        return tuple("" if text is None else str(text).strip() for text in table.texts[column])
    return tuple("" if np.isnan(v) else f"{v:.15g}" for v in table.numbers[column])


def amounts(table: Panel, column: str, problems: list[Problem]) -> Any:
    """The numbers of a column, from nought up; others are reported."""
    if column not in table.numbers:
        texts = table.texts[column]
        problems.append(row_problem(table, 0, "no_amount", str(texts[0]) if len(texts) else ""))
        return np.zeros(table.rows)
    values = table.numbers[column]
    for i in np.flatnonzero(~(values >= 0.0))[:MOST_SHOWN]:
        text = "" if np.isnan(values[i]) else f"{values[i]:g}"
        problems.append(row_problem(table, int(i), "no_amount", text))
    return np.nan_to_num(values)


def _essential(links: Panel, problems: list[Problem]) -> tuple[bool | None, ...]:
    if "essential" not in links.columns:
        return (None,) * links.rows
    found: list[bool | None] = []
    for i, text in enumerate(words(links, "essential")):
        if text and text.casefold() not in _ANSWER_WORDS:
            problems.append(row_problem(links, i, "essential", text, Message.of("chaintables.firms.essential.mend")))
        found.append(_ANSWER_WORDS.get(text.casefold()))
    return tuple(found)


def row_problem(table: Panel, row: int, kind: str, text: str, fix: Message | None = None) -> Problem:
    """A problem in a row; the first one below the names of the columns stands in line 2."""
    cause = Message.of(f"chaintables.firms.{kind}", text=text)
    if fix is None and kind not in ("no_firm", "essential"):
        fix = Message.of(f"chaintables.firms.{kind}.mend")
    return Problem(cause, Place(table.name, row + 2), fix, excerpt=text)
