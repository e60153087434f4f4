"""The tables of the page of a signed deal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guanzi.base.core import Message, render, said
from guanzi.deal.terms import TermSheet, money_unit
from guanzi.record.evidence import Fact, View
from guanzi.render import decimals, entered, exact, joint, scale_for
from guanzi.reports.tables import ReportTable, TableNumber, cells_in
from guanzi.reports.words import day, period, say, word
from guanzi.study.monitoring import (
    CalendarEntry,
    Examined,
    Headroom,
    Late,
    Milestone,
    MilestoneClaim,
    Signs,
    WarningRules,
)

_MARKS = {True: "yes", False: "no", None: "unknown"}


def unit_of(headroom: Headroom, sheet: TermSheet) -> str:
    """The unit of a limit as reports know it."""
    if headroom.unit == "money":
        return money_unit(sheet.currency, sheet.unit)
    return headroom.unit or "ratio"


def _heads(names: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(say(f"monitor.head.{name}", lang) for name in names)


def _words(message: Message, lang: str) -> str:
    return render(message, lang)


def late_words(late: Sequence[Late], lang: str) -> str:
    """What is not known and would decide it, with how late it is."""
    told = []
    for item in late:
        kind = "monitor.late" if item.days else "monitor.not_due"
        told.append(say(kind, lang, what=_words(item.label, lang), end=item.end.isoformat(), days=item.days))
    return joint("clause", lang).join(told)


def sign_table(signs: Signs, rules: WarningRules, view: View, lang: str) -> ReportTable:
    """Signs of trouble: what is there, since when, how long before failure it is said to come, and who says so."""
    rows = []
    for sign in signs.found:
        rule = sign.rule
        source = rule.lead_months.source or rule.threshold.source
        who = say("monitor.judgement", lang) if source is None else entered(rules.source(source).publisher, lang)
        lead = say("monitor.lead_months", lang, months=rule.lead_months.value)
        cells = (
            TableNumber(_words(sign.message, lang), mark="words"),
            TableNumber(day(sign.since, lang), anchor=f"fact-{sign.facts[0]}" if sign.facts else ""),
            TableNumber(lead),
            TableNumber(who, mark="words"),
        )
        rows.append((say(f"monitor.rule.{rule.id}", lang), cells))
    return ReportTable("", _heads(("sign", "what", "since", "lead", "who"), lang), tuple(rows))


def covenant_table(examined: Examined, lang: str) -> ReportTable:
    """Covenants: what must hold, whether it does, and why it cannot be said where it cannot."""
    rows = []
    for c in examined.covenants:
        state = say(f"monitor.state.{c.state}", lang)
        if c.breached is not None:
            state = say("monitor.breached_on", lang, day=c.breached.isoformat())
        told = [late_words(c.late, lang)] if c.late else []
        if c.curable is not None:
            told.append(say("monitor.curable", lang, day=c.curable.isoformat()))
        if c.failed is not None:
            told.append(say("monitor.failed_on", lang, day=c.failed.isoformat()))
        if c.state == "unknown" and c.tested is not None:
            stand = "monitor.kept_until" if c.curable is None else "monitor.failed_until"
            told.insert(0, say(stand, lang, day=c.tested.isoformat()))
        last = examined.seen.until if c.state == "unknown" else None
        earlier = [t for t in c.untested if examined.seen.grid.closes(t) and t != last]
        if earlier and c.state in ("unknown", "kept", "curing", "failed", "breached"):
            told.append(say("monitor.untested", lang, n=len(earlier)))
        why = joint("clause", lang).join(told)
        must = "" if c.words is None else _words(c.words, lang)
        cells = (
            TableNumber(must, mark="words"),
            TableNumber(state, mark="none" if c.state in ("unknown", "failed", "no_text") else "words"),
            TableNumber(why or "–", mark="words"),
        )
        rows.append((said(c.name, lang), cells))
    return ReportTable("", _heads(("covenant", "must", "state", "why"), lang), tuple(rows))


def tier_table(examined: Examined, lang: str) -> ReportTable:
    """Tiers of binding and whether they are in force."""
    rows = tuple(
        (
            said(t.name, lang),
            (
                TableNumber(_words(t.words, lang), mark="words"),
                TableNumber(say(f"monitor.truth.{_MARKS[t.now]}", lang), mark="none" if t.now is None else "words"),
                TableNumber(late_words(t.late, lang) or "–", mark="words"),
            ),
        )
        for t in examined.tiers
    )
    return ReportTable("", _heads(("tier", "must", "in_force", "why"), lang), rows)


def right_table(examined: Examined, lang: str) -> ReportTable:
    """Rights and whether their condition holds."""
    rows = tuple(
        (
            r.id,
            (
                TableNumber(say(f"monitor.truth.{_MARKS[r.now]}", lang), mark="none" if r.now is None else "words"),
                TableNumber(late_words(r.late, lang) or "–", mark="words"),
            ),
        )
        for r in examined.rights
    )
    return ReportTable("", _heads(("right", "opened", "why"), lang), rows)


def called(milestone: Milestone, lang: str) -> str:
    """What a milestone is called: an instalment has but an id, and is named as one."""
    if milestone.kind == "instalment":
        return say("monitor.instalment", lang, name=milestone.name)
    return said(milestone.name, lang)


def milestone_table(milestones: Sequence[Milestone], lang: str) -> ReportTable:
    """Milestones: what proves each, by when, promised, reported and verified apart."""
    rows = []
    for m in milestones:
        state = say(f"monitor.milestone.{m.state}", lang)
        if m.state == "late":
            state = say("monitor.days_late", lang, n=m.days_late)
        cells = (
            TableNumber(said(m.proof, lang) if m.proof else say("monitor.no_proof", lang), mark="words"),
            TableNumber(say("monitor.no_day", lang) if m.due is None else day(m.due, lang)),
            *(_claim(c, lang) for c in (m.claims.promised, m.claims.reported, m.claims.verified)),
            TableNumber(state, mark="words"),
        )
        rows.append((called(m, lang), cells))
    heads = ("milestone", "proof", "due", "promised", "reported", "verified", "state")
    return ReportTable("", _heads(heads, lang), tuple(rows))


def _claim(claim: MilestoneClaim | None, lang: str) -> TableNumber:
    if claim is None:
        return TableNumber(say("figure.none", lang), mark="none")
    return TableNumber(day(claim.day, lang), anchor=f"fact-{claim.fact}")


def calendar_table(calendar: Sequence[CalendarEntry], view: View, lang: str) -> ReportTable:
    """What falls due, by day."""
    rows = tuple(
        (
            day(entry.day, lang),
            (
                TableNumber(_words(entry.text, lang), mark="words"),
                TableNumber(_when(entry, view, lang), mark="words"),
            ),
        )
        for entry in calendar
    )
    return ReportTable("", _heads(("day", "entry", "state"), lang), rows)


def _when(entry: CalendarEntry, view: View, lang: str) -> str:
    if entry.done:
        return say("monitor.entry.done", lang)
    if entry.kind in ("covenant", "window", "expiry", "money"):
        return say("monitor.entry.passed" if entry.day < view.as_of else "monitor.entry.coming", lang)
    passed = "unverified" if entry.kind == "milestone" else "overdue"
    return say(f"monitor.entry.{passed if entry.day < view.as_of else 'coming'}", lang)


def headroom_table(headroom: Headroom, unit: str, examined: Examined, lang: str) -> ReportTable:
    """The figure, the limit and the room between them, step by step."""
    seen = examined.seen
    values = [v for v in headroom.values if v is not None]
    rooms = [headroom.room(t) for t in range(len(headroom.values))]
    scale = scale_for(unit, [*values, headroom.limit], lang)
    places = decimals([v / scale.divisor for v in (*values, headroom.limit)], scale)

    cell = cells_in(scale, places, unit, lang)
    rows = tuple(
        (
            day(seen.end_of(t), lang),
            (cell(headroom.values[t]), cell(headroom.limit), cell(rooms[t]),
             TableNumber(say(f"monitor.tested.{'yes' if headroom.tested[t] else 'no'}", lang), mark="words")),
        )
        for t in range(len(headroom.values))
        if seen.grid.closes(t)
    )  # fmt: skip
    return ReportTable(scale.title(lang), _heads(("day", "figure", "limit", "room", "tested"), lang), rows)


def exact_value(fact: Fact, lang: str) -> str:
    """The value of a fact with its unit, as it was stated."""
    value = fact.value
    if isinstance(value, bool):
        return say(f"monitor.truth.{'yes' if value else 'no'}", lang)
    return entered(value, lang) if isinstance(value, str) else exact(value, fact.unit, lang)


def fact_table(view: View, ids: Sequence[str], lang: str) -> ReportTable:
    """The facts behind the page: what, of which time, since when known, from whom."""
    rows = []
    for id in ids:
        fact = view.fact(id)
        shown = exact_value(fact, lang)
        name = word("fact", fact.name, lang)
        if fact.subject != "company":
            name = say("monitor.fact_of", lang, name=name, subject=fact.subject)
        cells = (
            TableNumber(shown, mark="words"),
            TableNumber(period(str(fact.period), lang)),
            TableNumber(day(fact.known_on, lang)),
            TableNumber(
                entered(view.source(fact.source).publisher, lang), anchor=f"source-{fact.source}", mark="words"
            ),
        )
        rows.append((name, cells))
    return ReportTable("", _heads(("fact", "value", "period", "known_on", "source"), lang), tuple(rows))
