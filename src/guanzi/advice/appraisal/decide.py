"""The advice: the playbook's decision table applied to figures and findings, and what would turn it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guanzi.advice.appraisal.advice_data import Advice, Missing, Reversal, Row
from guanzi.advice.appraisal.apart import unclear_figures
from guanzi.advice.appraisal.book import FigureBook, text
from guanzi.advice.appraisal.missing import assumed, missing
from guanzi.advice.appraisal.prepare import SELF_FUNDED
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.base.core import HOME, Finding, Message, Parameter
from guanzi.deal.terms import TermSheet
from guanzi.record.playbooks import (
    OPEN,
    AllOf,
    AnyOf,
    Applies,
    Decision,
    FigureTest,
    FindingTest,
    Playbook,
    TableRow,
    Test,
    evaluate,
    outcome,
    reversals,
)
from guanzi.study.diligence import unasked

OF_SHARES = ("put.", "mechanism.stake", "put_right", "no_put", "gap_put", "put_wrong_way")
"""Figures, by their beginnings, and findings on shares and the right to sell them."""
OF_TREND = ("gap_margin_trend", "margin_trend", "trend.")
"""What the check of trends says of a margin, and the beginning of the figures that stand beside it."""
OF_A_FUND = ("fund.", "exposure.before_new_tier")
"""Beginnings of the figures that ask for money of a fund."""
OF_SURVIVAL = (
    "exposure.failure",
    "company.failure",
    "additionality.survival",
    "going_concern",
    "runway_with_deal_short",
)
"""Figures, by their beginnings, and findings that ask whether the company lives: one that does anyhow is not asked."""
SERIES = ("scale-up-manufacturer",)
"""Kinds of company that sell in series; the others have a way to their first product in the model."""
MOST = 3
"""At most so many changes are told."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The table as applied, in the form of the appraisal; ``table``: its rows as far as the case lets them be asked."""

    decision: Decision
    table: tuple[TableRow, ...]
    advice: Advice
    rows: tuple[Row, ...]
    reversals: tuple[Reversal, ...]
    missing: tuple[Missing, ...]


def decide(
    playbook: Playbook,
    book: FigureBook,
    findings: Sequence[Finding],
    currency: str = HOME,
    sheet: TermSheet | None = None,
    model: str = "",
    moved: SensitivityData | None = None,
) -> Decided:
    """Apply the table of a playbook to a case in a currency, for a kind of company.

    A limit in yuan says nothing of other money. What a row asks of shares or of a fund's return is left out where the
    deal has neither; a row that asks nothing else is not applicable: it neither holds nor fails.
    """
    values = book.values()
    table, idle = _table(playbook, book, findings, currency, sheet, model)
    decision = evaluate(table, values, findings, idle)
    named = {row.id: tuple(figure.removeprefix(OPEN) for figure in row.figures) for row in decision.rows}
    rows = tuple(
        Row.model_validate(
            {
                "id": row.id,
                "stage": row.stage,
                "rule": text(_in_currency(row.rule, currency)),
                "outcome": row.outcome,
                "consequence": row.consequence,
                "decided": row.decided,
                "figures": tuple(id for id in named[row.id] if id in book and row.id not in idle),
                "findings": () if row.id in idle else row.findings,
                "unclear": () if row.id in idle else unclear_figures(asked, book, findings),
            }
        )
        for row, asked in zip(decision.rows, table, strict=True)
    )
    codes = {finding.code: finding.id for finding in reversed(findings)}
    bounds = {id: ends for id in book.figures() if (ends := book.bounds(id)) is not None}
    turned = tuple(
        Reversal(
            text=text(_in_currency(_change(reversal.message), currency)),
            finding=codes.get(reversal.finding, "") if reversal.finding else reversal.figure,
            row=reversal.row,
            becomes=reversal.becomes,
        )
        for reversal in reversals(table, values, findings, idle=idle, bounds=bounds)
    )
    turns = (*turned, *_break_even(book, turned))[:MOST]
    return Decided(decision, table, decision.advice, rows, turns, _missing(table, decision, book, findings, moved))


def advised(
    playbook: Playbook,
    book: FigureBook,
    findings: Sequence[Finding],
    currency: str = HOME,
    sheet: TermSheet | None = None,
    model: str = "",
) -> Advice:
    """The advice of :func:`decide` alone."""
    table, idle = _table(playbook, book, findings, currency, sheet, model)
    return evaluate(table, book.values(), findings, idle).advice


