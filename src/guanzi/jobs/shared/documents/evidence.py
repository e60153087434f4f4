"""The evidence of an appraisal: facts and sources, which filters they have, and how sure one can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from guanzi.advice.appraisal import Appraisal, ClauseData, FactData, SourceData
from guanzi.base.core import Message, Period
from guanzi.jobs.shared.documents.words import code_words, message, of_text, subject_words
from guanzi.render import (
    Block,
    Cell,
    Column,
    Filter,
    Measurement,
    Row,
    Section,
    Sentence,
    SourceLine,
    Sources,
    Table,
    Tone,
    Words,
)

_FIRST = {"company": 0, "region": 1}


def evidence(appraisal: Appraisal) -> Section:
    """The facts that were held, with a choice of which to see."""
    facts = appraisal.facts
    sources = len({fact.source for fact in facts})
    day = appraisal.as_of.isoformat()
    blocks: list[Block] = [Sentence(message("intro.evidence", n=len(facts), sources=sources, day=day))]
    if facts:
        used = {use: sum(fact.used_for == use for fact in facts) for use in ("forecast", "check", "nothing")}
        foreseen = appraisal.forecast is not None or bool(appraisal.versions.paths)
        told = message("facts.used" if foreseen else "facts.usable", n=len(facts), **used)
        blocks += [Sentence(told), fact_table(appraisal)]
    else:
        blocks.append(Sentence(message("empty.facts"), tone="unknown"))
    return Section("evidence", message("section.evidence"), tuple(blocks), folded=True)


def fact_table(appraisal: Appraisal) -> Table:
    """Every fact of the view: what, of which time, its value in full, since when it was held, and from whom."""
    names = ("fact", "period", "value", "known_on", "source", "grade")
    columns = tuple(Column(name, message(f"table.{name}")) for name in names)
    sources, streams = {s.id: s for s in appraisal.sources}, streams_of_facts(appraisal)
    rows = (
        _row(fact, subject_words(appraisal, fact.subject), sources.get(fact.source), streams.get(fact.id, ()))
        for fact in in_order(appraisal)
    )
    return Table("facts", message("table.facts"), columns, tuple(rows), filters=filters(appraisal))


def _row(fact: FactData, subject: Words, source: SourceData | None, streams: Sequence[str]) -> Row:
    elsewhere = () if fact.subject == "company" else (Sentence(subject),)
    parties = (Sentence(message("fact_state.parties")),) if fact.known_to == "parties" else ()
    doubt = () if fact.confidence == "high" else (Sentence(message(f"confidence.{fact.confidence}")),)
    publisher = Cell(fact.source, notes=tuple(_notes(fact)))
    if source is not None:
        publisher = Cell(publisher_words(source), rests=(f"source:{source.id}",), notes=publisher.notes)
    cells = (
        Cell(message("date.period", period=fact.period)),
        stated(fact.value, fact.unit),
        Cell(fact.known_on, notes=parties),
        publisher,
        Cell(source.grade if source is not None else "", notes=doubt),
    )
    codes = (("subject", (fact.subject,)), ("stream", tuple(streams)), ("grade", (source.grade,) if source else ()))
    head = Cell(code_words("fact", fact.name), notes=elsewhere)
    return Row(head, cells, f"fact:{fact.id}", tone="plain" if fact.chosen else "quiet", codes=codes)


def stated(value: float | bool | str | tuple[float, float], unit: str, tone: Tone = "plain") -> Cell:
    """A value as its source states it."""
    if isinstance(value, tuple):
        return Cell(Measurement(sum(value) / 2, unit, *value, bounds=True), tone=tone, full=True)
    return Cell(value, "" if isinstance(value, bool | str) else unit, tone=tone, full=True)


def _notes(fact: FactData) -> Iterator[Sentence]:
    """What must be known of a fact: the rule that chose, why it was held, what was remarked, why it is not used."""
    if not fact.chosen:
        yield Sentence(message("fact_state.other"), tone="strong")
    if fact.rule is not None:
        yield Sentence(of_text(fact.rule))
    if fact.held_because:
        yield Sentence(fact.held_because, name=message("fact_state.held"))
    if fact.note:
        yield Sentence(fact.note)
    if fact.unused is not None:
        yield Sentence(message("fact_state.unused", reason=of_text(fact.unused)))


def filters(appraisal: Appraisal) -> tuple[Filter, ...]:
    """The filters of the evidence, without those that leave no choice."""
    sources = {s.id: s.grade for s in appraisal.sources}
    codes: Mapping[str, set[str]] = {
        "subject": {fact.subject for fact in appraisal.facts},
        "stream": {stream for streams in streams_of_facts(appraisal).values() for stream in streams},
        "grade": {sources[fact.source] for fact in appraisal.facts if fact.source in sources},
    }
    return tuple(
        Filter(name, message(f"filter.{name}"), tuple((code, _named(appraisal, name, code)) for code in sorted(found)))
        for name, found in codes.items()
        if len(found) > 1
    )


def _named(appraisal: Appraisal, filter: str, code: str) -> Words:
    return subject_words(appraisal, code) if filter == "subject" else code_words(filter, code)


def in_order(appraisal: Appraisal) -> Sequence[FactData]:
    """The facts by subject (company, region, then the others), name and period."""

    def key(fact: FactData) -> tuple[int, str, str, Period, bool, str]:
        name, period = fact.name, Period.parse(fact.period)
        return _FIRST.get(fact.subject, 2), fact.subject, name, period, not fact.chosen, fact.id

    return sorted(appraisal.facts, key=key)


def sources_of(appraisal: Appraisal) -> Section:
    """All sources; of those of a later day the grade alone is told."""
    told: list[Block] = [Sentence(message("intro.sources"))]
    if any(source.withheld for source in appraisal.sources):
        told.append(Sentence(message("intro.withheld")))
    told.append(Sources(tuple(source_line(source) for source in appraisal.sources)))
    return Section("sources", message("section.sources"), tuple(told), folded=True)


def source_line(source: SourceData, beside: str = "") -> SourceLine:
    """A source as lists show it; ``beside`` tells lists apart."""
    withheld: Words = publisher_words(source) if source.withheld else ""
    return SourceLine(
        beside + source.id,
        source.grade,
        source.publisher,
        source.title,
        source.date,
        source.address or "",
        withheld,
        () if source.withheld or not source.note else (Sentence(source.note),),
    )


def later_sources(appraisal: Appraisal) -> Iterator[Section]:
    """The appendix of the auditor: sources of a later day, named, with what was taken from them."""
    if not appraisal.later_sources:
        return
    entries = []
    for s in appraisal.later_sources:
        taken = tuple(f"fact:{fact.id}" for fact in s.facts) + tuple(f"clause:{id}" for id in s.clauses)
        notes = [Sentence(s.note)] if s.note else []
        notes.append(Sentence(s.own_id, (f"source:{s.id}",)))
        notes += [Sentence(fact.note, (f"fact:{fact.id}",)) for fact in s.facts if fact.note]
        notes.append(Sentence("", taken, cited=message("later.taken")))
        entries.append(
            SourceLine(f"later-{s.id}", s.grade, s.publisher, s.title, s.date, s.address or "", notes=tuple(notes))
        )
    told = Sentence(message("intro.later_sources", day=appraisal.as_of.isoformat()))
    heading = message("section.later_sources")
    yield Section("later-sources", heading, (told, Sources(tuple(entries))), folded=True)


def publisher_words(source: SourceData) -> Words:
    """Who published a source; of one that was not there on the day only the grade is told."""
    if source.withheld:
        return message(f"source.withheld.{source.withheld}", grade=source.grade)
    return source.publisher


def certainty(appraisal: Appraisal) -> Message:
    """How sure one can be, in counts: clauses not seen, gaps, and the grade of the sources; names are no clauses."""
    clauses = [clause for clause in appraisal.clauses if clause.group not in ("deal", "parties")]
    grades = {source.id: source.grade for source in appraisal.sources}
    return message(
        "summary.certainty",
        clauses=len(clauses),
        unseen=sum(clause.state != "known" for clause in clauses),
        gaps=sum(finding.kind == "gap" for finding in appraisal.findings),
        facts=len(appraisal.facts),
        good=sum(grades.get(fact.source) in {"A", "B"} for fact in appraisal.facts),
    )


def streams_of_facts(appraisal: Appraisal) -> Mapping[str, tuple[str, ...]]:
    """The work-streams whose findings rest on a fact."""
    found: dict[str, set[str]] = {}
    for finding in appraisal.findings:
        for fact in finding.facts:
            found.setdefault(fact, set()).add(finding.stream)
    return {fact: tuple(sorted(streams)) for fact, streams in found.items()}


def clause_groups(appraisal: Appraisal) -> Sequence[tuple[str, tuple[ClauseData, ...]]]:
    """Clauses by group; groups in the order in which they first appear."""
    order = {clause.group: i for i, clause in reversed(list(enumerate(appraisal.clauses)))}
    rows = sorted(appraisal.clauses, key=lambda clause: order[clause.group])
    return [(group, tuple(clauses)) for group, clauses in groupby(rows, key=lambda clause: clause.group)]
