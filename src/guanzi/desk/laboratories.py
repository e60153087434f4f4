"""Laboratories of a place, each with the link of a chain that it could strengthen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.desk.places import places_of
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import LaboratoryMatch, match_laboratories


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a chain by name or file, cities parted by commas, and the knowledge date (None: all)."""

    chain: str
    at: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The chain as it was known, and the matches, gaps first."""

    view: ChainView
    matches: tuple[LaboratoryMatch, ...]


def match(request: Request) -> Result:
    """Match laboratories with the links that they could strengthen.

    Raises:
        InvalidInput: There is no such chain, or a city does not stand in it.
    """
    chain = load_chain(request.chain)
    view = chain.view(request.as_of)
    return Result(view, match_laboratories(view, places_of(chain, request.at)))


def data(result: Result) -> list[dict[str, Any]]:
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
