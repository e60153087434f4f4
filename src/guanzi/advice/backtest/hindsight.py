"""What happened, laid over what was predicted: an honest look back at one case.

The appraisal is finished, with its hashes, before the outcome is opened; nothing here can change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.appraisal import Appraisal, Fan, SourceData, Text, source_data, text
from guanzi.base.core import BilingualText, Message
from guanzi.base.reading import Data
from guanzi.record.evidence import Case, Fact, Outcome, View, read_outcome
from guanzi.study.monitoring import CashFlow, cash_flows

QUARTER_SERIES = {"deliveries": "deliveries", "revenue": "revenue", "gross_margin": "gross_margin"}
YEAR_SERIES = {"deliveries": "deliveries", "revenue": "revenue"}
DAY_SERIES = {"cash_and_short_term_investments": "cash", "cash": "cash"}
FLOW_SERIES = {"public_cash_received": "payments", "public_cash_returned": "receipts"}
"""Name of an outcome fact to the fan over which it is laid, by the kind of its period."""


class Point(Data):
    """One thing that happened, and the predicted distribution at its place.

    Attributes:
        date: End of its period.
        value: What happened.
        facts: The outcome facts.
        within_50, within_90: It lies in the band.
    """

    date: date
    value: float
    facts: tuple[str, ...]
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    within_50: bool
    within_90: bool


class Series(Data):
    """One quantity; ``covered_50`` and ``covered_90`` are (k, n): k of n values lie in the band."""

    id: str
    label: Text
    unit: str
    points: tuple[Point, ...]
    covered_50: tuple[int, int]
    covered_90: tuple[int, int]


class OutcomeFact(Data):
    """An outcome fact, as it is shown."""

    id: str
    name: str
    period: str
    value: float | bool | BilingualText | tuple[float, float]
    unit: str
    known_on: date
    source: str
    note: BilingualText


class Hindsight(Data):
    """The look back at one case.

    Attributes:
        case, as_of: The appraisal it belongs to.
        appraisal_sha256: Hash of that appraisal, taken before the outcome was opened.
        series: Quantities that were both predicted and observed.
        covered_50, covered_90: (k, n) over all series.
        facts, sources: Everything that the outcome holds.
        sentences: What to see, and how far it goes.
    """

    case: str
    as_of: date
    appraisal_sha256: str
    series: tuple[Series, ...]
    covered_50: tuple[int, int]
    covered_90: tuple[int, int]
    facts: tuple[OutcomeFact, ...]
    sources: tuple[SourceData, ...]
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Observed:
    day: date
    value: float
    facts: tuple[str, ...]


def hindsight(case: Case, appraisal: Appraisal, appraisal_sha256: str) -> Hindsight:
    """Open the outcome of a case and lay it over a finished appraisal.

    Args:
        case: The case; its folder holds ``outcome/``.
        appraisal: The finished appraisal of the same case.
        appraisal_sha256: Hash of its bytes.

    Raises:
        InvalidInput: The outcome facts have errors.
    """
    outcome = read_outcome(case.folder)
    later = tuple(f for f in outcome.facts if f.period.end > appraisal.as_of)
    seen = replace(case, facts=later, sources=tuple(outcome.sources.values()), entities=()).view(date.max)
    series = tuple(s for s in _series(appraisal, seen) if s.points)
    within = [(sum(p.within_50 for p in s.points), sum(p.within_90 for p in s.points), len(s.points)) for s in series]
    n = sum(w[2] for w in within)
    covered_50, covered_90 = (sum(w[0] for w in within), n), (sum(w[1] for w in within), n)
    return Hindsight(
        case=appraisal.case.id,
        as_of=appraisal.as_of,
        appraisal_sha256=appraisal_sha256,
        series=series,
        covered_50=covered_50,
        covered_90=covered_90,
        facts=tuple(_shown(f) for f in outcome.facts),
        sources=_sources(outcome),
        sentences=tuple(text(m) for m in _sentences(appraisal, outcome, covered_50, covered_90)),
    )


def _series(appraisal: Appraisal, seen: View) -> Iterator[Series]:
    held = seen.facts
    for name, id in YEAR_SERIES.items():
        yield _laid(appraisal.yearly.get(id), f"{id}_year", _of(held, name, "year"))
    for name, id in QUARTER_SERIES.items():
        yield _laid(appraisal.fans.get(id), id, _of(held, name, "quarter"))
    for name, id in DAY_SERIES.items():
        yield _laid(appraisal.fans.get(id), id, _of(held, name, "day"))
    for name, id in FLOW_SERIES.items():
        yield _laid(appraisal.yearly.get(id), f"{id}_year", _by_year(seen, name))


def _of(facts: Iterable[Fact], name: str, kind: str) -> tuple[_Observed, ...]:
    mine = [f for f in facts if f.subject == "company" and f.name == name and f.period.kind == kind]
    return tuple(_Observed(f.period.end, float(f.value), (f.id,)) for f in mine if isinstance(f.value, int | float))


def _by_year(seen: View, name: str) -> tuple[_Observed, ...]:
    """Money of a name summed over calendar years, as monitoring counts it."""
    years: dict[int, list[CashFlow]] = {}
    for flow in cash_flows(seen, name):
        years.setdefault(flow.day.year, []).append(flow)
    return tuple(
        _Observed(
            date(year, 12, 31),
            sum(flow.amount for flow in flows),
            tuple(dict.fromkeys(fact for flow in flows for fact in flow.facts)),
        )
        for year, flows in sorted(years.items())
    )


def _laid(fan: Fan | None, id: str, observed: Iterable[_Observed]) -> Series:
    points = [] if fan is None else [p for o in observed for p in _point(fan, o)]
    n = len(points)
    return Series(
        id=id,
        label=text(Message.of(f"appraisal.fan.{id}")) if fan is None else fan.label,
        unit="" if fan is None else fan.unit,
        points=tuple(sorted(points, key=lambda p: p.date)),
        covered_50=(sum(p.within_50 for p in points), n),
        covered_90=(sum(p.within_90 for p in points), n),
    )


def _point(fan: Fan, seen: _Observed) -> Iterator[Point]:
    if seen.day not in fan.dates:
        return
    i = fan.dates.index(seen.day)
    yield Point(
        date=seen.day,
        value=seen.value,
        facts=seen.facts,
        p5=fan.p5[i],
        p25=fan.p25[i],
        p50=fan.p50[i],
        p75=fan.p75[i],
        p95=fan.p95[i],
        within_50=fan.p25[i] <= seen.value <= fan.p75[i],
        within_90=fan.p5[i] <= seen.value <= fan.p95[i],
    )


def _shown(fact: Fact) -> OutcomeFact:
    return OutcomeFact(
        id=fact.id,
        name=fact.name,
        period=str(fact.period),
        value=fact.value,
        unit=fact.unit,
        known_on=fact.known_on,
        source=fact.source,
        note=fact.note,
    )


def _sources(outcome: Outcome) -> tuple[SourceData, ...]:
    return source_data(outcome.sources.values())


def _sentences(
    appraisal: Appraisal, outcome: Outcome, covered_50: tuple[int, int], covered_90: tuple[int, int]
) -> Iterator[Message]:
    if not covered_90[1]:
        lacks = "unheld" if not outcome.facts else "nothing" if appraisal.fans or appraisal.yearly else "unforecast"
        yield Message.of(f"backtest.hindsight.{lacks}")
        return
    yield Message.of("backtest.hindsight.coverage", k50=covered_50[0], k90=covered_90[0], n=covered_90[1])
    yield Message.of("backtest.hindsight.one_path")
    yield Message.of("backtest.hindsight.authors_knew")
