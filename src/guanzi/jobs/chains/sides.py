"""Two cities, or a city on two days, side by side: what each has of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.chains import ChainView, load_chain
from guanzi.jobs.chains.declared import CompareRequest, SideData
from guanzi.jobs.chains.places import named_places, places_of, view_of
from guanzi.jobs.shared.results import write_whole
from guanzi.render import Document, localise
from guanzi.study.chains import Link, grade_links

if TYPE_CHECKING:  # pages need a large library
    from guanzi.jobs.chains.documents.chain_beside import ChainSide

Request = CompareRequest


@dataclass(frozen=True, slots=True)
class PlaceOnDay:
    """What was known on a day, and the links as a place had them by then."""

    view: ChainView
    places: tuple[str, ...]
    links: dict[str, Link]


def compare(request: Request) -> tuple[PlaceOnDay, ...]:
    """Grade the links of each city on each day: city after city, the earlier day first.

    Raises:
        InvalidInput: There is no such chain, a city does not stand in it, there is nothing to compare, nothing was
            known on a day, or the earlier day is not earlier.
    """
    chain = load_chain(request.chain)
    if not request.beside and request.before is None:
        raise InvalidInput(_problem("nothing", "--beside"))
    last = view_of(chain, request.as_of)
    views = [last]
    if request.before is not None:
        if request.before >= last.as_of:
            raise InvalidInput(_problem("order", "--before", before=request.before, day=last.as_of))
        views.insert(0, view_of(chain, request.before, "--before"))
    cities = [places_of(chain, request.at)]
    if request.beside:
        cities.append(places_of(chain, request.beside, "--beside"))
        if cities[0] == cities[1]:
            raise InvalidInput(_problem("nothing", "--beside"))
    return tuple(PlaceOnDay(view, places, grade_links(view, places)) for places in cities for view in views)


def _problem(kind: str, option: str, **days: date) -> Problem:
    cause = Message.of(f"chains.compare.{kind}", **{name: day.isoformat() for name, day in days.items()})
    return Problem(cause, Place(option), Message.of(f"chains.compare.{kind}.mend"))


def write(request: Request, found: tuple[PlaceOnDay, ...], out: Path, lang: str) -> None:
    """Write the picture, by the ending of the name.

    Raises:
        InvalidInput: The ending is not known, or the folder cannot be written.
    """
    from guanzi.jobs.chains.documents.chain_beside import FILE_WIDTH, BesideDrawing, compared
    from guanzi.render import IMAGE_ENDINGS, image_file  # loads late: pages need a large library

    ending = out.suffix.lower()
    if ending not in IMAGE_ENDINGS:
        fix = Message.of("chains.export.ending.mend", endings=IMAGE_ENDINGS)
        raise InvalidInput(
            Problem(Message.of("chains.export.ending", file=out.name), Place("--out"), fix, excerpt=out.name)
        )
    sides = _sides(found)
    drawing = BesideDrawing(sides).drawn(lang, FILE_WIDTH[len(sides)])
    write_whole(out.parent, {out.name: image_file(drawing, localise(compared(sides), lang), ending)})


def document_of(found: tuple[PlaceOnDay, ...]) -> Document:
    """The comparison as a document."""
    from guanzi.jobs.chains.documents.chain_beside import beside_document  # loads late: pages need a large library

    return beside_document(_sides(found))


def _sides(found: tuple[PlaceOnDay, ...]) -> tuple[ChainSide, ...]:
    from guanzi.jobs.chains.documents.chain_beside import ChainSide

    return tuple(ChainSide(named_places(side.view, side.places), side.view, side.links) for side in found)


def data(found: tuple[PlaceOnDay, ...]) -> list[SideData]:
    """The sides as plain data."""
    return [
        {
            "chain": side.view.id,
            "as_of": side.view.as_of.isoformat(),
            "places": list(side.places),
            "view_sha256": side.view.sha256,
            "links": [
                {
                    "component": id,
                    "grade": link.grade,
                    "suppliers": list(link.suppliers),
                    "planned": list(link.planned),
                    "unchecked": link.unchecked,
                    "rests_on": [statement.id for statement in link.statements],
                }
                for id, link in side.links.items()
            ],
        }
        for side in found
    ]
