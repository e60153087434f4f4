"""Where to put stations: the sites of each phase, what they cover, and how far from the best plan that can be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.networks import find_stations
from guanzi.jobs.shared.results import write_whole
from guanzi.render import Document
from guanzi.study.chains import coverage

PAGE = ".html"
ENDINGS = (PAGE, ".geojson", ".json")
"""Of files that are written."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a folder with the tables ``sites`` and ``demand`` (or the shipped one), objective and means."""

    folder: str
    asked: coverage.Asked


def place(request: Request) -> coverage.Placed:
    """Choose sites.

    Raises:
        InvalidInput: The tables have errors, the objective or the means cannot be, or no site reaches anybody.
    """
    return coverage.place_stations(find_stations(request.folder), request.asked)


def write(placed: coverage.Placed, out: Path, lang: str = "en") -> None:
    """Write the map, by the ending of the name: a page, or GeoJSON for other tools.

    Raises:
        InvalidInput: The ending is not known, or the folder cannot be written.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        fix = Message.of("chains.export.ending.mend", endings=ENDINGS)
        cause = Message.of("chains.export.ending", file=out.name)
        raise InvalidInput(Problem(cause, Place("--out"), fix, excerpt=out.name))
    if ending == PAGE:
        from guanzi.render import document_html  # loads late: pages need a large library

        text = document_html(document_of(placed), lang)
    else:
        text = json.dumps(placed.as_geojson(), ensure_ascii=False, indent=1) + "\n"
    write_whole(out.parent, {out.name: text})


def document_of(placed: coverage.Placed) -> Document:
    """The plan as a document."""
    from guanzi.jobs.chains.documents.coverage import coverage_document  # loads late: pages need a large library

    return coverage_document(placed)


def data(placed: coverage.Placed) -> dict[str, Any]:
    """The plan as plain data."""
    return {
        "objective": placed.asked.objective,
        "radius_km": placed.asked.radius,
        "standing": _round(placed.standing),
        "beyond": _round(placed.beyond),
        "phases": [
            {
                "sites": [placed.file.sites[i] for i in plan.chosen],
                "value": _round(plan.value),
                "bound": _round(plan.bound),
                "gap": _round(plan.gap),
                "covered": _round(plan.covered),
                "cost": _round(plan.cost),
            }
            for plan in placed.plans
        ],
    }


def _round(value: float) -> float:
    return float(f"{value:.9g}")