def _table(
    playbook: Playbook,
    book: FigureBook,
    findings: Sequence[Finding],
    currency: str,
    sheet: TermSheet | None,
    model: str,
) -> tuple[tuple[TableRow, ...], frozenset[str]]:
    """The rows that apply; a test that the case leaves open takes its figure for unknown."""
    table, idle = applicable(playbook.table, sheet, model, unasked(findings))

    def left_open(test: FigureTest) -> bool:
        return (currency != HOME and test.unit == "CNY m" and test.value != 0.0) or _straddles(test, book)

    return tuple(row.model_copy(update={"test": _opened(row.test, left_open)}) for row in table), idle


def _straddles(test: FigureTest, book: FigureBook) -> bool:
    """Whether a figure of which only the ends are known may lie on either side of a limit."""
    ends = book.bounds(test.figure)
    return ends is not None and len({outcome(test, {test.figure: end}, ()) for end in ends}) > 1


def _missing(
    table: Sequence[TableRow],
    decision: Decision,
    book: FigureBook,
    findings: Sequence[Finding],
    moved: SensitivityData | None,
) -> tuple[Missing, ...]:
    """What is not known; then the assumptions that could turn the advice."""
    return (*missing(table, decision, book, findings), *assumed(table, decision, book, moved))


def applicable(
    table: Sequence[TableRow], sheet: TermSheet | None, model: str, silent: frozenset[str] = frozenset()
) -> tuple[tuple[TableRow, ...], frozenset[str]]:
    """The rows as far as a deal can meet or break them, and the ids of those of which nothing is left.

    A deal that buys no shares has no right to sell them; one that only gives has no return to a fund, and no money of a
    fund that is paid before anything binds. A company that lives whatever is given is not asked whether it lives, and
    what a check cannot ask of the case, whose gap is then in ``silent``, no row asks. Where the terms are not known,
    every row but those of other kinds of company applies.
    """
    nothing = (*silent, *(OF_TREND if OF_TREND[0] in silent else ()))
    if sheet is not None and sheet.buys_shares is False:
        survival = OF_SURVIVAL if model == SELF_FUNDED else ()
        nothing += (*OF_SHARES, *((*OF_A_FUND, *survival) if sheet.only_gives else ()))
    rows, idle = [], set[str]()
    for row in table:
        left = _left(row.test, nothing)
        if left is None or not _applies(row.applies, sheet, model):
            idle.add(row.id)
        rows.append(row if left is None else row.model_copy(update={"test": left}))
    return tuple(rows), frozenset(idle)


def _applies(what: Applies, sheet: TermSheet | None, model: str) -> bool:
    """Whether a deal has what a row is about; what is not known may be there."""
    if what == "series":
        return not model or model in SERIES
    if what == "covenants":
        return sheet is None or bool(sheet.covenants) or sheet.covenants_unseen
    if sheet is None:
        return what != "gifts"
    match what:
        case "fund":
            return not sheet.only_gives
        case "gifts":
            return sheet.only_gives
        case "shares":
            return sheet.buys_shares is not False
        case "put":
            return bool(sheet.public_puts) or (not sheet.moves_money and sheet.buys_shares is None)
    return True


def _left(test: Test, idle: tuple[str, ...]) -> Test | None:
    match test:
        case FigureTest(figure=figure):
            return None if figure.startswith(idle) else test
        case FindingTest(finding=code, unknown_if=gaps):
            return None if {code, *gaps}.intersection(idle) else test
        case AllOf(all=parts):
            held = tuple(p for p in (_left(part, idle) for part in parts) if p is not None)
            return AllOf(all=held) if held else None
        case AnyOf(any=parts):
            held = tuple(p for p in (_left(part, idle) for part in parts) if p is not None)
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


def _in_currency(message: Message, currency: str) -> Message:
    """A limit of nought in the currency of the case, within others too; any other stays in yuan."""

    def counted(value: Parameter) -> Parameter:
        if isinstance(value, Message):
            return _in_currency(value, currency)
        return tuple(counted(item) for item in value) if isinstance(value, tuple) else value

    within = Message.of(message.id, **{name: counted(value) for name, value in message.params})
    return within.counted_in(currency) if dict(message.params).get("limit") == 0.0 else within


def _opened(test: Test, left_open: Callable[[FigureTest], bool]) -> Test:
    match test:
        case FigureTest(figure=figure):
            return test.model_copy(update={"figure": f"{OPEN}{figure}"}) if left_open(test) else test
        case AllOf(all=parts):
            return AllOf(all=tuple(_opened(part, left_open) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_opened(part, left_open) for part in parts))
        case _:
            return test
