"""A scan as a document: what one region could enter next; each place on the list answers five questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guanzi import __version__
from guanzi.advice.appraisal import track_candidate
from guanzi.base.core import Bilingual, Message, Parameter
from guanzi.jobs.shared.documents.cited import fact_cell, source_line
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.jobs.tracks.documents.beside import beside_section, breaks_section, few_lines, measure_lines
from guanzi.jobs.tracks.documents.industry_space import CompositionDrawing, space_of
from guanzi.jobs.tracks.documents.scan_charts import CourseDrawing
from guanzi.jobs.tracks.documents.scan_opening import scan_opening
from guanzi.jobs.tracks.documents.scan_tables import (
    answer_pairs,
    calibration_chart,
    candidate_chart,
    candidate_table,
    points,
    scan_columns,
    share,
)
from guanzi.jobs.tracks.documents.track_window import figure_table, window_blocks
from guanzi.record.evidence import City, Source
from guanzi.render import Block, Cell, Chart, Column, Document, Row, Section, Sentence, Sources, Table
from guanzi.study.tracks import (
    FIRST,
    QUESTIONS,
    Recommendation,
    RegionScan,
    answers,
    places,
    simpler_sentences,
    standing_sentences,
    supposed_sentences,
    tested_sentences,
)

_PROFILE = (
    "gdp", "budget_revenue", "budget_expenditure", "debt_outstanding", "registered_population", "resident_population",
    "land_area", "universities", "property_investment", "r_and_d_intensity", "nev_output", "state_listed_firms",
)  # fmt: skip
_FAR = date(9999, 1, 1)


def scan_document(
    scan: RegionScan, city: City | None = None, beside: places.Beside | None = None, day: date | None = None
) -> Document:
    """The document of a scan.

    Args:
        scan: What was found.
        city: Whose own facts are shown; None: none.
        beside: The same place by other measures; None: none.
        day: As of which it is; None: all that is held.
    """
    panel = scan.panel
    options = {"regions": len(panel.regions), "industries": len(panel.industries)}
    years = {"since": str(panel.years[0]), "last": str(panel.years[-1])}
    return Document(
        id="scan",
        kicker=Message.of("scan.kicker"),
        title=Message.of("scan.title", region=scan.region),
        under=(Message.of("scan.who", panel=panel.name, **options, **years),),
        dated=date(scan.forecast.origin, 12, 31),
        sections=tuple(_sections(scan, city, beside, day)),
        footer=Message.of("scan.footer", version=__version__, seed=scan.settings.seed),
        notice=Message.of("scan.notice", measure=panel.measure, last=years["last"]) if panel.record else "",
    )


def _sections(scan: RegionScan, city: City | None, beside: places.Beside | None, day: date | None) -> Iterator[Section]:
    candidates = tuple(track_candidate(row) for row in scan.ranked)
    shortest = candidate_table("list", candidates[: 2 * FIRST], FIRST)
    few = () if beside is None else few_lines(beside, scan)
    told = points((*standing_sentences(scan), *simpler_sentences(scan)))
    picture: Chart | Sentence = Sentence(Message.of("scan.lead.none"), tone="unknown")
    if candidates:
        picture = candidate_chart("map", candidates, FIRST)
    yield from scan_opening(scan, picture).sections()
    yield _section("lead", told, *((shortest,) if candidates else ()), first=True)
    if limits := (*few, *measure_lines(scan, day)):
        yield _section("limits", points(limits), first=True)
    if beside is not None:
        yield beside_section(beside, day)
    why = Table("why", Message.of("scan.head.why"), _questions(), _reasons(scan), book_only=True)
    yield _section("list", why if scan.recommendations else Sentence(Message.of("scan.lead.none"), tone="unknown"))
    for n, chosen in enumerate(scan.recommendations, 1):
        yield _choice(scan, chosen, n)
    yield _section("space", _space(scan))
    yield _section("composition", _composition(scan))
    yield _section("course", _course(scan))
    yield _section("calibration", points(tested_sentences(scan)), first=True)
    test = scan.forecast.backtest
    if test is not None:
        window = test.window.origin, test.window.target
        yield _section("came", calibration_chart("calibration", test.calibration, window), level=3)
    if scan.supposed:
        yield _changes(scan)
    yield from _windows(scan)
    if city is not None:
        yield _profile(city)
    shown = (scan.panel.record, *(one.record for one in (beside.sectors if beside else ())))
    if records := {record.id: record for record in shown if record is not None}:
        yield breaks_section(tuple(records.values()))
    if sources := _sources(scan, city):
        yield _section("sources", Sources(tuple(source_line(source) for source in sources)))


def _section(id: str, *blocks: Block, first: bool = False, level: int = 2) -> Section:
    return Section(id, Message.of(f"scan.section.{id}"), blocks, first, level)


def _choice(scan: RegionScan, chosen: Recommendation, n: int) -> Section:
    c = chosen.ranked.candidate
    told: dict[str, Parameter] = {"n": n, "industry": c.industry, "p": c.probability, "years": scan.forecast.horizon}
    pairs = answer_pairs(answers(scan, chosen))
    return Section(f"choice-{n}", Message.of("scan.choice", **told), (pairs,), level=3)


def _questions() -> tuple[Column, ...]:
    asked = (Column(question, Message.of(f"scan.question.{question}")) for question in QUESTIONS)
    return (*scan_columns("industry"), *asked)


def _reasons(scan: RegionScan) -> tuple[Row, ...]:
    """The answers as a sheet of a workbook."""
    return tuple(
        Row(
            Cell(chosen.ranked.candidate.industry),
            tuple(Cell(message("parts_said", parts=said)) for said in answers(scan, chosen).values()),
        )
        for chosen in scan.recommendations
    )


def _space(scan: RegionScan) -> Chart:
    drawing, heading = space_of(scan), Message.of("scan.section.space")
    rows = tuple(Row(Cell(dot.industry), (Cell(dot.held), Cell(dot.place or ""))) for dot in drawing.dots)
    table = Table("space", heading, scan_columns("industry", "own", "listed"), rows)
    return Chart("space", heading, Sentence(drawing.finding), drawing, (table,))


def _composition(scan: RegionScan) -> Chart:
    heading, see = Message.of("scan.section.composition"), Message.of("scan.see.composition")
    rows = tuple(Row(Cell(name), (share(part), Cell(quotient))) for name, part, quotient in scan.composition)
    table = Table("composition", heading, scan_columns("industry", "share", "quotient"), rows)
    return Chart("composition", heading, Sentence(see), CompositionDrawing(see, scan.composition), (table,))


def _course(scan: RegionScan) -> Chart:
    stands, heading = scan.stands, Message.of("scan.section.course")
    see = Message.of("scan.see.course", first=str(stands[0].year), last=str(stands[-1].year))
    rows = tuple(Row(Cell(str(s.year)), (Cell(s.diversity), Cell(s.place), Cell(s.of))) for s in stands)
    table = Table("course", heading, scan_columns("year", "held", "place", "of"), rows)
    drawing = CourseDrawing(see, tuple((s.year, s.diversity) for s in stands))
    return Chart("course", heading, Sentence(see), drawing, (table,))


def _changes(scan: RegionScan) -> Section:
    """What holding one more industry would change."""
    heading, blocks = Message.of("scan.section.changes", industry=scan.supposed), [Sentence(supposed_sentences(scan))]
    rows = tuple(Row(Cell(c.industry), (share(c.now), share(c.then))) for c in scan.changes[: 2 * FIRST])
    table = Table("changes", Message.of("scan.caption.changes"), scan_columns("industry", "now", "then"), rows)
    return Section("changes", heading, (*blocks, *((table,) if rows else ())), first=True)


def _windows(scan: RegionScan) -> Iterator[Section]:
    if not scan.openings:
        yield _section("windows", Sentence(Message.of("scan.empty.windows"), tone="unknown"))
        return
    wider = (Sentence(Message.of("scan.windows.wider")),) if scan.panel.record else ()
    yield _section("windows", *wider, figure_table(scan.openings))
    for found in {opening.track.id: opening for _, opening in scan.openings}.values():
        yield Section(f"window-{found.track.id}", found.track.name, tuple(window_blocks(found)), level=3)


def _profile(city: City) -> Section:
    """A city in its own figures, and which of them are not held."""
    heading = Message.of("scan.section.profile", city=Bilingual(city.name, city.name_zh))
    none = (Cell(""), Cell(Message.of("scan.profile.none"), tone="unknown"), Cell(""))
    rows = []
    for name in _PROFILE:
        held = city.named(name, _FAR)
        cells = none
        if held:
            source = city.source(held[-1].source)
            cells = (Cell(held[-1].period), fact_cell(held[-1]), Cell(source.publisher, rests=(f"source:{source.id}",)))
        rows.append(Row(Cell(code_words("fact", name)), cells))
    table = Table("profile", heading, scan_columns("figure", "period", "value", "source"), tuple(rows))
    return Section("profile", heading, (table,))


def _sources(scan: RegionScan, city: City | None) -> list[Source]:
    cited: dict[str, Source] = {}
    for _, found in scan.openings:
        used = {f.source for signal in found.signals for f in signal.facts}
        cited |= {s.id: s for s in found.track.sources if s.id in used}
    if city is not None:
        cited |= {s.id: s for s in city.sources}
    return [cited[id] for id in sorted(cited)]
