"""The scan of one region: what it could enter next, and why; as a page, as data and as a workbook."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.intake.industries import IndustryPanel, is_made_up, made_up_panel
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.jobs.tracks import entries, industries, trackwindow
from guanzi.record.evidence import City, load_city, load_track, track_of
from guanzi.study.tracks import Markets, Priorities, Recommendation, RegionScan, forecast, scan_region, scan_steps

if TYPE_CHECKING:
    from guanzi.render import Document

REGION = "Northport"
"""Of the made-up panel, where none is named."""
TRACKS = {
    "Electric vehicles": "nev",
    "Drones": "low-altitude",
    "Industrial robots": "embodied-intelligence",
    "Software": "ai",
}
"""Industries of the made-up panel and the shipped tracks; the figures of the tracks are not made up."""
WEIGHTS = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0, "strategic": 1.0}
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        panel: Region x industry x year; None: the made-up one.
        region: Which; None: one of the made-up panel.
        horizon: Years ahead.
        minimum: Least value in the target year that counts as an entry.
        weights: Criterion to weight.
        strategic: Industry to the weight that a playbook gives it.
        tracks: Industry to a shipped track or a file; None: those of the made-up panel.
        as_of: What was not out on this day is not read: years of the panel, figures of tracks and of the city; None:
            all is read.
        what_if: An industry that the region is supposed to hold; empty: none.
        city: A shipped city or a file, whose own figures the page shows.
        run: Its seed, threads and watch count.
    """

    panel: industries.IndustryFile | None = None
    region: str | None = None
    horizon: int = 5
    minimum: float = 0.0
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    strategic: Mapping[str, float] = field(default_factory=dict)
    tracks: Mapping[str, str] | None = None
    as_of: date | None = None
    what_if: str = ""
    city: str | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, and the city whose own figures belong to it."""

    scan: RegionScan
    city: City | None = None


@dataclass(frozen=True, slots=True)
class PanelBeside:
    """A panel beside a case.

    Attributes:
        panel: Region x industry x year.
        region: Region of the case in the panel; None: it must be named.
        industry: Industry of the case in the panel; empty: none is asked about.
    """

    panel: industries.IndustryFile
    region: str | None = None
    industry: str = ""


def scan(request: Request) -> Result:
    """Scan a region.

    Raises:
        InvalidInput: The panel cannot be read or is too short; there is no such region, industry, criterion, track or
            city.
    """
    run, given = request.run, request.panel
    panel = made_up_panel() if given is None else industries.read(given, run)
    if request.as_of is not None:
        panel = _known_by(panel, request.as_of)
    named = request.tracks if request.tracks is not None else {} if given is not None else TRACKS
    city = load_city(request.city) if request.city else None
    if city is not None and request.as_of is not None:
        city = city.known_by(request.as_of)
    region = _region(panel, request.region, None if given is not None else REGION)
    markets = {industry: load_track(name) for industry, name in named.items()}
    settings = forecast.Settings(request.horizon, None, request.minimum, seed=run.seed, threads=_threads(run))
    with run.working("scan", scan_steps()) as advance:
        found = scan_region(
            panel,
            region,
            settings,
            Priorities(request.weights, request.strategic),
            Markets(markets, request.as_of),
            request.what_if,
            lambda: advance(1),
        )
    return Result(found, city)


def scan_on(beside: PanelBeside, day: date, kind: str, run: Run) -> RegionScan:
    """Scan the region of a case by what a panel held on a day.

    Args:
        beside: The panel; years whose figures were not out on the day are left out.
        day: Knowledge date of the case.
        kind: Industry of the case: where a shipped track has figures of its market, its window is judged on the day.
        run: How it is run.

    Raises:
        InvalidInput: See :func:`scan`; or no year of the panel was out on the day.
    """
    panel = _known_by(industries.read(beside.panel, run), day)
    region = _region(panel, beside.region, None)
    panel.region_at(region)
    if beside.industry:
        panel.industry_at(beside.industry)  # what is wrong is said before the long work
    track = track_of(kind) if beside.industry else None
    markets = {} if track is None else {beside.industry: track}
    weights = {name: weight for name, weight in WEIGHTS.items() if name != "strategic"}
    settings = forecast.Settings(seed=run.seed, threads=_threads(run))
    with run.working("scan", scan_steps()) as advance:
        return scan_region(
            panel, region, settings, Priorities(weights), Markets(markets, day), advance=lambda: advance(1)
        )


def write(result: Result, folder: Path, lang: str) -> Path:
    """Write ``scan.html``, ``scan.json`` and ``scan.xlsx``; the path of the page.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.render import write_document_book

    write_whole(folder, pages(result, lang))
    with refusing(folder):
        write_document_book(document_of(result), folder / "scan.xlsx", lang)
    return folder / "scan.html"


