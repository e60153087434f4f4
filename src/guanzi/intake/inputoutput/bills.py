"""Bills of materials: of what a product is made, in intervals of cost shares, and which sectors supply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import Bilingual, InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, Format, YamlDocument, read_yaml
from guanzi.intake.inputoutput.table import IOTable
from guanzi.record.evidence import LocalisedText, Number, Slug, Source, SourceEntry, read_source_entry, validate

PRODUCT = "product"
"""What the components of the first level are parts of."""


type Sectors = Annotated[str, Field(min_length=1)] | Annotated[tuple[str, ...], Field(min_length=1)]
"""A sector by code or name, or one for each of several tables."""


class BillPartEntry(Format):
    """A component, as a part of the cost of what it goes into."""

    id: Slug
    of: Annotated[Slug, Field(description="What it goes into: another component, or `product`")] = PRODUCT
    label: LocalisedText
    sector: Annotated[
        Sectors,
        Field(description="Code or name of the sector that makes it; several, for tables of several publishers"),
    ]
    low: Annotated[Number, Field(description="Lowest part of the cost of what it goes into, 0 to 1")]
    high: Annotated[Number, Field(description="Highest part")]
    local_low: Annotated[Number | None, Field(description="Lowest part that is bought in the region, 0 to 1")] = None
    local_high: Annotated[Number | None, Field(description="Highest part that is bought in the region")] = None
    sources: tuple[Slug, ...] = ()
    judgement: Annotated[str, Field(description="Why these numbers, where no source states them")] = ""


class BillFormat(Format):
    """A bill of materials."""

    format: Literal[1]
    bill: Slug
    title: LocalisedText
    sector: Annotated[Sectors, Field(description="Sector to which the product belongs, likewise")]
    base: Annotated[LocalisedText, Field(description="Of what the shares are parts, in the words of the sources")]
    cost_low: Annotated[Number, Field(description="Lowest part of the price of the product that this base is")] = 1.0
    cost_high: Annotated[Number, Field(description="Highest part of the price that this base is")] = 1.0
    read_on: Annotated[
        date | None, Field(description="Day on which sources without a date were read: from then on they count as held")
    ] = None
    sources: Annotated[dict[Slug, SourceEntry], Field(default_factory=dict)]
    components: Annotated[tuple[BillPartEntry, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Span:
    """A number of which only the bounds are known."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BillPart:
    """A component.

    Attributes:
        id: Its id.
        of: Id of what it goes into; ``product`` for the first level.
        label: In words.
        sectors: Codes or names of the sector that makes it; one code, once the bill is fitted to a table.
        share: Part of the cost of what it goes into.
        local: Part bought in the region; None: by the method of the region.
        sources: Where the numbers stand.
        judgement: Their reason where no source has them.
    """

    id: str
    of: str
    label: Bilingual
    sectors: tuple[str, ...]
    share: Span
    local: Span | None
    sources: tuple[Source, ...]
    judgement: str

    @property
    def sector(self) -> str:
        """Its sector, by the first of its names."""
        return self.sectors[0]


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of materials, without circles, whose shares can add up.

    Attributes:
        name: Of the file.
        title: In words.
        sectors: Codes or names of the sector to which the product belongs.
        base: Of what the shares are parts.
        cost: Part of the price of the product that the base is.
        components: Each after what it goes into.
        document: The text with its positions; problems that a table brings to light point there.
    """

    name: str
    title: Bilingual
    sectors: tuple[str, ...]
    base: Bilingual
    cost: Span
    components: tuple[BillPart, ...]
    document: YamlDocument

    @property
    def sector(self) -> str:
        """Sector of the product, by the first of its names."""
        return self.sectors[0]

    def fitted(self, table: IOTable) -> Bill:
        """The bill with the codes of a table, each found by code or by the name that the table gives it.

        What is not found keeps its names, and is refused where the table is multiplied.
        """
        names = {
            name: code
            for code, label in zip(table.codes, table.labels, strict=True)
            for name in (label, label.localised("zh"))
        }

        def code(sectors: tuple[str, ...]) -> tuple[str, ...]:
            return next(((names.get(s, s),) for s in sectors if s in table.codes or s in names), sectors)

        components = tuple(replace(c, sectors=code(c.sectors)) for c in self.components)
        return replace(self, sectors=code(self.sectors), components=components)

    def parts_of(self, id: str) -> tuple[BillPart, ...]:
        """What goes into a component, or into the product."""
        return tuple(c for c in self.components if c.of == id)

    def problem(self, id: str, field: str, cause: Message, fix: Message) -> Problem:
        """A problem that points to a field of a component, or of the bill where ``id`` is the product."""
        for index, entry in enumerate(self.document.data["components"]):
            if entry["id"] == id:
                return self.document.problem(("components", index, field), cause, fix)
        return self.document.problem((field,), cause, fix)


def read_bill(path: Path, name: str | None = None, as_of: date | None = None) -> Bill:
    """Read a bill of materials.

    Args:
        path: The YAML file.
        name: How problems should call it.
        as_of: Refuse what rests on a source of a later or an unknown day; None: take all.

    Raises:
        InvalidInput: All that is wrong: shares that are no parts or add up to more than the whole, a component that
            goes into itself or into nothing, a number without an origin.
    """
    document = read_yaml(path, name)
    form = validate(BillFormat, document)
    sources = {id: read_source_entry(id, entry) for id, entry in form.sources.items()}
    problems = [
        *_wrong_spans(form, document),
        *_wrong_origins(form, document, sources, as_of),
        *_wrong_parents(form, document),
        *_too_much(form, document),
    ]
    if problems:
        raise InvalidInput(problems)
    ordered = _ordered(form.components)
    return Bill(
        document.file,
        form.title,
        _sectors(form.sector),
        form.base,
        Span(form.cost_low, form.cost_high),
        tuple(_component(entry, sources) for entry in ordered),
        document,
    )


def _sectors(stated: str | tuple[str, ...]) -> tuple[str, ...]:
    return (stated,) if isinstance(stated, str) else stated


def _component(entry: BillPartEntry, sources: Mapping[str, Source]) -> BillPart:
    local = None
    if entry.local_low is not None and entry.local_high is not None:
        local = Span(entry.local_low, entry.local_high)
    cited = tuple(sources[id] for id in entry.sources)
    return BillPart(
        entry.id,
        entry.of,
        entry.label,
        _sectors(entry.sector),
        Span(entry.low, entry.high),
        local,
        cited,
        entry.judgement,
    )


def _at(index: int, field: str) -> DataPath:
    return ("components", index, field)


def _wrong_spans(form: BillFormat, document: YamlDocument) -> list[Problem]:
    found = []
    fix = Message.of("chaintables.bill.span.mend")
    for low, high, path in [
        (form.cost_low, form.cost_high, ("cost_low",)),
        *((c.low, c.high, _at(i, "low")) for i, c in enumerate(form.components)),
        *(
            (c.local_low, c.local_high, _at(i, "local_low"))
            for i, c in enumerate(form.components)
            if c.local_low is not None or c.local_high is not None
        ),
    ]:
        if low is None or high is None or not 0.0 <= low <= high <= 1.0:
            cause = Message.of("chaintables.bill.span", low=low, high=high)
            found.append(document.problem(path, cause, fix))
    return found


def _wrong_origins(
    form: BillFormat, document: YamlDocument, sources: Mapping[str, Source], as_of: date | None
) -> list[Problem]:
    found = []
    for i, entry in enumerate(form.components):
        if not entry.sources and not entry.judgement:
            fix = Message.of("chaintables.bill.origin.mend")
            found.append(document.problem(_at(i, "id"), Message.of("chaintables.bill.origin", id=entry.id), fix))
        for id in entry.sources:
            if id not in sources:
                cause = Message.of("chaintables.bill.source", source=id)
                fix = Message.of("chaintables.bill.source.mend", sources=tuple(sources))
                found.append(document.problem(_at(i, "sources"), cause, fix))
            elif as_of is not None and ((day := sources[id].date or form.read_on) is None or day > as_of):
                dated = None if day is None else day.isoformat()
                cause = Message.of("chaintables.bill.later", source=id, day=dated, as_of=as_of.isoformat())
                found.append(document.problem(_at(i, "sources"), cause, Message.of("chaintables.bill.later.mend")))
    return found


def _wrong_parents(form: BillFormat, document: YamlDocument) -> list[Problem]:
    found = []
    of = {c.id: c.of for c in form.components}
    for i, entry in enumerate(form.components):
        if entry.id == PRODUCT or [c.id for c in form.components].index(entry.id) != i:
            fix = Message.of("chaintables.bill.twice.mend")
            found.append(document.problem(_at(i, "id"), Message.of("chaintables.bill.twice", id=entry.id), fix))
        elif entry.of != PRODUCT and entry.of not in of:
            cause = Message.of("chaintables.bill.parent", id=entry.id, of=entry.of)
            fix = Message.of("chaintables.bill.parent.mend", ids=(PRODUCT, *of))
            found.append(document.problem(_at(i, "of"), cause, fix))
        elif (circle := _circle(entry.id, of)) and min(circle) == entry.id:
            cause = Message.of("chaintables.bill.circle", circle=" → ".join((*circle, entry.id)))
            found.append(document.problem(_at(i, "of"), cause, Message.of("chaintables.bill.circle.mend")))
    return found


def _circle(id: str, of: Mapping[str, str]) -> tuple[str, ...]:
    """The components from one to itself, if it goes into itself."""
    walked, at = [id], of[id]
    while at != id:
        if at not in of or at in walked:
            return ()
        walked.append(at)
        at = of[at]
    return tuple(walked)


def _too_much(form: BillFormat, document: YamlDocument) -> list[Problem]:
    found = []
    for parent in dict.fromkeys(c.of for c in form.components):
        parts = [(i, c) for i, c in enumerate(form.components) if c.of == parent]
        least = sum(c.low for _, c in parts)
        if least > 1.0 + 1e-9:
            cause = Message.of("chaintables.bill.too_much", of=parent, least=least)
            fix = Message.of("chaintables.bill.too_much.mend", ids=tuple(c.id for _, c in parts))
            found.append(document.problem(_at(parts[-1][0], "low"), cause, fix))
    return found


def _ordered(components: tuple[BillPartEntry, ...]) -> list[BillPartEntry]:
    """Each component after what it goes into, in the order of the file."""
    placed: list[BillPartEntry] = []
    known = {PRODUCT}
    while len(placed) < len(components):
        for entry in components:
            if entry.of in known and entry.id not in known:
                placed.append(entry)
                known.add(entry.id)
    return placed
