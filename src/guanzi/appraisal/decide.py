"""The advice: the playbook's decision table applied to figures and findings, and what would turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanzi.appraisal.book import FigureBook, text
from guanzi.appraisal.currency import HOME
from guanzi.appraisal.document import Advice, Reversal, Row
from guanzi.core import Finding, Message
from guanzi.playbooks import (
    AllOf,
    AnyOf,
    Decision,
    FigureTest,
    FindingTest,
    Playbook,
    TableRow,
    Test,
    evaluate,
    reversals,
)
from guanzi.terms import TermSheet

OTHER = "yuan"
"""Prefix of a figure that is not known in the currency of a limit."""
OF_SHARES = ("put_right", "no_put", "put_wrong_way")
"""Findings on the right to sell shares."""
OF_A_FUND = ("fund.", "exposure.before_new_tier")
"""Beginnings of the figures that ask for money of a fund."""
MOST = 3
"""At most so many changes are told."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The table as applied, in the form of the appraisal."""

    decision: Decision
    advice: Advice
    rows: tuple[Row, ...]
    reversals: tuple[Reversal, ...]


def decide(
    playbook: Playbook,
    book: FigureBook,
    findings: Sequence[Finding],
    currency: str = HOME,
    sheet: TermSheet | None = None,
) -> Decided:
    """Apply the table of a playbook to a case in a currency.

    A limit in yuan says nothing of other money. What a row asks of shares or of a fund's return is left out where the
    deal has neither; a row that asks nothing else is not applied.
    """
    values = book.values()
    table = applicable(playbook.table, sheet)
    table = table if currency == HOME else tuple(_without_yuan(row) for row in table)
    decision = evaluate(table, values, findings)
    rows = tuple(
        Row.model_validate(
            {
                "id": row.id,
                "stage": row.stage,
                "rule": text(row.rule),
                "outcome": row.outcome,
                "consequence": row.consequence,
                "decided": row.decided,
                "figures": tuple(id for id in row.figures if id in book),
                "findings": row.findings,
            }
        )
        for row in decision.rows
    )
    codes = {finding.code: finding.id for finding in reversed(findings)}
    turned = tuple(
        Reversal(
            text=text(_change(turn.message)),
            finding=codes.get(turn.finding, "") if turn.finding else turn.figure,
            row=turn.row,
            becomes=turn.becomes,
        )
        for turn in reversals(table, values, findings)
    )
    return Decided(decision, decision.advice, rows, (*turned, *_break_even(book, turned))[:MOST])


def applicable(table: Sequence[TableRow], sheet: TermSheet | None) -> tuple[TableRow, ...]:
    """The rows of a table that a deal can meet or break.

    A deal that buys no shares has no right to sell them; one that only gives has no return to a fund, and no money of a
    fund that is paid before anything binds.
    """
    if sheet is None or not sheet.moves_money or sheet.equities:
        return tuple(table)
    found = ((row, _left(row.test, sheet.only_gives)) for row in table)
    return tuple(row.model_copy(update={"test": test}) for row, test in found if test is not None)


def _left(test: Test, only_gives: bool) -> Test | None:
    match test:
        case FigureTest(figure=figure):
            gone = figure.startswith(("put.", "mechanism.stake"))
            return None if gone or (only_gives and figure.startswith(OF_A_FUND)) else test
        case FindingTest(finding=code):
            return None if code in OF_SHARES else test
        case AllOf(all=parts):
            held = tuple(p for p in (_left(part, only_gives) for part in parts) if p is not None)
            return AllOf(all=held) if held else None
        case AnyOf(any=parts):
            held = tuple(p for p in (_left(part, only_gives) for part in parts) if p is not None)
            return AnyOf(any=held) if held else None


def _break_even(book: FigureBook, turned: tuple[Reversal, ...]) -> tuple[Reversal, ...]:
    """Said by its cause: the survival at which the fund's mean value, whose sign turns the advice, would be zero."""
    needed, now = book.value("company.break_even_survival"), book.value("company.survival")
    through = next((x for x in turned if x.finding == "fund.npv_mean"), None)
    if needed is None or now is None or through is None:
        return ()
    message = Message.of("appraisal.reversal.break_even", needed=needed, now=now)
    return (through.model_copy(update={"text": text(message), "finding": "company.break_even_survival"}),)


def _change(message: Message) -> Message:
    """The change alone; what the advice becomes stands beside it."""
    change = dict(message.params).get("change")
    return change if isinstance(change, Message) else message


def _without_yuan(row: TableRow) -> TableRow:
    """The row with its limits in yuan taken for unknown; nought is nought in any currency."""
    return row.model_copy(update={"test": _unknown_in_yuan(row.test)})


def _unknown_in_yuan(test: Test) -> Test:
    match test:
        case FigureTest(unit="CNY m", value=value) if value != 0.0:
            return test.model_copy(update={"figure": f"{OTHER}.{test.figure}"})
        case AllOf(all=parts):
            return AllOf(all=tuple(_unknown_in_yuan(part) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_unknown_in_yuan(part) for part in parts))
        case _:
            return test
