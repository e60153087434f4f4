"""Cities as places that might run a playbook: facts with their sources, apart from any case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.reading import Format
from guanzi.record.evidence.case import Case
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import Slug, Words
from guanzi.record.evidence.headed import known_part, plain, read_headed, read_named, shipped_called, shipped_names
from guanzi.record.evidence.sources import Source


class CityFormat(Format):
    """The head of ``cities/*.yaml``; sources and facts follow as in a facts file."""

    format: Literal[1]
    city: Slug
    name: Words
    name_zh: str = ""
    country: str


@dataclass(frozen=True, slots=True)
class City:
    """A city and what is known of it.

    Attributes:
        facts: About the ``region``, or about firms of an industry in it (``vehicles``, ``aviation``, …).
    """

    id: str
    name: str
    name_zh: str
    country: str
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]

    def named(self, name: str, as_of: date, subject: str = "region") -> tuple[Fact, ...]:
        """Facts of a name that could be held on a day, in the order of their periods."""
        held = [f for f in self.facts if f.name == name and f.subject == subject and f.known_on <= as_of]
        return tuple(sorted(held, key=lambda fact: (fact.period, fact.known_on)))

    def known_by(self, day: date) -> City:
        """The city as it was known on a day: later facts are left out, and sources that none of the others rest on."""
        return replace(self, **known_part(self.facts, self.sources, day))

    def joined(self, cases: Iterable[Case]) -> City:
        """The city with what cases about it hold of its region; where both hold a figure, its own file counts."""
        facts, sources = self.facts, self.sources
        for case in (case for case in cases if case.region.id == self.id):
            told = [f for f in case.facts if f.subject == "region"]
            own = {_shown(s): s.id for s in reversed(sources)}
            ids = {s.id: own.get(_shown(s), f"{case.id}/{s.id}") for s in case.sources}
            facts = (*(replace(f, id=f"{case.id}/{f.id}", source=ids[f.source]) for f in told), *facts)
            sources = (*sources, *(replace(s, id=ids[s.id]) for s in case.sources if _shown(s) not in own))
        return replace(self, facts=facts, sources=sources)

    @property
    def keys(self) -> frozenset[str]:
        """What it is found by, without case and without the word for city."""
        return frozenset(plain(name) for name in (self.id, self.name, self.name_zh))

    def source(self, id: str) -> Source:
        """The source of that id; raises ``KeyError`` when there is none."""
        return {source.id: source for source in self.sources}[id]


def _shown(source: Source) -> tuple[object, ...]:
    """What tells a source from another one on a page."""
    return source.publisher, source.title, source.date, source.grade


def city_names() -> tuple[str, ...]:
    """Names of the shipped cities, in alphabetical order."""
    return shipped_names("cities")


def load_city(name_or_path: str) -> City:
    """Read a city: a shipped one by its id or its name in either language, or a file.

    Raises:
        InvalidInput: There is none, or what is wrong with its file, all at once.
    """
    head, facts, sources = read_headed(read_named(name_or_path, "cities", "city"), CityFormat)
    return City(head.city, head.name, head.name_zh, head.country, facts, sources)


def city_called(name: str) -> City | None:
    """The shipped city of this id or name, in either language; None where there is none."""
    id = shipped_called(name, "cities")
    return None if id is None else load_city(id)
