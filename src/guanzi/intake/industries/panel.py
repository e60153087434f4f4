"""A panel of industries: what each region has of each industry in each year, several measures side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, nearest, sha256_of
from guanzi.base.reading import Format

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Codes = NDArray[np.int32]

PUBLISHED = (10, 31)
"""Month and day of the next year by which the figures of a year by region and industry are out.

The China Statistical Yearbook, which holds those of the year before, appears in September or October.
"""


class PanelRecord(Format):
    """What is told of a panel that comes with Guanzi: whose figures, on what basis, and what they cannot show.

    Attributes:
        id: How it is asked for.
        sha256: Of its file.
        name, measure, unit: In both languages.
        units: What a workbook may state as its unit, and how many of ours one of it is.
        regions, industries: Kinds of its codes.
        passed_over: Names of wholes, and of what the panel lacks, that a workbook may hold.
        smallest: Regions with less are left out of a scan.
        joined: Codes to the codes that are added up to them.
        since: First year that is scanned; 0: all are.
        absent: What a cell without a row means.
        doubtful: Marks of the source whose cells are unknown to a scan.
        out: When the figures of a year could be held: years after it, month and day.
        out_of: Years that came at another time.
        out_basis: Why these days.
        publisher, table, obtained, basis: Whose figures, in which table, from where, and why they may be carried.
        hindsight: What it knows that was not known on an earlier day; empty: nothing.
        breaks: What makes years or places unlike one another.
        unseen: What the measure cannot see.
    """

    id: str
    sha256: str
    name: Bilingual
    measure: Bilingual
    unit: Bilingual
    units: dict[str, float]
    regions: str
    industries: str
    passed_over: tuple[str, ...] = ()
    joined: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    smallest: float = 0
    since: int = 0
    absent: Literal["none", "unknown"]
    doubtful: tuple[str, ...] = ()
    out: tuple[int, int, int]
    out_of: dict[str, date] = Field(default_factory=dict)
    out_basis: Bilingual
    publisher: Bilingual
    table: Bilingual
    obtained: str
    basis: Bilingual
    hindsight: Bilingual = Bilingual()
    breaks: tuple[Bilingual, ...]
    unseen: tuple[Bilingual, ...]

    def out_on(self, year: int) -> date:
        """The day on which the figures of a year could be held."""
        later, month, day = self.out
        return self.out_of.get(str(year)) or date(year + later, month, day)


@dataclass(frozen=True, slots=True)
class IndustryPanel:
    """Region x industry x year, held as the cells that are not nought, sorted by year, region and industry.

    A cell that is not held is nought. A cell that a source keeps back (confidential, not collected) is held as NaN: it
    is unknown, which is not nought.

    Attributes:
        name: The file, or what the reader called the data.
        regions: Codes of the regions, sorted.
        industries: Codes of the industries, sorted.
        years: Years, ascending.
        region: Of each cell, the position of its region.
        industry: Of each cell, the position of its industry.
        starts: Where the cells of each year begin, and where the last ends; one more than years.
        measures: Name of a measure (employees, firms, output, exports, patents) to its value in each cell.
        findings: What was noticed when it was read: nothing of it is repaired.
        record: Whose figures they are, where the panel came with Guanzi.
    """

    name: str
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    years: tuple[int, ...]
    region: Codes
    industry: Codes
    starts: NDArray[np.int64]
    measures: Mapping[str, Floats]
    findings: tuple[Problem, ...] = field(default=())
    record: PanelRecord | None = None

    @property
    def cells(self) -> int:
        """Number of cells that are held."""
        return len(self.region)

    @property
    def measure(self) -> str:
        """The first measure, which is meant where none is named."""
        return next(iter(self.measures))

    @property
    def sha256(self) -> str:
        """Hash of what is held: codes, years and cells; not of the file, its name or its order of rows."""
        codes = [[str(code) for code in part] for part in (self.regions, self.industries, tuple(self.measures))]
        parts = [self.region, self.industry, self.starts, *self.measures.values()]
        cells = [hashlib.sha256(np.ascontiguousarray(part).tobytes()).hexdigest() for part in parts]
        return sha256_of({"codes": codes, "years": list(self.years), "cells": cells})

    def matrix(self, year: int, measure: str | None = None) -> Floats:
        """One year as regions x industries; nought where nothing is held, and where the value is unknown.

        Args:
            year: One of ``years``.
            measure: One of ``measures``; None: the first.

        Raises:
            InvalidInput: No such year or measure.
        """
        part, values = self._part(year, measure)
        out = np.zeros((len(self.regions), len(self.industries)))
        held = values[part]
        out[self.region[part], self.industry[part]] = np.where(np.isnan(held), 0.0, held)
        return out

    def unknown(self, year: int, measure: str | None = None) -> Flags:
        """Which cells of a year a source keeps back, regions x industries."""
        part, values = self._part(year, measure)
        out = np.zeros((len(self.regions), len(self.industries)), dtype=np.bool_)
        lacking = np.isnan(values[part])
        out[self.region[part][lacking], self.industry[part][lacking]] = True
        return out

    def series(self, region: str, industry: str, measure: str | None = None) -> dict[int, float]:
        """The value of one region and industry in each year; NaN where it is unknown.

        Raises:
            InvalidInput: No such region, industry or measure.
        """
        r, i = self.region_at(region), self.industry_at(industry)
        found = {}
        for year in self.years:
            part, values = self._part(year, measure)
            at = np.flatnonzero((self.region[part] == r) & (self.industry[part] == i))
            found[year] = float(values[part][at[0]]) if len(at) else 0.0
        return found

    def region_at(self, code: str) -> int:
        """Position of a region.

        Raises:
            InvalidInput: There is none of that code.
        """
        return _at(self.regions, code, "region", self.name)

    def industry_at(self, code: str) -> int:
        """Position of an industry.

        Raises:
            InvalidInput: There is none of that code.
        """
        return _at(self.industries, code, "industry", self.name)

    def until(self, year: int) -> IndustryPanel:
        """The panel as it was held in a year: later years are left out."""
        return self.of_years(y for y in self.years if y <= year)

    def of_years(self, years: Iterable[int]) -> IndustryPanel:
        """The panel of some of its years; the codes of regions and industries stay as they are."""
        kept = sorted(set(years))
        where = [self.years.index(year) for year in kept]
        parts = [np.arange(self.starts[i], self.starts[i + 1]) for i in where]
        rows = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
        return replace(
            self,
            years=tuple(kept),
            region=self.region[rows],
            industry=self.industry[rows],
            starts=np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64),
            measures={name: values[rows] for name, values in self.measures.items()},
        )

    def known_by(self, day: date) -> IndustryPanel:
        """The panel of the years whose figures were out on a day: by its record, otherwise by :data:`PUBLISHED`."""
        return self.of_years(y for y in self.years if self.out_on(y) <= day)

    def out_on(self, year: int) -> date:
        """The first day on which the figures of a year were out."""
        return self.record.out_on(year) if self.record else date(year + 1, *PUBLISHED)

    def without(self, industries: Collection[str], regions: Collection[str]) -> IndustryPanel:
        """The panel without some of its industries and regions."""
        kept_i = np.array([code not in industries for code in self.industries], dtype=np.bool_)
        kept_r = np.array([code not in regions for code in self.regions], dtype=np.bool_)
        rows = np.flatnonzero(kept_i[self.industry] & kept_r[self.region])
        return replace(
            self,
            regions=tuple(code for code in self.regions if code not in regions),
            industries=tuple(code for code in self.industries if code not in industries),
            region=(np.cumsum(kept_r) - 1).astype(np.int32)[self.region[rows]],
            industry=(np.cumsum(kept_i) - 1).astype(np.int32)[self.industry[rows]],
            starts=np.searchsorted(rows, self.starts).astype(np.int64),
            measures={name: values[rows] for name, values in self.measures.items()},
        )

    def _part(self, year: int, measure: str | None) -> tuple[slice, Floats]:
        name = measure or self.measure
        if name not in self.measures:
            near = nearest(name, tuple(self.measures)) or self.measure
            cause = Message.of("panels.no_measure", measure=name)
            raise InvalidInput(Problem(cause, Place(self.name), Message.of("panels.near", near=near)))
        if year not in self.years:
            cause, fix = (
                Message.of("panels.no_year", year=str(year)),
                Message.of("panels.years", years=_as_text(self.years)),
            )
            raise InvalidInput(Problem(cause, Place(self.name), fix))
        at = self.years.index(year)
        return slice(int(self.starts[at]), int(self.starts[at + 1])), self.measures[name]


def _at(codes: tuple[str, ...], code: str, role: str, name: str) -> int:
    try:
        return codes.index(code)
    except ValueError:
        near = nearest(code, codes) or codes[0]
        cause = Message.of(f"panels.no_{role}", code=code)
        raise InvalidInput(Problem(cause, Place(name), Message.of("panels.near", near=near), excerpt=code)) from None


def _as_text(years: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(map(str, years))
