"""Reading a decision table: which rows hold, and what advice follows.

The order is the one a committee reads in. Gates first, then limits, then trade-offs. Within a stage a row that fails
with ``decline`` decides; failing that, a row that leads to ``insufficient_evidence``; failing that, rows that demand a
condition add it and reading goes on. When no row stops the reading the advice is ``back_with_conditions`` if a
condition was demanded, else ``back``. There are no weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from guanzi.core import Finding, Kind, Message, Severity
from guanzi.playbooks.schema import Advice, AllOf, AnyOf, FigureTest, FindingTest, Stage, TableRow, Test, leaves

type Outcome = Literal["pass", "fail", "no_evidence"]

STAGES: tuple[Stage, ...] = ("gate", "limit", "tradeoff")
_RANK = {Severity.CRITICAL: 3, Severity.HIGH: 2, Severity.MEDIUM: 1, Severity.LOW: 0}


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row as applied.

    Attributes:
        consequence: ``pass``, or what the row led to: an advice, or ``note`` for a row that only shows a lack.
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


def evaluate(table: Sequence[TableRow], figures: Mapping[str, float | None], findings: Iterable[Finding]) -> Decision:
    """Apply a decision table.

    Args:
        table: Rows of a playbook.
        figures: Figure id to value; None, or no entry, means that there is no evidence.
        findings: What the checks concluded.

    Returns:
        The advice with the rows that decided.
    """
    held = tuple(findings)
    outcomes = {row.id: outcome(row.test, figures, held) for row in table}
    effects = {row.id: _consequence(row, outcomes[row.id]) for row in table}
    advice, deciding = _read(table, effects)
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
            findings=_met(row.test, held),
        )
        for row in table
    )
    return Decision(advice, rows, deciding, _demands(rows) if advice == "back_with_conditions" else ())


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
    holds = {
        "<=": value <= test.value,
        ">=": value >= test.value,
        "<": value < test.value,
        ">": value > test.value,
    }[test.op]
    return "pass" if holds else "fail"


def _finding_outcome(test: FindingTest, findings: Sequence[Finding]) -> Outcome:
    codes = {f.code for f in findings}
    present = bool(matching(test, findings))
    if not present and codes.intersection(test.unknown_if):
        return "no_evidence"
    if test.absent and present and codes.intersection(test.unless):
        return "pass"
    return "pass" if present != test.absent else "fail"


def _combine(parts: Sequence[Outcome], decisive: Outcome, otherwise: Outcome) -> Outcome:
    if decisive in parts:
        return decisive
    return "no_evidence" if "no_evidence" in parts else otherwise


def _consequence(row: TableRow, result: Outcome) -> str:
    return {"pass": "pass", "fail": row.if_fail, "no_evidence": row.no_evidence}[result]


def _read(table: Sequence[TableRow], effects: Mapping[str, str]) -> tuple[Advice, tuple[str, ...]]:
    stops: tuple[Advice, ...] = ("decline", "insufficient_evidence")
    for stage in STAGES:
        for advice in stops:
            stopping = tuple(row.id for row in table if row.stage == stage and effects[row.id] == advice)
            if stopping:
                return advice, stopping
    conditional = tuple(row.id for row in table if effects[row.id] == "back_with_conditions")
    return ("back_with_conditions", conditional) if conditional else ("back", ())


def _met(test: Test, findings: Sequence[Finding]) -> tuple[str, ...]:
    met: list[str] = []
    for leaf in leaves(test):
        if isinstance(leaf, FindingTest):
            met += [f.id for f in matching(leaf, findings)]
            met += [f.id for f in findings if f.code in (*leaf.unless, *leaf.unknown_if)]
    return tuple(dict.fromkeys(met))


def _demands(rows: Iterable[RowResult]) -> tuple[Demanded, ...]:
    because: dict[str, list[str]] = {}
    for row in rows:
        if row.condition is not None:
            because.setdefault(row.condition, []).append(row.id)
    return tuple(Demanded(id, tuple(ids)) for id, ids in because.items())
