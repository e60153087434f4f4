"""The difference of two deals as a document: what it comes to on the same draws, and every clause that differs."""

from __future__ import annotations

from guanzi.advice.structuring import Difference
from guanzi.deal.terms import TermSheet
from guanzi.jobs.shared.documents.clauses import clause_table
from guanzi.jobs.shared.documents.words import message
from guanzi.jobs.structuring.documents.deal_figures import deal_document, part, result_table, table_part
from guanzi.render import Bullets, Document, Sentence


def difference_document(found: Difference, labels: tuple[str, str], sheet: TermSheet) -> Document:
    """The document of what differs.

    Args:
        found: The difference.
        labels: What both versions are called.
        sheet: The first of them, whose currency and unit the results have.
    """
    title = message("difference.title", before=labels[0], after=labels[1])
    caption = message("difference.results", paths=found.paths, seed=found.seed)
    parts = [table_part(result_table(found.results, sheet, caption))] if found.results else []
    if found.notes:
        parts.append(part(message("fund.section.notes"), Bullets(tuple(map(Sentence, found.notes))), id="notes"))
    parts.append(table_part(clause_table(found.clauses)))
    return deal_document("difference", title, sheet.known_on, parts)
