"""How two term sheets differ, as a table: each clause as it was and as it is, with the values that changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from guanzi.advice.structuring import ClauseChange
from guanzi.deal.terms import group_title
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Cell, Row, Sentence, Table


def clause_table(changes: Sequence[ClauseChange]) -> Table:
    """Clauses that differ, by group."""
    rows: list[Row] = []
    for group, found in groupby(changes, key=lambda change: change.group):
        rows += (Row(Cell(group_title(group)), (Cell(""), Cell(""))), *map(_row, found))
    caption = message("clauses.caption", n=len(changes))
    return Table("clauses", caption, heads("deal.head", "clause", "before", "after"), tuple(rows))


def _row(change: ClauseChange) -> Row:
    values = tuple(Sentence(value.message) for value in change.values)
    cells = (Cell(change.before or ""), Cell(change.after or "", notes=values))
    return Row(Cell(message(f"clauses.{change.kind}", id=change.id)), cells, depth=1)
