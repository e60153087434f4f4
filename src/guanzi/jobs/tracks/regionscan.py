"""The scan of one region: what it could enter next, and why; as a page, as data and as a workbook."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.intake.industries import IndustryPanel, PanelRecord, shipped_panel, shipped_records
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.jobs.tracks import entries, industries, trackwindow
from guanzi.record.evidence import City, city_called, load_city, load_track, track_of
from guanzi.study.tracks import (
    Markets,
    Priorities,
    Recommendation,
    RegionScan,
    forecast,
    places,
    scan_region,
    scan_steps,
)

if TYPE_CHECKING:
    from guanzi.render import Document

HOME, DAY = "hefei", date(2020, 4, 29)
"""The place that is scanned where none is named, and the day of its case."""
TRACKS = {
    "Motor vehicles (complete)": "nev",
    "Aerospace": "low-altitude",
    "Special machinery": "embodied-intelligence",
    "Software": "ai",
}
"""Industries of listed companies and the shipped tracks that lie within them."""
CHAIN_OF_TRACK = {"nev": "nev", "low-altitude": "evtol", "embodied-intelligence": "humanoid", "ai": "ai"}
"""The shipped chain that makes the product of a shipped track."""
WEIGHTS = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0, "strategic": 1.0}
SHORTEST = 3
"""Fewest years ahead that are taken where a panel that comes with Guanzi is too short for what was asked."""
_TOO_SHORT = ("tracks.window.none", "tracks.window.nothing_to_learn")
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        panel: Region x industry x year; None: those that come with Guanzi.
        region: Which; None: the city, or :data:`HOME` as of :data:`DAY` where none is named.
        horizon: Years ahead.
        minimum: Least value in the target year that counts as an entry.
        weights: Criterion to weight.
        strategic: Industry to the weight that a playbook gives it.
        tracks: Industry to a shipped track or a file; None: :data:`TRACKS`, where the panel has them.
        as_of: What was not out on this day is not read: years of the panel, figures of tracks and of the city; None:
            all is read.
        what_if: An industry that the region is supposed to hold; empty: none.
        city: A shipped city or a file, whose own figures the page shows; without a panel also any city or province
            of the shipped ones.
        added: Workbooks of a yearbook with further years of employment by province, where no panel is named.
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
    added: tuple[Path, ...] = ()
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """What was found.

    Attributes:
        scan: Of the region.
        city: Whose own figures belong to it.
        day: As of which it is; None: all that is held.
        beside: What other measures of Guanzi say of the same place; None where a panel was named.
    """

    scan: RegionScan
    city: City | None = None
    day: date | None = None
    beside: places.Beside | None = None


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
    if request.panel is None:
        return _scan_place(request)
    panel = industries.read(request.panel, request.run)
    if request.as_of is not None:
        panel = industries.known_by(panel, request.as_of)
    city = None if request.city is None else _city(request.city, request.as_of)
    return Result(_scanned(request, panel, _region(panel, request.region)), city, request.as_of)


def is_place(panel: Path) -> bool:
    """Whether what stands for a panel names a place: no file and no shipped panel, but a place or a bare word."""
    if panel.exists() or str(panel) in shipped_records():
        return False
    return places.is_place(str(panel)) or (len(panel.parts) == 1 and not panel.suffix)


def _scan_place(request: Request) -> Result:
    """A place by the panels that come with Guanzi: a city by its companies, a province by its employment."""
    named = request.region or request.city
    day = request.as_of if named or request.as_of else DAY
    request = replace(request, as_of=day)
    city = _city(named or HOME, day) if city_called(named or HOME) or "." in (named or "") else None
    place = places.find_place(city.name if city else named or HOME)
    held = {id: _held(id, request) for id in (*places.BESIDE, places.PRODUCTS)}
    firms = industries.large_enough(held[places.CITY], request.horizon) if held[places.CITY].years else None
    by_city = firms is not None and place.city in firms.regions
    if by_city and firms is not None:
        found, second = _longest(request, firms, place.city), places.PROVINCE
    else:
        lacking = places.CITY if place.city and firms is None else places.PROVINCE
        if day is not None and not held[lacking].years:
            industries.known_by(_whole(lacking, request), day)  # says from which day on there are figures
        found, second = _longest(request, held[places.PROVINCE], place.province), places.PROVINCE_FIRMS
    alike = replace(request, horizon=found.settings.horizon, what_if="", strategic={}, tracks={})
    try:
        other = _scanned(alike, held[second], place.province)
    except InvalidInput:  # too few of its years were out
        other = None
    names = {id: place.city if id.startswith("cn-city") else place.province for id in places.BESIDE}
    sectors = (places.by_sectors(id, names[id], held[id]) for id in places.BESIDE)
    known = places.known_share(held[places.CITY], place.province) if by_city else None
    products = tuple(places.product_shares(held[places.PRODUCTS], place.province))
    asked = request.horizon
    beside = places.Beside(place, other, tuple(s for s in sectors if s), known, products, asked)
    return Result(found, city, day, beside)


def _longest(request: Request, panel: IndustryPanel, region: str) -> RegionScan:
    """The scan over the years ahead that were asked, or the most, down to :data:`SHORTEST`, that the panel carries.

    Raises:
        InvalidInput: It carries none of them, or something else is wrong.
    """
    for horizon in range(request.horizon, min(SHORTEST, request.horizon), -1):
        try:
            return _scanned(replace(request, horizon=horizon), panel, region)
        except InvalidInput as error:
            if error.problems[0].cause.id not in _TOO_SHORT:
                raise
    return _scanned(replace(request, horizon=min(SHORTEST, request.horizon)), panel, region)


def _held(id: str, request: Request) -> IndustryPanel:
    """A shipped panel with what was added to it, cut at the day."""
    panel = _whole(id, request)
    return panel if request.as_of is None else panel.known_by(request.as_of)


def _whole(id: str, request: Request) -> IndustryPanel:
    if id == places.PROVINCE and request.added:
        return industries.read(industries.IndustryFile(Path(id), added=request.added), request.run)
    return shipped_panel(id)


def _city(named: str, day: date | None) -> City:
    city = load_city(named)
    return city if day is None else city.known_by(day)


def _scanned(request: Request, panel: IndustryPanel, region: str) -> RegionScan:
    run = request.run
    panel = industries.large_enough(panel, request.horizon)
    usual = {industry: track for industry, track in TRACKS.items() if panel.record and industry in panel.industries}
    named = usual if request.tracks is None else request.tracks
    markets = {industry: load_track(name) for industry, name in named.items()}
    settings = forecast.Settings(request.horizon, None, request.minimum, seed=run.seed, threads=_threads(run))
    with run.working("scan", scan_steps()) as advance:
        return scan_region(
            panel,
            region,
            settings,
            Priorities(request.weights, request.strategic),
            Markets(markets, request.as_of),
            request.what_if,
            lambda: advance(1),
        )


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
    panel = industries.known_by(industries.read(beside.panel, run), day)
    region = _region(panel, beside.region)
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

    return scan_document(result.scan, result.city, result.beside, result.day)


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """A scan as plain data; what the backtest says, in sentences of a language."""
    found = result.scan
    test = found.forecast.backtest
    return {
        "region": str(found.region),
        "panel": str(found.panel.name),
        "as_of": None if result.day is None else result.day.isoformat(),
        "measure": None if (record := found.panel.record) is None else _record(record),
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
        "beside": None if result.beside is None else _beside(result.beside),
    }


def _record(record: PanelRecord) -> dict[str, Any]:
    told = {name: str(getattr(record, name)) for name in ("id", "measure", "unit", "publisher", "table", "basis")}
    return {**told, "unseen": [str(one) for one in record.unseen], "breaks": [str(one) for one in record.breaks]}


def _beside(found: places.Beside) -> dict[str, Any]:
    second = found.scan
    return {
        "city": str(found.place.city),
        "province": str(found.place.province),
        "known_companies": None if found.known is None else {"of": found.known[1], "known": found.known[0]},
        "second": None
        if second is None
        else {
            "region": str(second.region),
            "measure": str(second.panel.measure),
            "year": second.forecast.origin,
            "candidates": [str(row.candidate.industry) for row in second.ranked],
        },
        "sectors": [
            {
                "measure": one.record.id,
                "region": str(one.region),
                "year": one.year,
                "quotients": {code: round(q, 6) for code, q in one.quotients.items()},
            }
            for one in found.sectors
        ],
        "products": [
            {"product": str(one.product), "years": list(one.years), "shares": [round(s, 6) for s in one.shares]}
            for one in found.products
        ],
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


def _region(panel: IndustryPanel, named: str | None) -> str:
    if named is None:
        cause = Message.of("desk.scan.no_region")
        fix = Message.of("desk.scan.no_region.mend", regions=panel.regions[:_NAMED])
        raise InvalidInput(Problem(cause, Place("--region"), fix))
    return named


def _threads(run: Run) -> int:
    return run.threads or os.cpu_count() or 1
