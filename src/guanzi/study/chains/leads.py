"""What a chain holds of one firm: with what a case of it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guanzi.base.core import LANGUAGES, Bilingual, InvalidInput, Message, Period, render
from guanzi.intake.chains import ChainFirm, ChainStatement, ChainView, Component, Locality
from guanzi.record.evidence import Fact, Source


@dataclass(frozen=True, slots=True)
class Lead:
    """A firm of a chain as a place may examine it.

    Attributes:
        firm: The firm.
        place: Whose money it would be.
        components: What sources say that it makes, in the order of the chain.
        facts: What the chain states of it that a case can hold: plants in the place, customers and their shares.
        sources: Those that the facts rest on.
    """

    firm: ChainFirm
    place: Locality
    components: tuple[Component, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]


def lead_of(view: ChainView, firm: str, place: str) -> Lead:
    """What is known of a firm of the chain, as seen from a place; both by their ids."""
    makes = {part for kind in ("plant", "makes") for s in view.of_kind(kind) if s.of == firm for part in s.to}
    told = (*_sites(view, firm, place), *_customers(view, firm))
    return Lead(
        view.firms[firm],
        view.cities[place],
        tuple(component for component in view.components.values() if component.id in makes),
        tuple(fact for _, fact in told),
        tuple({fact.source: replace(said.source, id=fact.source) for said, fact in told}.values()),
    )


def _sites(view: ChainView, firm: str, place: str) -> Iterator[tuple[ChainStatement, Fact]]:
    told: dict[Bilingual, ChainStatement] = {}
    for plant in view.of_kind("plant"):
        if plant.of == firm and plant.at == place and plant.status != "closed":
            parts = tuple(view.components[part].name for part in plant.to)
            id = "chains.lead.planned" if plant.status == "planned" else "chains.lead.operating"
            site = Message.of(id, parts=parts, place=view.cities[place].name)
            told.setdefault(Bilingual(*(render(site, lang) for lang in LANGUAGES)), plant)
    for words, plant in told.items():
        yield plant, _fact(view, plant, "company", "local_site", words, "text")


def _customers(view: ChainView, firm: str) -> Iterator[tuple[ChainStatement, Fact]]:
    for sale in view.of_kind("customer"):
        if sale.of == firm and sale.low is not None and len(sale.to) == 1:
            low, high = (round(share, 6) for share in sale.interval)
            yield sale, _fact(view, sale, sale.to[0], "customer_share", low if low == high else (low, high), "ratio")


def _fact(
    view: ChainView,
    statement: ChainStatement,
    subject: str,
    name: str,
    value: str | float | tuple[float, float],
    unit: str,
) -> Fact:
    return Fact(
        id=f"{view.id}-{statement.id}",
        subject=subject,
        name=name,
        value=value,
        unit=unit,
        period=_period(statement),
        known_on=statement.known_on,
        known_to="public",
        source=f"{view.id}-{statement.source.id}",
        confidence="medium",
        note="",
        held_because=statement.because,
        supersedes=None,
        place=statement.place,
    )


def _period(statement: ChainStatement) -> Period:
    """That of the statement; the day on which it could be held where it has none, or words."""
    try:
        return Period.parse(statement.period)
    except InvalidInput:
        return Period.parse(statement.known_on)
