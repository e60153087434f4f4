"""Sources of a later day: what they are called, and what was written of them, stays out of the committee's papers.

A fact that was held on the day may be read today in a document written later. The figure is of the day; the title of
the document is not: a reader would learn from it that the company lived. Such a source is named by its grade alone, and
an auditor who asks gets the rest in an appendix.
"""

from __future__ import annotations

from typing import Literal

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Appraisal, SourceData
from guanzi.advice.appraisal.later_data import FactNote, LaterSource
from guanzi.advice.appraisal.records import source_data
from guanzi.base.core import Message
from guanzi.record.evidence import Source, View


def withhold(appraisal: Appraisal, view: View, *, appendix: bool = False) -> Appraisal:
    """The appraisal without title, publisher, address, day and notes of sources that were not there on the day.

    Args:
        appraisal: With sources as the view has them.
        view: What it was made of.
        appendix: Keep what is withheld in the appendix of the auditor, ``later_sources``.
    """
    later = [source for source in view.sources if _why(source, view) is not None]
    names = {source.id: f"later-{n}" for n, source in enumerate(later, 1)}
    return appraisal.model_copy(
        update={
            "sources": tuple(
                _nameless(names[s.id], s, view) if s.id in names else known
                for s, known in zip(view.sources, source_data(view.sources), strict=True)
            ),
            "facts": tuple(
                f.model_copy(update={"source": names[f.source], "note": ""}) if f.source in names else f
                for f in appraisal.facts
            ),
            "clauses": tuple(
                c.model_copy(update={"source": names[c.source], "held_because": _held(view)})
                if c.source in names
                else c
                for c in appraisal.clauses
            ),
            "later_sources": tuple(_later_source(s, names[s.id], appraisal) for s in later) if appendix else (),
        }
    )


def _why(source: Source, view: View) -> Literal["later", "undated"] | None:
    """Why a source is withheld: it is of a later day, or its day is not known; None: it was there."""
    if source.date is None:
        return "undated"
    return "later" if source.date > view.as_of else None


def _nameless(id: str, source: Source, view: View) -> SourceData:
    """A source of which only the grade is told."""
    return SourceData(
        id=id, publisher="", title="", date=None, address=None, grade=source.grade, withheld=_why(source, view)
    )


def _held(view: View) -> Text | None:
    """Why a clause counts as held on the day, though its source is of another."""
    if view.sheet is None:
        return None
    return text(Message.of("appraisal.clause.held", day=view.sheet.known_on.isoformat()))


def _later_source(source: Source, id: str, appraisal: Appraisal) -> LaterSource:
    return LaterSource(
        id=id,
        own_id=source.id,
        publisher=source.publisher,
        title=source.title,
        date=source.date,
        address=source.link,
        grade=source.grade,
        note=source.note,
        facts=tuple(FactNote(id=f.id, note=f.note) for f in appraisal.facts if f.source == source.id),
        clauses=tuple(c.id for c in appraisal.clauses if c.source == source.id),
    )
