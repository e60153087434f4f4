"""What can be asked of an article, and of which shape the answer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from guanzi.console import Ask, KnownBy
from guanzi.jobs.shared.question import WITH_PAGE, JobQuestion


@dataclass(frozen=True, slots=True)
class ArticleRequest:
    """Which article is checked, and the day by which its evidence was known (None: all of it counts)."""

    article: Annotated[str, Ask("argument.article", metavar="ARTICLE")] = "hefei-nio"
    as_of: KnownBy = None


type Words = str | dict[str, str]
"""Words, or words by language."""


class EvidenceData(TypedDict):
    """A fact that a claim is held against; ``value``: bounds where only they are known."""

    id: str
    what: Words
    period: str
    value: float | str | bool | list[float]
    unit: str
    known_on: str
    source: str


class ClaimData(TypedDict):
    """A claim, the verdict on it and why; ``figure``: in the unit of its evidence, null where it is words alone."""

    id: str
    said: Words
    figure: float | None
    verdict: str
    because: Words
    evidence: list[EvidenceData]


class CitedSourceData(TypedDict):
    """A source that evidence comes from; ``date``: null where the day of the page was not seen."""

    id: str
    publisher: Words
    title: Words
    date: str | None
    address: str | None
    grade: str


class ArticleData(TypedDict):
    """An article with every claim of it; ``as_of``: null where all evidence counts."""

    article: str
    name: Words
    as_of: str | None
    verdicts: dict[str, int]
    claims: list[ClaimData]
    sources: list[CitedSourceData]


ARTICLE = JobQuestion(
    "article",
    ArticleRequest,
    ArticleData,
    "guanzi.jobs.articles.checking:check_article",
    last=WITH_PAGE,
)
QUESTIONS = (ARTICLE,)
