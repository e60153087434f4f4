"""The page of calibration: what happened, and where it falls in what was predicted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from guanzi.advice.appraisal import Appraisal, Fan
from guanzi.advice.backtest import Hindsight, Point, Series
from guanzi.render import joint
from guanzi.reports.chart import PageChart
from guanzi.reports.fan_chart import fan_picture
from guanzi.reports.tables import ReportTable, TableNumber, fan_table
from guanzi.reports.words import day, say, tell
from guanzi.reports.year_chart import year_picture

_YEAR = "_year"
_EXPECTED = (0.05, 0.20, 0.25, 0.25, 0.20, 0.05, 0.5, 0.9)
"""Parts of the values that a forecast whose bands keep their word would have below, between and above the quantiles,
and within its bands of 50 and 90 %."""

type Happened = Mapping[str, Mapping[date, float]]


@dataclass(frozen=True, slots=True)
class Look:
    """The look back, as the page shows it.

    Attributes:
        places: The table of where each value falls.
        charts: One for each series.
        silent: Quantities that were predicted, and of which the outcome holds nothing.
    """

    places: ReportTable | None
    charts: tuple[PageChart, ...]
    silent: tuple[str, ...]


def happened(hindsight: Hindsight | None) -> Happened:
    """What happened, by id of the series and day; nothing unless the outcome is revealed."""
    found: dict[str, dict[date, float]] = {}
    for series in () if hindsight is None else hindsight.series:
        found.setdefault(series.id, {}).update({p.date: p.value for p in series.points})
    return MappingProxyType(found)


def look_back(appraisal: Appraisal, hindsight: Hindsight, lang: str) -> Look:
    """Lay out the look back at an appraisal."""
    charts = tuple(
        _chart(appraisal, series, fan, lang) for series in hindsight.series if (fan := _fan(appraisal, series))
    )
    observed = {series.id.removesuffix(_YEAR) for series in hindsight.series}
    exposure = appraisal.exposure
    aside = {exposure.failure.id, exposure.departure.id} if exposure else set()
    silent = tuple(
        tell(fan.label, lang) for id, fan in appraisal.fans.items() if id not in observed and fan.id not in aside
    )
    return Look(_places(hindsight, lang) if hindsight.series else None, charts, silent)


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


def _chart(appraisal: Appraisal, series: Series, fan: Fan, lang: str) -> PageChart:
    by_year = series.id.endswith(_YEAR)
    seen = {p.date: p.value for p in series.points}
    label = tell(series.label, lang)
    sentence = _sentence(series, lang)
    drawn = year_picture(fan, seen, sentence, lang) if by_year else fan_picture(fan, appraisal.as_of, lang, seen)
    table = fan_table(fan, lang, by_year=by_year, happened=seen)
    return PageChart(series.id, label, sentence, drawn, ((table, label),))


def _sentence(series: Series, lang: str) -> str:
    """Coverage of both bands, and on which side the others lie."""
    (k50, n), (k90, _) = series.covered_50, series.covered_90
    places = [place_of(point) for point in series.points]
    text = say("hindsight.coverage", lang, k50=k50, k90=k90, n=n)
    if above := places.count(5):
        text += joint("sentence", lang) + say("hindsight.above", lang, n=above)
    if below := places.count(0):
        text += joint("sentence", lang) + say("hindsight.below", lang, n=below)
    return text


def _places(hindsight: Hindsight, lang: str) -> ReportTable:
    """Series by quantiles: the dates of the values that lie there; last the coverage of both bands."""
    head = (
        *(say(f"hindsight.place_{i}", lang) for i in range(6)),
        say("hindsight.band50", lang),
        say("hindsight.band90", lang),
    )
    rows = [(tell(series.label, lang), _row(series, lang)) for series in hindsight.series]
    counts = [place_of(point) for series in hindsight.series for point in series.points]
    totals = (*(TableNumber(str(counts.count(i))) for i in range(6)), *_covered(hindsight, lang))
    expected = tuple(TableNumber(say("table.share", lang, share=share)) for share in _EXPECTED)
    rows += [(say("hindsight.all", lang), totals), (say("hindsight.expected", lang), expected)]
    return ReportTable("", (say("hindsight.series", lang), *head), tuple(rows))


def _row(series: Series, lang: str) -> tuple[TableNumber, ...]:
    held: list[list[str]] = [[] for _ in range(6)]
    for point in series.points:
        name = str(point.date.year) if series.id.endswith(_YEAR) else day(point.date, lang)
        held[place_of(point)].append(name)
    return (*(_listed(names, lang) for names in held), *_covered(series, lang))


def _listed(names: Sequence[str], lang: str) -> TableNumber:
    return TableNumber(say("hindsight.dates", lang, dates=tuple(names)), mark="outcome") if names else TableNumber("–")


def _covered(found: Series | Hindsight, lang: str) -> tuple[TableNumber, TableNumber]:
    half, most = (TableNumber(say("hindsight.of", lang, k=k, n=n)) for k, n in (found.covered_50, found.covered_90))
    return half, most
