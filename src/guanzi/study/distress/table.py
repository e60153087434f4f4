"""A labelled table: which columns of a panel are ratios, which row is a failure, which rows are one firm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.panel import Panel
from guanzi.study.distress.features import cleaned
from guanzi.study.distress.folds import groups_of
from guanzi.study.distress.items import statement_ratios

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Ints = NDArray[np.intp]

#: Columns that name the firm; rows of one firm stay together.
FIRM = (
    "company_name",
    "company",
    "firm",
    "firm_id",
    "company_id",
    "name",
    "ticker",
    "isin",
    "lei",
    "cik",
    "gvkey",
    "id",
)
#: Columns that say when; they choose rows and are no ratio.
TIME = ("year", "fiscal_year", "fyear", "date", "period", "closing_day", "known_on")
#: Columns that say what became of the firm; like the label they are never looked at.
OUTCOME = (
    "bankrupt",
    "bankruptcy",
    "failed",
    "class",
    "label",
    "target",
    "status",
    "status_label",
    "default",
    "outcome",
)
#: From so many rows on, a column that rises by one from row to row is an index.
MANY = 10
_NAMED = 30
_FAILED = frozenset({"1", "1.0", "true", "yes", "y", "failed", "bankrupt", "bankruptcy", "default", "defaulted"})
_SURVIVED = frozenset({"0", "0.0", "false", "no", "n", "alive", "survived", "healthy", "active", "non-bankrupt"})


@dataclass(frozen=True, slots=True)
class FirmTable:
    """Rows of firms, ready for the estimator.

    Attributes:
        file: Where they come from, as the user named it.
        names: Names of the columns.
        values: The columns, shape (rows, names); NaN where nothing is held.
        failed: Label of each row; empty when the table has none.
        groups: Which rows belong together (one firm, or copies of a row), numbered from 0.
        firms: Name of the firm of each row; None when no column names it.
        years: Year of each row, NaN where it is not held; None without such a column.
        unlabelled: Rows left out because their label is missing.
        left_out: Columns that are no ratio: texts, times, names, outcomes, and numbers that only count rows.
    """

    file: str
    names: tuple[str, ...]
    values: Floats
    failed: Flags
    groups: Ints
    firms: NDArray[np.object_] | None
    years: Floats | None
    unlabelled: int
    left_out: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.values)

    def take(self, rows: Flags) -> FirmTable:
        """The table of some rows."""
        return FirmTable(
            self.file,
            self.names,
            self.values[rows],
            self.failed[rows],
            self.groups[rows],
            None if self.firms is None else self.firms[rows],
            None if self.years is None else self.years[rows],
            self.unlabelled,
            self.left_out,
        )

    def aligned(self, names: tuple[str, ...]) -> Floats:
        """The named columns in their order; one that the table lacks is all NaN."""
        place = {name: i for i, name in enumerate(self.names)}
        nothing = np.full(self.rows, np.nan)
        return np.column_stack([self.values[:, place[name]] if name in place else nothing for name in names])


def read_labelled(panel: Panel, label: str, firm: str | None = None) -> FirmTable:
    """The labelled table of a panel.

    Args:
        panel: As it was read.
        label: Column of the label: 1 or 0, true or false, or words such as failed and alive.
        firm: Column that names the firm; None: the first of the usual names that is there.

    Raises:
        InvalidInput: There is no such column, its values are no labels, or no column of numbers is left.
    """
    failed, known = _labels(panel, label)
    kept = panel.take(known)
    return _table(kept, failed[known], (label,), firm, int((~known).sum()))


def read_unlabelled(panel: Panel, firm: str | None = None) -> FirmTable:
    """The table of a panel without labels, e.g. of firms to be scored."""
    return _table(panel, np.empty(0, dtype=bool), (), firm, 0)


def _table(panel: Panel, failed: Flags, labels: tuple[str, ...], firm: str | None, missing: int) -> FirmTable:
    by_low = {name.lower(): name for name in panel.columns}
    if firm is not None and firm not in panel.columns:
        raise _no_column(panel, firm)
    who = firm or next((by_low[name] for name in FIRM if name in by_low), None)
    when = next((by_low[name] for name in TIME if name in by_low and by_low[name] in panel.numbers), None)
    named = {*labels, *(by_low.get(name) for name in (*TIME, *FIRM, *OUTCOME)), who}
    columns = {name: cleaned(v) for name, v in panel.numbers.items() if name not in named and not _counts_rows(v)}
    left_out = tuple(name for name in panel.columns if name not in columns and name not in labels)
    columns = statement_ratios(columns)
    if not columns:
        raise InvalidInput(Problem(Message.of("diligence.distress.no_columns"), Place(panel.name)))
    values = np.column_stack(list(columns.values()))
    firms = None if who is None else _names(panel, who)
    years = None if when is None else panel.numbers[when]
    return FirmTable(
        panel.name, tuple(columns), values, failed, groups_of(values, firms), firms, years, missing, left_out
    )


def _labels(panel: Panel, label: str) -> tuple[Flags, Flags]:
    """Failure of each row, and whether its label is held."""
    if label in panel.numbers:
        numbers = panel.numbers[label]
        known = np.isfinite(numbers)
        if set(np.unique(numbers[known])) <= {0.0, 1.0}:
            return numbers == 1, known
        raise _no_label(panel, label, sorted({f"{n:g}" for n in numbers[known]} - {"0", "1"}))
    if label not in panel.texts:
        raise _no_column(panel, label)
    words = ["" if text is None else text.strip().lower() for text in panel.texts[label]]
    odd = sorted(set(words) - _FAILED - _SURVIVED - {""})
    if odd:
        raise _no_label(panel, label, odd)
    return np.array([word in _FAILED for word in words], dtype=bool), np.array([bool(w) for w in words], dtype=bool)


def _no_label(panel: Panel, label: str, odd: list[str]) -> InvalidInput:
    cause = Message.of("diligence.distress.no_label", column=label, values=tuple(odd[:3]))
    fix = Message.of("diligence.distress.no_label.mend")
    return InvalidInput(Problem(cause, Place(panel.name, field=label), fix))


def _no_column(panel: Panel, name: str) -> InvalidInput:
    near = nearest(name, panel.columns)
    fix = Message.of("diligence.distress.no_column.near", near=near) if near else None
    if fix is None:
        fix = Message.of("diligence.distress.no_column.mend", columns=tuple(panel.columns)[:_NAMED])
    cause = Message.of("diligence.distress.no_column", column=name)
    return InvalidInput(Problem(cause, Place(panel.name, field=name), fix))


def _names(panel: Panel, column: str) -> NDArray[np.object_]:
    if column in panel.texts:
        return panel.texts[column]
    out = np.empty(panel.rows, dtype=object)
    out[:] = [None if np.isnan(number) else f"{number:g}" for number in panel.numbers[column]]
    return out


def _counts_rows(values: Floats) -> bool:
    """Whether a column only counts the rows, such as an index: whole numbers that rise by one."""
    return len(values) >= MANY and bool(np.isfinite(values).all() and (np.diff(values) == 1).all())
