"""Territories: the parts of a city with their residents, units and seats, each figure with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guanzi.base.core import Bilingual
from guanzi.base.reading import Format
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import Slug, Words
from guanzi.record.evidence.headed import read_headed, read_named, shipped_names
from guanzi.record.evidence.sources import Source


class SeatEntry(Format):
    """Where the seat of a part lies, in degrees, and the source of that."""

    lon: float
    lat: float
    source: Slug


class TerritoryPart(Format):
    """A district, or a unit ``within`` a district."""

    id: Slug
    name: Words
    name_zh: str
    within: Slug | None = None
    seat: SeatEntry | None = None

    @property
    def called(self) -> Bilingual:
        """Its name in both languages."""
        return Bilingual(self.name, self.name_zh)


class TerritoryFormat(Format):
    """The head of ``territories/*.yaml``; sources and facts follow as in a facts file."""

    format: Literal[1]
    territory: Slug
    name: Words
    name_zh: str
    country: str
    seat: SeatEntry
    parts: tuple[TerritoryPart, ...]


@dataclass(frozen=True, slots=True)
class Territory:
    """A city, its parts and what is known of each; the subject of a fact is the id of its part."""

    id: str
    name: Bilingual
    seat: SeatEntry
    parts: tuple[TerritoryPart, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]

    def newest(self, name: str, subject: str = "region") -> Fact | None:
        """The newest fact of that name about a part, or about the whole; None where there is none."""
        held = [fact for fact in self.facts if (fact.name, fact.subject) == (name, subject)]
        return max(held, key=lambda fact: (fact.period, fact.known_on), default=None)

    def districts(self) -> tuple[TerritoryPart, ...]:
        """The parts that lie within no other."""
        return tuple(part for part in self.parts if part.within is None)

    def units_of(self, district: str) -> tuple[TerritoryPart, ...]:
        """The units of a district that are told one by one; empty where none is."""
        return tuple(part for part in self.parts if part.within == district)


def load_territory(name_or_path: str) -> Territory:
    """Read a territory: a shipped one by its name, or a file.

    Raises:
        InvalidInput: There is none, or what is wrong with its file, all at once.
    """
    head, facts, sources = read_headed(read_named(name_or_path, "territories", "territory"), TerritoryFormat)
    return Territory(head.territory, Bilingual(head.name, head.name_zh), head.seat, head.parts, facts, sources)


def find_territory(text: str) -> Territory | None:
    """The shipped territory of that name in either language; None where there is none.

    >>> found = find_territory("合肥")
    >>> found.id, len(found.districts())
    ('hefei', 12)
    """
    for shipped in map(load_territory, shipped_names("territories")):
        if text.casefold().removesuffix("市") in (shipped.id, shipped.name.zh.removesuffix("市")):
            return shipped
    return None
