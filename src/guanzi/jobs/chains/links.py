"""The links of a chain as a place has them; the page on it, and the files of other tools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import LinkData, LinksData, LinksRequest
from guanzi.jobs.chains.places import anchors_of, named_places, places_of, view_of
from guanzi.jobs.shared.results import write_whole
from guanzi.render import Document
from guanzi.study.chains import (
    CostShare,
    Link,
    LinkGap,
    find_gaps,
    firm_candidates,
    follow_the_money,
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


Request = LinksRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, with its links and their shares of cost."""

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...]
    gaps: tuple[LinkGap, ...]


def grade(request: Request) -> Result:
    """Grade every link: present, planned, missing, or without evidence.

    Raises:
        InvalidInput: There is no such chain, or a city or an anchor does not stand in it.
    """
    chain = load_chain(request.chain)
    view = view_of(chain, request.as_of)
    places, anchors = places_of(chain, request.at), anchors_of(view, request.anchor)
    return Result(view, places, anchors, find_gaps(view, places, anchors))


def product_makers(result: Result) -> tuple[str, ...]:
    """Ids of the firms that make the product itself in the place: those that may be its anchor."""
    return next(gap.link.suppliers for gap in result.gaps if gap.link.component.id == result.view.root)


def write(request: Request, result: Result, out: Path, lang: str) -> None:
    """Write the page, or the chain for other tools, by the ending of the name.

    Raises:
        InvalidInput: The ending is not known, or the folder cannot be written.
    """
    ending = out.suffix.lower()
    if ending != PAGE and ending not in _FORMATS:
        fix = Message.of("chains.export.ending.mend", endings=(PAGE, *_FORMATS))
        cause = Message.of("chains.export.ending", file=out.name)
        raise InvalidInput(Problem(cause, Place("--out"), fix, excerpt=out.name))
    text = page(request, result, lang) if ending == PAGE else _FORMATS[ending](result.view)
    write_whole(out.parent, {out.name: text})


def page(request: Request, result: Result, lang: str) -> str:
    """The page on a chain in a place."""
    from guanzi.render import document_html  # loads late: pages need a large library

    return document_html(whole_of(request, result), lang)


def whole_of(request: Request, result: Result) -> Document:
    """All that is known of a chain in a place, as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_document  # loads late: pages need a large library

    view, places, anchors = result.view, result.places, result.anchors
    candidates = firm_candidates(view, places, anchors)
    ranked = rank_targets(candidates, (TARGETS, 2 * TARGETS), request.seed)[:TARGETS]
    study = ChainStudy(
        view=view,
        places=named_places(view, places),
        anchors=anchors,
        gaps=result.gaps,
        targets=ranked,
        top=TARGETS,
        candidates=len(candidates),
        plans=plan_invitations(view, ranked, places, anchors),
        openness=judge_openness(view, places, anchors, request.seed) if anchors else None,
        laboratories=match_laboratories(view, places),
    )
    return chain_document(study)


def document_of(result: Result) -> Document:
    """The links as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_part  # loads late: pages need a large library

    places = named_places(result.view, result.places)
    return chain_part(ChainStudy(result.view, places, result.anchors, result.gaps), "links")


def data(result: Result) -> LinksData:
    """The links as plain data."""
    view = result.view
    return {
        "chain": view.id,
        "as_of": view.as_of.isoformat(),
        "places": list(result.places),
        "later": view.later,
        "view_sha256": view.sha256,
        "links": [_link(gap.link, gap.share) for gap in result.gaps],
    }


def _link(link: Link, share: CostShare) -> LinkData:
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
