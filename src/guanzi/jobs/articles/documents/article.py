"""An article as a document: how many claims hold, and each claim beside the evidence."""

from __future__ import annotations

from collections.abc import Mapping

from guanzi import __version__
from guanzi.base.core import Message, without_stop
from guanzi.jobs.shared.documents.cited import source_line, stated
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.record.evidence import Article, ArticleClaim, ClaimVerdict, Fact, Source
from guanzi.render import UNDATED, Cell, Document, Row, Section, Sentence, Sources, Table, Tone

_TONES: Mapping[ClaimVerdict, Tone] = {
    "contradicted": "caution",
    "not_found": "unknown",
    "not_yet": "unknown",
}


def article_document(article: Article, counted: Mapping[ClaimVerdict, int]) -> Document:
    """The document of a checked article.

    Args:
        article: With the verdicts of all evidence or of a day.
        counted: How many claims have each verdict.
    """
    day = article.as_of
    under = () if day is None else (message("page.as_of", day=day.isoformat()),)
    id = "article.lead" if day is None else "article.lead.day"
    lead = Sentence(message(id, claims=len(article.claims), **dict(counted)), tone="strong")
    table = Table(
        "claims", message("article.claims"), heads("article.head", "claim", "verdict", "evidence"), _rows(article)
    )
    how = Sentence(message("article.how"), tone="quiet")
    lines = Sources(tuple(source_line(source) for source in article.sources))
    sections = (
        Section("claims", "", (lead, table, how), first=True),
        Section("sources", message("article.sources"), (lines,)),
    )
    made = message("page.made", version=__version__)
    return Document("article", message("article.kicker"), article.name, under, day or UNDATED, sections, made)


def _rows(article: Article) -> tuple[Row, ...]:
    publishers = {source.id: source for source in article.sources}
    return tuple(
        Row(
            Cell(claim.said),
            (
                Cell(message(f"article.verdict.{claim.verdict}"), tone=_TONES.get(claim.verdict, "plain")),
                _evidence(claim, publishers),
            ),
        )
        for claim in article.claims
    )


def _evidence(claim: ArticleClaim, publishers: Mapping[str, Source]) -> Cell:
    """Why, and below it each fact with its publisher."""
    notes = tuple(Sentence(_fact(fact, publishers[fact.source])) for fact in claim.facts)
    because = claim.because or message("article.not_yet")
    return Cell(because, notes=notes, rests=tuple(f"source:{fact.source}" for fact in claim.facts))


def _fact(fact: Fact, source: Source) -> Message:
    """A fact in a line; where the day is the whole of it, or that it is so, no value stands beside it."""
    what, period = without_stop(fact.note), str(fact.period)
    if fact.value is True or (isinstance(fact.value, str) and period.startswith(fact.value)):
        return message("article.dated", period=period, what=what, source=source.publisher)
    return message("article.fact", period=period, what=what, value=stated(fact), source=source.publisher)
