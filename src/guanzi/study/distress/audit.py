"""Leakage audit: traces by which a panel tells its labels otherwise than through the state of the firms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import Message
from guanzi.study.distress.folds import groups_of
from guanzi.study.distress.table import FirmTable
from guanzi.study.scoring import roc_auc

type Flags = NDArray[np.bool_]
type Ints = NDArray[np.intp]

#: A column whose rank alone separates failures from survivors like this is no ratio of a statement.
SEPARATING = 0.99
#: So many failures are needed for a column to be accused.
ENOUGH = 10
#: "Missing" or "equal" tells the label when its share among failures and among survivors is this far apart …
APART = 0.25
#: … and not by chance: z-value of the difference of two shares.
UNLIKELY = 6.0
#: Near copies: rows whose values agree to this many significant digits.
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Leak:
    """A trace that an audit found.

    Attributes:
        kind: E.g. ``copies``.
        message: The trace in words.
        columns: The columns concerned.
        serious: It makes a measured accuracy too good; otherwise it is a reason to look.
    """

    kind: str
    message: Message
    columns: tuple[str, ...] = ()
    serious: bool = True


def audit(table: FirmTable, train: FirmTable | None = None) -> tuple[Leak, ...]:
    """The traces of a table that is judged and, if another is learnt from, of both together.

    Checked are: rows of one firm or copies of a row in both tables; copies within a table, with one label and with
    two; one label for all years of a firm; years to learn from that lie after years to judge; columns that separate
    the classes by themselves; columns whose absence, or whose equality with another column, tells the class.
    """
    found: list[Leak] = []
    if train is not None:
        found += _across(train, test=table)
    learnt = train if train is not None else table
    found += [*_copies(learnt), *_firms(learnt), *_columns(learnt)]
    return tuple(found)


def shared_rows(train: FirmTable, test: FirmTable) -> Ints:
    """Positions of the training rows whose firm, or a copy of which, stands in the judged table."""
    common = tuple(name for name in train.names if name in test.names)
    both = np.concatenate([train.aligned(common), test.aligned(common)])
    firms = None
    if train.firms is not None and test.firms is not None:
        firms = np.concatenate([train.firms, test.firms])
    groups = groups_of(both, firms)
    return np.flatnonzero(np.isin(groups[: train.rows], groups[train.rows :])).astype(np.intp)


def _across(train: FirmTable, test: FirmTable) -> list[Leak]:
    found = []
    if shared := len(shared_rows(train, test)):
        found.append(_leak("shared", rows=shared, of=train.rows))
    if train.years is not None and test.years is not None:
        last, first = np.nanmax(train.years, initial=-np.inf), np.nanmin(test.years, initial=np.inf)
        if np.isfinite([last, first]).all() and last >= first:
            found.append(_leak("years", last=f"{last:g}", first=f"{first:g}"))
    return found


def _copies(table: FirmTable) -> list[Leak]:
    found = []
    groups = groups_of(table.values)
    extra = table.rows - len(np.unique(groups))
    if extra:
        failing, size = np.bincount(groups, table.failed), np.bincount(groups)
        both = int(((failing > 0) & (failing < size)).sum())
        found.append(_leak("copies", serious=False, rows=extra, contradictory=both))
    near = groups_of(_rounded(table))
    if (close := table.rows - len(np.unique(near)) - extra) > 0:
        found.append(_leak("near_copies", rows=close, digits=DIGITS))
    return found


def _rounded(table: FirmTable) -> NDArray[np.float64]:
    values = table.values
    with np.errstate(all="ignore"):
        scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(values))))
        return np.where(values == 0, 0.0, np.round(values * scale) / scale)


def _firms(table: FirmTable) -> list[Leak]:
    if table.firms is None:
        return []
    known = np.array([firm is not None for firm in table.firms], dtype=bool)
    _, number, size = np.unique(table.firms[known].astype(str), return_inverse=True, return_counts=True)
    failing = np.bincount(number, table.failed[known])
    often = size > 1
    if often.sum() and (failing[often] > 1).any() and np.isin(failing[often] / size[often], (0, 1)).all():
        return [_leak("label_per_firm", firms=int(often.sum()))]
    return []


def _columns(table: FirmTable) -> list[Leak]:
    failed = table.failed
    if min(failed.sum(), (~failed).sum()) < ENOUGH:
        return []
    found = []
    separating, absent = [], []
    for i, name in enumerate(table.names):
        held = ~np.isnan(table.values[:, i])
        area = roc_auc(failed[held], table.values[held, i])
        if np.isfinite(area) and max(area, 1 - area) >= SEPARATING and failed[held].sum() >= ENOUGH:
            separating.append(name)
        if _is_informative(~held, failed):
            absent.append(name)
    if separating:
        found.append(_leak("separating", tuple(separating), columns=tuple(separating)))
    if absent:
        found.append(_leak("absent", tuple(absent), serious=False, columns=tuple(absent)))
    if equal := _equal(table):
        found.append(_leak("equal", tuple(n for pair in equal for n in pair), serious=False, pairs=_equations(equal)))
    return found


def _equal(table: FirmTable) -> list[tuple[str, str]]:
    """Pairs of columns that are equal to the digit far oftener in one class than in the other."""
    found = []
    for i, name in enumerate(table.names):
        same = table.values[:, i : i + 1] == table.values[:, i + 1 :]
        for j in np.flatnonzero(same.mean(axis=0) > 0.01):
            if _is_informative(same[:, j], table.failed):
                found.append((name, table.names[i + 1 + int(j)]))
    return found


def _equations(pairs: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{a} = {b}" for a, b in pairs)


def _is_informative(flag: Flags, failed: Flags) -> bool:
    with_, without = float(flag[failed].mean()), float(flag[~failed].mean())
    whole = float(flag.mean())
    error = np.sqrt(whole * (1 - whole) * (1 / failed.sum() + 1 / (~failed).sum()))
    return abs(with_ - without) >= APART and abs(with_ - without) >= UNLIKELY * error


def _leak(kind: str, named: tuple[str, ...] = (), serious: bool = True, **params: Any) -> Leak:
    return Leak(kind, Message.of(f"diligence.distress.leak.{kind}", **params), named, serious)
