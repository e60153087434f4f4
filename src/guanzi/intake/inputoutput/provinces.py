"""The input-output tables of all provinces of China, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from guanzi.base.core import Bilingual
from guanzi.base.reading import read_table
from guanzi.intake.inputoutput.shipped import table_cards, unpacked
from guanzi.intake.inputoutput.table import Matrix

_EARNED = {"wages": "VA001", "taxes": "VA002", "depreciation": "VA003", "surplus": "VA004"}
_AT_HOME = ("FU101", "FU102", "FU103", "FU201", "FU202")


@dataclass(frozen=True, eq=False)
class ProvinceTables:
    """Tables of many provinces with the same sectors; amounts in 10,000 yuan of the year.

    Attributes:
        names: Of the provinces.
        codes: Of the sectors, the same everywhere.
        flows: What sector *j* of a province buys of product *i*, wherever made: (provinces, products, sectors).
        output: Gross output: (provinces, sectors), as all that follow.
        earned: ``wages``, ``taxes``, ``depreciation`` and ``surplus`` of each sector.
        used: Consumption and investment in the province.
        exports, imports: With other countries.
        outflow, inflow: With other provinces. The tables do not say with which.
        residual: What the bureau adds so that uses of a product come to its output.
    """

    names: tuple[Bilingual, ...]
    codes: tuple[str, ...]
    flows: np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
    output: Matrix
    earned: Mapping[str, Matrix]
    used: Matrix
    exports: Matrix
    imports: Matrix
    outflow: Matrix
    inflow: Matrix
    residual: Matrix

    @property
    def value_added(self) -> Matrix:
        """Value added of each sector: all that is earned."""
        total: Matrix = np.sum(list(self.earned.values()), axis=0)
        return total


@cache
def province_tables() -> ProvinceTables:
    """The shipped tables of the 31 provinces in 2017; in 10,000 yuan."""
    with unpacked("regions", table_cards().together.file) as path:
        table = read_table(path)
    columns = [cell.text for cell in table.columns][4:]
    codes = tuple(code for code in columns if code.isdigit())
    names = tuple(dict.fromkeys(Bilingual(row["name"].text, row["name_zh"].text) for row in table.rows))
    rows = np.array([[float(row[c].text) if c in row else 0.0 for c in columns] for row in table.rows])
    kinds = (*codes, *_EARNED.values())
    cells = rows.reshape(len(names), len(kinds), len(columns))
    n = len(codes)
    of = {column: cells[:, :n, i] for i, column in enumerate(columns)}
    return ProvinceTables(
        names,
        codes,
        cells[:, :n, :n],
        of["GO"],
        {kind: cells[:, kinds.index(row), :n] for kind, row in _EARNED.items()},
        sum((of[column] for column in _AT_HOME[1:]), of[_AT_HOME[0]]),
        of["EX"],
        of["IM"],
        of["OF"],
        of["IF"],
        of["ERR"],
    )
