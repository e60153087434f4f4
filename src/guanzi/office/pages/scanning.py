"""The scan of a city, computed behind what people do: what it could enter next, and the chain that follows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from guanzi.base.core import InvalidInput, Message, localised, render
from guanzi.jobs.chains import chain_names
from guanzi.jobs.shared import run
from guanzi.jobs.tracks import regionscan
from guanzi.office.pages.alone import alone
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.evidence import city_names

_worker = ThreadPoolExecutor(1, "scanning")
_kept: dict[str, Future[regionscan.Result]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class ScannedIndustry:
    """An industry of the short list, with the track and the chain of the library that lie within it.

    Attributes:
        chance, low, high: Of an entry within the years of the forecast, with its interval.
        baseline: How often any region of the panel enters it.
        track, chain: Their names; empty: the library holds none.
        verdict: On the window of the track; empty: none.
    """

    name: str
    chance: float
    low: float
    high: float
    baseline: float
    track: str
    chain: str
    verdict: str


@login_required
def scan(request: PersonRequest) -> HttpResponse:
    """The short list of a city; while it is computed, a page that asks again."""
    city = request.GET.get("city", "")
    if city not in city_names():
        raise Http404
    found = _scan_of(city)
    if not found.done():
        return show(request, "scan.html.j2", city=city, waits=True)
    if isinstance(error := found.exception(), InvalidInput):
        return show(request, "refused.html.j2", 422, problems=error.problems, back="/studies/")
    result = found.result()
    forecast = result.scan.forecast
    return show(
        request,
        "scan.html.j2",
        city=city,
        waits=False,
        rows=list(_rows(result, request.speaks)),
        year=forecast.origin,
        horizon=forecast.horizon,
        region=localised(result.scan.region, request.speaks),
    )


@login_required
def scan_report(request: PersonRequest, city: str) -> HttpResponse:
    """The whole scan as a report, in a document of its own; there is none before it was computed."""
    if city not in city_names() or not (found := _scan_of(city)).done() or found.exception() is not None:
        raise Http404
    lang = request.speaks
    named = render(Message.of("office.scan.title", city=Message.of(f"office.studies.city.{city}")), lang)
    return alone(regionscan.pages(found.result(), lang)["scan.html"], [(f"/studies/scan/?city={city}", named)], lang)


def _scan_of(city: str) -> Future[regionscan.Result]:
    """The scan of a city, which the first to ask begins; what is installed does not change while it runs."""
    with _lock:
        if city not in _kept:
            _kept[city] = _worker.submit(regionscan.scan, regionscan.Request(city=city, run=run.Run(threads=1)))
        return _kept[city]


def _rows(result: regionscan.Result, lang: str) -> Iterator[ScannedIndustry]:
    verdicts = {str(industry): opening.verdict for industry, opening in result.scan.openings}
    for chosen in result.scan.recommendations:
        one = chosen.ranked.candidate
        track = regionscan.TRACKS.get(str(one.industry), "")
        chain = regionscan.CHAIN_OF_TRACK.get(track, "")
        yield ScannedIndustry(
            localised(one.industry, lang),
            one.probability,
            one.low,
            one.high,
            one.baseline,
            track,
            chain if chain in chain_names() else "",
            verdicts.get(str(one.industry), ""),
        )
