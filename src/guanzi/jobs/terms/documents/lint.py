"""What is weak in a term sheet as a document: how much was found, each finding at its place, and what is not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from guanzi import __version__
from guanzi.advice.structuring import Stories
from guanzi.base.reading import YamlDocument
from guanzi.deal.lint import LEVELS, Diagnostic, LintRule, as_problems
from guanzi.deal.terms import TermSheet
from guanzi.jobs.shared.documents.words import message
from guanzi.render import UNDATED, Block, Bullets, Document, Measurement, ProblemBlock, Section, Sentence


@dataclass(frozen=True, slots=True)
class LintStudy:
    """One term sheet and what was found in it.

    Attributes:
        name: By which it was asked for.
        unjudged: Rules that could not judge.
        open_rules: How many public rules could not.
        stories: Paths on which findings bite, where they were asked for.
    """

    name: str
    sheet: TermSheet
    document: YamlDocument
    diagnostics: tuple[Diagnostic, ...]
    unjudged: tuple[LintRule, ...]
    open_rules: int
    stories: Stories


def lint_document(study: LintStudy) -> Document:
    """The document of what is weak in a term sheet."""
    return Document(
        id="lint",
        kicker=message("lint.kicker"),
        title=study.sheet.title or study.name,
        under=(study.name,) if study.sheet.title else (),
        dated=UNDATED,
        sections=(Section("findings", "", tuple(_blocks(study)), first=True),),
        footer=message("lint.footer", version=__version__),
    )


def _blocks(study: LintStudy) -> Iterator[Block]:
    yield from _counted(study)
    if study.stories.note is not None:
        yield Sentence(study.stories.note, tone="quiet")
    for diagnostic, problem in zip(study.diagnostics, as_problems(study.diagnostics, study.document), strict=True):
        yield ProblemBlock(problem, tuple(_beside(diagnostic, study)))
    if study.unjudged:
        yield Sentence(message("lint.unjudged", n=len(study.unjudged)))
        yield Bullets(tuple(Sentence(rule.title, name=rule.code) for rule in study.unjudged))
    if study.open_rules:
        yield Sentence(message("lint.rules_open", n=study.open_rules, name=study.name))


def _counted(study: LintStudy) -> Iterator[Sentence]:
    """How many findings of each weight; and where to read why."""
    counts = Counter(diagnostic.level for diagnostic in study.diagnostics)
    if not counts:
        yield Sentence(message("lint.clean", name=study.name), tone="strong")
        return
    parts = tuple(message(f"lint.{level}", n=counts[level]) for level in LEVELS if counts[level])
    yield Sentence(message("lint.counts", name=study.name, counts=parts), tone="strong")
    first = min(study.diagnostics, key=lambda diagnostic: LEVELS.index(diagnostic.level))
    yield Sentence(message("lint.more", code=first.code), tone="quiet")


def _beside(diagnostic: Diagnostic, study: LintStudy) -> Iterator[Sentence]:
    """What the rule rests on, and the path on which the finding bites."""
    if diagnostic.source is not None:
        yield Sentence(message("lint.source", source=diagnostic.source))
    if (one := study.stories.found.get(diagnostic)) is None:
        return
    unit, scale = f"{study.sheet.currency} m", study.sheet.unit / 1e6
    worth = {"mean": Measurement(abs(one.mean) * scale, unit), "se": Measurement(one.se * scale, unit)}
    sign = "more" if one.mean >= 0 else "less"
    yield Sentence(message(f"lint.counterexample.{sign}", share=one.share, paths=one.paths, **worth))
    yield from (Sentence(line, tone="quiet") for line in one.lines)
