"""Reading a decision table: which rows hold, and what advice follows.

The order is the one a committee reads in: gates first, then limits, then trade-offs. The first stage with a row that
fails with ``decline`` decides: no answer to an open question could fix that. Where nothing declines, an open row whose
failure would be ``decline`` leads to ``insufficient_evidence``: its answer could turn the advice. An open row whose
failure would only add a condition adds it. When nothing stops the reading the advice is ``back_with_conditions`` if a
condition was demanded, else ``back``. There are no weights. A row that a deal cannot meet or break is not applicable:
it neither holds nor fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Literal

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.playbooks.schema import (
    Advice,
    AllOf,
    AnyOf,
    FigureTest,
    FindingTest,
    Stage,
    TableRow,
    Test,
    leaves,
)

type Outcome = Literal["pass", "fail", "no_evidence", "not_applicable"]

STAGES: tuple[Stage, ...] = ("gate", "limit", "tradeoff")
SAME = 1e-9
"""A figure this near its number, in parts of it, is that number: half of a sum stays half in every currency."""
_RANK = {Severity.CRITICAL: 3, Severity.HIGH: 2, Severity.MEDIUM: 1, Severity.LOW: 0}


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row as applied.

    Attributes:
        consequence: ``pass``, or what the row led to: an advice, or ``note`` for a row that only shows a lack
            or is not applicable.
        decided: This row brought about the advice.
        figures: Ids of the figures it tested.
        findings: Ids of the findings it met.
    """

    id: str
    stage: Stage
    rule: Message
    outcome: Outcome
    consequence: str
    decided: bool
    condition: str | None
    figures: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demanded:
    """A condition that the advice demands, and the rows that demand it."""

    id: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The advice that a table gives, with every row as applied.

    Attributes:
        rows: In the order of the table.
        deciding: Ids of the rows that brought about the advice.
        demands: Conditions, in the order of the table; empty unless the advice is ``back_with_conditions``.
    """

    advice: Advice
    rows: tuple[RowResult, ...]
    deciding: tuple[str, ...]
    demands: tuple[Demanded, ...]


def evaluate(
    table: Sequence[TableRow],
    figures: Mapping[str, float | None],
    findings: Iterable[Finding],
    idle: frozenset[str] = frozenset(),
) -> Decision:
    """Apply a decision table.

    Args:
        table: Rows of a playbook.
        figures: Figure id to value; None, or no entry, means that there is no evidence.
        findings: What the checks concluded.
        idle: Ids of the rows that the deal can neither meet nor break.

    Returns:
        The advice with the rows that decided.
    """
    held = tuple(findings)
    outcomes: dict[str, Outcome] = {
        row.id: "not_applicable" if row.id in idle else outcome(row.test, figures, held) for row in table
    }
    effects = {row.id: _consequence(row, outcomes[row.id]) for row in table}
    advice, deciding = read(table, outcomes)
    rows = tuple(
        RowResult(
            id=row.id,
            stage=row.stage,
            rule=row.message(),
            outcome=outcomes[row.id],
            consequence=effects[row.id],
            decided=row.id in deciding,
            condition=row.condition if effects[row.id] == "back_with_conditions" else None,
            figures=tuple(dict.fromkeys(t.figure for t in leaves(row.test) if isinstance(t, FigureTest))),
            findings=tuple(dict.fromkeys(_met(row.test, figures, held))),
        )
        for row in table
    )
    return Decision(advice, rows, deciding, _demands(rows) if advice == "back_with_conditions" else ())


def advice_of(table: Sequence[TableRow], figures: Mapping[str, float | None], findings: Sequence[Finding]) -> Advice:
    """The advice of :func:`evaluate` alone: what a table that is read hundreds of times is asked for."""
    return read(table, {row.id: outcome(row.test, figures, findings) for row in table})[0]


def read(table: Sequence[TableRow], outcomes: Mapping[str, Outcome]) -> tuple[Advice, tuple[str, ...]]:
    """The advice that follows from how each row came out, and the rows that brought it about.

    A row that comes out better never makes the advice worse.
    """
    effects = {row.id: _consequence(row, outcomes[row.id]) for row in table}
    for stage in STAGES:
        stopping = tuple(row.id for row in table if row.stage == stage and effects[row.id] == "decline")
        if stopping:
            return "decline", stopping
    still_open = tuple(
        row.id for stage in STAGES for row in table if row.stage == stage and effects[row.id] == "insufficient_evidence"
    )
    if still_open:
        return "insufficient_evidence", still_open
    conditional = tuple(row.id for row in table if effects[row.id] == "back_with_conditions")
    return ("back_with_conditions", conditional) if conditional else ("back", ())


def outcome(test: Test, figures: Mapping[str, float | None], findings: Sequence[Finding]) -> Outcome:
    """Whether a test holds, in three values: a test without evidence neither holds nor fails (Kleene)."""
    match test:
        case FigureTest():
            return _figure_outcome(test, figures.get(test.figure))
        case FindingTest():
            return _finding_outcome(test, findings)
        case AllOf(all=parts):
            return _combine([outcome(part, figures, findings) for part in parts], decisive="fail", otherwise="pass")
        case AnyOf(any=parts):
            return _combine([outcome(part, figures, findings) for part in parts], decisive="pass", otherwise="fail")


def matching(test: FindingTest, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that a test means."""
    floor = -1 if test.severity is None else _RANK[Severity(test.severity)]
    return tuple(
        f
        for f in findings
        if f.code == test.finding and (test.kind is None or f.kind == Kind(test.kind)) and _RANK[f.severity] >= floor
    )


