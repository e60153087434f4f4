"""Which column says what: region, industry, year and the measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns of a table that make a panel.

    Attributes:
        region: Column of the region.
        industry: Column of the industry, product or technology.
        year: Column of the year.
        values: Columns of the measures, at least one; none when rows are only counted.
        count: Name of a measure that counts rows, as for a register of firms; empty: rows are not counted.
        sum_rows: Whether several rows of one cell are added up, as for a register; otherwise they are refused.
    """

    region: str
    industry: str
    year: str
    values: tuple[str, ...]
    count: str = ""
    sum_rows: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read, keys first."""
        return (self.region, self.industry, self.year, *self.values)

    def check(self, held: Sequence[str], name: str) -> None:
        """Refuse a table that lacks a column, or one column in two roles; all problems at once."""
        problems = [_lacking(column, held, name) for column in self.columns if column not in held]
        twice = sorted({column for column in self.columns if self.columns.count(column) > 1})
        problems += [
            Problem(
                Message.of("panels.column_twice", column=column),
                Place(name, field=column),
                Message.of("panels.column_twice.mend"),
            )
            for column in twice
        ]
        if problems:
            raise InvalidInput(problems)


def _lacking(column: str, held: Sequence[str], name: str) -> Problem:
    near = nearest(column, tuple(held))
    fix = Message.of("panels.near", near=near) if near else Message.of("panels.columns", columns=tuple(held))
    return Problem(Message.of("panels.no_column", column=column), Place(name, 1, field=column), fix, excerpt=column)
