"""Search over the cases that a person can see, their facts and documents, precedents and the register of bets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse

from guanzi.jobs.bets import finding
from guanzi.office.models import IndexedFact, IndexedPage, WatchedFact
from guanzi.office.pages.library import precedents_with
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest

MOST = 30
MOST_WORDS = 6
_AROUND = 80
_CASE = ("slug", "title", "title_zh", "company", "company_zh", "region", "region_zh", "industry")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a document with what stands around the first of the words."""

    page: IndexedPage
    before: str
    word: str
    after: str


@login_required
def search(request: PersonRequest) -> HttpResponse:
    """What holds all the words, at most thirty of each kind."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    words = asked.split()[:MOST_WORDS]
    seen = request.viewer.cases
    cases, pages = [], []
    facts: list[IndexedFact | WatchedFact] = []
    if words:
        cases = list(seen.filter(_all(words, *_CASE)).order_by("slug")[: MOST + 1])
        for rows in (IndexedFact, WatchedFact):
            held = rows.objects.filter(_all(words, "words"), case__in=seen).select_related("case")
            facts += held.order_by("case_id", "fact")[: MOST + 1]
        read = IndexedPage.objects.filter(_all(words, "words", "title"), case__in=seen).select_related("case")
        pages = [_found(page, words[0]) for page in read.order_by("case_id", "document", "page")[: MOST + 1]]
    return show(
        request,
        "search.html.j2",
        q=asked,
        cases=cases,
        facts=facts,
        pages=pages,
        precedents=precedents_with(words)[: MOST + 1] if words else [],
        bets=finding.find_bets(words)[: MOST + 1] if words else (),
        most=MOST,
    )


def _all(words: list[str], *fields: str) -> Q:
    """Each of the words stands in one of the fields, in either case."""

    def one(word: str) -> Q:
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        return found

    return reduce(and_, map(one, words))


def _found(page: IndexedPage, word: str) -> FoundPage:
    at = page.words.casefold().find(word.casefold())
    if at < 0:
        return FoundPage(page, page.words[: 2 * _AROUND], "", "")
    end = at + len(word)
    return FoundPage(page, page.words[max(0, at - _AROUND) : at], page.words[at:end], page.words[end : end + _AROUND])
