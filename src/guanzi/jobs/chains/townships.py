"""What a city takes for the circle of two kilometres and for every township, where single coordinates are not held."""

from __future__ import annotations

from typing import Any

from guanzi.base.core import plain_words
from guanzi.record.evidence import Territory
from guanzi.render import Document
from guanzi.study.chains import coverage


def answer(territory: Territory, radius: float, stations: int | None) -> coverage.TownshipNeed:
    """The bounds of a territory, for a radius in km and a number of stations (None: several are told).

    Raises:
        InvalidInput: The radius is not above nought, or there are fewer units than stations.
    """
    return coverage.bound_townships(territory, radius, stations)


def data(result: coverage.TownshipNeed) -> dict[str, Any]:
    """The bounds as plain data."""
    need, standing = result.need, result.standing
    return {
        "of": result.territory.id,
        "radius_km": result.radius,
        "circle": {
            "built_up_km2": result.km2,
            "at_least": need.least,
            "round_piece": need.round_piece,
            "an_outline_km": round(need.an_outline, 6),
            "standing": None if standing is None else list(standing.interval),
            "covered_at_most": [
                {"stations": row.stations, "part": round(result.covered_at_most(row.stations), 6)}
                for row in result.reached
            ],
        },
        "townships": {
            **{kind: result.total(kind) for kind in ("towns", "subdistricts", "other_units")},
            "reached": [
                {"stations": row.stations, "least": round(row.least, 6), "most": round(row.most, 6)}
                for row in result.reached
            ],
            "districts": [
                {
                    "id": district.part.id,
                    "name": plain_words(district.part.called),
                    "residents": district.residents.number,
                    "towns": district.towns,
                    "subdistricts": district.subdistricts,
                    "other_units": district.other_units,
                    "counted_one_by_one": district.counted,
                }
                for district in result.districts
            ],
        },
        "sources": [
            {
                "id": source.id,
                "publisher": plain_words(source.publisher),
                "title": plain_words(source.title),
                "address": source.link or None,
                "note": plain_words(source.note) or None,
            }
            for source in result.territory.sources
        ],
    }


def document_of(result: coverage.TownshipNeed) -> Document:
    """The bounds as a document."""
    from guanzi.jobs.chains.documents.townships import townships_document  # loads late: pages need a large library

    return townships_document(result)