def pages(result: Result, lang: str) -> dict[str, str]:
    """The page and the data of a scan, by the names of their files."""
    from guanzi.render import document_html

    return {"scan.html": document_html(document_of(result), lang), "scan.json": dump_json(data(result, lang))}


def document_of(result: Result) -> Document:
    """What a region could enter next, as a document."""
    from guanzi.jobs.tracks.documents.scan import scan_document  # loads late: charts need a large library

    return scan_document(result.scan, result.city)


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """A scan as plain data; what the backtest says, in sentences of a language."""
    found = result.scan
    test = found.forecast.backtest
    return {
        "region": str(found.region),
        "panel": str(found.panel.name),
        "made_up": is_made_up(found.panel),
        "year": found.forecast.origin,
        "horizon": found.forecast.horizon,
        "weights": dict(found.weights),
        "short_list": [_chosen(chosen) for chosen in found.recommendations],
        "candidates": [
            {
                "industry": str(row.candidate.industry),
                "reachable": row.reachable,
                "front": row.front,
                "score": round(row.score, 6),
                "rank": list(row.rank),
                "top": round(row.top, 6),
                "probability": round(row.candidate.probability, 6),
                "interval": [round(row.candidate.low, 6), round(row.candidate.high, 6)],
                "baseline": round(row.candidate.baseline, 6),
                "density": round(row.candidate.density, 6),
                "gain": round(row.candidate.gain, 6),
                "size": round(row.candidate.size, 6),
                "growth": None if row.candidate.growth is None else round(row.candidate.growth, 6),
            }
            for row in found.ranked
        ],
        "peers": [{"region": str(p.region), "likeness": round(p.likeness, 6)} for p in found.peers],
        "course": [{"year": s.year, "held": s.diversity, "place": s.place, "of": s.of} for s in found.stands],
        "supposed": str(found.supposed),
        "changes": [
            {"industry": str(c.industry), "now": round(c.now, 6), "then": round(c.then, 6)} for c in found.changes
        ],
        "windows": [{"industry": str(code), **trackwindow.data(w)} for code, w in found.openings],
        "backtest": None if test is None else entries.evaluation_data(test, found.panel, lang),
    }


def _chosen(chosen: Recommendation) -> dict[str, Any]:
    why, stone = chosen.explanation, chosen.stone
    return {
        "industry": str(why.industry),
        "carriers": [{"industry": str(n.industry), "proximity": round(n.proximity, 6)} for n in why.carriers],
        "missing": [{"industry": str(n.industry), "proximity": round(n.proximity, 6)} for n in why.missing],
        "entrants": [
            {"region": str(e.region), "likeness": round(e.likeness, 6), "held": [str(i) for i in e.held]}
            for e in why.entrants
        ],
        "stepping_stone": None
        if stone is None
        else {
            "industry": str(stone.industry),
            "probability": round(stone.probability, 6),
            "then": round(stone.then, 6),
            "now": round(stone.now, 6),
        },
        "rests_on": chosen.ranked.needs,
    }


def _known_by(panel: IndustryPanel, day: date) -> IndustryPanel:
    known = panel.known_by(day)
    if not known.years:
        cause, mend = Message.of("desk.scan.later", day=day.isoformat()), Message.of("desk.scan.later.mend")
        raise InvalidInput(Problem(cause, Place(panel.name), mend))
    return known


def _region(panel: IndustryPanel, named: str | None, usual: str | None) -> str:
    region = named or usual
    if region is None:
        cause = Message.of("desk.scan.no_region")
        mend = Message.of("desk.scan.no_region.mend", regions=panel.regions[:_NAMED])
        raise InvalidInput(Problem(cause, Place("--region"), mend))
    return region


def _threads(run: Run) -> int:
    return run.threads or os.cpu_count() or 1
