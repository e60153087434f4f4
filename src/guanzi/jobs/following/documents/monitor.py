"""A signed deal on a day as a document: what to see first, forecasts, signs, covenants, milestones, what falls due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi import __version__
from guanzi.advice.following import Followed, HoldingAdvice, answered_inside, behind_of
from guanzi.base.core import Message, Parameter, Problem
from guanzi.deal.terms import TermSheet, drawn_before, money_unit
from guanzi.jobs.following.documents.followed import (
    advice_lead,
    cited_by,
    followed_blocks,
    followed_lead,
    position_table,
)
from guanzi.jobs.following.documents.headroom_chart import HeadroomBar, HeadroomDrawing, headroom_sentence
from guanzi.jobs.following.documents.milestone_chart import milestone_timeline
from guanzi.jobs.following.documents.monitor_opening import monitor_opening
from guanzi.jobs.following.documents.monitor_tables import (
    calendar_table,
    called,
    covenant_table,
    facts_behind,
    ground_sentences,
    headroom_table,
    milestone_table,
    right_table,
    sign_table,
    tier_table,
    unit_of,
    used_for,
)
from guanzi.jobs.shared.documents.cited import fact_table, rests, sources_behind, stated
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.record.evidence import Fact, View, asked_of, silent_since
from guanzi.render import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    FirstScreen,
    Fold,
    Row,
    Section,
    Sentence,
    Table,
    Tone,
    Words,
)
from guanzi.study.monitoring import (
    RECORD,
    CalendarEntry,
    CovenantTest,
    Examined,
    Headroom,
    Milestone,
    Position,
    Signs,
    Unseen,
    WarningRules,
    contradictions,
    ends_of,
    learnt_since,
)

_PAST: dict[str, Tone] = {"late": "caution", "untold": "unknown"}
_KICKERS = {"definitive": "monitor.kicker", "framework": "monitor.kicker.framework", "draft": "monitor.kicker.draft"}
_SIGNED = {"definitive": "monitor.signed", "framework": "monitor.signed.framework", "draft": "monitor.signed.draft"}
_STANDS = {
    "kept": ("kept",),
    "broken": ("breached", "failed", "curing"),
    "untested": ("unknown", "no_text"),
    "waiting": ("not_yet",),
}


@dataclass(frozen=True, slots=True)
class MonitorStudy:
    """What the page tells.

    Attributes:
        view: What was known on the day.
        sheet: The deal.
        milestones, examined, signs, calendar: What was found.
        rules: The rules of early warning.
        advice: Whether to hold, to stop or to leave, and why.
        followed: Forecasts with what came; None where the deal cannot be simulated.
        holding: The rule on holding and leaving, with its playbook; empty where there is none.
        holding_set: The day on which that rule was set.
        position: Where the public side stands, where facts say so.
        unfollowed: What is in the way of a forecast of the deal, where there is none.
        before: Of a silent company, the day on which the newest fact on it became known, and its signs on that day.
    """

    view: View
    sheet: TermSheet
    milestones: tuple[Milestone, ...]
    examined: Examined
    signs: Signs
    calendar: tuple[CalendarEntry, ...]
    rules: WarningRules
    advice: HoldingAdvice
    followed: Followed | None = None
    holding: tuple[Message, ...] = ()
    holding_set: date | None = None
    unfollowed: tuple[Problem, ...] = ()
    position: Position | None = None
    before: tuple[date, Signs] | None = None


def monitor_document(study: MonitorStudy) -> Document:
    """The document of a signed deal on a day."""
    view, examined = study.view, study.examined
    tested = min(examined.seen.end_of(examined.seen.until), view.as_of)
    return Document(
        id="monitor",
        kicker=message(_KICKERS[study.sheet.status]),
        title=message("monitor.title", case=view.title),
        under=(
            message("page.as_of", day=view.as_of.isoformat()),
            message(_SIGNED[study.sheet.status], day=study.sheet.signed.isoformat(), **_but_for(study.sheet)),
            message("monitor.tested_to", day=tested.isoformat()),
        ),
        dated=view.as_of,
        sections=tuple(_sections(study)),
        footer=message("monitor.footer", version=__version__),
        hash=view.sha256,
    )


def opening_of(study: MonitorStudy) -> FirstScreen:
    """The first screen of a signed deal on a day."""
    stands = study.position if study.followed is None else study.followed.position
    return monitor_opening(study.sheet, study.view, study.advice, study.examined, stands, study.calendar)


def _but_for(sheet: TermSheet) -> dict[str, Parameter]:
    """What of a framework binds all the same: what was drawn before it."""
    return {"out": drawn_before(sheet)} if sheet.status == "framework" else {}


def _sections(study: MonitorStudy) -> Iterator[Section]:
    view, examined = study.view, study.examined
    yield from opening_of(study).sections()
    yield _section("lead", Bullets(tuple(_lead(study))), first=True)
    yield from _position(study)
    yield from _ahead(study)
    yield _section("signs", *_signs(study))
    yield _section("covenants", *_covenants(study), first=True)
    charts = tuple(_headroom(study))
    yield _section("headroom", *(charts or (_empty("headroom"),)))
    if examined.rights:
        grounds = ground_sentences(study.sheet, view.as_of, study.rules, examined)
        clauses = tuple(Sentence(right.words, name=right.name) for right in examined.rights)
        yield _section("rights", right_table(examined), *grounds, Fold(message("monitor.clauses"), (Bullets(clauses),)))
    yield _section("milestones", *_milestones(study))
    yield _section("calendar", calendar_table(study.calendar, view))
    behind, others = cited(study), unread(study)
    facts = fact_table(view, "facts", behind, message("monitor.caption.facts"))
    yield _section("facts", facts if behind else _empty("facts"), _counts(study))
    if others:
        yield _section("unread", fact_table(view, "unread", others, message("monitor.section.unread")))
    yield _section("sources", sources_behind(view, (*behind, *others)))


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message(f"monitor.section.{id}"), blocks, first)


def _empty(id: str) -> Sentence:
    return Sentence(message(f"monitor.empty.{id}"), tone="unknown")


def cited(study: MonitorStudy) -> tuple[str, ...]:
    """Ids of the facts behind what the page says, in their order."""
    examined = study.examined
    verdicts = [c.verdict for c in examined.covenants if c.verdict is not None]
    verdicts += [t.verdict for t in examined.tiers] + [r.verdict for r in examined.rights]
    found = {fact for verdict in verdicts for facts in verdict.facts for fact in facts}
    found |= {fact for sign in study.signs.found for fact in sign.facts}
    found |= {fact for rule in study.signs.unseen for fact in rule.facts} | set(study.signs.quieted)
    if study.before is not None:
        found |= {fact for sign in study.before[1].found for fact in sign.facts} | set(study.before[1].quieted)
    for m in study.milestones:
        found |= {claim.fact for claim in (*m.claims.promises, *m.claims.reports, *m.claims.proofs)}
        found |= set(m.settled.facts if m.settled is not None else ())
    found |= {fact.id for facts in contradictions(study.view) for fact in facts}
    found |= {fact.id for fact in ends_of(study.view, study.rules)}
    if study.followed is not None:
        found |= cited_by(study.followed)
    elif study.position is not None:
        found |= {fact for facts in behind_of(study.view).values() for fact in facts}
    return tuple(sorted(found))


def unread(study: MonitorStudy) -> tuple[str, ...]:
    """Ids of the facts that became known since signing and that nothing else on the page reads, in that order."""
    read = set(cited(study))
    return tuple(fact.id for fact in learnt_since(study.view) if fact.id not in read)


def all_headroom(study: MonitorStudy) -> Iterator[tuple[Words, Headroom]]:
    """Every limit of covenants and rights, with whose it is; a right is called as the sheet calls it."""
    for covenant in study.examined.covenants:
        yield from ((covenant.name, headroom) for headroom in covenant.headroom)
    for right in study.examined.rights:
        yield from ((message("summary.named", label=right.name), headroom) for headroom in right.headroom)


def _ahead(study: MonitorStudy) -> Iterator[Section]:
    """Whether to hold on, by which rule, and forecasts with what came."""
    blocks: list[Block] = [Bullets(tuple(advice_lead(study.advice, study.examined)))]
    blocks += [Sentence(rule) for rule in study.holding]
    if study.holding and study.holding_set is not None and study.holding_set > study.view.as_of:
        blocks.append(Sentence(message("monitor.set_later")))
    if study.unfollowed:
        missing = Bullets(tuple(Sentence(_in_the_way(problem)) for problem in study.unfollowed))
        blocks += [_empty("followed"), missing]
    if study.followed is not None:
        blocks += [Bullets(tuple(followed_lead(study.followed))), *followed_blocks(study.followed, study.view)]
    yield Section("followed", message("monitor.section.followed"), tuple(blocks), first=True)


def _position(study: MonitorStudy) -> Iterator[Section]:
    """Where the public side stands, where facts say so."""
    if study.followed is not None:
        stands, behind = study.followed.position, study.followed.behind
    elif study.position is not None:
        stands, behind = study.position, behind_of(study.view)
    else:
        return
    table = position_table(stands, behind, study.sheet, study.view)
    yield Section("position", message("monitor.caption.position"), (table,), first=True)


def _in_the_way(problem: Problem) -> Words:
    """What is in the way of a forecast, and how to remove it."""
    return problem.cause if problem.fix is None else message("release.demand", told=(problem.cause, problem.fix))


def _signs(study: MonitorStudy) -> Iterator[Block]:
    yield sign_table(study.signs, study.rules) if study.signs.found else _empty("signs")
    counts: dict[str, Parameter] = {name: getattr(RECORD, name) for name in ("failed", "warned", "fresh", "lived")}
    rates = {"years": round(RECORD.years, 1), "alarms": round(RECORD.alarms, 2), "later": round(RECORD.later_alarms, 2)}
    yield Sentence(message("monitor.signs_record", **counts, **rates))
    if study.signs.unseen:
        yield Sentence(message("monitor.unseen.head"))
        yield Bullets(tuple(_unseen(one, study.view) for one in study.signs.unseen))
    yield Sentence(message("monitor.rules_set", day=study.rules.set_on.isoformat()))
    if study.rules.set_on > study.view.as_of:
        yield Sentence(message("monitor.rules_set_later"))


def _unseen(unseen: Unseen, view: View) -> Sentence:
    """What is held of a rule that cannot be looked at."""
    held = [view.fact(id) for id in unseen.facts]
    told = tuple(
        message(
            f"monitor.unseen.{'words' if isinstance(f.value, str) else 'fact'}",
            name=code_words("fact", f.name),
            value=stated(f),
            period=str(f.period),
        )
        for f in held
    )
    said: dict[str, Parameter] = {"told": told} if told else {}
    kind = "none" if not told else "old" if unseen.lasted is None else "lasted"
    if unseen.lasted is not None:
        said["day"] = unseen.lasted.isoformat()
    name = message(f"monitor.rule.{unseen.rule.id}")
    return Sentence(message(f"monitor.unseen.{kind}", **said), rests(unseen.facts), "unknown", name)


def _covenants(study: MonitorStudy) -> Iterator[Block]:
    examined = study.examined
    if examined.covenants:
        yield covenant_table(examined)
        told = tuple(Sentence(c.entitles, name=c.name) for c in examined.covenants)
        yield Fold(message("monitor.section.entitles"), (Bullets(told),))
    else:
        yield _empty("covenants_unseen" if study.sheet.covenants_unseen else "covenants")
    if examined.tiers:
        yield tier_table(examined)


def _milestones(study: MonitorStudy) -> Iterator[Block]:
    timeline = milestone_timeline(study.milestones, study.view.as_of)
    if timeline is not None:
        yield timeline
    unit = money_unit(study.sheet.currency, study.sheet.unit)
    none = _empty("milestones_unseen" if study.sheet.unknown else "milestones")
    yield milestone_table(study.milestones, unit) if study.milestones else none


def _lead(study: MonitorStudy) -> Iterator[Sentence]:
    """What to see first: breaches, signs, what cannot be tested, what is late, what comes next."""
    covenants, view = study.examined.covenants, study.view
    for fact in ends_of(view, study.rules):
        when: dict[str, Parameter] = {"when": str(fact.period), "day": fact.known_on.isoformat()}
        ended = message("monitor.lead.end", name=code_words("fact", fact.name), **when)
        yield Sentence(ended, (f"fact:{fact.id}",), "risk")
    breached = [c for c in covenants if c.state == "breached"]
    if breached:
        facts = tuple(fact for c in breached for fact in facts_behind(c, study.examined))
        told = message("monitor.lead.breached", names=tuple(c.name for c in breached), n=len(breached))
        yield Sentence(told, facts, "risk")
    for c in covenants:
        if c.failed is not None:
            yield Sentence(
                message("monitor.lead.failed", name=c.name, day=c.failed.isoformat()), rests(c.facts), "risk"
            )
        if c.state == "curing" and c.curable is not None:
            curing = message("monitor.lead.curing", name=c.name, day=c.curable.isoformat())
            yield Sentence(curing, rests(c.facts), "caution")
    if covenants:
        yield Sentence(message("monitor.lead.covenants", n=len(covenants), told=tuple(_counted(covenants))))
    if opened := tuple(used_for(r) for r in study.examined.rights if r.now):
        yield Sentence(message("monitor.lead.rights", names=opened), tone="caution")
    for held in contradictions(view):
        yield _contradiction(held)
    signs = study.signs
    n, counts = len(signs.found), {"quiet": len(signs.quiet), "unseen": len(signs.unseen)}
    told = message("monitor.lead.signs", n=n, of=n + sum(counts.values()), **counts)
    yield Sentence(told, rests(fact for sign in signs.found for fact in sign.facts), "caution" if n else "plain")
    if not (signs.found or signs.quiet):
        yield from (_unseen(one, view) for one in signs.unseen if one.facts)
        lacking = dict.fromkeys(
            name for one in signs.unseen if not one.facts for name in one.rule.looks_at if asked_of(view, name)
        )
        told = message("monitor.lead.lacking", names=tuple(code_words("fact", name) for name in lacking))
        yield Sentence(told, tone="unknown")
    yield from (Sentence(message("monitor.lead.inside", told=one)) for one in answered_inside(study.sheet))
    yield from _silent(study)
    yield from _before(study)
    if others := len(unread(study)):
        yield Sentence(message("monitor.lead.unread", n=others))
    if part := tuple(called(m) for m in study.milestones if m.state == "part"):
        yield Sentence(message("monitor.lead.part", names=part), tone="unknown")
    for state, tone in _PAST.items():
        if past := tuple(called(m) for m in study.milestones if m.state == state):
            yield Sentence(message(f"monitor.lead.{state}", n=len(past), names=past), tone=tone)
    coming = next((e for e in study.calendar if e.day >= view.as_of and not e.done), None)
    if coming is not None:
        yield Sentence(message("monitor.lead.next", day=coming.day.isoformat(), text=coming.text))


def _counted(covenants: Sequence[CovenantTest]) -> Iterator[Message]:
    """How many covenants stand how: the counts come to all of them."""
    for stand, states in _STANDS.items():
        if n := sum(c.state in states for c in covenants):
            yield message(f"monitor.covenants.{stand}", n=n)


def _silent(study: MonitorStudy) -> Iterator[Sentence]:
    """That nothing has become known of the company for longer than a quarter with its delay of reporting."""
    last = silent_since(study.view)
    if last is not None:
        days = (study.view.as_of - last.known_on).days
        told = message("monitor.lead.silent", day=last.known_on.isoformat(), n=days)
        yield Sentence(told, (f"fact:{last.id}",), "unknown")


def _before(study: MonitorStudy) -> Iterator[Sentence]:
    """How the rules stood on the last day on which anything became known of a silent company."""
    if study.before is None:
        return
    day, signs = study.before
    counts = {"n": len(signs.found), "quiet": len(signs.quiet), "unseen": len(signs.unseen)}
    read = (*signs.quieted, *(fact for sign in signs.found for fact in sign.facts))
    yield Sentence(message("monitor.lead.before", day=day.isoformat(), **counts), rests(read))
    for sign in signs.found:
        yield Sentence(sign.message, rests(sign.facts), "caution", message(f"monitor.rule.{sign.rule.id}"))


def _contradiction(facts: Sequence[Fact]) -> Sentence:
    """Two values of one thing, each with the day on which it became known."""
    told = tuple(message("monitor.lead.valued", value=stated(fact), day=fact.known_on.isoformat()) for fact in facts)
    name, period = code_words("fact", facts[0].name), str(facts[0].period)
    return Sentence(
        message("monitor.lead.contradiction", name=name, period=period, told=told), rests(f.id for f in facts)
    )


def _headroom(study: MonitorStudy) -> Iterator[Chart]:
    for n, (owner, headroom) in enumerate(all_headroom(study), 1):
        bars = tuple(bars_of(headroom, study))
        if all(bar.value is None for bar in bars):
            continue
        unit = unit_of(headroom, study.sheet, study.view)
        label = message("monitor.headroom_of", name=owner, words=headroom.words)
        finding = headroom_sentence(label, unit, headroom.limit, bars)
        table = headroom_table(f"headroom-{n}", label, headroom, unit, study.examined, study.view.as_of)
        drawing = HeadroomDrawing(finding, unit, headroom.limit, bars)
        yield Chart(f"headroom-{n}", label, Sentence(finding), drawing, (table,))


def bars_of(headroom: Headroom, study: MonitorStudy) -> Iterator[HeadroomBar]:
    """The figure by quarter."""
    grid = study.examined.seen.grid
    for t, value in enumerate(headroom.values):
        if grid.closes(t):
            first = grid.first_day(t)
            quarter = f"{first.year}Q{(first.month - 1) // 3 + 1}"
            end = min(headroom.days[t], study.view.as_of)
            day = "" if end == study.examined.seen.end_of(t) else end.isoformat()
            yield HeadroomBar(quarter, value, headroom.tested[t], day)


def _counts(study: MonitorStudy) -> Table:
    """Counts that a workbook counts again from its other sheets; the first is the day."""
    late = sum(m.days_past > 0 for m in study.milestones)
    drawn = [n for n, (_, h) in enumerate(all_headroom(study), 1) if any(v is not None for v in h.values)]
    below = sum(
        h.tested[t] and (room := h.room(t)) is not None and room < 0
        for _, h in all_headroom(study)
        for t in range(len(h.values))
    )
    counted = "+".join(f'COUNTIFS({{headroom-{n}.room}},"<0",{{headroom-{n}.tested}},TRUE)' for n in drawn)
    rows = (
        Row(Cell(message("monitor.book.as_of")), (Cell(study.view.as_of),)),
        Row(
            Cell(message("monitor.book.late")),
            (Cell(late, formula='COUNTIF({milestones.days_past},">0")' if study.milestones else ""),),
        ),
        Row(Cell(message("monitor.book.below")), (Cell(below, formula=counted),)),
    )
    columns = (Column("what", message("monitor.head.what")), Column("value", message("monitor.head.value")))
    return Table("counts", message("monitor.sheet.summary"), columns, rows, book_only=True)
