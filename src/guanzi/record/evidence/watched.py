"""What is known of a case after its decision: facts in ``monitoring/``, which no analysis of the decision opens.

A signed deal is watched by the facts of its case and by those that came after. They lie in a folder of their own, in
the format of ``facts/``, each with the day on which it could first be known; a view of a day holds those known by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guanzi.base.core import InvalidInput, Problem
from guanzi.record.evidence.case import FACT_ENDINGS, Case, files_of, name_in
from guanzi.record.evidence.dataroom.store import read_index
from guanzi.record.evidence.dataroom.verifying import check_citations, document_problems
from guanzi.record.evidence.factchecks import DefinedSources, collect_facts, collect_sources
from guanzi.record.evidence.factfiles import read_fact_file
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source

WATCHED = "monitoring"
"""The folder of a case that holds what came after signing."""


def watched_case(case: Case) -> Case:
    """The case with the facts of its folder ``monitoring/``; the same case where there is none.

    Raises:
        InvalidInput: Everything that is wrong with these facts.
    """
    problems: list[Problem] = []
    facts, sources = _all_facts(case.folder, problems)
    held = {fact.id for fact in case.facts}
    entries = read_index(case.folder, [])
    sound = [entry for entry in entries if not list(document_problems(case.folder, entry))]
    problems += check_citations(case.folder, [fact for fact in facts if fact.id not in held], entries, sound)
    problems = case.located(sorted(problems, key=lambda problem: problem.place))
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
    new = [_own(case, fact) for fact in facts if fact.id not in held]
    return replace(
        case,
        facts=tuple(sorted((*case.facts, *new), key=lambda fact: fact.id)),
        sources=tuple(sources[id] for id in sorted(sources)),
        warnings=(*case.warnings, *problems),
    )


def facts_after_signing(case: Case) -> tuple[tuple[Fact, ...], Mapping[str, Source]]:
    """The facts of ``monitoring/`` and all sources by id, as far as they can be read, whatever else is wrong."""
    facts, sources = _all_facts(case.folder, [])
    return tuple(_own(case, f) for f in facts if f.place.file.startswith(f"{WATCHED}/")), sources


def _own(case: Case, fact: Fact) -> Fact:
    """A fact of the company or the region, told as such."""
    own = {case.company.id: "company", case.region.id: "region"}
    return replace(fact, subject=own.get(fact.subject, fact.subject))


def _all_facts(folder: Path, problems: list[Problem]) -> tuple[tuple[Fact, ...], Mapping[str, Source]]:
    """Facts before and after signing, and all sources; what is wrong with those after is noted."""
    paths = files_of(folder, WATCHED, FACT_ENDINGS, problems)
    before = [read_fact_file(path, name_in(folder, path)) for path in files_of(folder, "facts", FACT_ENDINGS, [])]
    after = [read_fact_file(path, name_in(folder, path)) for path in paths]
    problems += [problem for file in after for problem in file.problems]
    sources, wrong_sources = collect_sources([*before, *after])
    facts, wrong_facts = collect_facts([*before, *after], sources, DefinedSources.of([*before, *after]))
    problems += [p for p in (*wrong_sources, *wrong_facts) if p.place.file.startswith(f"{WATCHED}/")]
    return facts, sources
