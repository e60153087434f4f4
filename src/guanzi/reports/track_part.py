"""The section of tracks on the dossier: the short list, two pictures, the answers to the industry of the case."""

from __future__ import annotations

from typing import Any

from guanzi.advice.appraisal import TrackCandidate, TrackData
from guanzi.base.core import Message, render, said
from guanzi.render import joint
from guanzi.reports.chart import PageChart
from guanzi.reports.scan_charts import Spot, calibration_picture, map_picture
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import tell


def track_needs(track: TrackData, lang: str) -> dict[str, Any]:
    """What the template of the section needs."""
    return {
        "track_list": _list(track.candidates[: track.first], track.first, lang),
        "track_answers": [
            (_say(f"question.{a.question}", lang), joint("sentence", lang).join(tell(s, lang) for s in a.sentences))
            for a in track.answers
        ],
        "track_charts": [chart for chart in (_map(track, lang), _calibration(track, lang)) if chart is not None],
        "track_names": {
            "own": said(track.own, lang),
            "region": said(track.region, lang),
            "caption": _say("section.list", lang),
        },
        "track_measure": said(track.measure, lang),
    }


def _map(track: TrackData, lang: str) -> PageChart | None:
    if not track.candidates:
        return None
    fronts = sum(c.front for c in track.candidates)
    see = _say("see.map", lang, n=len(track.candidates), front=fronts)
    label = _say("section.map", lang)
    spots = [Spot(c.industry, c.probability, c.gain, c.size, c.front) for c in track.candidates]
    table = _list(track.candidates, track.first, lang)
    return PageChart("track-map", label, see, map_picture(spots, see, lang), ((table, label),))


def _calibration(track: TrackData, lang: str) -> PageChart | None:
    if track.window is None or not track.calibration:
        return None
    see = _say("see.calibration", lang, window="–".join(map(str, track.window)))
    head = tuple(_say(f"head.{name}", lang) for name in ("forecast", "entered", "cells"))
    rows = tuple(
        (_say("share", lang, share=p), (TableNumber(_say("share", lang, share=share)), TableNumber(str(cells))))
        for p, share, cells in track.calibration
    )
    label = _say("section.calibration", lang)
    pictured = calibration_picture(track.calibration, see, lang)
    return PageChart("track-calibration", label, see, pictured, ((ReportTable("", head, rows), label),))


def _list(candidates: tuple[TrackCandidate, ...], first: int, lang: str) -> ReportTable:
    heads = ("industry", "probability", "interval", "gain", "size", "growth", "rank", "top")
    head = tuple(_say(f"head.{name}", lang, first=first) for name in heads)
    return ReportTable("", head, tuple((said(c.industry, lang), _cells(c, lang)) for c in candidates))


def _cells(c: TrackCandidate, lang: str) -> tuple[TableNumber, ...]:
    low, middle, high = c.rank
    return (
        TableNumber(_say("share", lang, share=c.probability)),
        TableNumber(_say("interval", lang, low=c.low, high=c.high)),
        TableNumber(f"{c.gain:+.2f}".replace("-", "−")),
        TableNumber(_say("size", lang, size=c.size)),
        TableNumber("–", mark="none") if c.growth is None else TableNumber(_say("growth", lang, growth=c.growth)),
        TableNumber(f"{middle} ({low}–{high})"),
        TableNumber(_say("share", lang, share=c.top)),
    )


def _say(id: str, lang: str, /, **params: Any) -> str:
    return render(Message.of(f"scan.{id}", **params), lang)
