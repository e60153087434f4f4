"""The page of a signed deal on a day: signs of trouble, covenants with headroom, rights, milestones, what falls due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi import __version__
from guanzi.advice.following import Followed, behind_of
from guanzi.base.core import Message, Problem, render
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import View
from guanzi.render import closed_up, joint, mark_foreign, number, stylesheet
from guanzi.reports.chart import Chart
from guanzi.reports.evidence import cited_source
from guanzi.reports.followed_part import cited_by, followed_part, position_table
from guanzi.reports.headroom_chart import HeadroomBar, headroom_picture, headroom_sentence
from guanzi.reports.milestone_chart import MilestoneRow, milestone_picture
from guanzi.reports.monitor_tables import (
    calendar_table,
    called,
    covenant_table,
    exact_value,
    fact_table,
    headroom_table,
    milestone_table,
    right_table,
    sign_table,
    tier_table,
    unit_of,
)
from guanzi.reports.pages import plain_environment
from guanzi.reports.tables import ReportTable
from guanzi.reports.words import day, period, say, word
from guanzi.study.monitoring import (
    RECORD,
    CalendarEntry,
    Examined,
    Headroom,
    Milestone,
    Position,
    Signs,
    WarningRules,
    contradictions,
    ends_of,
    learnt_since,
)


@dataclass(frozen=True, slots=True)
class MonitorStudy:
    """What the page tells.

    Attributes:
        view: What was known on the day.
        sheet: The deal.
        milestones, examined, signs, calendar: What was found.
        rules: The rules of early warning.
        followed: Forecasts with what came, and holding on; None where the deal cannot be simulated.
        holding: The rule on holding and leaving, with its playbook; empty where there is none.
        holding_set: The day on which that rule was set.
        position: Where the public side stands, where facts say so.
        unfollowed: What is in the way of a forecast of the deal, where there is none.
    """

    view: View
    sheet: TermSheet
    milestones: tuple[Milestone, ...]
    examined: Examined
    signs: Signs
    calendar: tuple[CalendarEntry, ...]
    rules: WarningRules
    followed: Followed | None = None
    holding: tuple[Message, ...] = ()
    holding_set: date | None = None
    unfollowed: tuple[Problem, ...] = ()
    position: Position | None = None


def monitor_html(study: MonitorStudy, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    view, examined = study.view, study.examined
    page = (
        plain_environment(lang)
        .get_template("monitor.html.j2")
        .render(
            version=__version__,
            study=study,
            view=view,
            lang=lang,
            css=stylesheet(lang),
            tested=examined.seen.end_of(examined.seen.until),
            lead=tuple(_lead(study, lang)),
            followed=None if study.followed is None else followed_part(study.followed, view, lang),
            holding=[_told(rule, lang) for rule in study.holding],
            unfollowed=[_in_the_way(problem, lang) for problem in study.unfollowed],
            position=_position(study, lang),
            held_later=study.holding_set is not None and study.holding_set > view.as_of,
            rules_later=study.rules.set_on > view.as_of,
            signs=sign_table(study.signs, study.rules, view, lang),
            record=_record(lang),
            covenants=covenant_table(examined, lang),
            entitles=[(c.name, _told(c.entitles, lang)) for c in examined.covenants],
            headroom=tuple(_headroom(study, lang)),
            tiers=tier_table(examined, lang),
            rights=right_table(examined, lang),
            clauses=[(r.id, _told(r.words, lang)) for r in examined.rights],
            timeline=_timeline(study, lang),
            milestones=milestone_table(study.milestones, lang),
            calendar=calendar_table(study.calendar, view, lang),
            facts=fact_table(study.view, cited(study), lang),
            fact_ids=cited(study),
            unread=fact_table(study.view, unread(study), lang),
            unread_ids=unread(study),
            sources=_sources(study),
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def cited(study: MonitorStudy) -> tuple[str, ...]:
    """Ids of the facts behind what the page says, in their order."""
    examined = study.examined
    verdicts = [c.verdict for c in examined.covenants if c.verdict is not None]
    verdicts += [t.verdict for t in examined.tiers] + [r.verdict for r in examined.rights]
    found = {fact for verdict in verdicts for facts in verdict.facts for fact in facts}
    found |= {fact for sign in study.signs.found for fact in sign.facts}
    for m in study.milestones:
        found |= {claim.fact for claim in (*m.claims.promises, *m.claims.reports, *m.claims.proofs)}
    found |= {fact.id for facts in contradictions(study.view) for fact in facts}
    found |= {fact.id for fact in ends_of(study.view, study.rules)}
    if study.followed is not None:
        found |= cited_by(study.followed)
    elif study.position is not None:
        found |= {fact for facts in behind_of(study.view).values() for fact in facts}
    return tuple(sorted(found))


def end_sentences(study: MonitorStudy, lang: str) -> tuple[str, ...]:
    """What counts as a failure of the company, as it is known on the day."""
    return tuple(
        say(
            "monitor.lead.end",
            lang,
            name=word("fact", fact.name, lang),
            when=period(str(fact.period), lang),
            day=fact.known_on.isoformat(),
        )
        for fact in ends_of(study.view, study.rules)
    )


def unread(study: MonitorStudy) -> tuple[str, ...]:
    """Ids of the facts that became known since signing and that nothing else on the page reads, in that order."""
    read = set(cited(study))
    return tuple(fact.id for fact in learnt_since(study.view) if fact.id not in read)


def _sources(study: MonitorStudy) -> list[dict[str, object]]:
    """The sources of the facts behind the page."""
    named = {study.view.fact(id).source for id in (*cited(study), *unread(study))}
    return [cited_source(source) for source in study.view.sources if source.id in named]


def _told(message: Message, lang: str) -> str:
    return render(message, lang)


def _in_the_way(problem: Problem, lang: str) -> str:
    """What is in the way of a forecast, and how to mend it."""
    mend = () if problem.mend is None else (_told(problem.mend, lang),)
    return joint("clause", lang).join((_told(problem.cause, lang), *mend))


def _position(study: MonitorStudy, lang: str) -> ReportTable | None:
    """Where the public side stands, for a deal that is not followed; None: no fact says so."""
    if study.followed is not None or study.position is None:
        return None
    return position_table(study.position, behind_of(study.view), study.sheet.currency, study.view, lang)


def _record(lang: str) -> str:
    """How often rules of early warning were right and wrong on the shipped cases, and what that means."""
    counts = {name: getattr(RECORD, name) for name in ("failed", "warned", "fresh", "lived")}
    rates = {"years": number(RECORD.years, 1), "alarms": number(RECORD.alarms, 2)}
    return say("monitor.signs_record", lang, later=number(RECORD.later_alarms, 2), **counts, **rates)


def _lead(study: MonitorStudy, lang: str) -> Iterator[str]:
    """What to see first: breaches, signs, what cannot be tested, what is late, what comes next."""
    covenants = study.examined.covenants
    yield from end_sentences(study, lang)
    breached = tuple(c.name for c in covenants if c.state == "breached")
    unknown = tuple(c.name for c in covenants if c.state == "unknown")
    kept = sum(c.state == "kept" for c in covenants)
    if breached:
        yield say("monitor.lead.breached", lang, names=breached, n=len(breached))
    for c in covenants:
        if c.failed is not None:
            yield say("monitor.lead.failed", lang, name=c.name, day=c.failed.isoformat())
        if c.state == "curing" and c.curable is not None:
            yield say("monitor.lead.curing", lang, name=c.name, day=c.curable.isoformat())
    if covenants:
        yield say("monitor.lead.covenants", lang, n=len(covenants), kept=kept, unknown=len(unknown))
    opened = tuple(r.id for r in study.examined.rights if r.now)
    if opened:
        yield say("monitor.lead.rights", lang, names=opened)
    for facts in contradictions(study.view):
        told = joint("item", lang).join(f"{exact_value(f, lang)} ({day(f.known_on, lang)})" for f in facts)
        name, when = word("fact", facts[0].name, lang), period(str(facts[0].period), lang)
        yield say("monitor.lead.contradiction", lang, name=name, period=when, told=told)
    n = len(study.signs.found)
    yield say("monitor.lead.signs" if n else "monitor.lead.no_signs", lang, n=n, blind=len(study.signs.blind))
    if others := len(unread(study)):
        yield say("monitor.lead.unread", lang, n=others)
    late = tuple(called(m, lang) for m in study.milestones if m.state == "late")
    if late:
        yield say("monitor.lead.late", lang, n=len(late), names=late)
    coming = next((e for e in study.calendar if e.day >= study.view.as_of and not e.done), None)
    if coming is not None:
        yield say("monitor.lead.next", lang, day=coming.day.isoformat(), text=_told(coming.text, lang))


def _headroom(study: MonitorStudy, lang: str) -> Iterator[Chart]:
    for owner, headroom in all_headroom(study):
        unit = unit_of(headroom, study.sheet)
        bars = tuple(bars_of(headroom, study))
        label = say("monitor.headroom_of", lang, name=owner, words=_told(headroom.words, lang))
        if all(bar.value is None for bar in bars):
            continue
        sentence = headroom_sentence(label, unit, headroom.limit, bars, lang)
        table = headroom_table(headroom, unit, study.examined, lang)
        drawn = headroom_picture(label, unit, headroom.limit, bars, lang)
        yield Chart("headroom", label, sentence, drawn, ((table, label),))


def all_headroom(study: MonitorStudy) -> Iterator[tuple[str, Headroom]]:
    """Every limit of covenants and rights, with whose it is."""
    for covenant in study.examined.covenants:
        yield from ((covenant.name, headroom) for headroom in covenant.headroom)
    for right in study.examined.rights:
        yield from ((right.id, headroom) for headroom in right.headroom)


def bars_of(headroom: Headroom, study: MonitorStudy) -> Iterator[HeadroomBar]:
    """The figure by quarter."""
    grid = study.examined.seen.grid
    for t, value in enumerate(headroom.values):
        if grid.closes(t):
            first = grid.first_day(t)
            quarter = f"{first.year}Q{(first.month - 1) // 3 + 1}"
            yield HeadroomBar(quarter, value, headroom.tested[t])


def _timeline(study: MonitorStudy, lang: str) -> Chart | None:
    rows = [
        MilestoneRow(
            called(m, lang),
            m.due,
            m.claims.reported.day if m.claims.reported is not None else None,
            m.claims.verified.day if m.claims.verified is not None else None,
            m.state == "late",
        )
        for m in study.milestones
    ]
    rows = [row for row in rows if row.promised or row.reported or row.verified]
    if not rows:
        return None
    verified = sum(row.verified is not None for row in rows)
    sentence = say("monitor.milestones_sentence", lang, n=len(rows), verified=verified, late=sum(r.late for r in rows))
    label = say("monitor.section.milestones", lang)
    drawn = milestone_picture(rows, study.view.as_of, sentence, lang)
    return Chart("milestones", label, sentence, drawn, ())
