"""Verdicts as diagnostics of the linter, with the law as their source."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Place
from guanzi.deal.compliance.judging import Judgement, State, Time, Verdict
from guanzi.deal.compliance.reading import Packs
from guanzi.deal.compliance.sentences import finding, fix, law
from guanzi.deal.lint import Diagnostic, Level
from guanzi.deal.terms import TermSheet

PAGE = "reference/compliance.md"


def diagnostics(judgement: Judgement, packs: Packs, sheet: TermSheet) -> tuple[Diagnostic, ...]:
    """What a deal breaks: by the law of its day, and, as information, by the law of the day of the notes.

    Rules that cannot be judged, are kept, or are only watched make no diagnostic.
    """
    return tuple(_broken(judgement, packs, sheet))


def _broken(judgement: Judgement, packs: Packs, sheet: TermSheet) -> Iterator[Diagnostic]:
    for verdict in (*judgement.verdicts, *judgement.notes):
        if verdict.state is State.VIOLATED and verdict.time is not Time.ENDED:
            yield diagnostic(verdict, packs, sheet.place)


def diagnostic(verdict: Verdict, packs: Packs, whole: Place) -> Diagnostic:
    """One verdict as a diagnostic; ``whole`` is the place of the sheet, for what rests on no clause."""
    clause, place = verdict.clauses[0] if verdict.clauses else ("", whole)
    form = next(pack.form for pack in packs.packs if pack.id == verdict.pack)
    return Diagnostic(
        code=verdict.rule.id,
        level=Level(verdict.severity),
        message=finding(verdict),
        place=place,
        clause=clause,
        fix=fix(verdict.rule),
        page=f"{PAGE}#{verdict.rule.id.lower()}",
        source=law(verdict.rule, form),
    )
