"""Europe: regional tables of Eurostat in its tab-separated form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries.gathering import Gathering
from guanzi.intake.industries.official.tables import not_that_format, opened
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

_CELL = re.compile(r"\s*(?P<value>:|[-+]?[\d.]+(?:[eE][-+]?\d+)?)?\s*(?P<flags>[a-z]*)\s*")
_YEAR = re.compile(r"\d{4}")
_BATCH = 100_000
_NAMED = 12


def address(dataset: str) -> str:
    """Where a table lies, e.g. ``sbs_r_nuts2021`` (structural business statistics by region)."""
    return f"https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/{dataset}?format=TSV&compressed=true"


def read_eurostat(
    path: Path, industry: str = "nace_r2", region: str = "geo", where: Mapping[str, str] | None = None, digits: int = 4
) -> IndustryPanel:
    """One indicator of a regional table.

    Args:
        path: The file, compressed or not.
        industry: Dimension of the industry.
        region: Dimension of the region.
        where: What the other dimensions must be, e.g. ``{"indic_sbs": "EMP_LOC_NR"}``.
        digits: Length of a region's code: 4 for NUTS 2, 5 for NUTS 3.

    Returns:
        The panel with one measure, ``value``. ``:`` is unknown, with ``c`` (confidential) or without.

    Raises:
        InvalidInput: A dimension is missing, a row cannot be read, no row has what is wanted, or several indicators
            are left: what they count must not be mixed.
    """
    gathering = Gathering(path.name, Roles("region", "industry", "year", ("value",)))
    wanted = dict(where or {})
    rows: list[tuple[str, str, str, float | None]] = []
    held_codes: dict[str, set[str]] = {}
    left_codes: dict[str, set[str]] = {}
    with opened(path, ".tsv") as file:
        head = file.readline().decode("utf-8").rstrip("\r\n").split("\t")
        names = head[0].partition("\\")[0].split(",")
        lacking = [name for name in (industry, region, *wanted) if name not in names]
        others = [name for name in names if name not in (industry, region)]
        years = [cell.strip() for cell in head[1:]]
        if lacking or not years or not all(_YEAR.fullmatch(year) for year in years):
            raise not_that_format(path, ", ".join(lacking) or head[0])
        for number, line in enumerate(file, start=2):
            first, *cells = line.decode("utf-8").rstrip("\r\n").split("\t")
            held = dict(zip(names, first.split(","), strict=False))
            for name in others:
                held_codes.setdefault(name, set()).add(held.get(name, ""))
            if any(held.get(name) != value for name, value in wanted.items()) or len(held.get(region, "")) != digits:
                continue
            for name in others:
                left_codes.setdefault(name, set()).add(held[name])
            for year, cell in zip(years, cells, strict=False):
                read = _CELL.fullmatch(cell)
                if read is None:
                    raise not_that_format(path, f"{number}: {cell}")
                value = read["value"]
                if value is not None:
                    rows.append((held[region], held[industry], year, None if value == ":" else float(value)))
            if len(rows) >= _BATCH:
                gathering.add(_arrays(rows))
                rows.clear()
    _refuse_choice(path, wanted, held_codes, left_codes)
    if rows:
        gathering.add(_arrays(rows))
    return gathering.finish()


def _refuse_choice(
    path: Path, wanted: Mapping[str, str], held: Mapping[str, set[str]], left: Mapping[str, set[str]]
) -> None:
    """Refuse a code that no row has, and a dimension of which several codes are left; all problems at once."""
    problems = []
    for name, code in wanted.items():
        if code not in held.get(name, ()):
            cause = Message.of("panels.official.no_code", dimension=name, code=code)
            problems.append(_choice(path, name, held.get(name, set()), cause))
    for name, codes in left.items():
        if len(codes) > 1:
            cause = Message.of("panels.official.several", dimension=name, n=len(codes))
            problems.append(_choice(path, name, codes, cause))
    if problems:
        raise InvalidInput(problems)


def _choice(path: Path, name: str, codes: set[str], cause: Message) -> Problem:
    fix = Message.of("panels.official.choose", dimension=name, codes=tuple(sorted(codes)[:_NAMED]))
    return Problem(cause, Place(str(path), field=name), fix)


def _arrays(rows: list[tuple[str, str, str, float | None]]) -> dict[str, Any]:
    import pyarrow as pa

    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    columns[3] = columns[3].cast(pa.float64())
    return dict(zip(("region", "industry", "year", "value"), columns, strict=True))
