"""A panel of industries that is read for a question: a shipped one or a file, with years that the user adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries import (
    IndustryPanel,
    Roles,
    counted_once,
    read_industries,
    read_yearbook,
    rows_of,
    shipped_panel,
    shipped_records,
)
from guanzi.jobs.shared.run import Run

COLUMNS = Roles("region", "industry", "year", ("value",))
"""How the columns of a panel are called unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class IndustryFile:
    """Where a panel lies.

    Attributes:
        file: Parquet, CSV, or a database of DuckDB or SQLite; or the name of a shipped panel.
        roles: Which column says what; a shipped panel needs none.
        table: Of a database; None: its only one.
        added: Workbooks of a yearbook with further years, for a shipped panel.
    """

    file: Path
    roles: Roles = COLUMNS
    table: str | None = None
    added: tuple[Path, ...] = ()


def read(asked: IndustryFile, run: Run) -> IndustryPanel:
    """Read a panel; rows are told as they come, and what repeats others (totals, upper levels) is left out and told.

    Raises:
        InvalidInput: The file cannot be read, lacks a column, or holds rows that cannot be used; all problems at once.
    """
    if str(asked.file) in shipped_records() and not asked.file.exists():
        panel = shipped_panel(str(asked.file))
    else:
        with run.working("rows", rows_of(asked.file, asked.table)) as advance:
            panel = counted_once(read_industries(asked.file, asked.roles, asked.table, advance))
    for workbook in asked.added:
        panel = read_yearbook(workbook, panel)
    return panel


def known_by(panel: IndustryPanel, day: date) -> IndustryPanel:
    """The panel of the years whose figures were out on a day.

    Raises:
        InvalidInput: No year was.
    """
    known = panel.known_by(day)
    if not known.years:
        first = panel.out_on(panel.years[0]).isoformat()
        cause = Message.of("desk.scan.later", panel=panel.name, day=day.isoformat())
        raise InvalidInput(Problem(cause, Place("--as-of"), Message.of("desk.scan.later.mend", first=first)))
    return known


def large_enough(panel: IndustryPanel, horizon: int, until: int | None = None) -> IndustryPanel:
    """The panel without regions that were too small to judge one horizon before its last year, or that of ``until``.

    The year before the horizon is looked at, so that what came within it chooses no region.
    """
    record = panel.record
    if record is None or not record.smallest:
        return panel
    origin = min(until or panel.years[-1], panel.years[-1]) - horizon
    year = max((year for year in panel.years if year <= origin), default=panel.years[0])
    sums = panel.matrix(year).sum(axis=1)
    return panel.without((), [r for r, whole in zip(panel.regions, sums, strict=True) if whole < record.smallest])
