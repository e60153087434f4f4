"""A symmetric input-output table: who buys what from whom, at one price level, in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from guanzi.base.core import Bilingual, Message
from guanzi.base.reading import Format
from guanzi.record.evidence import LocalisedText

type Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
type Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class TableCard(Format):
    """What is told of a shipped table."""

    title: LocalisedText
    publisher: LocalisedText
    country: Annotated[str, Field(description="ISO 3166 code")]
    year: int
    currency: str
    units: Annotated[int, Field(description="How much of the currency one unit of the table is")]
    seen: Annotated[date, Field(description="Day on which it was read; it counts as held from then on")]
    basis: Annotated[LocalisedText, Field(description="On which basis the figures are used")]
    jobs: Annotated[LocalisedText, Field(description="Of whom the persons at work are, where the table has them")] = (
        Bilingual()
    )
    province: Annotated[LocalisedText, Field(description="Region of which it is; empty: the nation")] = Bilingual()
    invented: bool = False
    sha256: Annotated[str, Field(description="Of its text")]


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
        remarks: What was decided or left out.
        card: Who published it and how it is used, where it is shipped.
    """

    name: str
    form: str
    codes: tuple[str, ...]
    labels: tuple[Bilingual, ...]
    flows: Matrix
    output: Vector
    final: Mapping[str, Vector]
    primary: Mapping[str, Vector]
    value_added: Vector
    imports: Vector
    domestic: bool
    employment: Vector | None
    remarks: tuple[Message, ...]
    card: TableCard | None = None

    @property
    def invented(self) -> bool:
        """The figures are made up, to try things."""
        return self.card is not None and self.card.invented

    @property
    def kind(self) -> Literal["domestic", "total"]:
        """``domestic`` or ``total``: whether flows hold domestic products alone."""
        return "domestic" if self.domestic else "total"
