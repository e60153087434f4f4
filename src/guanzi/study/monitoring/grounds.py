"""The grounds of a right: which of them hold, which do not, and what is not known of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import Expression, Logic, TermSheet, conditions_of, explain_condition
from guanzi.study.monitoring.covenants import Examined, RightTest
from guanzi.study.monitoring.late import Late, late_of


@dataclass(frozen=True, slots=True)
class Ground:
    """One of the conditions any of which opens a right.

    Attributes:
        words: The condition.
        holds: Whether it holds in the last step; None: unknown.
        late: What is not known and would decide it.
    """

    words: Message
    holds: bool | None
    late: tuple[Late, ...]


def grounds_of(
    right: RightTest, sheet: TermSheet, examined: Examined, as_of: date, reporting_days: int
) -> tuple[Ground, ...]:
    """The grounds of a right on a day, in the order of its clause; none where it has a single one.

    Args:
        right: The right.
        sheet: The deal.
        examined: Its conditions on the day.
        as_of: The day.
        reporting_days: Days after the end of a quarter within which its figures are to be there.
    """
    tree = next(condition.tree for condition in conditions_of(sheet) if condition.text == right.condition)
    found = []
    for part in _alternatives(tree):
        verdict = examined.examiner.test(part)
        late = late_of(verdict.missing[-1], sheet, examined.seen, as_of, reporting_days)
        found.append(Ground(explain_condition(part, sheet), verdict.truths[-1], late))
    return tuple(found) if len(found) > 1 else ()


def _alternatives(tree: Expression) -> tuple[Expression, ...]:
    if isinstance(tree, Logic) and tree.op == "or":
        return tuple(part for item in tree.items for part in _alternatives(item))
    return (tree,)
