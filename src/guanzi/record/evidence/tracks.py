"""Tracks as data: dated figures of the market of an industry, each with its source, apart from any case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.core import Bilingual
from guanzi.base.reading import Format
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.formats import Slug, Words
from guanzi.record.evidence.headed import known_part, read_headed, read_named, shipped_names
from guanzi.record.evidence.sources import Source


class TrackFormat(Format):
    """The head of ``tracks/*.yaml``; sources and facts follow as in a facts file."""

    format: Literal[1]
    track: Slug
    name: Words
    name_zh: str = ""
    country: str
    also: tuple[Slug, ...] = ()
    industries: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A track and what is known of its market.

    Attributes:
        industries: Of cases whose market it is.
        facts: About the ``market``: penetration, growth, makers, margin, …
        also: Further names, such as that of its chain.
    """

    id: str
    name: Bilingual
    country: str
    industries: tuple[str, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    also: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What it is found by, without case."""
        return frozenset({self.id, self.name.casefold(), self.name.zh, *self.also})

    def named(self, name: str, as_of: date) -> tuple[Fact, ...]:
        """Facts of a name that could be held on a day, in the order of their periods."""
        held = [f for f in self.facts if f.name == name and f.known_on <= as_of]
        return tuple(sorted(held, key=lambda fact: (fact.period, fact.known_on)))

    def known_by(self, day: date) -> Track:
        """The track as it was known on a day: later facts are left out, and sources that none of the others rest on."""
        return replace(self, **known_part(self.facts, self.sources, day))

    def source(self, id: str) -> Source:
        """The source of that id; raises ``KeyError`` when there is none."""
        return {source.id: source for source in self.sources}[id]


def track_names() -> tuple[str, ...]:
    """Names of the shipped tracks, in alphabetical order."""
    return shipped_names("tracks")


def load_track(name_or_path: str) -> Track:
    """Read a track: a shipped one by any of its names, or a file.

    >>> load_track("humanoid").id, load_track("低空经济").id
    ('embodied-intelligence', 'low-altitude')

    Raises:
        InvalidInput: There is none, or what is wrong with its file, all at once.
    """
    head, facts, sources = read_headed(read_named(name_or_path, "tracks", "track"), TrackFormat)
    name = Bilingual(head.name, head.name_zh)
    return Track(head.track, name, head.country, head.industries, facts, sources, head.also)


def track_of(industry: str) -> Track | None:
    """The shipped track with figures of the market of an industry; None where there is none.

    >>> track_of("battery-electric-vehicles").id, track_of("marine-engines")
    ('nev', None)
    """
    shipped = (load_track(name) for name in track_names())
    return next((track for track in shipped if industry in track.industries), None)
