"""The table of evidence: which filters it has, and which facts belong to which work-stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from guanzi.advice.appraisal import Appraisal, ClauseData, FactData, SourceData
from guanzi.base.core import Period
from guanzi.record.evidence import Source
from guanzi.render import Words
from guanzi.render import tell as told
from guanzi.reports.words import message, say, word


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of which rows to see.

    Attributes:
        name: ``subject``, ``stream`` or ``grade``.
        options: Code and word of each choice; a row carries its codes in ``data-<name>``.
    """

    name: str
    options: tuple[tuple[str, str], ...]


def filters(appraisal: Appraisal, lang: str) -> tuple[Filter, ...]:
    """The filters of the evidence, without those that leave no choice."""
    sources = {s.id: s.grade for s in appraisal.sources}
    codes: Mapping[str, set[str]] = {
        "subject": {fact.subject for fact in appraisal.facts},
        "stream": {stream for streams in streams_of_facts(appraisal).values() for stream in streams},
        "grade": {sources[fact.source] for fact in appraisal.facts if fact.source in sources},
    }
    return tuple(
        Filter(name, tuple((code, word(name, code, lang)) for code in sorted(found)))
        for name, found in codes.items()
        if len(found) > 1
    )


def in_order(appraisal: Appraisal, lang: str) -> Sequence[FactData]:
    """The facts by subject (company, region, then the others), name and period."""
    first = {"company": 0, "region": 1}

    def key(fact: FactData) -> tuple[int, str, str, Period, bool, str]:
        name = word("fact", fact.name, lang)
        return first.get(fact.subject, 2), fact.subject, name, Period.parse(fact.period), not fact.chosen, fact.id

    return sorted(appraisal.facts, key=key)


def publisher_words(source: SourceData) -> Words:
    """Who published a source; of one that was not there on the day only the grade is told."""
    if source.withheld:
        return message(f"source.withheld.{source.withheld}", grade=source.grade)
    return source.publisher


def publisher(source: SourceData, lang: str) -> str:
    """The same in a language."""
    return told(publisher_words(source), lang)


def certainty(appraisal: Appraisal, lang: str) -> str:
    """How sure one can be, in counts: clauses not seen, gaps, and the grade of the sources."""
    grades = {source.id: source.grade for source in appraisal.sources}
    return say(
        "summary.certainty",
        lang,
        clauses=len(appraisal.clauses),
        unseen=sum(clause.state != "known" for clause in appraisal.clauses),
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


def cited_source(source: Source) -> dict[str, object]:
    """A source as the lists of sources of a chain and of a scan show it."""
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date,
        "address": source.link,
        "grade": source.grade,
        "withheld": None,
    }
