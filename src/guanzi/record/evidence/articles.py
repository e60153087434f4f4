"""Articles as data: what a story claims, claim by claim, and the dated facts that each claim is held against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.core import Bilingual, InvalidInput, Message
from guanzi.base.reading import Format
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import LocalisedText, Number, Slug
from guanzi.record.evidence.headed import read_headed, read_named, shipped_names
from guanzi.record.evidence.sources import Source

_Stated = Literal["confirmed", "in_part", "contradicted", "not_found"]
ClaimVerdict = Literal[_Stated, "not_yet"]
"""What the evidence says of a claim; ``not_yet``: on a day, not all of the evidence was known."""


class ClaimEntry(Format):
    """A claim as it stands in a file."""

    id: Slug
    said: LocalisedText
    figure: Number | None = None
    verdict: _Stated
    rests: tuple[Slug, ...] = ()
    because: LocalisedText


class ArticleFormat(Format):
    """The head of ``articles/*.yaml``; sources and facts follow as in a facts file."""

    format: Literal[1]
    article: Slug
    name: LocalisedText
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """A claim of an article and what the evidence says of it.

    Attributes:
        said: The claim in our own words.
        figure: What the claim puts in a number, in the unit of its facts; None where it is words alone.
        verdict: What the evidence says.
        because: Why, in one or two sentences.
        facts: What the verdict rests on; none where nothing was found.
    """

    id: str
    said: Bilingual
    figure: float | None
    verdict: ClaimVerdict
    because: Bilingual
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A story, its claims, and the sources that they are held against; ``as_of`` is None where all of them count."""

    id: str
    name: Bilingual
    claims: tuple[ArticleClaim, ...]
    sources: tuple[Source, ...]
    as_of: date | None = None

    def known_by(self, day: date) -> Article:
        """The article as it could be checked on a day: a verdict that rests on a later fact could not be told yet."""
        claims = tuple(_known_by(claim, day) for claim in self.claims)
        used = {fact.source for claim in claims for fact in claim.facts}
        sources = tuple(source for source in self.sources if source.id in used)
        return replace(self, claims=claims, sources=sources, as_of=day)


def _known_by(claim: ArticleClaim, day: date) -> ArticleClaim:
    known = tuple(fact for fact in claim.facts if fact.known_on <= day)
    if known == claim.facts:
        return claim
    return replace(claim, verdict="not_yet", because=Bilingual(), facts=known)


def article_names() -> tuple[str, ...]:
    """Names of the shipped articles, in alphabetical order."""
    return shipped_names("articles")


def load_article(name_or_path: str) -> Article:
    """Read an article: a shipped one by its name, or a file.

    Raises:
        InvalidInput: There is none, or what is wrong with its file, all at once.
    """
    document = read_named(name_or_path, "articles", "article")
    head, facts, sources = read_headed(document, ArticleFormat)
    by_id = {fact.id: fact for fact in facts}
    missing = [
        document.problem(("claims", n, "rests"), Message.of("evidence.article.no_fact", fact=id))
        for n, claim in enumerate(head.claims)
        for id in claim.rests
        if id not in by_id
    ]
    if missing:
        raise InvalidInput(missing)
    claims = tuple(
        ArticleClaim(c.id, c.said, c.figure, c.verdict, c.because, tuple(by_id[id] for id in c.rests))
        for c in head.claims
    )
    return Article(head.article, head.name, claims, sources)
