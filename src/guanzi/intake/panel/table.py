"""A table of rows: numbers as floats with NaN where nothing is held, texts as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Panel:
    """A table of many rows.

    Attributes:
        name: The file as the user named it.
        numbers: Column name to its values; NaN where nothing is held.
        texts: Column name to its texts; None where nothing is held.
        rows: Number of rows.
        sha256: Of the bytes of the file.
    """

    name: str
    numbers: Mapping[str, Floats]
    texts: Mapping[str, Texts]
    rows: int
    sha256: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns."""
        return (*self.numbers, *self.texts)

    def take(self, rows: Flags | NDArray[np.intp]) -> Panel:
        """The panel of some of its rows.

        Args:
            rows: A mask over the rows, or their positions.
        """
        numbers = {name: values[rows] for name, values in self.numbers.items()}
        texts = {name: values[rows] for name, values in self.texts.items()}
        count = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        return Panel(self.name, numbers, texts, count, self.sha256)

    def matrix(self, names: tuple[str, ...]) -> Floats:
        """The named columns side by side, shape (rows, names); a column that is not there is all NaN."""
        nothing = np.full(self.rows, np.nan)
        parts: list[Any] = [self.numbers.get(name, nothing) for name in names]
        return np.column_stack(parts) if parts else np.empty((self.rows, 0))
