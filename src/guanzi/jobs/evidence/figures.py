"""What is known of a city or a market on a day: every figure that comes with Guanzi, with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, meant, plain_words
from guanzi.jobs.evidence.declared import FiguresData, FiguresRequest
from guanzi.record.evidence import City, Fact, Source, Track, city_names, load_city, load_track, track_names

if TYPE_CHECKING:
    from guanzi.render import Document

Request = FiguresRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The facts of a city or a market by name and period, their sources, and the day (None: all count)."""

    id: str
    name: Bilingual
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    as_of: date | None


def known(request: Request) -> Result:
    """The figures, by what they are about, their name and their period.

    Raises:
        InvalidInput: Nothing of that name comes with Guanzi.
    """
    wanted = request.of.casefold().removesuffix("市")
    subjects = tuple(_subjects())
    found = next((one for keys, one in subjects if wanted in keys), None)
    if found is None:
        names = tuple(sorted(one.id for _, one in subjects))
        cause, fix = Message.of("desk.figures.none", name=request.of), Message.of("desk.figures.mend", names=names)
        every = {key for keys, _ in subjects for key in keys}
        raise InvalidInput(Problem(cause, Place("CITY|TRACK"), meant(request.of, every, fix), excerpt=request.of))
    held = found if request.as_of is None else found.known_by(request.as_of)
    facts = sorted(held.facts, key=lambda fact: (fact.subject, fact.name, fact.period, fact.known_on))
    return Result(found.id, _called(found), tuple(facts), held.sources, request.as_of)


def _subjects() -> Iterator[tuple[frozenset[str], City | Track]]:
    """Cities and markets with all names that each is found by."""
    for city in map(load_city, city_names()):
        yield city.keys, city
    for track in map(load_track, track_names()):
        yield frozenset({track.id, track.name.casefold(), track.name.zh}), track


def _called(found: City | Track) -> Bilingual:
    return Bilingual(found.name, found.name_zh) if isinstance(found, City) else found.name


def data(result: Result) -> FiguresData:
    """The figures as plain data."""
    publishers = {source.id: source.publisher for source in result.sources}
    return {
        "of": result.id,
        "name": plain_words(result.name),
        "as_of": None if result.as_of is None else result.as_of.isoformat(),
        "figures": [
            {
                "id": fact.id,
                "subject": fact.subject,
                "name": fact.name,
                "period": str(fact.period),
                "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
                "unit": fact.unit,
                "known_on": fact.known_on.isoformat(),
                "publisher": plain_words(publishers[fact.source]),
                "note": plain_words(fact.note) or None,
            }
            for fact in result.facts
        ],
    }


def document_of(result: Result) -> Document:
    """The figures as a document."""
    from guanzi.jobs.evidence.documents.figures import figures_document

    return figures_document(result.name, result.facts, result.sources, result.as_of)
