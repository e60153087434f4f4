"""Panels that come with Guanzi: figures of statistical offices and exchanges, each with what it cannot see."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO, StringIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import Format, load_shipped
from guanzi.intake.industries.panel import Flags, Floats, IndustryPanel, PanelRecord

type Texts = NDArray[np.object_]
type Places = NDArray[np.int64]

_FOLDER = "panels"


class _Manifest(Format):
    """``panels/panels.yaml``."""

    format: Literal[1]
    panels: tuple[PanelRecord, ...]


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A region or an industry: its code, its names in both languages, and the code of what it belongs to."""

    code: str
    name: Bilingual
    upper: str


@dataclass(frozen=True, slots=True, eq=False)
class ShippedRows:
    """A shipped panel as its file holds it: one value a row; ``flag`` is empty where the source marks nothing."""

    industry: Texts
    region: Texts
    year: NDArray[np.int64]
    value: Floats
    flag: Texts


@cache
def shipped_records() -> Mapping[str, PanelRecord]:
    """What is told of each panel, by its id."""
    return {record.id: record for record in load_shipped(_Manifest, _FOLDER, "panels.yaml").panels}


@cache
def names_of(kind: str) -> Mapping[str, NamedCode]:
    """Regions or industries of a kind by their codes, in their order."""
    text = files("guanzi.library").joinpath(_FOLDER, "names.csv").read_text("utf-8")
    rows = csv.DictReader(StringIO(text))
    return {
        row["code"]: NamedCode(row["code"], Bilingual(row["en"], row["zh"]), row["upper"])
        for row in rows
        if row["kind"] == kind
    }


def shipped_rows(id: str) -> ShippedRows:
    """The rows of a shipped panel, with the marks of its source.

    Raises:
        InvalidInput: The file is not the one whose hash is told.
    """
    import pyarrow.parquet as parquet

    content = files("guanzi.library").joinpath(_FOLDER, f"{id}.parquet").read_bytes()
    if hashlib.sha256(content).hexdigest() != shipped_records()[id].sha256:
        raise InvalidInput(Problem(Message.of("panels.shipped.altered"), Place(id), Message.of("panels.shipped.mend")))
    table = parquet.read_table(BytesIO(content), use_threads=False)
    texts = {name: table.column(name).to_numpy() for name in table.column_names if name not in ("year", "value")}
    year, value = table.column("year").to_numpy().astype(np.int64), table.column("value").to_numpy().astype(np.float64)
    return ShippedRows(texts["industry"], texts["region"], year, value, texts.get("flag", np.full(len(year), "")))


def shipped_panel(id: str) -> IndustryPanel:
    """A shipped panel to scan: codes that are one in some years are added up, doubtful cells are unknown.

    Raises:
        InvalidInput: Its file was altered.
    """
    record = shipped_records()[id]
    rows = shipped_rows(id)
    into = {part: whole for whole, parts in record.joined.items() for part in parts}
    kept = rows.year >= record.since
    year, y = np.unique(rows.year[kept], return_inverse=True)
    places, r = _numbered(rows.region[kept], names_of(record.regions), {})
    kinds, i = _numbered(rows.industry[kept], names_of(record.industries), into)
    value = np.where((rows.value >= 0) & ~np.isin(rows.flag, record.doubtful), rows.value, np.nan)[kept]
    cube, held = np.zeros((len(year), len(places), len(kinds))), np.zeros((len(year), len(places), len(kinds)), bool)
    np.add.at(cube, (y, r, i), value)
    held[y, r, i] = True
    if record.absent == "unknown":
        cube[held.any(axis=1, keepdims=True) & ~held] = np.nan
    return _panel(record, places, kinds, list(map(int, year)), cube)


def with_years(panel: IndustryPanel, years: Iterable[int], cube: Floats) -> IndustryPanel:
    """A shipped panel with years of the same regions and industries; NaN where a cell is unknown.

    Args:
        panel: The panel.
        years: None of which it has.
        cube: years x regions x industries.
    """
    old = [np.where(panel.unknown(year), np.nan, panel.matrix(year)) for year in panel.years]
    both = sorted([*zip(panel.years, old, strict=True), *zip(years, cube, strict=True)], key=lambda pair: pair[0])
    record = panel.record
    if record is None:
        raise ValueError("not a shipped panel")
    held = [year for year, _ in both]
    made = _panel(record, list(panel.regions), list(panel.industries), held, np.array([m for _, m in both]))
    return replace(made, findings=panel.findings)


def _numbered(
    codes: Texts, named: Mapping[str, NamedCode], into: Mapping[str, str]
) -> tuple[list[str], NDArray[np.int64]]:
    """The names of the codes that occur, in the order of all names, and the place of each code among them."""
    found, at = np.unique(codes.astype(str), return_inverse=True)
    own = [into.get(code, code) for code in found]
    order = {code: k for k, code in enumerate(code for code in named if code in own)}
    return [named[code].name for code in order], np.array([order[code] for code in own])[at]


def _panel(
    record: PanelRecord, regions: list[str], industries: list[str], years: list[int], cube: Floats
) -> IndustryPanel:
    filled: Flags = cube != 0  # NaN is not nought
    year, region, industry = np.nonzero(filled)
    return IndustryPanel(
        record.name,
        tuple(regions),
        tuple(industries),
        tuple(years),
        region.astype(np.int32),
        industry.astype(np.int32),
        np.searchsorted(year, np.arange(len(years) + 1)).astype(np.int64),
        {record.measure: cube[filled]},
        record=record,
    )
