"""The tables of a signed deal on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import UNITS, TermSheet, money_unit
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.record.evidence import View, product_unit
from guanzi.render import Block, Bullets, Cell, Column, Measurement, Row, Sentence, Table, Tone, Words
from guanzi.study.monitoring import (
    CalendarEntry,
    CovenantTest,
    Examined,
    Ground,
    Headroom,
    Late,
    Milestone,
    MilestoneClaim,
    RightTest,
    Signs,
    WarningRules,
    grounds_of,
)

_STATE_TONES: dict[str, Tone] = {"late": "risk", "untold": "unknown", "part": "unknown"}
TRUTHS = {True: "yes", False: "no", None: "unknown"}


def unit_of(headroom: Headroom, sheet: TermSheet, view: View) -> str:
    """The unit of a limit as documents know it: what is delivered is counted in the unit of the case."""
    if headroom.unit == "money":
        return money_unit(sheet.currency, sheet.unit)
    return product_unit(view) if headroom.unit == UNITS else headroom.unit or "ratio"


def _columns(*names: str) -> tuple[Column, ...]:
    return heads("monitor.head", *names)


def joined(sentences: Sequence[Message]) -> Words:
    """Sentences that belong together, one after the other; a dash where there are none."""
    return message("parts", parts=tuple(sentences)) if sentences else "–"


def _unsaid(right: RightTest) -> Cell:
    """Why it cannot be said whether a condition holds: what is not known, or that it is not asked yet."""
    if right.first is None or right.now is not None:
        return Cell(joined([late_words(one) for one in right.late]))
    kind = "monitor.first_asked.assumed" if right.assumed else "monitor.first_asked"
    untold = [late_words(one) for one in right.late if not one.figure]
    return Cell(joined([message(kind, day=right.first.isoformat()), *untold]))


def late_words(late: Late) -> Message:
    """What is not known and would decide, with how long it should be known, or who alone says so."""
    if late.reported is not None:
        return message("monitor.only_reported", what=late.label, day=late.reported.isoformat())
    if late.assumed:
        return message("monitor.day_assumed", what=late.label)
    if late.gap and late.known is not None:
        return message("monitor.since", what=late.label, day=late.known.isoformat())
    if late.gap:
        return message("monitor.never", what=late.label, end=late.end.isoformat())
    kind = "monitor.not_due" if not late.days else "monitor.late" if late.figure else "monitor.untold"
    return message(kind, what=late.label, end=late.end.isoformat(), days=late.days)


def sign_table(signs: Signs, rules: WarningRules) -> Table:
    """Signs of trouble: what is there, since when, how long before failure it is said to come, and who says so."""
    rows = []
    for sign in signs.found:
        rule = sign.rule
        source = rule.lead_months.source or rule.threshold.source
        who: Words = message("monitor.judgement") if source is None else rules.source(source).publisher
        cells = (
            Cell(sign.message, rests=rests(sign.facts)),
            Cell(sign.since, rests=rests(sign.facts)),
            Cell(message("monitor.lead_months", months=rule.lead_months.value)),
            Cell(who),
        )
        rows.append(Row(Cell(message(f"monitor.rule.{rule.id}")), cells, f"sign:{rule.id}"))
    return Table(
        "signs", message("monitor.caption.signs"), _columns("sign", "what", "since", "lead", "who"), tuple(rows)
    )


def covenant_table(examined: Examined) -> Table:
    """Covenants: what must hold, whether it does, and why it cannot be said where it cannot."""
    rows = []
    for c in examined.covenants:
        state = message(f"monitor.state.{c.state}")
        if c.breached is not None:
            state = message("monitor.breached_on", day=c.breached.isoformat())
        tone = {"breached": "risk", "unknown": "unknown", "failed": "unknown", "no_text": "unknown"}.get(c.state)
        cells = (
            Cell("" if c.words is None else c.words),
            Cell(state, rests=facts_behind(c, examined), tone=tone or "plain"),  # type: ignore[arg-type]
            Cell(joined(_why(c, examined))),
        )
        rows.append(Row(Cell(c.name), cells, f"covenant:{c.id}"))
    return Table(
        "covenants", message("monitor.caption.covenants"), _columns("covenant", "must", "state", "why"), tuple(rows)
    )


def facts_behind(c: CovenantTest, examined: Examined) -> tuple[str, ...]:
    """The facts on which the state of a covenant rests: of the step in which it was first not kept, or of the last."""
    broken = c.breached or c.failed
    if c.verdict is None or broken is None:
        return rests(c.facts)
    seen = examined.seen
    return rests(f for t, facts in enumerate(c.verdict.facts) if seen.end_of(t) == broken for f in facts)


def _why(c: CovenantTest, examined: Examined) -> list[Message]:
    """What is not known of a covenant, and until when it can be cured."""
    sentences = [late_words(late) for late in c.late]
    if c.curable is not None:
        sentences.append(message("monitor.curable", day=c.curable.isoformat()))
    if c.failed is not None:
        sentences.append(message("monitor.failed_on", day=c.failed.isoformat()))
    stale = c.tested is not None and c.tested < examined.seen.grid.first_day(examined.seen.until)
    if c.tested is not None and (c.state == "unknown" or (c.state == "kept" and stale)):
        stand = "monitor.kept_until" if c.curable is None else "monitor.failed_until"
        sentences.insert(0, message(stand, day=c.tested.isoformat()))
    last = examined.seen.until if c.state == "unknown" else None
    earlier = [t for t in c.untested if examined.seen.grid.closes(t) and t != last]
    if earlier and c.state in ("unknown", "kept", "curing", "failed", "breached"):
        sentences.append(message("monitor.untested", n=len(earlier)))
    return sentences


def tier_table(examined: Examined) -> Table:
    """Tiers of binding and whether they are in force."""
    rows = tuple(
        Row(
            Cell(t.name),
            (Cell(t.words), truth_cell(t.now), Cell(joined([late_words(x) for x in t.late]))),
            f"tier:{t.id}",
        )
        for t in examined.tiers
    )
    return Table("tiers", message("monitor.caption.tiers"), _columns("tier", "must", "in_force", "why"), rows)


def right_table(examined: Examined) -> Table:
    """Rights and whether their condition holds."""
    rows = tuple(Row(Cell(used_for(r)), (truth_cell(r.now), _unsaid(r)), f"right:{r.id}") for r in examined.rights)
    return Table("rights", message("monitor.caption.rights"), _columns("right", "opened", "why"), rows)


def ground_sentences(sheet: TermSheet, as_of: date, rules: WarningRules, examined: Examined) -> Iterator[Block]:
    """Of each right that cannot be tested the grounds any of which opens it, one by one."""
    days = int(rules.reporting.quarter_days.value)
    for right in examined.rights:
        grounds = grounds_of(right, sheet, examined, as_of, days) if right.now is None else ()
        if grounds:
            untold = sum(ground.holds is None for ground in grounds)
            yield Sentence(message("monitor.grounds", right=right.name, n=len(grounds), unknown=untold))
            yield Bullets(tuple(_ground(ground) for ground in grounds))


def _ground(ground: Ground) -> Sentence:
    """One of the conditions any of which opens a right, and whether it holds."""
    sentences = {"told": tuple(late_words(late) for late in ground.late)} if ground.holds is None else {}
    said = message(f"monitor.ground.{TRUTHS[ground.holds]}", words=ground.words, **sentences)
    return Sentence(said, tone="unknown" if ground.holds is None else "plain")


def used_for(right: RightTest) -> Message:
    """What the condition of an instrument decides: a payment, a clawback or a right."""
    return message(f"monitor.use.{right.use}", name=right.name)


def truth_cell(truth: bool | None) -> Cell:
    """Yes, no or unknown; unknown is shown as no evidence."""
    return Cell(message(f"monitor.truth.{TRUTHS[truth]}"), tone="unknown" if truth is None else "plain")


def called(milestone: Milestone) -> Words:
    """What a milestone is called; a payment beside the instalments is named as one."""
    return message("monitor.payment", name=milestone.name) if milestone.kind == "payment" else milestone.name


def milestone_table(milestones: Sequence[Milestone], unit: str) -> Table:
    """Milestones: what proves each, by when, and what is promised, reported, verified and paid; amounts in a unit."""
    rows = []
    for m in milestones:
        past = 'IF(OR(NOT(ISNUMBER({due})),{verified}<>""),0,MAX(0,{counts.value:1}-{due}))'
        rested = rests((*(m.settled.facts if m.settled is not None else ()), *(m.implied.facts if m.implied else ())))
        cells = (
            Cell(m.proof or message("monitor.no_proof")),
            Cell(m.due or _unagreed(m)),
            *(_claim(c) for c in (m.claims.promised, m.claims.reported, m.claims.verified)),
            Cell(_state(m, unit), rests=rested, tone=_STATE_TONES.get(m.state, "plain")),
            Cell(m.days_past, formula="" if m.met else past),
        )
        rows.append(Row(Cell(called(m)), cells, f"milestone:{m.id}"))
    names = ("milestone", "proof", "due", "promised", "reported", "verified", "state")
    days = Column("days_past", message("monitor.head.days_past"), book_only=True)
    return Table("milestones", message("monitor.caption.milestones"), (*_columns(*names), days), tuple(rows))


def _state(m: Milestone, unit: str) -> Message:
    """How a milestone stands, with the payment or the days that say so."""
    if m.state == "late" and m.claims.denied is not None and m.due is not None:
        return message("monitor.days_late", n=(m.claims.denied.day - m.due).days)
    if m.state == "open" and m.due is None:
        return message(f"monitor.milestone.open.{'unheard' if m.claims.denied is None else 'denied'}")
    if m.state == "untold":
        return message("monitor.milestone.untold", n=m.days_past)
    if m.state == "implied" and m.implied is not None:
        return message("monitor.milestone.implied", payment=m.implied.called, day=m.implied.day.isoformat())
    if m.state == "paid" and m.settled is not None and not m.settled.facts:
        return message("monitor.milestone.stated")
    if m.state == "part" and m.settled is not None and m.settled.begun is not None:
        paid, day = Measurement(m.settled.paid, unit), m.settled.begun.isoformat()
        if m.settled.planned is None:
            return message("monitor.milestone.part_unseen", paid=paid, day=day)
        return message("monitor.milestone.part", planned=Measurement(m.settled.planned, unit), paid=paid, day=day)
    return message(f"monitor.milestone.{m.state}")


def _unagreed(m: Milestone) -> Message:
    """What is said of the day of a milestone of which none was agreed or seen: one may be assumed for it."""
    if m.assumed is None:
        return message("monitor.no_day")
    return message("monitor.assumed_day", day=m.assumed.isoformat())


def _claim(claim: MilestoneClaim | None) -> Cell:
    return Cell(None) if claim is None else Cell(claim.day, rests=(f"fact:{claim.fact}",))


def calendar_table(calendar: Sequence[CalendarEntry], view: View) -> Table:
    """What falls due, by day."""
    rows = tuple(Row(Cell(entry.day), (Cell(entry.text), Cell(_when(entry, view)))) for entry in calendar)
    return Table("calendar", message("monitor.caption.calendar"), _columns("day", "entry", "state"), rows)


def _when(entry: CalendarEntry, view: View) -> Message:
    if entry.done:
        return message("monitor.entry.done")
    if entry.day >= view.as_of:
        return message("monitor.entry.coming.assumed" if entry.assumed else "monitor.entry.coming")
    if entry.assumed:
        return message("monitor.entry.passed.assumed")
    if entry.kind in ("covenant", "window", "expiry", "money"):
        return message("monitor.entry.passed")
    return message("monitor.entry.unverified" if entry.kind == "milestone" else "monitor.entry.unheld")


def headroom_table(id: str, label: Words, headroom: Headroom, unit: str, examined: Examined, as_of: date) -> Table:
    """The figure, the limit and the room between them, step by step, each of the day that it is about."""
    seen = examined.seen
    room = "{figure}-{limit}" if headroom.op in (">", ">=") else "{limit}-{figure}"
    rows = []
    for t, value in enumerate(headroom.values):
        if not seen.grid.closes(t):
            continue
        left = headroom.room(t)
        part = None if left is None or not headroom.limit else left / abs(headroom.limit)
        cells = (
            Cell(value),
            Cell(headroom.limit),
            Cell(left, formula="" if left is None else room),
            Cell(headroom.tested[t]),
            Cell(part, "ratio", formula="" if part is None else "{room}/ABS({limit})"),
        )
        rows.append(Row(Cell(min(headroom.days[t], as_of)), cells))
    columns = _columns("day", "figure", "limit", "room", "tested")
    part_of = Column("room_part", message("monitor.head.room_part"), book_only=True)
    return Table(id, label, (*columns, part_of), tuple(rows), unit)
