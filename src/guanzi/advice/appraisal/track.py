"""The tracks of a region beside a case: the section that a panel of industries adds to an appraisal.

The panel is cut at the day before anything is computed. The figures stand beside the three accounts and move no row of
the decision table: a panel says what a region came to hold, not whether a deal is good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from guanzi.advice.appraisal.book import Estimated, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.section import AppraisalContext, Section
from guanzi.advice.appraisal.track_data import PREFIX, AnswerData, TrackCandidate, TrackData
from guanzi.base.core import Bilingual, Message
from guanzi.study.tracks import (
    FIRST,
    RankedCandidate,
    RegionScan,
    answers,
    held_quotient,
    recommend,
    standing_sentences,
    tested_sentences,
)


def track_section(scan: RegionScan, own: str = "") -> Section:
    """The section of a scan.

    Args:
        scan: Of the region of the case, by what the panel held on the day.
        own: Industry of the case in the panel; empty: none is asked about.

    Raises:
        InvalidInput: The panel has no such industry.
    """
    code = scan.panel.industries[scan.panel.industry_at(own)] if own else ""

    def write(_: AppraisalContext, book: FigureBook) -> Mapping[str, Any]:
        _enter(book, scan, code)
        return {"track": _data(scan, code)}

    return Section("track", write, gives=("track.*",))


def _enter(book: FigureBook, scan: RegionScan, own: str) -> None:
    parents = (PREFIX + _name(scan),)
    stand = scan.stands[-1]
    near = sum(row.reachable for row in scan.ranked)
    whole, years = len(scan.ranked), scan.forecast.horizon
    told = _label("held", year=str(stand.year))
    book.add("track.held", float(stand.diversity), "count", "derived", parents, label=told)
    place = _label("place", of=stand.of)
    if stand.place is None:
        book.gap("track.place", "count", Message.of("appraisal.gap.no_complexity"), place)
    else:
        book.add("track.place", float(stand.place), "count", "derived", parents, label=place)
    book.add("track.reach", float(near), "count", "derived", parents, label=_label("reach", of=whole))
    test = scan.forecast.backtest
    for name in ("model", "density"):
        label = _label(f"test_{name}")
        if test is None:
            book.gap(f"track.test_{name}", "ratio", Message.of("appraisal.gap.no_backtest"), label)
        else:
            area = test.methods[name].region_auc
            book.add(f"track.test_{name}", area, "ratio", "derived", parents, label=label)
    chances = [(f"chance_{k}", row) for k, row in enumerate(scan.ranked[:FIRST], start=1)]
    chances += [("chance_own", row) for row in scan.ranked if own and row.candidate.industry == own]
    for id, row in chances:
        c = row.candidate
        label = _label("chance", industry=c.industry, years=years)
        book.add(
            f"track.{id}", Estimated(c.probability, interval=(c.low, c.high)), "ratio", "derived", parents, label=label
        )


def _data(scan: RegionScan, own: str) -> TrackData:
    panel, test = scan.panel, scan.forecast.backtest
    chosen = recommend(scan, own) if own else None
    stand = None
    if own and chosen is None:
        quotient = held_quotient(scan, own)
        stand = Message.of("scan.own.unjudged") if quotient is None else Message.of("scan.own.held", quotient=quotient)
    return TrackData(
        panel=_name(scan),
        sha256=panel.sha256,
        region=scan.region,
        measure=panel.measure,
        regions=len(panel.regions),
        industries=len(panel.industries),
        first_year=panel.years[0],
        last_year=panel.years[-1],
        horizon=scan.forecast.horizon,
        standing=_texts(standing_sentences(scan)),
        own=own,
        stand=None if stand is None else text(stand),
        answers=()
        if chosen is None
        else tuple(AnswerData(question=name, sentences=_texts(said)) for name, said in answers(scan, chosen).items()),
        candidates=tuple(track_candidate(row) for row in scan.ranked),
        first=FIRST,
        tested=_texts(tested_sentences(scan)),
        calibration=() if test is None else test.calibration,
        window=None if test is None else (test.window.origin, test.window.target),
    )


def track_candidate(row: RankedCandidate) -> TrackCandidate:
    """A candidate of a scan as data."""
    c = row.candidate
    return TrackCandidate(
        industry=c.industry,
        probability=c.probability,
        low=c.low,
        high=c.high,
        gain=c.gain,
        size=c.size,
        growth=c.growth,
        front=row.front,
        rank=row.rank,
        top=row.top,
    )


def _name(scan: RegionScan) -> str:
    """The panel's name without the folder in which its file lies."""
    name = scan.panel.name
    return name if isinstance(name, Bilingual) else PurePath(name).name


def _label(name: str, /, **params: Any) -> Message:
    return Message.of(f"appraisal.figure.track.{name}", **params)


def _texts(messages: Iterable[Message]) -> tuple[Text, ...]:
    return tuple(text(message) for message in messages)
