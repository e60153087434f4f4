"""Whether a simulated figure and a limit can be told apart at the number of paths that were run.

Every sentence that hangs on such a comparison asks here. The comparison itself is not moved by the error: what the
figure says decides, and beside it stands whether another draw of as many paths could have said the opposite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guanzi.advice.appraisal.book import FigureBook
from guanzi.base.core import Finding
from guanzi.engine.simulation import Z_95
from guanzi.record.playbooks import FigureTest, TableRow, leaves, outcome

HEADLINES = (
    "fund.npv_mean",
    "fund.npv_p5",
    "fund.npv",
    "public.value_mean",
    "company.failure_probability_5y",
    "fund.loss_probability",
    "put.payable",
    "put.receipt_to_price",
    "exposure.failure_p95",
)
"""Figures beside which their sampling error is told: value on average, in the middle and at its 5 % quantile, how
likely failure and a loss are, what a put brings, and what is lost on failure."""


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much a simulated figure is above a limit.

    Attributes:
        value: Above it; negative: below.
        error: Standard error from the number of paths; None: it has none.
    """

    value: float
    error: float | None

    @property
    def above(self) -> bool:
        """Whether the figure reaches the limit, as it was simulated."""
        return self.value >= 0.0

    @property
    def unclear(self) -> bool:
        """Whether the figure and the limit cannot be told apart at this number of paths."""
        return self.error is not None and abs(self.value) < Z_95 * self.error

    @property
    def can(self) -> frozenset[bool]:
        """Which answers of :attr:`above` another draw of as many paths could give."""
        return frozenset((True, False)) if self.unclear else frozenset((self.above,))


def all_above(margins: Iterable[Margin]) -> frozenset[bool]:
    """Which answers another draw could give to whether all figures reach their limits."""
    answers = [margin.can for margin in margins]
    held = {True} if all(True in can for can in answers) else set[bool]()
    return frozenset(held | ({False} if any(False in can for can in answers) else set()))


def unclear_figures(row: TableRow, book: FigureBook, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The figures of a row of the decision table on whose sampling error it hangs whether the row is met."""
    values = book.values()
    found = outcome(row.test, values, findings)
    return tuple(
        dict.fromkeys(
            test.figure
            for test, beyond in _near(row, book)
            if outcome(row.test, {**values, test.figure: beyond}, findings) != found
        )
    )


def _near(row: TableRow, book: FigureBook) -> Iterator[tuple[FigureTest, float]]:
    """Tests of figures that cannot be told apart from their limit, with a value on the other side of it."""
    for test in leaves(row.test):
        if not isinstance(test, FigureTest):
            continue
        value, error = book.value(test.figure), book.error(test.figure)
        if value is None or error is None or not Margin(value - test.value, error).unclear:
            continue
        yield from ((test, test.value + error), (test, test.value - error))
