"""The links of a chain as a place has them; the page on it, and the files of other tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.desk.places import anchors_of, places_of
from guanzi.desk.results import write_whole
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import (
    CostShare,
    Link,
    cost_shares,
    find_gaps,
    firm_candidates,
    follow_the_money,
    grade_links,
    graphml,
    judge_openness,
    match_laboratories,
    plan_invitations,
    rank_targets,
)

TARGETS = 10
"""Length of the short list of a page."""
_FORMATS = {".ftm": follow_the_money, ".jsonl": follow_the_money, ".json": follow_the_money, ".graphml": graphml}
PAGE = ".html"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        chain: Name or file of the chain.
        at: Cities, parted by commas.
        anchor: Firms of which the rest is a cluster, parted by commas; empty: none.
        as_of: Knowledge date; None: all.
        seed: Of the draws behind the targets and the openness of a page.
    """

    chain: str
    at: str
    anchor: str = ""
    as_of: date | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, with its links and their shares of cost by component."""

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...]
    links: Mapping[str, Link]
    shares: Mapping[str, CostShare]

    @property
    def named(self) -> tuple[str | Bilingual, ...]:
        """The names of the places, in both languages where the chain states them."""
        cities = self.view.cities
        return tuple(cities[p].name if p in cities else p for p in self.places)


def grade(request: Request) -> Result:
    """Grade every link: present, planned, missing, or without evidence.

    Raises:
        InvalidInput: There is no such chain, or a city or an anchor does not stand in it.
    """
    chain = load_chain(request.chain)
    view = chain.view(request.as_of)
    places, anchors = places_of(chain, request.at), anchors_of(view, request.anchor)
    return Result(view, places, anchors, grade_links(view, places), cost_shares(view))


def write(request: Request, result: Result, out: Path, lang: str) -> None:
    """Write the page, or the chain for other tools, by the ending of the name.

    Raises:
        InvalidInput: The ending is not known, or the folder cannot be written.
    """
    ending = out.suffix.lower()
    if ending != PAGE and ending not in _FORMATS:
        mend = Message.of("chains.export.ending.mend", endings=(PAGE, *_FORMATS))
        cause = Message.of("chains.export.ending", file=out.name)
        raise InvalidInput(Problem(cause, Place("--out"), mend, excerpt=out.name))
    text = page(request, result, lang) if ending == PAGE else _FORMATS[ending](result.view)
    write_whole(out.parent, {out.name: text})


def page(request: Request, result: Result, lang: str) -> str:
    """The page on a chain in a place."""
    from guanzi.reports import ChainStudy, chain_html  # loads late: pages need a large library

    view, places, anchors = result.view, result.places, result.anchors
    candidates = firm_candidates(view, places, anchors)
    ranked = rank_targets(candidates, (TARGETS, 2 * TARGETS), request.seed)[:TARGETS]
    study = ChainStudy(
        view=view,
        places=result.named,
        anchors=anchors,
        gaps=find_gaps(view, places, anchors),
        targets=ranked,
        candidates=len(candidates),
        plans=plan_invitations(view, ranked, places, anchors),
        openness=judge_openness(view, places, anchors, request.seed) if anchors else None,
        laboratories=match_laboratories(view, places),
    )
    return chain_html(study, lang)


def data(result: Result) -> dict[str, Any]:
    """The links as plain data."""
    view = result.view
    return {
        "chain": view.id,
        "as_of": view.as_of.isoformat(),
        "places": list(result.places),
        "later": view.later,
        "view_sha256": view.sha256,
        "links": [_link(link, result.shares[id]) for id, link in result.links.items()],
    }


def _link(link: Link, share: CostShare) -> dict[str, Any]:
    return {
        "component": link.component.id,
        "grade": link.grade,
        "suppliers": list(link.suppliers),
        "planned": list(link.planned),
        "parts": list(link.parts),
        "cost_share": [share.low, share.high],
        "cost_share_stated": share.stated,
        "disputed": share.disputed,
        "rests_on": [s.id for s in (*link.statements, *share.statements)],
    }
