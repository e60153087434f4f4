"""The sections of tracks in a dossier: the market of the case, the short list, two pictures and answers."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal import Appraisal, TrackData
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.fiscal_tables import fiscal_table
from guanzi.jobs.shared.documents.words import message, of_text
from guanzi.jobs.tracks.documents.scan_tables import (
    answer_pairs,
    calibration_chart,
    candidate_chart,
    candidate_table,
    points,
)
from guanzi.render import Block, Section, Sentence, Words


def track_sections(track: TrackData) -> Iterator[Section]:
    """The part of a dossier and its parts: what a panel of industries says of the region and of the case's industry."""
    years = {"since": str(track.first_year), "last": str(track.last_year), "sha256": track.sha256[:12]}
    options = {"regions": track.regions, "industries": track.industries}
    who = message("track.who", panel=track.panel, measure=track.measure, **options, **years)
    standing = points([of_text(sentence) for sentence in track.standing])
    intro = Sentence(message("intro.track", region=track.region))
    yield Section("track", message("section.track"), (intro, Sentence(who, tone="quiet"), standing))
    if track.own:
        yield _part("own", message("track.own", industry=track.own), *_own(track))
    listed = candidate_table("track-list", track.candidates[: track.first], track.first)
    more = Sentence(message("track.more"), link="scan.html")
    heading = message("track.list", first=track.first, years=track.horizon)
    yield _part("list", heading, *((listed,) if listed.rows else ()), more)
    if track.candidates:
        chart = candidate_chart("track-map", track.candidates, track.first)
        yield _part("map", chart.title, chart)
    tested = (points([of_text(sentence) for sentence in track.tested]), Sentence(message("track.apart"), tone="quiet"))
    charts: tuple[Block, ...] = ()
    if track.window is not None and track.calibration:
        charts = (calibration_chart("track-calibration", track.calibration, track.window),)
    yield _part("calibration", Message.of("scan.section.calibration"), *charts, *tested)


def market_sections(appraisal: Appraisal) -> Iterator[Section]:
    """The window of the market of the case's industry, with the newest figure of each kind of evidence."""
    market = appraisal.market
    if market is not None:
        told = points([of_text(sentence) for sentence in market.sentences])
        shown = (fiscal_table(market.table),) if market.table.rows else ()
        yield Section("market", message("section.market"), (told, *shown))


def _part(id: str, heading: Words, *blocks: Block) -> Section:
    return Section(f"track-{id}", heading, blocks, level=3)


def _own(track: TrackData) -> Iterator[Block]:
    """What is said of the industry of the case."""
    if track.stand is not None:
        yield Sentence(of_text(track.stand))
    if track.answers:
        yield answer_pairs({a.question: [of_text(sentence) for sentence in a.sentences] for a in track.answers})
