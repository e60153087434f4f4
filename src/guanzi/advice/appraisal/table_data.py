"""A table as data: columns with units, and cells of numbers and words."""

from __future__ import annotations

from guanzi.advice.appraisal.data import Text
from guanzi.base.reading import Data


class Column(Data):
    """A column of a table; ``unit`` is empty for words."""

    label: Text
    unit: str


class TableData(Data):
    """A table of an appraisal.

    Attributes:
        rows: One cell per column: a number in the column's unit, words, a message, or None where nothing is known.
        sentence: What to see, and how far it goes.
        parents: Ids of facts, figures or clauses.
    """

    id: str
    label: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[float | str | Text | None, ...], ...]
    sentence: Text
    parents: tuple[str, ...]
