"""An industrial chain as data: components, firms, plants, ties, each a dated statement with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from guanzi.base.core import Bilingual, Place, plain_words, sha256_of
from guanzi.record.evidence import Source

type Kind = Literal[
    "share",
    "technology",
    "substitute",
    "imports",
    "plant",
    "capacity",
    "size",
    "makes",
    "customer",
    "owns",
    "shares",
    "laboratory",
    "absent",
    "need",
    "offer",
    "intensity",
]


@dataclass(frozen=True, slots=True)
class Component:
    """A link of the chain: a part, material or service that goes into its parent.

    Attributes:
        id: Id within the chain.
        name: In English and Chinese.
        parent: What it goes into; empty for the product at the top.
        codes: Classification codes (industry, patents), by which laboratories are matched.
        note: What a reader should know.
    """

    id: str
    name: Bilingual
    parent: str
    codes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChainFirm:
    """A company: its name, and the city and country of its head office where a source says so."""

    id: str
    name: Bilingual
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Locality:
    """A place with its position in degrees; None where it is not stated."""

    id: str
    name: Bilingual
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ChainStatement:
    """What a source says on a day about a chain.

    Attributes:
        id: Its own id, or its row.
        kind: What it states: a cost ``share``, a ``plant``, a ``customer`` …
        of: The first end: the parent of a share, the firm of a plant, the supplier, the owner.
        to: The other end: a component, customer, owned firm or member; several for a plant that makes several.
        at: Locality.
        low: Lower end of the number it states; shares are ratios; None where it states none.
        high: Upper end.
        unit: Unit, or the component whose cost is the base of a share.
        status: Of a plant: ``operating``, ``planned`` or ``closed``.
        period: What it is about, in words of the file.
        known_on: First day on which it could be held.
        source: Where it stands.
        name: Of a technology, laboratory, need or offer.
        codes: Classification codes.
        note: What a reader should know.
        place: Where it stands in the file.
        because: Why it was held on ``known_on`` although its source is dated later.
    """

    id: str
    kind: Kind
    of: str
    to: tuple[str, ...]
    at: str
    low: float | None
    high: float | None
    unit: str
    status: str
    period: str
    known_on: date
    source: Source
    name: Bilingual
    codes: tuple[str, ...]
    note: str
    place: Place
    because: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """Its number as (low, high); raises ``ValueError`` when it states none."""
        if self.low is None or self.high is None:
            raise ValueError(f"statement {self.id} states no number")
        return self.low, self.high

    def content(self) -> dict[str, Any]:
        """The statement as plain data, without its place in the file."""
        return {
            "id": self.id,
            "kind": self.kind,
            "of": self.of,
            "to": list(self.to),
            "at": self.at,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "status": self.status,
            "period": self.period,
            "known_on": self.known_on.isoformat(),
            "source": self.source.id,
            "name": plain_words(self.name),
            "codes": list(self.codes),
            "note": plain_words(self.note),
            "because": self.because,
        }


@dataclass(frozen=True)
class ChainView:
    """What was known of a chain on a day.

    Structure (components, firms by name, cities) is the frame in which statements are read; whatever says that
    something exists, costs, sells or owns is a statement with its day.

    Attributes:
        id: Of the chain.
        name: In both languages.
        root: The product.
        as_of: The day.
        components: In the order of the file; parents before their parts.
        firms: By id.
        cities: By id.
        statements: Those with ``known_on`` on or before the day.
        later: How many statements became known only later.
    """

    id: str
    name: Bilingual
    root: str
    as_of: date
    components: Mapping[str, Component]
    firms: Mapping[str, ChainFirm]
    cities: Mapping[str, Locality]
    statements: tuple[ChainStatement, ...]
    later: int

    def depth_of(self, id: str) -> int:
        """How many steps a component stands below the product."""
        depth, at = 0, self.components[id].parent
        while at:
            depth, at = depth + 1, self.components[at].parent
        return depth

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[ChainStatement, ...]]:
        groups: dict[str, list[ChainStatement]] = {}
        for statement in self.statements:
            groups.setdefault(statement.kind, []).append(statement)
        return {kind: tuple(group) for kind, group in groups.items()}

    def of_kind(self, kind: Kind) -> tuple[ChainStatement, ...]:
        """Statements of a kind, in the order of the file."""
        return self._by_kind.get(kind, ())

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of each component, by its id."""
        found: dict[str, list[str]] = {}
        for component in self.components.values():
            found.setdefault(component.parent, []).append(component.id)
        return {parent: tuple(parts) for parent, parts in found.items()}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that its statements cite, in the order of their ids."""
        found = {statement.source.id: statement.source for statement in self.statements}
        return tuple(found[id] for id in sorted(found))

    def content(self) -> dict[str, Any]:
        """Everything this view holds, as plain data; it is what the hash is made of."""
        return {
            "chain": self.id,
            "root": self.root,
            "as_of": self.as_of.isoformat(),
            "components": [
                {"id": c.id, "name": plain_words(c.name), "parent": c.parent, "codes": list(c.codes)}
                for c in self.components.values()
            ],
            "firms": [{"id": f.id, "city": f.city, "country": f.country} for f in self.firms.values()],
            "statements": [statement.content() for statement in self.statements],
            "sources": [source.content() for source in self.sources],
        }

    @cached_property
    def sha256(self) -> str:
        """Hash of the content."""
        return sha256_of(self.content())


@dataclass(frozen=True)
class Chain:
    """A chain as its file states it; analyses see its views, never the whole.

    Attributes:
        id: Of the chain.
        name: In both languages.
        root: The product at the top.
        components: By id; parents before their parts.
        firms: By id.
        cities: By id.
        statements: All of them.
        note: What a reader should know.
        industries: Industries of cases to whose companies it belongs.
    """

    id: str
    name: Bilingual
    root: str
    components: Mapping[str, Component]
    firms: Mapping[str, ChainFirm]
    cities: Mapping[str, Locality]
    statements: tuple[ChainStatement, ...]
    note: str = ""
    industries: tuple[str, ...] = ()

    @property
    def newest(self) -> date:
        """The day of the newest statement: the default day of a view."""
        return max((statement.known_on for statement in self.statements), default=date.min)

    def view(self, as_of: date | None = None) -> ChainView:
        """What was known on a day; by default, on the day of the newest statement."""
        day = as_of or self.newest
        known = tuple(statement for statement in self.statements if statement.known_on <= day)
        later = len(self.statements) - len(known)
        return ChainView(self.id, self.name, self.root, day, self.components, self.firms, self.cities, known, later)
