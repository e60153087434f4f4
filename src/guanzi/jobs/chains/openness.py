"""Whether a cluster is open or captive to its anchors, and what is left of it without them."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import OpennessData, OpennessRequest
from guanzi.jobs.chains.places import anchors_of, named_places, places_of, view_of
from guanzi.render import Document
from guanzi.study.chains import ClusterOpenness, judge_openness

Request = OpennessRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, and the judgement."""

    view: ChainView
    places: tuple[str, ...]
    openness: ClusterOpenness


def judge(request: Request) -> Result:
    """Judge how open a cluster is.

    Raises:
        InvalidInput: There is no such chain, a city or an anchor does not stand in it, or no anchor is named.
    """
    chain = load_chain(request.chain)
    view = view_of(chain, request.as_of)
    places, anchors = places_of(chain, request.at), anchors_of(view, request.anchor)
    if not anchors:
        fix = Message.of("chains.anchor.none.mend")
        raise InvalidInput(Problem(Message.of("chains.anchor.none"), Place("--anchor"), fix))
    return Result(view, places, judge_openness(view, places, anchors, request.seed))


def document_of(result: Result) -> Document:
    """The judgement as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_part  # loads late: pages need a large library

    view, places = result.view, named_places(result.view, result.places)
    return chain_part(ChainStudy(view, places, result.openness.anchors, openness=result.openness), "open")


def data(result: Result) -> OpennessData:
    """The judgement as plain data."""
    found, removal = result.openness, result.openness.removal
    return {
        "anchors": list(found.anchors),
        "verdict": list(found.verdict),
        "captive": list(found.captive),
        "leaning": list(found.leaning),
        "model": {"captive": list(found.model), "odds": {str(verdict): odds for verdict, odds in found.odds.items()}},
        "rivals": list(found.rivals),
        "platforms": [s.id for s in found.platforms],
        "suppliers": [
            {
                "firm": s.firm,
                "components": list(s.components),
                "share": list(s.share),
                "owned": list(s.owned) if s.tie_stated else None,
                "others": list(s.others),
                "verdict": list(s.verdict),
                "rests_on": [t.id for t in s.statements],
            }
            for s in found.suppliers
        ],
        "removal": {
            "firms": len(removal.firms),
            "makers": list(removal.makers),
            "survive": _listed(removal.survive),
            "model": _listed(removal.model),
            "known": _listed(removal.known),
            "links_before": removal.links_before,
            "links_after": list(removal.links_after),
            "links_model": list(removal.links_model),
            "value_after": _listed(removal.value_after),
            "missing": list(removal.missing),
        },
    }


def _listed(span: tuple[float, ...] | None) -> list[float] | None:
    return None if span is None else list(span)
