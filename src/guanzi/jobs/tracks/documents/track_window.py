"""The window of a track as a document: the verdict, the curve of its shares, and each kind of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guanzi import __version__
from guanzi.base.core import Message, without_stop
from guanzi.jobs.shared.documents.cited import source_line
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.jobs.tracks.documents.scan_charts import WindowDrawing
from guanzi.jobs.tracks.documents.scan_tables import scan_columns, share
from guanzi.record.evidence import Fact, Track, label_of
from guanzi.render import Block, Cell, Chart, Document, Measurement, Row, Section, Sentence, Sources, Table
from guanzi.study.technology import Opening, Substitution, signal_words, window_half, window_open_to, window_verdict

_NEWEST, _AHEAD = 3, 8


def window_document(found: Opening) -> Document:
    """The document of a window on a day."""
    used = {fact.source for signal in found.signals for fact in signal.facts}
    sources = Sources(tuple(source_line(source) for source in found.track.sources if source.id in used))
    heading, industries = Message.of("scan.section.windows"), found.track.industries
    names = tuple(code_words("industry", code) for code in industries)
    markets = (Sentence(Message.of("scan.window.industries", industries=names), tone="quiet"),) if names else ()
    return Document(
        id="window",
        kicker=heading,
        title=found.track.name,
        under=(message("page.as_of", day=found.as_of.isoformat()),),
        dated=found.as_of,
        sections=(
            Section("window", heading, (*window_blocks(found), *markets), first=True),
            Section("sources", Message.of("scan.section.sources"), (sources,)),
        ),
        footer=Message.of("scan.window.footer", version=__version__),
    )


def window_blocks(found: Opening) -> Iterator[Block]:
    """The verdict, what could decide it, the curve of shares, and each kind of evidence with its newest figures."""
    yield Sentence(window_verdict(found))
    if (further := window_open_to(found)) is not None:
        yield Sentence(further)
    if found.curve is None:
        yield Sentence(Message.of("scan.window.no_curve", n=len(found.points)), tone="unknown")
    else:
        yield _curve(found, found.curve)
    columns = scan_columns("evidence", "says", "figures")
    yield Table(f"window-{found.track.id}", found.track.name, columns, tuple(_rows(found)))


def _curve(found: Opening, curve: Substitution) -> Chart:
    """The curve through the shares that are known, and some years ahead."""
    last, known = curve.last_year, dict(found.points)
    see = window_half(found, last)
    course = tuple((year, curve.share(year)) for year in range(found.points[0][0], last + _AHEAD + 1))
    rows = tuple(Row(Cell(str(year)), tuple(share(v) for v in (known.get(year), *shares))) for year, shares in course)
    columns = scan_columns("year", "share", "curve_low", "curve", "curve_high")
    table = Table(f"curve-{found.track.id}", Message.of("scan.caption.curve", track=found.track.name), columns, rows)
    drawing = WindowDrawing(see, found.points, course, last)
    return Chart(table.id, found.track.name, Sentence(see), drawing, (table,))


def _rows(found: Opening) -> Iterator[Row]:
    for signal in found.signals:
        newest = signal.facts[-_NEWEST:]
        figures = message("parts", parts=tuple(_figure(fact, found.track) for fact in newest)) if newest else ""
        says = signal_words(signal)
        cells = (
            Cell(says, tone="unknown" if signal.tendency == "unknown" else "plain"),
            Cell(figures, rests=tuple(f"source:{fact.source}" for fact in reversed(newest))),
        )
        yield Row(Cell(Message.of(f"scan.kind.{signal.kind}")), cells)


def _figure(fact: Fact, track: Track) -> Message:
    """A figure with what it counts."""
    value, publisher = Measurement(fact.number, fact.unit, entered=True), track.source(fact.source).publisher
    of = without_stop(fact.note) if fact.note else label_of(fact.name) or fact.name
    return Message.of("scan.figure", period=str(fact.period), value=value, of=of, source=publisher)


def figure_table(openings: Sequence[tuple[str, Opening]]) -> Table:
    """Every figure behind the windows of tracks, as a sheet of a workbook."""
    columns = scan_columns("industry", "evidence", "says", "period", "value", "source")
    rows = tuple(
        Row(
            Cell(found.track.name),
            (
                Cell(Message.of(f"scan.kind.{signal.kind}")),
                Cell(signal_words(signal)),
                Cell(fact.period),
                Cell(fact.number, fact.unit),
                Cell(found.track.source(fact.source).publisher, rests=(f"source:{fact.source}",)),
            ),
        )
        for _, found in openings
        for signal in found.signals
        for fact in signal.facts
    )
    return Table("figures", Message.of("scan.section.windows"), columns, rows, book_only=True)
