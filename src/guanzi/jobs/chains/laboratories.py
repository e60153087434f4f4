"""Laboratories of a place, each with the link of a chain that it could strengthen."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import LaboratoriesRequest, LaboratoryMatchData
from guanzi.jobs.chains.places import named_places, places_of, view_of
from guanzi.render import Document
from guanzi.study.chains import LaboratoryMatch, match_laboratories

Request = LaboratoriesRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, and the matches, gaps first."""

    view: ChainView
    places: tuple[str, ...]
    matches: tuple[LaboratoryMatch, ...]


def match(request: Request) -> Result:
    """Match laboratories with the links that they could strengthen.

    Raises:
        InvalidInput: There is no such chain, or a city does not stand in it.
    """
    chain = load_chain(request.chain)
    view = view_of(chain, request.as_of)
    places = places_of(chain, request.at)
    return Result(view, places, match_laboratories(view, places))


def document_of(result: Result) -> Document:
    """The matches as a document."""
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_part  # loads late: pages need a large library

    view, places = result.view, named_places(result.view, result.places)
    return chain_part(ChainStudy(view, places, laboratories=result.matches), "labs")


def data(result: Result) -> list[LaboratoryMatchData]:
    """The matches as plain data."""
    return [
        {
            "laboratory": m.laboratory.id,
            "component": m.component,
            "grade": m.grade,
            "codes": list(m.codes),
            "depth": m.depth,
            "likeness": round(m.likeness, 4),
            "founders": list(m.founders),
        }
        for m in result.matches
    ]
