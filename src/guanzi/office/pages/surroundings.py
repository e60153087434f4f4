"""What the library holds around a case: the window of its track, its chain, and the profile of its city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guanzi.base.core import Bilingual, render
from guanzi.jobs.chains import belonging
from guanzi.jobs.shared import fact_cell
from guanzi.jobs.tracks import regionscan, trackwindow
from guanzi.office.models import OfficeCase
from guanzi.record.evidence import City, Fact, city_names, label_of, load_city, load_track, track_of
from guanzi.render import localise_value

OF_REGION = "region"
"""Subject of the facts of a city that are of no industry."""


@dataclass(frozen=True, slots=True)
class CaseSurroundings:
    """What stands around a case on the day of its decision.

    Attributes:
        track, track_name: Whose market it is; empty: no shipped track has figures of it.
        verdict: On the window of the track, by what was known on the day.
        chain: Name of the shipped chain; empty: it belongs to none.
        city: Name of the shipped city; empty: its region is none.
        figures: Of the city, the newest of each kind: what it is, the period, what it says, and since when it is known.
    """

    track: str
    track_name: Bilingual
    verdict: str
    chain: str
    city: str
    figures: tuple[tuple[str, str, str, date], ...]


def surroundings_of(case: OfficeCase, lang: str) -> CaseSurroundings:
    """What the library holds around a case, as it was known on the day of its decision."""
    return _surroundings(case.industry, case.region, case.decision_date, lang)


@lru_cache(maxsize=256)
def _surroundings(industry: str, region: str, day: date, lang: str) -> CaseSurroundings:
    chain = belonging.chain_around(industry)
    made_for = belonging.product_industries(chain) if chain else ()
    track = next((found for one in (industry, *made_for) if (found := track_of(one)) is not None), None)
    if track is None:
        track = next((load_track(one) for one, of in regionscan.CHAIN_OF_TRACK.items() if chain and of == chain), None)
    verdict = "" if track is None else trackwindow.judge(trackwindow.Request(track.id, day)).verdict
    city = next((name for name in city_names() if region in (load_city(name).name, load_city(name).name_zh)), "")
    figures = tuple(_figures(load_city(city).known_by(day), lang)) if city else ()
    named = (track.id, track.name) if track is not None else ("", Bilingual())
    return CaseSurroundings(*named, verdict, chain, city, figures)


def _figures(city: City, lang: str) -> Iterator[tuple[str, str, str, date]]:
    newest: dict[str, Fact] = {}
    for fact in sorted(city.facts, key=lambda one: (one.known_on, str(one.period))):
        if fact.subject == OF_REGION and label_of(fact.name) is not None:
            newest[fact.name] = fact
    for name, fact in sorted(newest.items()):
        label, said = label_of(name), localise_value(fact_cell(fact), lang)
        yield (name if label is None else render(label, lang), str(fact.period), said, fact.known_on)
