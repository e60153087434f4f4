"""The difference of two deals as a document: what it comes to on the same draws, and every clause that differs."""

from __future__ import annotations

from guanzi import __version__
from guanzi.advice.structuring import Difference
from guanzi.deal.terms import TermSheet
from guanzi.render import Block, Bullets, Document, Section, Sentence
from guanzi.reports.clauses import clause_table
from guanzi.reports.deal_figures import result_table
from guanzi.reports.words import message


def difference_document(found: Difference, labels: tuple[str, str], sheet: TermSheet) -> Document:
    """The document of what differs.

    Args:
        found: The difference.
        labels: What both versions are called.
        sheet: The first of them, whose currency and unit the results have.
    """
    caption, results = message("difference.results", paths=found.paths, seed=found.seed), found.results
    clauses: Block = clause_table(found.clauses) if found.clauses else Sentence(message("difference.no_clause"))
    notes = (Bullets(tuple(Sentence(note) for note in found.notes)),) if found.notes else ()
    simulated = (*((result_table(results, sheet, caption),) if results else ()), *notes)
    parts = {"results": simulated, "clauses": (clauses,)}
    named = ((id, message(f"difference.{id}_part"), blocks) for id, blocks in parts.items() if blocks)
    return Document(
        id="difference",
        kicker=message("difference.kicker"),
        title=message("difference.title", before=labels[0], after=labels[1]),
        under=(),
        dated=sheet.known_on,
        sections=tuple(Section(id, heading, blocks, first=True) for id, heading, blocks in named),
        footer=message("page.made", version=__version__),
    )
