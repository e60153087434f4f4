"""What the checks found, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from guanzi.advice.appraisal import Appraisal, ClauseData, Figure, FindingData
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.front import KINDS
from guanzi.jobs.appraisal.documents.plan_table import following, plan_table, questions_table
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.evidence import clause_groups
from guanzi.jobs.shared.documents.figures import figure_table
from guanzi.jobs.shared.documents.parents import finding_titles, findings_in_order
from guanzi.jobs.shared.documents.words import code_words, message, of_text
from guanzi.render import Block, Bullets, Cell, Column, Fold, Row, Section, Sentence, Table, Words


def findings(appraisal: Appraisal) -> Iterator[Section]:
    """The findings by work-stream, each with the facts that it rests on."""
    titles, intro = finding_titles(appraisal), Sentence(message("intro.findings"))
    empty = () if appraisal.findings else (Sentence(message("empty.findings"), tone="unknown"),)
    yield Section("findings", message("section.findings"), (intro, *empty))
    for stream, found in groupby(findings_in_order(appraisal), key=lambda f: f.stream):
        held = tuple(found)
        blocks: list[Block] = [Bullets(tuple(_finding(f, titles[f.id]) for f in held))]
        works = dict.fromkeys(work for f in held for work in f.literature.split("; ") if work)
        if works:
            literature = message("findings.literature", texts=("; ".join(works),))
            blocks.append(Sentence(literature, tone="quiet"))
        yield Section(f"stream-{stream}", code_words("stream", stream), tuple(blocks), level=3)
    if appraisal.ratios:
        table = figure_table(appraisal, "ratios", appraisal.ratios, message("section.ratios"))
        some = any(appraisal.figures[id].value is not None for id in appraisal.ratios)
        told = message("intro.ratios" if some else "intro.ratios.none")
        yield Section("ratios", message("section.ratios"), (Sentence(told), table), level=3)


def _finding(finding: FindingData, title: Words) -> Sentence:
    """A finding under the title by which others refer to it, unless its sentence begins with that."""
    called = {"kind": message(f"kind.{finding.kind}"), "severity": message(f"severity.{finding.severity}")}
    names_itself = isinstance(title, Message) and finding.text.params.get("check") == title.as_dict()
    name = message("findings.called", **called) if names_itself else message("findings.titled", title=title, **called)
    return Sentence(
        of_text(finding.text),
        rests(finding.facts),
        KINDS[finding.kind],
        name=name,
        cited=message(f"findings.{basis(finding)}"),
        id=f"finding:{finding.id}",
    )


WEIGHTS = ("critical", "high", "medium", "low")
"""Weights of a finding, the heaviest first."""
OF_TERMS = ("gap_clauses", "gap_remedy")
"""Codes of gaps that the terms themselves show: a clause of which they say that it is there and was not seen."""


def basis(finding: FindingData) -> str:
    """On what a finding rests: facts, the terms of the deal, or nothing."""
    if finding.facts:
        return "rests"
    return "no_fact" if finding.kind == "gap" and finding.code not in OF_TERMS else "on_terms"


def clauses(appraisal: Appraisal) -> Iterator[Section]:
    """The term sheet in words, clause by clause."""
    if not appraisal.clauses:
        yield Section("terms", message("section.terms"), (Sentence(message("empty.terms"), tone="unknown"),))
        return
    status = message(f"sheet.{appraisal.sheet_status}")
    intro = Sentence(message("intro.terms", sheet=appraisal.sheet_title or appraisal.sheet, status=status))
    yield Section("terms", message("section.terms"), (intro,))
    sources = {source.id for source in appraisal.sources}
    for group, held in clause_groups(appraisal):
        listed = Bullets(tuple(_clause(clause, sources) for clause in held))
        yield Section(f"clauses-{group}", code_words("clauses", held[0].group), (listed,), level=3)


def _clause(clause: ClauseData, sources: set[str]) -> Sentence:
    known = clause.state == "known"
    words = of_text(clause.text)
    if not known:
        words = message("parts_said", parts=(message(f"clause.{clause.state}"), words))
    place: list[Words] = [message("clause.place", id=clause.id, place=clause.place) if clause.place else clause.id]
    if clause.held_because is not None:
        place.append(of_text(clause.held_because))
    source = (f"source:{clause.source}",) if clause.source in sources else ()
    if source:
        place.append(message("clause.from"))
    cited = message("parts", parts=tuple(place))
    return Sentence(words, source, "plain" if known else "unknown", cited=cited, id=f"clause:{clause.id}")


def questions(appraisal: Appraisal) -> Iterator[Section]:
    """What must still be found out."""
    plan = appraisal.plan
    yield Section("questions", message("section.questions"), (Sentence(message("intro.questions")),))
    asked = (Sentence(of_text(plan.sentence)), Bullets(following(appraisal), "steps"))
    yield Section("plan-next", message("plan.next"), asked, level=3)
    every = Fold(message("plan.all", n=len(plan.questions)), (questions_table(plan),))
    yield Section("plan-coverage", message("plan.coverage"), (plan_table(plan), every), level=3)
    gaps = [f for f in appraisal.findings if f.kind == "gap"]
    missing = [f for f in appraisal.figures.values() if f.kind == "gap"]
    if gaps:
        yield Section("open-gaps", message("questions.gaps"), (_gaps(appraisal, gaps),), level=3)
    if told := tuple(_untold(appraisal)):
        yield Section("open-clauses", message("questions.clauses"), told, level=3)
    if missing:
        named = (Sentence(_missing(f), (f"figure:{f.id}",), "unknown") for f in missing)
        yield Section("open-figures", message("questions.figures"), (Bullets(tuple(named)),), level=3)
    if not gaps and not told and not missing:
        yield Section("no-question", "", (Sentence(message("empty.questions"), tone="unknown"),), level=3)


def _gaps(appraisal: Appraisal, gaps: Sequence[FindingData]) -> Table:
    """What was not found by work-stream and weight, each once: its sentence stands among the findings."""
    titles = finding_titles(appraisal)
    weights = [w for w in WEIGHTS if any(f.severity == w for f in gaps)]
    columns = (Column("stream", message("table.streams_name")), *(Column(w, message(f"severity.{w}")) for w in weights))
    rows = []
    for stream in dict.fromkeys(f.stream for f in findings_in_order(appraisal) if f.kind == "gap"):
        of = [f for f in gaps if f.stream == stream]
        cells = (
            Cell("", notes=tuple(Sentence(titles[f.id], (f"finding:{f.id}",)) for f in of if f.severity == weight))
            for weight in weights
        )
        rows.append(Row(Cell(code_words("stream", stream)), tuple(cells)))
    return Table("gaps", message("questions.gaps"), columns, tuple(rows))


def _missing(figure: Figure) -> Message:
    label = of_text(figure.label)
    return label if figure.note is None else message("parts", parts=(label, of_text(figure.note)))


def _untold(appraisal: Appraisal) -> Iterator[Sentence]:
    """How many clauses were not seen, and in part; each stands in the term sheet."""
    for state in ("unknown", "bracketed"):
        if n := sum(clause.state == state for clause in appraisal.clauses):
            yield Sentence(message(f"questions.{state}", n=n), ("terms",))