def _figure_outcome(test: FigureTest, value: float | None) -> Outcome:
    if value is None or value != value:
        return "no_evidence"
    if isclose(value, test.value, rel_tol=SAME):
        value = test.value
    holds = {
        "<=": value <= test.value,
        ">=": value >= test.value,
        "<": value < test.value,
        ">": value > test.value,
    }[test.op]
    return "pass" if holds else "fail"


def _finding_outcome(test: FindingTest, findings: Sequence[Finding]) -> Outcome:
    codes = {f.code for f in findings}
    if test.absent and codes.intersection(test.unless):
        return "pass"
    present = bool(matching(test, findings))
    if not present and codes.intersection(test.unknown_if):
        return "no_evidence"
    return "pass" if present != test.absent else "fail"


def _combine(parts: Sequence[Outcome], decisive: Outcome, otherwise: Outcome) -> Outcome:
    if decisive in parts:
        return decisive
    return "no_evidence" if "no_evidence" in parts else otherwise


def _consequence(row: TableRow, result: Outcome) -> str:
    match result:
        case "pass":
            return "pass"
        case "fail":
            return row.if_fail
        case "not_applicable":
            return "note"
    # what is missing stops the reading only where its answer could
    could_only_add = row.no_evidence == "insufficient_evidence" and row.if_fail == "back_with_conditions"
    return row.if_fail if could_only_add else row.no_evidence


def _met(test: Test, figures: Mapping[str, float | None], findings: Sequence[Finding]) -> Iterator[str]:
    """The findings on which an outcome rests: of several parts, those of the parts that came out as the whole did."""
    found = outcome(test, figures, findings)
    match test:
        case FindingTest():
            codes = (*test.unless, *(test.unknown_if if found == "no_evidence" else test.shown_by))
            yield from (f.id for f in (*matching(test, findings), *(f for f in findings if f.code in codes)))
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                if outcome(part, figures, findings) == found:
                    yield from _met(part, figures, findings)


def _demands(rows: Iterable[RowResult]) -> tuple[Demanded, ...]:
    because: dict[str, list[str]] = {}
    for row in rows:
        if row.condition is not None:
            because.setdefault(row.condition, []).append(row.id)
    return tuple(Demanded(id, tuple(ids)) for id, ids in because.items())
