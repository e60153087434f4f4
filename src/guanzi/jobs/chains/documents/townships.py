"""What the circle and every township take in a city, as a document: bounds, districts, and the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from guanzi import __version__
from guanzi.jobs.shared.documents.cited import listed_sources
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import UNDATED, Bullets, Cell, Document, Measurement, Row, Section, Sentence, Table

if TYPE_CHECKING:
    from guanzi.study.chains import coverage


def townships_document(result: coverage.TownshipNeed) -> Document:
    """The document of the bounds of a territory."""
    territory, radius = result.territory, Measurement(result.radius, "km")
    lead = (Bullets(tuple(_circle(result))), Bullets(tuple(_every(result))))
    return Document(
        id="chain",
        kicker=message("cover.kicker"),
        title=message("townships.title", city=territory.name, radius=radius),
        under=(message("townships.under"),),
        dated=UNDATED,
        sections=(
            Section("lead", message("chain.section.lead"), lead, first=True),
            Section("reached", message("townships.reached"), (_reached(result),), first=True),
            Section("districts", message("townships.districts"), (_districts(result),), first=True),
            Section("sources", message("article.sources"), (listed_sources(territory.sources),)),
        ),
        footer=message("cover.footer", version=__version__),
    )


def _circle(result: coverage.TownshipNeed) -> Iterator[Sentence]:
    need, on = result.need, (f"fact:{result.area.id}",)
    radius, km2 = Measurement(result.radius, "km"), result.km2
    year = str(result.area.period)
    yield Sentence(message("townships.circle", radius=radius, area=km2, year=year, least=need.least), rests=on)
    yield Sentence(message("townships.round", most=need.round_piece, more=need.an_outline), rests=on)
    if result.standing is None:
        return
    low, high = result.standing.interval
    when, note = str(result.standing.period), result.standing.note
    told = message("townships.standing", low=int(low), high=int(high), when=when, note=note)
    yield Sentence(told, tone="unknown", rests=(f"fact:{result.standing.id}",))


def _every(result: coverage.TownshipNeed) -> Iterator[Sentence]:
    towns, subdistricts, others = map(result.total, ("towns", "subdistricts", "other_units"))
    units = towns + subdistricts + others
    yield Sentence(message("townships.every", towns=towns, subdistricts=subdistricts, others=others, units=units))
    counted = tuple(district.part.called for district in result.districts if district.counted)
    yield Sentence(message("townships.told", districts=counted), tone="quiet")
    yield Sentence(message("townships.seats"), tone="quiet")


def _reached(result: coverage.TownshipNeed) -> Table:
    columns = heads("townships.head", "stations", "covered", "own", covered="ratio", own="ratio")
    rows = tuple(
        Row(
            Cell(row.stations),
            (
                Cell(message("townships.at_most", share=result.covered_at_most(row.stations))),
                Cell(Measurement((row.least + row.most) / 2, "ratio", row.least, row.most, bounds=True)),
            ),
        )
        for row in result.reached
    )
    return Table("reached", message("townships.reached"), columns, rows)


def _districts(result: coverage.TownshipNeed) -> Table:
    columns = heads("townships.head", "district", "residents", "towns", "subdistricts", "others", "each")
    rows = tuple(Row(Cell(district.part.called), _counted(district)) for district in result.districts)
    return Table("districts", message("townships.districts"), columns, rows)


def _counted(district: coverage.StationDistrict) -> tuple[Cell, ...]:
    residents = district.residents
    return (
        Cell(residents.number, rests=(f"fact:{residents.id}",), full=True),
        Cell(district.towns),
        Cell(district.subdistricts),
        Cell(district.other_units),
        Cell(round(residents.number / district.units)),
    )
