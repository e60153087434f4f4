"""A symmetric input-output table: who buys what from whom, at one price level, in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guanzi.base.core import Message

type Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
type Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class IOTable:
    """An input-output table as it was read and found to balance.

    Attributes:
        name: Of the file.
        form: Whose format it is; a key of ``IO_FORMS``.
        codes: Of the sectors.
        labels: Their names as the file has them; the code where it has none.
        flows: What sector *j* (column) buys of product *i* (row), in the money of the table.
        output: Gross output of each sector.
        final: Final uses of each product by kind: ``households``, ``government``, ``investment``,
            ``inventories``, ``exports``, ``other``.
        primary: Costs of each sector by kind: ``wages``, ``production_taxes``, ``product_taxes``, ``depreciation``,
            ``surplus``, ``imports``, ``other``; only those that the file has.
        value_added: Of each sector: as the file has it, else the sum of its parts, else what is left of output.
        imports: Imports of each product. Zero where flows are of domestic products alone.
        domestic: Whether flows hold domestic products alone, with imports as a cost; otherwise they hold imports, too.
        employment: Persons of each sector; None where the file has none.
        invented: The figures are made up, to try things.
        remarks: What was decided or left out.
    """

    name: str
    form: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    flows: Matrix
    output: Vector
    final: Mapping[str, Vector]
    primary: Mapping[str, Vector]
    value_added: Vector
    imports: Vector
    domestic: bool
    employment: Vector | None
    invented: bool
    remarks: tuple[Message, ...]

    @property
    def kind(self) -> Literal["domestic", "total"]:
        """``domestic`` or ``total``: whether flows hold domestic products alone."""
        return "domestic" if self.domestic else "total"
