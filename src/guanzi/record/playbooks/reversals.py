"""What would turn the advice: one change at a time, read through the same table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.playbooks.schema import ADVICE_ORDER, Advice, FigureTest, FindingTest, TableRow, leaves
from guanzi.record.playbooks.table import advice_of, evaluate, matching, outcome

DIFFERENCES = frozenset({"additionality.survival", "odds.surplus"})
"""Figures that are a difference of two probabilities: said in percentage points."""
FOLLOWS = frozenset({"odds.waiting"})
"""Figures that follow from others of the table: none changes alone."""
OPEN = "open."
"""Beginning of the name of a figure that a row tests and that the case leaves open there."""
_UNIT_IDS = {"ratio": "ratio", "CNY m": "money", "x": "times", "count": "count"}


@dataclass(frozen=True, slots=True)
class FoundReversal:
    """What would turn the advice, and into what.

    Attributes:
        row: Id of the row through which it works.
        finding: Code of the finding that changes; empty when a figure changes.
        figure: Id of the figure that changes; empty when a finding changes.
        becomes: The advice after the change.
        distance: How far the figure is from the number of its row, relative to the larger of the two; 0 for a
            finding, infinite for a figure without evidence.
        changes: What is changed, so that anybody can change it and read the table again.
    """

    row: str
    finding: str
    figure: str
    becomes: Advice
    distance: float
    message: Message
    changes: tuple[SupposedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SupposedChange:
    """One thing that is otherwise.

    Attributes:
        row: Id of the row for which it is supposed.
        good: Its row comes out better: a risk goes, an asset comes, a question is answered well.
        figures: Figures that are moved.
        gone: Ids of findings that go.
        come: Findings that come.
    """

    row: str
    message: Message
    good: bool
    finding: str = ""
    figure: str = ""
    distance: float = 0.0
    figures: Mapping[str, float] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    come: tuple[Finding, ...] = ()


def reversals(
    table: Sequence[TableRow],
    figures: Mapping[str, float | None],
    findings: Iterable[Finding],
    first: int = 3,
    idle: frozenset[str] = frozenset(),
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[FoundReversal, ...]:
    """The changes that would turn the advice, findings first, then figures by how near they are to their number.

    A change is one finding that goes or comes (or everything that excuses it goes), one open question that is closed,
    or one figure that crosses the number of a row. What is good turns the advice to a better one and what is bad to a
    worse one, never the reverse. A row that holds and whose ground is settled on the day is left out. Where several
    rows stand in the way together, so that no single change turns the advice, the good changes that would satisfy each
    of them are given as one.

    Args:
        table: Rows of a playbook.
        figures: Figure id to value, as for :func:`guanzi.record.playbooks.evaluate`.
        findings: What the checks concluded.
        first: At most so many.
        idle: Ids of the rows that are not applicable.
        bounds: The ends beyond which a figure cannot lie, as the terms say: nothing is turned by what cannot be.
    """
    table, held = [row for row in table if row.id not in idle], tuple(findings)
    now = evaluate(table, figures, held)
    changes = tuple(change for change in _changes(table, figures, held) if _possible(change, bounds or {}))
    turned: dict[tuple[str, str, Advice], FoundReversal] = {}
    for change in changes:
        after = advice_of(table, *supposed((change,), figures, held))
        if _reverses(now.advice, after, good=change.good):
            key = (change.finding, change.figure, after)
            turned.setdefault(key, _reversal((change,), after))
    if not turned:
        joint = _joint(table, now.deciding, changes, figures, held)
        becomes = advice_of(table, *supposed(joint, figures, held))
        return (_reversal(joint, becomes),) if joint and _reverses(now.advice, becomes, good=True) else ()
    return tuple(sorted(turned.values(), key=lambda reversal: reversal.distance)[:first])


def _possible(change: SupposedChange, bounds: Mapping[str, tuple[float, float]]) -> bool:
    """Whether each figure that is moved stays between its ends."""
    ends = ((bounds.get(id.removeprefix(OPEN), (-inf, inf)), value) for id, value in change.figures.items())
    return all(low <= value <= high for (low, high), value in ends)


def _reverses(now: Advice, after: Advice, *, good: bool) -> bool:
    worse, better = sorted((now, after), key=ADVICE_ORDER.index)
    return worse != better and after == (better if good else worse)


def _joint(
    table: Sequence[TableRow],
    deciding: tuple[str, ...],
    changes: Sequence[SupposedChange],
    figures: Mapping[str, float | None],
    findings: tuple[Finding, ...],
) -> tuple[SupposedChange, ...]:
    """For each row that decides, the first good change with which it holds."""
    chosen: list[SupposedChange] = []
    for row in table:
        if row.id in deciding:
            own = (change for change in changes if change.row == row.id and change.good)
            fits = (c for c in own if outcome(row.test, *supposed((c,), figures, findings)) == "pass")
            chosen += [change for change in (next(fits, None),) if change is not None]
    return tuple(chosen)


def supposed(
    changes: Sequence[SupposedChange], figures: Mapping[str, float | None], findings: tuple[Finding, ...]
) -> tuple[dict[str, float | None], tuple[Finding, ...]]:
    """Figures and findings as they would be with the changes."""
    gone = frozenset[str]().union(*(change.gone for change in changes))
    moved = {id: value for change in changes for id, value in change.figures.items()}
    come = tuple(finding for change in changes for finding in change.come)
    return {**figures, **moved}, (*(f for f in findings if f.id not in gone), *come)


def _reversal(changes: Sequence[SupposedChange], becomes: Advice) -> FoundReversal:
    lead = changes[0]
    what = lead.message if len(changes) == 1 else Message.of("playbooks.change.all", what=_messages(changes))
    message = Message.of("playbooks.reversal", change=what, becomes=Message.of(f"playbooks.advice.{becomes}"))
    return FoundReversal(
        lead.row, lead.finding, lead.figure, becomes, max(c.distance for c in changes), message, tuple(changes)
    )


def _messages(changes: Sequence[SupposedChange]) -> tuple[Message, ...]:
    return tuple(change.message for change in changes)


def _changes(
    table: Sequence[TableRow], figures: Mapping[str, float | None], findings: tuple[Finding, ...]
) -> Iterator[SupposedChange]:
    tests = [leaf for row in table for leaf in leaves(row.test) if isinstance(leaf, FindingTest)]
    asked = {test.finding: test.unknown_if[0] for test in tests if test.unknown_if}
    for row in table:
        if row.settled and outcome(row.test, figures, findings) == "pass":
            continue
        for leaf in leaves(row.test):
            match leaf:
                case FindingTest() if leaf.kind != "gap":
                    yield from _finding_changes(row.id, leaf, findings, asked.get(leaf.finding))
                case FigureTest() if leaf.figure not in FOLLOWS:
                    yield _figure_change(row.id, leaf, figures.get(leaf.figure))


def _finding_changes(
    row: str, test: FindingTest, findings: tuple[Finding, ...], asked: str | None
) -> Iterator[SupposedChange]:
    """What can come or go of a finding; ``asked``: the gap that stands where nothing is held of it, in whatever row."""
    name, risk = _name(test.finding), test.absent
    present = matching(test, findings)
    open_questions = tuple(f for f in findings if f.code in test.unknown_if)
    excuses = tuple(f for f in findings if f.code in test.unless)
    if present:
        # What speaks for a deal leaves an open question where it goes, and not its opposite.
        gone = Message.of("playbooks.change.gone", what=name)
        come = () if risk or asked is None else (_supposed(asked, Kind.GAP, Severity.HIGH),)
        yield SupposedChange(row, gone, risk, test.finding, gone=_ids(present), come=come)
    else:
        kind, severity = Kind(test.kind or "risk"), Severity(test.severity or "high")
        came, come = Message.of("playbooks.change.come", what=name), (_supposed(test.finding, kind, severity),)
        yield SupposedChange(row, came, not risk, test.finding, gone=_ids(open_questions), come=come)
    if risk and excuses:
        codes = tuple(dict.fromkeys(f.code for f in excuses))
        names = tuple(Message.of("playbooks.change.named", what=_name(code)) for code in codes)
        message = Message.of("playbooks.change.gone_all", what=names)
        yield SupposedChange(row, message, good=False, finding=codes[0], gone=_ids(excuses))
    if open_questions and not present:
        code = open_questions[0].code
        how = "well" if risk else "badly"
        message = Message.of(f"playbooks.change.closed_{how}", what=_name(code))
        yield SupposedChange(row, message, risk, code, gone=_ids(open_questions))


def _figure_change(row: str, test: FigureTest, value: float | None) -> SupposedChange:
    """The figure on the other side of the row's number; without evidence, on the side on which the row holds."""
    holds_below = test.op in ("<=", "<")
    if value is None:
        upward, distance = not holds_below, inf
    else:
        upward = value <= test.value if holds_below else value < test.value
        distance = abs(value - test.value) / (max(abs(value), abs(test.value)) or 1.0)
    step = max(abs(test.value), 1.0) * 1e-6
    unit = "points" if test.figure in DIFFERENCES else _UNIT_IDS[test.unit]
    message = Message.of(
        f"playbooks.change.{'above' if upward else 'below'}.{unit}",
        what=Message.of(f"playbooks.figure.{test.figure.removeprefix(OPEN)}"),
        limit=test.value,
    )
    crossed = test.value + step if upward else test.value - step
    good = upward != holds_below
    return SupposedChange(row, message, good, figure=test.figure, distance=distance, figures={test.figure: crossed})


def _supposed(code: str, kind: Kind, severity: Severity) -> Finding:
    return Finding(
        id=f"supposed.{code}", check="", stream="", kind=kind, severity=severity, message=_name(code), code=code
    )


def _name(code: str) -> Message:
    return Message.of(f"playbooks.code.{code}")


def _ids(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(finding.id for finding in findings)
