"""Batches of rows become a panel: codes are numbered, cells sorted, doubles refused or added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
_PART = 1 << 18
_KEYS = (np.int16, np.int32, np.int32)

type Advance = Callable[[int], None]


class Gathering:
    """Takes rows in batches and makes a panel of them.

    Args:
        name: What the data are called.
        roles: Which column says what.
        header: Lines before the first row.
        rows: How many are expected; more may come, and fewer.
    """

    def __init__(self, name: str, roles: Roles, header: int = 0, rows: int = 0) -> None:
        self.name = name
        self.roles = roles
        self.rows = 0
        self._faults = Faults(name, header)
        self._header = header
        self._regions = Labels()
        self._industries = Labels()
        self._measures = (*roles.values, *((roles.count,) if roles.count else ()))
        self._held = _Rows(len(self._measures), rows)
        self._unknown = dict.fromkeys(roles.values, 0)
        self._most = _COMPACT

    def add(self, columns: Mapping[str, Any]) -> None:
        """Take a batch: Arrow arrays by column name, all of one length."""
        roles = self.roles
        region = self._regions.number(columns[roles.region], roles.region, self.rows, self._faults)
        industry = self._industries.number(columns[roles.industry], roles.industry, self.rows, self._faults)
        year = years_of(columns[roles.year], roles.year, self.rows, self._faults)
        values = []
        for column in roles.values:
            read, unknown = numbers_of(columns[column], column, self.rows, self._faults)
            self._unknown[column] += unknown
            values.append(read)
        if roles.count:
            values.append(np.ones(len(year)))
        self.rows += len(year)
        self._held.add(year, region, industry, *values)
        if roles.sum_rows and len(self._held) > self._most and not self._faults.problems:
            spans = len(self._regions.codes), len(self._industries.codes)
            self._held.sort(spans, np.arange(np.iinfo(np.int16).max))
            self._held.add_up()
            self._most = max(_COMPACT, 2 * len(self._held))

    def finish(self) -> IndustryPanel:
        """The panel.

        Raises:
            InvalidInput: No row, or rows that cannot be used: all problems at once.
        """
        if not self.rows:
            cause, fix = Message.of("panels.no_rows"), Message.of("panels.no_rows.mend")
            raise InvalidInput(Problem(cause, Place(self.name), fix))
        problems = self._faults.problems
        if problems:
            raise InvalidInput(problems)
        held = self._held
        regions, region_places = self._regions.sorted()
        industries, industry_places = self._industries.sorted()
        held.renumber(region_places, industry_places)
        years = held.years()
        spans = len(regions), len(industries)
        place = np.zeros(int(years[-1]) + 1, dtype=np.int64)
        place[years] = np.arange(len(years))
        if not held.in_order(spans, place):
            order = held.sort(spans, place)
            if self.roles.sum_rows:
                held.add_up()
            else:
                self._refuse_doubles(order, regions, industries)
        held.drop_noughts()
        year, region, industry, *values = held.columns()
        starts = np.searchsorted(year, np.append(years, years[-1] + 1)).astype(np.int64)
        measures = dict(zip(self._measures, values, strict=True))
        whole_years = tuple(map(int, years))
        panel = IndustryPanel(self.name, regions, industries, whole_years, region, industry, starts, measures)
        return remarks(panel, self._unknown)

    def _refuse_doubles(self, order: NDArray[np.int64], regions: tuple[str, ...], industries: tuple[str, ...]) -> None:
        again = self._held.doubles()
        if not len(again):
            return
        first = int(again[0])
        year, region, industry, *_ = self._held.columns()
        cause = Message.of(
            "panels.doubles",
            region=regions[region[first]],
            industry=industries[industry[first]],
            year=str(int(year[first])),
            first=str(int(order[first]) + 1 + self._header),
            lines=tuple(str(int(order[k + 1]) + 1 + self._header) for k in again[:NAMED]),
            rows=len(again),
        )
        line = int(order[first + 1]) + 1 + self._header
        raise InvalidInput(Problem(cause, Place(self.name, line), Message.of("panels.doubles.mend")))


class _Rows:
    """Year, region, industry and values of rows, in arrays that grow in place: memory holds them once."""

    def __init__(self, measures: int, rows: int) -> None:
        self._size = 0
        self._arrays: list[NDArray[Any]] = [np.empty(rows, dtype=kind) for kind in (*_KEYS, *[np.float64] * measures)]

    def __len__(self) -> int:
        return self._size

    def add(self, *columns: NDArray[Any]) -> None:
        """Append a batch."""
        size = self._size + len(columns[0])
        for array, column in zip(self._arrays, columns, strict=True):
            if len(array) < size:
                array.resize(size + (size >> 2), refcheck=False)
            array[self._size : size] = column
        self._size = size

    def columns(self) -> list[NDArray[Any]]:
        """Year, region, industry and the values."""
        for array in self._arrays:
            if len(array) > self._size:
                array.resize(self._size, refcheck=False)
        return self._arrays

    def renumber(self, regions: NDArray[np.int32], industries: NDArray[np.int32]) -> None:
        """Give regions and industries their places among the sorted codes."""
        for part in self._parts():
            self._arrays[1][part] = regions[self._arrays[1][part]]
            self._arrays[2][part] = industries[self._arrays[2][part]]

    def years(self) -> NDArray[np.int16]:
        """Which years there are."""
        return np.unique(np.concatenate([np.unique(self._arrays[0][part]) for part in self._parts()]))

    def in_order(self, spans: tuple[int, int], place: NDArray[np.int64]) -> bool:
        """Whether the rows stand by year, region and industry, each once."""
        last = -1
        for part in self._parts():
            key = self._key(part, spans, place)
            if key[0] <= last or not (key[1:] > key[:-1]).all():
                return False
            last = int(key[-1])
        return True

    def sort(self, spans: tuple[int, int], place: NDArray[np.int64]) -> NDArray[np.int64]:
        """Bring the rows into order; where each stood before."""
        self.columns()
        key = np.concatenate([self._key(part, spans, place) for part in self._parts()])
        order = np.argsort(key, kind="stable")
        del key
        self._take(order)
        return order

    def doubles(self) -> NDArray[np.int64]:
        """Rows, in order, after which one of the same cell follows."""
        same = np.ones(max(self._size - 1, 0), dtype=np.bool_)
        for array in self._arrays[:3]:
            same &= array[1 : self._size] == array[: self._size - 1]
        return np.flatnonzero(same)

    def add_up(self) -> None:
        """Rows in order, each cell once with the sum of its values; what adds an unknown is unknown."""
        first = np.delete(np.arange(self._size), self.doubles() + 1)
        sums = [np.add.reduceat(array[: self._size], first) for array in self._arrays[3:]]
        self._take(first)
        self._arrays[3:] = sums

    def drop_noughts(self) -> None:
        """Leave out cells of which every value is nought."""
        filled = np.zeros(self._size, dtype=np.bool_)
        for array in self._arrays[3:]:
            filled |= array[: self._size] != 0
        if not filled.all():
            self._take(np.flatnonzero(filled))

    def _take(self, rows: NDArray[np.int64]) -> None:
        for i, array in enumerate(self._arrays):
            self._arrays[i] = array[: self._size][rows]
        self._size = len(rows)

    def _key(self, part: slice, spans: tuple[int, int], place: NDArray[np.int64]) -> NDArray[np.int64]:
        year, region, industry = (array[part] for array in self._arrays[:3])
        key: NDArray[np.int64] = (place[year] * spans[0] + region) * spans[1] + industry
        return key

    def _parts(self) -> Iterator[slice]:
        for first in range(0, self._size, _PART):
            yield slice(first, min(first + _PART, self._size))


def gathered(batches: Iterator[Any], gathering: Gathering, advance: Advance | None = None) -> IndustryPanel:
    """The panel of Arrow record batches."""
    for batch in batches:
        gathering.add({column: batch.column(column) for column in gathering.roles.columns})
        if advance is not None:
            advance(batch.num_rows)
    return gathering.finish()
