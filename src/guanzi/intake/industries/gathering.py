"""Batches of rows become a panel: codes are numbered, cells sorted, doubles refused or added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries.cells import NAMED, Faults, Labels, numbers_of, years_of
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.remarks import remarks
from guanzi.intake.industries.roles import Roles

_COMPACT = 8_000_000
"""Rows of a register that are held before they are added up."""


class Gathering:
    """Takes rows in batches and makes a panel of them.

    Args:
        name: What the data are called.
        roles: Which column says what.
        header: Lines before the first row.
    """

    def __init__(self, name: str, roles: Roles, header: int = 0) -> None:
        self.name = name
        self.roles = roles
        self.rows = 0
        self._faults = Faults(name, header)
        self._header = header
        self._regions = Labels()
        self._industries = Labels()
        self._parts: list[tuple[NDArray[Any], ...]] = []
        self._held = 0
        self._unknown = dict.fromkeys(roles.values, 0)

    def add(self, columns: Mapping[str, Any]) -> None:
        """Take a batch: Arrow arrays by column name, all of one length."""
        roles = self.roles
        region = self._regions.number(columns[roles.region], roles.region, self.rows, self._faults)
        industry = self._industries.number(columns[roles.industry], roles.industry, self.rows, self._faults)
        year = years_of(columns[roles.year], roles.year, self.rows, self._faults).astype(np.int16)
        values = []
        for column in roles.values:
            read, unknown = numbers_of(columns[column], column, self.rows, self._faults)
            self._unknown[column] += unknown
            values.append(read)
        if roles.count:
            values.append(np.ones(len(year)))
        self.rows += len(year)
        self._parts.append((year, region, industry, *values))
        self._held += len(year)
        if roles.sum_rows and self._held > _COMPACT:
            self._compact()

    def finish(self) -> IndustryPanel:
        """The panel.

        Raises:
            InvalidInput: No row, or rows that cannot be used: all problems at once.
        """
        if not self.rows:
            cause, mend = Message.of("panels.no_rows"), Message.of("panels.no_rows.mend")
            raise InvalidInput(Problem(cause, Place(self.name), mend))
        problems = self._faults.problems
        if problems:
            raise InvalidInput(problems)
        regions, region_places = self._regions.sorted()
        industries, industry_places = self._industries.sorted()
        parts = [np.concatenate(column) for column in zip(*self._parts, strict=True)]
        self._parts.clear()
        year, region, industry = parts[0], region_places[parts[1]], industry_places[parts[2]]
        values: list[NDArray[np.float64]] = parts[3:]
        del parts
        years = np.unique(year)
        width = len(regions) * len(industries)
        key = np.searchsorted(years, year) * width + region.astype(np.int64) * len(industries) + industry
        del year, region, industry
        if len(key) > 1 and not (key[1:] > key[:-1]).all():
            order = np.argsort(key, kind="stable")
            key = key[order]
            self._refuse_doubles(key, order, regions, industries, years)
            values = [column[order] for column in values]
            del order
            if self.roles.sum_rows:
                key, values = _added(key, values)
        held = np.zeros(len(key), dtype=np.bool_)
        for column in values:
            held |= column != 0
        key, values = key[held], [column[held] for column in values]
        starts = np.searchsorted(key, np.arange(len(years) + 1) * width)
        cell = key % width
        names = (*self.roles.values, *((self.roles.count,) if self.roles.count else ()))
        panel = IndustryPanel(
            self.name,
            regions,
            industries,
            tuple(map(int, years)),
            (cell // len(industries)).astype(np.int32),
            (cell % len(industries)).astype(np.int32),
            starts.astype(np.int64),
            dict(zip(names, values, strict=True)),
        )
        return remarks(panel, self._unknown)

    def _compact(self) -> None:
        """Add up what is held of each cell, with the numbers that the codes have so far."""
        parts = [np.concatenate(column) for column in zip(*self._parts, strict=True)]
        year, region, industry = (part.astype(np.int64) for part in parts[:3])
        wide = len(self._industries.codes)
        if (region < 0).any() or (industry < 0).any() or (year < 0).any():  # told already; nothing is added up
            return
        span = len(self._regions.codes) * wide
        key = year * span + region * wide + industry
        order = np.argsort(key, kind="stable")
        key, values = _added(key[order], [column[order] for column in parts[3:]])
        cell = key % span
        codes = ((key // span).astype(np.int16), (cell // wide).astype(np.int32), (cell % wide).astype(np.int32))
        self._parts = [(*codes, *values)]
        self._held = 0

    def _refuse_doubles(
        self,
        key: NDArray[np.int64],
        order: NDArray[np.int64],
        regions: tuple[str, ...],
        industries: tuple[str, ...],
        years: NDArray[np.int16],
    ) -> None:
        again = np.flatnonzero(key[1:] == key[:-1])
        if self.roles.sum_rows or not len(again):
            return
        first = again[0]
        place, cell = divmod(int(key[first]), len(regions) * len(industries))
        lines = tuple(str(int(order[k + 1]) + 1 + self._header) for k in again[:NAMED])
        cause = Message.of(
            "panels.doubles",
            region=regions[cell // len(industries)],
            industry=industries[cell % len(industries)],
            year=str(int(years[place])),
            first=str(int(order[first]) + 1 + self._header),
            lines=lines,
            rows=len(again),
        )
        line = int(order[first + 1]) + 1 + self._header
        raise InvalidInput(Problem(cause, Place(self.name, line), Message.of("panels.doubles.mend")))


def _added(
    key: NDArray[np.int64], values: list[NDArray[np.float64]]
) -> tuple[NDArray[np.int64], list[NDArray[np.float64]]]:
    """Sorted keys once each, with the sums of their values; what adds an unknown is unknown."""
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    return key[first], [np.add.reduceat(column, first) for column in values]
