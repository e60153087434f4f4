"""A panel of industries that is read for a question: which file, which columns, with progress."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.intake.industries import IndustryPanel, Roles, counted_once, read_industries, rows_of
from guanzi.jobs.shared.run import Run


@dataclass(frozen=True, slots=True)
class IndustryFile:
    """Where a panel lies.

    Attributes:
        file: Parquet, CSV, or a database of DuckDB or SQLite.
        roles: Which column says what.
        table: Of a database; None: its only one.
    """

    file: Path
    roles: Roles
    table: str | None = None


def read(asked: IndustryFile, run: Run) -> IndustryPanel:
    """Read a panel; rows are told as they come, and what repeats others (totals, upper levels) is left out and told.

    Raises:
        InvalidInput: The file cannot be read, lacks a column, or holds rows that cannot be used; all problems at once.
    """
    with run.working("rows", rows_of(asked.file, asked.table)) as advance:
        return counted_once(read_industries(asked.file, asked.roles, asked.table, advance))
