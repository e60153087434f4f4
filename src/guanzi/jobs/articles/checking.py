"""An article checked: each claim, the verdict of the evidence, and the facts that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from guanzi.base.core import plain_words
from guanzi.jobs.articles.declared import ArticleData, ArticleRequest, ClaimData, EvidenceData
from guanzi.record.evidence import Article, ArticleClaim, ClaimVerdict, Fact, load_article

if TYPE_CHECKING:
    from guanzi.render import Document

Request = ArticleRequest


def check_article(request: Request) -> Article:
    """The claims of an article with the verdict on each, by all evidence or by what was known on a day.

    Raises:
        InvalidInput: There is no such article, or what is wrong with its file.
    """
    article = load_article(request.article)
    return article if request.as_of is None else article.known_by(request.as_of)


def counted(article: Article) -> dict[ClaimVerdict, int]:
    """How many claims have each verdict, in the order of the verdicts."""
    verdicts = [claim.verdict for claim in article.claims]
    return {verdict: verdicts.count(verdict) for verdict in get_args(ClaimVerdict)}


def data(article: Article) -> ArticleData:
    """The article as plain data."""
    return {
        "article": article.id,
        "name": plain_words(article.name),
        "as_of": None if article.as_of is None else article.as_of.isoformat(),
        "verdicts": {str(verdict): n for verdict, n in counted(article).items()},
        "claims": [_claim(claim) for claim in article.claims],
        "sources": [
            {
                "id": source.id,
                "publisher": plain_words(source.publisher),
                "title": plain_words(source.title),
                "date": None if source.date is None else source.date.isoformat(),
                "address": source.address,
                "grade": source.grade,
            }
            for source in article.sources
        ],
    }


def _claim(claim: ArticleClaim) -> ClaimData:
    return {
        "id": claim.id,
        "said": plain_words(claim.said),
        "figure": claim.figure,
        "verdict": claim.verdict,
        "because": plain_words(claim.because),
        "evidence": [_evidence(fact) for fact in claim.facts],
    }


def _evidence(fact: Fact) -> EvidenceData:
    return {
        "id": fact.id,
        "what": plain_words(fact.note),
        "period": str(fact.period),
        "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
        "unit": fact.unit,
        "known_on": fact.known_on.isoformat(),
        "source": fact.source,
    }


def document_of(article: Article) -> Document:
    """The article as a document."""
    from guanzi.jobs.articles.documents.article import article_document

    return article_document(article, counted(article))
