"""Covenants, tiers and rights of a signed deal, tested by the sheet's own conditions on what is known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.core import Message
from guanzi.deal.program import order_tiers
from guanzi.deal.terms import (
    OBSERVABLES,
    Condition,
    Covenant,
    DateTest,
    EventHappened,
    Expression,
    Grid,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    TermSheet,
    Tier,
    Type,
    Unknown,
    explain,
    explain_condition,
    senses,
    walk,
)
from guanzi.study.monitoring.examining import Examiner
from guanzi.study.monitoring.late import Late, late_of
from guanzi.study.monitoring.needs import ConditionVerdict
from guanzi.study.monitoring.observations import Observations, step_end

type Use = Literal["payment", "put", "call", "clawback", "right"]
type CovenantState = Literal["kept", "curing", "failed", "breached", "unknown", "not_yet", "no_text"]


@dataclass(frozen=True, slots=True)
class Headroom:
    """How far a figure is from its limit, over time.

    Attributes:
        words: The comparison in words, as it must hold.
        unit: Unit of the figure; ``money`` is in the unit of the sheet.
        op, limit: What must hold: ``<``, ``<=``, ``>`` or ``>=``, and the limit.
        values: The figure in each step; None: not known.
        tested: Whether the sheet looks at it in a step (yearly sums are looked at in the last step of a year).
        days: The last day that the figure of a step is about: a state that is told of one day keeps that day.
    """

    words: Message
    unit: str
    op: str
    limit: float
    values: tuple[float | None, ...]
    tested: tuple[bool, ...]
    days: tuple[date, ...]

    def room(self, t: int) -> float | None:
        """How much the figure may still worsen in a step before the limit is passed; negative: by how much it is."""
        value = self.values[t]
        if value is None:
            return None
        return value - self.limit if self.op in (">", ">=") else self.limit - value


@dataclass(frozen=True, slots=True)
class CovenantTest:
    """A covenant on a day.

    Attributes:
        state: ``kept``, ``curing`` (it fails, and can still be cured), ``failed`` (it was not kept, and whether it
            can still be cured is not known), ``breached``, ``unknown`` (cannot be tested), ``not_yet`` (it is not in
            force) or ``no_text``.
        verdict: Whether it was breached in each step; None without a text to test.
        breached: Last day of the step in which it was first breached.
        failed: Where it is not known whether it can still be cured: last day of the step in which it first failed, or,
            where earlier steps cannot be tested, of the last one.
        curable: While it is cured: last day of the step in which it will be breached if it fails until then; also where
            it failed when it was last tested, and cannot be tested since.
        since, untested: The first step from which it is tested; steps that cannot be.
        tested: Day of the newest fact by which it could be tested last, before it came into force where it was kept
            then; None: it never could.
        late: What is not known and would decide the last step.
        entitles: What a breach entitles the public side to, in words.
        headroom, facts: Each limit in it; facts behind the last step.
    """

    id: str
    name: str
    text: str
    condition: str
    words: Message | None
    state: CovenantState
    verdict: ConditionVerdict | None
    breached: date | None
    failed: date | None
    curable: date | None
    since: int
    untested: tuple[int, ...]
    tested: date | None
    late: tuple[Late, ...]
    entitles: Message
    headroom: tuple[Headroom, ...]
    facts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TierTest:
    """A tier of binding on a day: whether it is in force in each step."""

    id: str
    name: str
    baseline: bool
    condition: str
    words: Message
    verdict: ConditionVerdict
    late: tuple[Late, ...]

    @property
    def now(self) -> bool | None:
        """Whether it is in force in the last step."""
        return self.verdict.truths[-1]

    @property
    def lost(self) -> bool | None:
        """Whether it was in force and is so no more; None: not known, of the last step or of those before."""
        truths = self.verdict.truths
        if self.now is not False:
            return False if self.now else None
        return True if any(truths) else None if None in truths else False


@dataclass(frozen=True, slots=True)
class RightTest:
    """A right or another condition of an instrument on a day: whether its condition holds in each step.

    Attributes:
        use: What its condition decides: a ``payment``, a ``put``, ``call``, ``clawback`` or another ``right``.
        of: The instrument.
        name: What it is called.
        words: The whole clause in words.
        headroom: How far each limit is from opening the right.
        first: The first day on which it is asked, where that is to come; what fails before it has not failed.
        assumed: That day is assumed.
    """

    id: str
    condition: str
    words: Message
    verdict: ConditionVerdict
    late: tuple[Late, ...]
    headroom: tuple[Headroom, ...]
    use: Use = "right"
    of: str = ""
    name: str = ""
    first: date | None = None
    assumed: bool = False

    @property
    def now(self) -> bool | None:
        """Whether its condition holds in the last step; that it does not is no answer before it is asked."""
        return asked_now(self.verdict.truths[-1], self.first)


@dataclass(frozen=True, slots=True)
class Examined:
    """Every condition of a sheet on a day."""

    seen: Observations
    examiner: Examiner
    tiers: tuple[TierTest, ...]
    covenants: tuple[CovenantTest, ...]
    rights: tuple[RightTest, ...]


def examine(sheet: TermSheet, seen: Observations, as_of: date, reporting_days: int) -> Examined:
    """Test tiers, covenants and rights of a sheet.

    Args:
        sheet: The term sheet.
        seen: What was observed.
        as_of: The day.
        reporting_days: Days after the end of a quarter within which its figures are to be there.
    """
    examiner = Examiner(seen)
    tiers = {tier.id: _tier(tier, sheet, examiner, as_of, reporting_days) for tier in order_tiers(sheet.tiers)}
    covenants = tuple(_covenant(c, sheet, examiner, as_of, reporting_days) for c in sheet.covenants)
    rights = tuple(_rights(sheet, examiner, as_of, reporting_days))
    return Examined(seen, examiner, tuple(tiers[tier.id] for tier in sheet.tiers), covenants, rights)


def breach_of(covenant: Covenant, sheet: TermSheet, grid: Grid) -> Expression | None:
    """When a covenant is broken, as one condition: as the deal's program tests it, before it latches.

    The company is solvent, what must hold does not, the covenant has not ended, and each promise of the public side
    that suspends it and is due has been kept. Where there is a period of cure, all this holds in each step of it, too.
    """
    failing = _failing(covenant, sheet, grid)
    if failing is None or not covenant.cure:
        return failing
    place, parts = covenant.place, [failing]
    if covenant.start is not None:
        first = grid.first_day(max(grid.step_of(covenant.start), 0)).isoformat()
        parts.append(Negation(DateTest("before", first, place), place))
    steps = grid.steps(covenant.cure) + 1
    return Held(Logic("and", tuple(parts), place), steps * grid.months / 12, place)


def _failing(covenant: Covenant, sheet: TermSheet, grid: Grid) -> Expression | None:
    """When a covenant is not kept, whether or not there is still time to fix it."""
    if covenant.require is None:
        return None
    place = covenant.place
    parts: list[Expression] = [_solvent(covenant), Negation(covenant.require.tree, place)]
    if covenant.until is not None:
        parts.append(Negation(covenant.until.tree, place))
    for promise in sheet.promises:
        if covenant.id in promise.suspends:
            due = grid.first_day(max(grid.step_of(promise.due), 0)).isoformat()
            parts.append(Logic("or", (DateTest("before", due, place), EventHappened(promise.id, place)), place))
    return Logic("and", tuple(parts), place)


def force_of(tier: Tier) -> Expression:
    """When a tier is in force: its condition holds and the company is solvent."""
    return Logic("and", (_solvent(tier), tier.when.tree), tier.place)


def asked_now(truth: bool | None, first: date | None) -> bool | None:
    """A truth of today, of what is asked for the first time on a day to come (None: it is asked already)."""
    return truth if first is None or truth else None


def _solvent(clause: Covenant | Tier) -> Observable:
    return Observable("solvent", Type.TRUTH, "", clause.place)


def _tier(tier: Tier, sheet: TermSheet, examiner: Examiner, as_of: date, reporting_days: int) -> TierTest:
    verdict = examiner.test(force_of(tier))
    examiner.tiers[tier.id] = verdict
    late = late_of(verdict.missing[-1], sheet, examiner.seen, as_of, reporting_days)
    words = explain_condition(tier.when.tree, sheet)
    return TierTest(tier.id, sheet.called(f"tier.{tier.id}"), tier.baseline, tier.when.text, words, verdict, late)


def _covenant(
    covenant: Covenant, sheet: TermSheet, examiner: Examiner, as_of: date, reporting_days: int
) -> CovenantTest:
    grid = examiner.seen.grid
    since = 0 if covenant.start is None else max(grid.step_of(covenant.start), 0)
    tree = breach_of(covenant, sheet, grid)
    verdict = None if tree is None else examiner.test(tree)
    state, first = _state(verdict, since)
    failed = curable = None
    looked = verdict
    if state in ("kept", "unknown") and covenant.cure and (failing := _failing(covenant, sheet, grid)) is not None:
        looked = examiner.test(failing)
        last = looked.truths[-1]
        if state == "kept":
            curable = _curable(looked.truths, since, grid, covenant.cure)
            state = "unknown" if last is None else "curing" if last else "kept"
        elif last:  # it fails, and whether it has for its whole period of cure is not known
            state, failed = "failed", step_end(grid, len(looked.truths) - 1)
    elif state == "breached" and covenant.cure is None and first is not None:
        state, failed, first = "failed", step_end(grid, first), None
    untested = () if looked is None else tuple(t for t, x in enumerate(looked.truths) if t >= since and x is None)
    known = () if looked is None else tuple(t for t, x in enumerate(looked.truths) if x is False or (x and t >= since))
    late = (
        ()
        if looked is None or state != "unknown"
        else late_of(looked.missing[-1], sheet, examiner.seen, as_of, reporting_days)
    )
    return CovenantTest(
        id=covenant.id,
        name=sheet.called(f"covenant.{covenant.id}"),
        text=covenant.text,
        condition="" if covenant.require is None else covenant.require.text,
        words=None if covenant.require is None else explain_condition(covenant.require.tree, sheet),
        state=state,
        verdict=verdict,
        breached=None if first is None else step_end(grid, first),
        failed=failed,
        curable=curable,
        since=since,
        untested=untested,
        tested=None if looked is None or not known else _tested(looked, known[-1], examiner.seen),
        late=late,
        entitles=_entitles(covenant, sheet),
        headroom=() if covenant.require is None else tuple(_headroom(covenant.require, sheet, examiner, wanted=True)),
        facts=() if looked is None else looked.facts[-1],
        source=covenant.source,
    )


def _tested(looked: ConditionVerdict, t: int, seen: Observations) -> date:
    """The day of the newest fact on which a truth rests; without one, the last day of its step."""
    end = step_end(seen.grid, t)
    return min(max((seen.stated[fact] for fact in looked.facts[t] if fact in seen.stated), default=end), end)


def _state(verdict: ConditionVerdict | None, since: int) -> tuple[CovenantState, int | None]:
    if verdict is None:
        return "no_text", None
    if since >= len(verdict.truths):
        return "not_yet", None
    for t, broken in enumerate(verdict.truths):
        if t >= since and broken:
            return "breached", t
    return ("unknown" if verdict.truths[-1] is None else "kept"), None


def _curable(failing: tuple[bool | None, ...], since: int, grid: Grid, cure: int) -> date | None:
    """Until when a failure of the last step that is known can be cured; None: it does not fail."""
    known = len(failing)
    while known > since and failing[known - 1] is None:
        known -= 1
    first = known
    while first > since and failing[first - 1]:
        first -= 1
    return None if first == known else step_end(grid, first + grid.steps(cure))


def _entitles(covenant: Covenant, sheet: TermSheet) -> Message:
    """What a breach entitles the public side to: the clause of the right that is its remedy."""
    if covenant.remedy is None:
        return Message.of("monitoring.entitles.nothing")
    if isinstance(covenant.remedy, Unknown):
        return Message.of("monitoring.entitles.unknown")
    clause = next((c for c in explain(sheet) if c.id == covenant.remedy), None)
    called = sheet.called(covenant.remedy)
    if clause is None:
        return Message.of("monitoring.entitles.right", right=called)
    return Message.of("monitoring.entitles.clause", right=called, clause=clause.message)


def _rights(sheet: TermSheet, examiner: Examiner, as_of: date, reporting_days: int) -> Iterator[RightTest]:
    clauses = {clause.id: clause.message for clause in explain(sheet)}
    for kind, item in sheet.items():
        own = [asked for asked in kind.asked(item) if asked.id == item.id]
        for number, asked in enumerate(own, start=1):
            if asked.use == "covenant" or asked.use == "until" or asked.use == "tier":
                continue  # no instrument asks for these
            condition, name = asked.condition, item.id if len(own) == 1 else f"{item.id}.{number}"
            verdict = examiner.test(condition.tree)
            words = explain_condition(condition.tree, sheet)
            late = late_of(verdict.missing[-1], sheet, examiner.seen, as_of, reporting_days)
            first = asked.first
            if first is not None and first > as_of:
                late = tuple(replace(one, end=first, days=0, gap=False) for one in late)
            room = _headroom(condition, sheet, examiner, wanted=asked.use == "payment", first=first, last=asked.last)
            yield RightTest(
                name,
                condition.text,
                clauses.get(asked.clause, clauses.get(item.id, words)),
                verdict,
                late,
                tuple(room),
                asked.use,
                item.id,
                sheet.called(name),
                first if first is not None and first > as_of else None,
                sheet.guessed(item.id),
            )


def _headroom(
    condition: Condition,
    sheet: TermSheet,
    examiner: Examiner,
    *,
    wanted: bool,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[Headroom]:
    """Each limit of a condition, as it must hold so that the condition does; of a right, so that it does not.

    The sheet looks at it between the first and the last day on which the condition is asked.
    """
    grid, until = examiner.seen.grid, examiner.seen.until
    for sense in senses(condition.tree, holds=wanted):
        if not isinstance(sense.tree, Relation):
            continue
        limit = sense.tree.with_limit_right()
        limit = limit if sense.holds else limit.denied()
        if not isinstance(limit.right, Number) or limit.op in ("==", "!=") or not _figures(limit.left):
            continue
        unit = next((OBSERVABLES[x.name].unit for x in walk(limit.left) if isinstance(x, Observable)), "")
        tested = tuple(
            (not sense.yearly or grid.ends_year(t))
            and (first is None or step_end(grid, t) >= first)
            and (last is None or grid.first_day(t) <= last)
            for t in range(until + 1)
        )
        numbers, names = examiner.numbers(limit.left), {x.name for x in walk(limit.left) if isinstance(x, Observable)}
        days = tuple(_about(examiner.seen, names, t) for t in range(until + 1))
        yield Headroom(explain_condition(limit, sheet), unit, limit.op, limit.right.value, numbers, tested, days)


def _about(seen: Observations, names: Iterable[str], t: int) -> date:
    """The last day that the figures of a step are about; without any, that of its quarter."""
    told = [seen.stated[fact] for name in names for fact in seen.behind(name, t) if fact in seen.stated]
    return min(max(told, default=seen.end_of(t)), seen.end_of(t))


def _figures(tree: Expression) -> bool:
    """A figure of the company, not the time that has passed."""
    parts = walk(tree)
    return any(isinstance(x, Observable) for x in parts) and not any(isinstance(x, MonthsSince) for x in parts)
