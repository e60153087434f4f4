"""What happened, and where it falls in what was predicted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from guanzi.advice.appraisal import Appraisal, Fan
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.chart_tables import fan_table
from guanzi.jobs.appraisal.documents.fan_chart import FanDrawing
from guanzi.jobs.appraisal.documents.year_chart import YearDrawing
from guanzi.jobs.shared.documents.evidence import source_line, stated
from guanzi.jobs.shared.documents.words import code_words, message, of_text
from guanzi.render import Block, Bullets, Cell, Chart, Column, Drawing, Row, Section, Sentence, Sources, Table

if TYPE_CHECKING:
    from guanzi.advice.backtest import Hindsight, Point, Series

_YEAR = "_year"
_EXPECTED = (0.05, 0.20, 0.25, 0.25, 0.20, 0.05, 0.5, 0.9)
"""Parts of the values that a forecast whose bands keep their word would have below, between and above the quantiles,
and within its bands of 50 and 90 %."""

type Happened = Mapping[str, Mapping[date, float]]


def happened(hindsight: Hindsight | None) -> Happened:
    """What happened, by id of the series and day; nothing unless the outcome is revealed."""
    found: dict[str, dict[date, float]] = {}
    for series in () if hindsight is None else hindsight.series:
        found.setdefault(series.id, {}).update({p.date: p.value for p in series.points})
    return MappingProxyType(found)


def look_back(appraisal: Appraisal, hindsight: Hindsight) -> Iterator[Section]:
    """The look back at an appraisal: where each value falls, a chart for each series, and the facts behind them."""
    day = hindsight.as_of.isoformat()
    told: list[Block] = [
        Sentence(message("hindsight.intro", day=day, sha256=hindsight.appraisal_sha256)),
        Bullets(tuple(Sentence(of_text(sentence)) for sentence in hindsight.sentences)),
    ]
    if not hindsight.series:
        told.append(Sentence(message("hindsight.empty"), tone="unknown"))
    if silent := silent_in(appraisal, hindsight):
        told.append(Sentence(message("hindsight.silent", series=silent), tone="unknown"))
    yield Section("hindsight", message("section.hindsight"), tuple(told), tone="outcome")
    if hindsight.series:
        yield Section("hindsight-places", message("hindsight.places"), (places_table(hindsight),), level=3)
    for n, series in enumerate(hindsight.series, 1):
        fan = _fan(appraisal, series)
        if fan is not None:
            chart = _chart(appraisal, series, fan)
            yield Section(f"hindsight-{series.id}-{n}", of_text(series.label), (chart,), level=3)
    if hindsight.facts:
        listed = Sources(tuple(source_line(source, "outcome-") for source in hindsight.sources))
        yield Section("hindsight-facts", message("hindsight.facts"), (_facts(hindsight),), level=3)
        yield Section("hindsight-sources", message("hindsight.sources"), (listed,), level=3)


def silent_in(appraisal: Appraisal, hindsight: Hindsight) -> tuple[Message, ...]:
    """What was predicted, and of which the outcome holds nothing."""
    observed = {series.id.removesuffix(_YEAR) for series in hindsight.series}
    exposure = appraisal.exposure
    aside = {exposure.failure.id, exposure.departure.id} if exposure else set()
    fans = appraisal.fans.items()
    return tuple(of_text(fan.label) for id, fan in fans if fan.dates and id not in observed and fan.id not in aside)


def place_of(point: Point) -> int:
    """Between which of the five quantiles a value lies: 0 is below the first, 5 above the last."""
    if point.value < point.p5:
        return 0
    if point.value < point.p25:
        return 1
    if point.value < point.p50:
        return 2
    if point.value <= point.p75:
        return 3
    return 4 if point.value <= point.p95 else 5


def _fan(appraisal: Appraisal, series: Series) -> Fan | None:
    if series.id.endswith(_YEAR):
        return appraisal.yearly.get(series.id.removesuffix(_YEAR))
    return appraisal.fans.get(series.id)


def _chart(appraisal: Appraisal, series: Series, fan: Fan) -> Chart:
    by_year = series.id.endswith(_YEAR)
    seen = {p.date: p.value for p in series.points}
    label, sentence, id = of_text(series.label), _sentence(series), f"happened-{series.id}"
    drawing: Drawing = YearDrawing(fan, seen, sentence) if by_year else FanDrawing(fan, appraisal.as_of, seen)
    table = fan_table(fan, id, by_year=by_year, happened=seen)
    legend = message("hindsight.key_year" if by_year else "hindsight.key_day")
    return Chart(id, label, Sentence(sentence), drawing, (table,), legend)


def _sentence(series: Series) -> Message:
    """Coverage of both bands, and on which side the others lie."""
    (k50, n), (k90, _) = series.covered_50, series.covered_90
    places = [place_of(point) for point in series.points]
    said = [message("hindsight.coverage", k50=k50, k90=k90, n=n)]
    if above := places.count(5):
        said.append(message("hindsight.above", n=above))
    if below := places.count(0):
        said.append(message("hindsight.below", n=below))
    return message("parts_said", parts=tuple(said))


def places_table(hindsight: Hindsight) -> Table:
    """Series by quantiles: the dates of the values that lie there; last the coverage of both bands."""
    columns = (
        Column("series", message("hindsight.series")),
        *(Column(f"place_{i}", message(f"hindsight.place_{i}")) for i in range(6)),
        *(Column(f"band{band}", message(f"hindsight.band{band}")) for band in (50, 90)),
    )
    rows = [Row(Cell(of_text(series.label)), _row(series)) for series in hindsight.series]
    counts = [place_of(point) for series in hindsight.series for point in series.points]
    totals = (*(Cell(str(counts.count(i))) for i in range(6)), *_covered(hindsight))
    expected = tuple(Cell(message("table.share", share=share)) for share in _EXPECTED)
    rows += [Row(Cell(message("hindsight.all")), totals), Row(Cell(message("hindsight.expected")), expected)]
    return Table("places", message("hindsight.places_caption"), columns, tuple(rows))


def _row(series: Series) -> tuple[Cell, ...]:
    held: list[list[Message | str]] = [[] for _ in range(6)]
    for point in series.points:
        by_year = series.id.endswith(_YEAR)
        day = str(point.date.year) if by_year else message("date.day", day=point.date.isoformat())
        held[place_of(point)].append(day)
    return (*(_listed(days) for days in held), *_covered(series))


def _listed(days: Sequence[Message | str]) -> Cell:
    return Cell(message("hindsight.dates", dates=tuple(days)), tone="outcome") if days else Cell("–")


def _covered(found: Series | Hindsight) -> tuple[Cell, Cell]:
    half, most = (Cell(message("hindsight.of", k=k, n=n)) for k, n in (found.covered_50, found.covered_90))
    return half, most


def _facts(hindsight: Hindsight) -> Table:
    heads = {"fact": "table.fact", "period": "table.period", "value": "table.value"}
    heads |= {"published": "hindsight.published", "source": "table.source"}
    columns = tuple(Column(name, message(id)) for name, id in heads.items())
    sources = {source.id: source for source in hindsight.sources}
    rows = []
    for fact in sorted(hindsight.facts, key=lambda fact: (fact.name, fact.period)):
        source = sources.get(fact.source)
        notes = (Sentence(fact.note),) if fact.note else ()
        cells = (
            Cell(message("date.period", period=fact.period)),
            stated(fact.value, fact.unit, "outcome"),
            Cell(fact.known_on),
            Cell(source.publisher if source else fact.source, rests=(f"source:outcome-{fact.source}",), notes=notes),
        )
        rows.append(Row(Cell(code_words("fact", fact.name)), cells, f"outcome:{fact.id}"))
    return Table("outcomes", message("hindsight.facts_caption"), columns, tuple(rows))
