"""What a chain lacks in a place: missing links, single sources, imports, and the cut without the anchors."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import GapsRequest, LinkGapData
from guanzi.jobs.chains.places import anchors_of, named_places, output_of, places_of, view_of
from guanzi.render import Document
from guanzi.study.chains import LinkGap, find_gaps

Request = GapsRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, its anchors, and the strength of every link."""

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...]
    gaps: tuple[LinkGap, ...]


def find(request: Request) -> Result:
    """Find the gaps.

    Raises:
        InvalidInput: There is no such chain, a city or an anchor does not stand in it, or the output is none.
    """
    chain = load_chain(request.chain)
    view = view_of(chain, request.as_of)
    places, anchors = places_of(chain, request.at), anchors_of(view, request.anchor)
    return Result(view, places, anchors, find_gaps(view, places, anchors, output_of(request.output)))


def document_of(result: Result) -> Document:
    """The gaps as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_part  # loads late: pages need a large library

    view, places = result.view, named_places(result.view, result.places)
    return chain_part(ChainStudy(view, places, result.anchors, result.gaps), "gaps")


def data(result: Result) -> list[LinkGapData]:
    """The gaps as plain data."""
    return [_gap(gap) for gap in result.gaps]


def _gap(gap: LinkGap) -> LinkGapData:
    return {
        "component": gap.link.component.id,
        "grade": gap.link.grade,
        "cost_share": [gap.share.low, gap.share.high],
        "cost_share_stated": gap.share.stated,
        "groups": list(gap.groups),
        "single": gap.single,
        "cut": gap.cut,
        "imports": None if gap.imports is None else list(gap.imports),
        "imported": gap.imported,
        "substitutes": list(gap.substitutes),
        "nearest": None if gap.nearest is None else {"firm": gap.nearest[0], "km": round(gap.nearest[1], 1)},
        "value": None if gap.value is None else list(gap.value),
    }
