"""What a scan says of its measure, and the same place by other measures side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guanzi.advice.appraisal import track_candidate
from guanzi.base.core import Message
from guanzi.intake.industries import PanelRecord, names_of
from guanzi.jobs.tracks.documents.scan_tables import candidate_table, scan_columns, share
from guanzi.render import Block, Bullets, Cell, Column, Row, Section, Sentence, Table, Words
from guanzi.study.tracks import FIRST, RegionScan, places


def measure_lines(scan: RegionScan, day: date | None, sentence: str = "") -> Iterator[Words]:
    """By what a place is measured, to which year, and what that cannot see; nothing of a panel of the user's own."""
    record = scan.panel.record
    if record is None:
        return
    told = {"measure": record.measure, "last": str(scan.panel.years[-1]), "publisher": record.publisher}
    if sentence or day is None:
        yield Message.of(f"scan.measured.{sentence or 'all'}", region=scan.region, **told)
    else:
        yield Message.of("scan.measured.by", day=day.isoformat(), **told)
        if scan.panel.out_on(scan.panel.years[-1] + 1) <= day:
            yield Message.of("scan.measured.ends", last=str(scan.panel.years[-1]))
    for unseen in record.unseen:
        yield Message.of("scan.measured.unseen", what=unseen)
    if day is not None and record.hindsight:
        yield record.hindsight


def few_lines(beside: places.Beside, scan: RegionScan) -> tuple[Message, ...]:
    """That a province stands in place of a city of few companies, and that fewer years ahead are told than asked."""
    city, years = beside.place.city, scan.settings.horizon
    few = (Message.of("scan.measured.few", city=city),) if city and scan.region != city else ()
    short = (Message.of("scan.measured.ahead", asked=beside.asked, years=years),) if years < beside.asked else ()
    return (*few, *short)


def beside_section(beside: places.Beside, day: date | None) -> Section:
    """The same place by every measure that is held: a table of sectors, the second list, and four products."""
    blocks: list[Block] = [Bullets(tuple(Sentence(words) for words in _lines(beside, day)))]
    if beside.sectors:
        blocks.append(_sectors(beside))
    if beside.scan is not None and beside.scan.recommendations:
        second, record = beside.scan, beside.scan.panel.record
        rows = tuple(track_candidate(row) for row in second.ranked[:FIRST])
        caption = Message.of("scan.caption.second", region=second.region, measure=record.measure if record else "")
        blocks.append(candidate_table("second", rows, FIRST, caption=caption))
    if beside.products:
        blocks.append(_products(beside))
    return Section("measures", Message.of("scan.section.measures"), tuple(blocks), first=True)


def breaks_section(records: tuple[PanelRecord, ...]) -> Section:
    """Whose figures these are, on what basis, and where years or places are unlike one another."""
    lines = []
    for record in records:
        lines.append(Sentence(Message.of("scan.measured.source", table=record.table, publisher=record.publisher)))
        lines += [Sentence(words) for words in record.breaks]
    return Section("breaks", Message.of("scan.section.breaks"), (Bullets(tuple(lines)),))


def _lines(beside: places.Beside, day: date | None) -> Iterator[Words]:
    yield Message.of("scan.measured.quotients")
    if beside.known is not None:
        known, whole = beside.known
        yield Message.of("scan.measured.known", known=known, whole=whole, province=beside.place.province)
    if beside.scan is None:
        yield Message.of("scan.measured.short", province=beside.place.province)
    else:
        yield from measure_lines(beside.scan, day, "second")


def _sectors(beside: places.Beside) -> Table:
    """Sectors in which the place holds more than its share by one measure at least."""
    named, measures = names_of("sector"), beside.sectors
    held = [code for code in places.SECTORS if any(one.quotients.get(code, 0.0) >= 1 for one in measures)]
    rows = tuple(Row(Cell(named[code].name), tuple(Cell(one.quotients.get(code)) for one in measures)) for code in held)
    columns = (
        Column(
            one.record.id,
            Message.of("scan.head.measured", region=one.region, measure=one.record.measure, year=str(one.year)),
            "count",
        )
        for one in measures
    )
    return Table("sectors", Message.of("scan.caption.sectors"), (*scan_columns("sector"), *columns), rows)


def _products(beside: places.Beside) -> Table:
    first, last = beside.products[0].years
    rows = tuple(Row(Cell(one.product), tuple(share(part) for part in one.shares)) for one in beside.products)
    columns = (Column(f"year-{year}", str(year)) for year in (first, last))
    caption = Message.of("scan.caption.products", province=beside.place.province)
    return Table("products", caption, (*scan_columns("product"), *columns), rows)
