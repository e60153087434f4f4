"""Whom to invite to a chain: a list with its robustness, and a plan for each of the first."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import TargetData, TargetsData, TargetsRequest
from guanzi.jobs.chains.places import anchors_of, named_places, places_of, view_of
from guanzi.render import Document
from guanzi.study.chains import Invitation, Target, firm_candidates, link_candidates, plan_invitations, rank_targets

Request = TargetsRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, how many stood for the list, its length, the first, and their plans."""

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...]
    candidates: int
    top: int
    targets: tuple[Target, ...]
    plans: tuple[Invitation, ...]


def rank(request: Request) -> Result:
    """Rank whom to invite.

    Raises:
        InvalidInput: There is no such chain, or a city or an anchor does not stand in it.
    """
    chain = load_chain(request.chain)
    view = view_of(chain, request.as_of)
    places, anchors = places_of(chain, request.at), anchors_of(view, request.anchor)
    candidates = (link_candidates if request.links else firm_candidates)(view, places, anchors)
    ranked = rank_targets(candidates, (request.top, 2 * request.top), request.seed)[: request.top]
    plans = plan_invitations(view, ranked, places, anchors)
    return Result(view, places, anchors, len(candidates), request.top, ranked, plans)


def document_of(result: Result) -> Document:
    """The list with its plans as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_part  # loads late: pages need a large library

    view, places = result.view, named_places(result.view, result.places)
    return chain_part(
        ChainStudy(
            view,
            places,
            result.anchors,
            targets=result.targets,
            top=result.top,
            candidates=result.candidates,
            plans=result.plans,
        ),
        "targets",
    )


def data(result: Result) -> TargetsData:
    """The list with its plans as plain data."""
    return {
        "chain": result.view.id,
        "as_of": result.view.as_of.isoformat(),
        "candidates": result.candidates,
        "targets": [_plan(plan) for plan in result.plans],
    }


def _plan(plan: Invitation) -> TargetData:
    target = plan.target
    return {
        "firm": target.candidate.firm or None,
        "component": target.candidate.component,
        "top": {str(k): round(v, 4) for k, v in target.top.items()},
        "rank": list(target.rank),
        "criteria": {k: list(v) for k, v in target.candidate.criteria.items()},
        "unknown": list(target.candidate.unknown),
        "buyers": list(plan.buyers),
        "beside": list(plan.beside),
        "offers": [s.id for s in plan.offers],
        "needs": [s.id for s in plan.needs],
        "unknown_needs": list(plan.unknown_needs),
        "unknown_offers": list(plan.unknown_offers),
        "laboratories": [s.id for s in plan.laboratories],
        "tier": plan.tier,
    }
