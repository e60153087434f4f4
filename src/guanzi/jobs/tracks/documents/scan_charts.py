"""The pictures of a scan: map of opportunities, calibration, course of a region, window of a track."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import numpy as np

from guanzi.advice.appraisal import TrackCandidate
from guanzi.base.core import Message, localised, render
from guanzi.render import (
    LIGHT,
    Picture,
    Size,
    Specification,
    Words,
    band,
    bounds,
    day_line,
    encoded,
    inline,
    layered,
    line,
    localise,
    picture,
    time_axis,
    value_axis,
)

_SIDE = 300


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Feasible x worthwhile: each candidate a circle as large as what it would bring; the first are numbered."""

    finding: Words
    candidates: tuple[TrackCandidate, ...]
    first: int

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return _map(self.candidates, self.first, localise(self.finding, lang), lang)


def _map(spots: Sequence[TrackCandidate], first: int, sentence: str, lang: str) -> Picture:
    size = max((spot.size for spot in spots), default=1.0) or 1.0
    most = max((spot.probability for spot in spots), default=0.1)
    right = 10 * math.ceil(most * 10 + 0.2)
    low, high = bounds([spot.gain for spot in spots])
    pad = 0.06 * (high - low)

    def build(shape: Size) -> Specification:
        axis = alt.Axis(title=_localised("scan.axis.probability", lang), grid=False, tickCount=6)
        x = alt.X("x:Q", scale=alt.Scale(domain=[0, right], nice=False), axis=axis)
        y = value_axis(_localised("scan.axis.gain", lang), low - pad, high + pad)
        layers = []
        for front, colour in ((False, LIGHT.unknown), (True, LIGHT.accent)):
            points: list[dict[str, object]] = [
                {"x": 100 * spot.probability, "value": spot.gain, "area": 30 + 470 * spot.size / size}
                for spot in spots
                if spot.front == front
            ]
            if points:
                mark = alt.Chart(inline(points)).mark_circle(color=colour, opacity=0.45, stroke=colour)
                area = alt.Size("area:Q", scale=None, legend=None)
                layers.append(encoded(mark, x=x, y=y, size=area))
        for k, spot in enumerate(spots[:first], start=1):
            at = inline([{"x": 100 * spot.probability, "value": spot.gain}])
            words = str(k) if shape.name == "narrow" else f"{k} {localised(spot.industry, lang)}"
            mark = alt.Chart(at).mark_text(
                align="left", baseline="middle", dx=9, dy=-8, color=LIGHT.ink, fontWeight="bold"
            )
            layers.append(encoded(mark, x=x, y=y, text=alt.value(words)))
        return layered(layers, shape.plot, shape.height)

    return picture(sentence, build)


@dataclass(frozen=True, slots=True)
class CalibrationDrawing:
    """What was forecast against what came, in bins of the last window, with the diagonal of one that keeps its word."""

    finding: Words
    bins: tuple[tuple[float, float, int], ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return _calibration(self.bins, localise(self.finding, lang), lang)


def _calibration(bins: Sequence[tuple[float, float, int]], sentence: str, lang: str) -> Picture:
    most = 10 * math.ceil(10 * max(max(p, share) for p, share, _ in bins) + 0.01)
    ticks = alt.Axis(title=_localised("scan.axis.forecast", lang), grid=False, tickCount=5)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=ticks)
    y = value_axis(_localised("scan.axis.entered", lang), 0.0, float(most))

    def build(shape: Size) -> Specification:
        side = min(_SIDE, shape.plot + shape.end - 10)
        ends = alt.Chart(inline([{"x": 0, "value": 0}, {"x": most, "value": most}]))
        layers = [encoded(ends.mark_line(color=LIGHT.muted, strokeWidth=1, strokeDash=[3, 3]), x=x, y=y)]
        for p, share, cells in bins:
            low, high = _wilson(share, cells)
            row: dict[str, object] = {"x": 100 * p, "value": 100 * low, "upper": 100 * min(high, most / 100)}
            span = alt.Chart(inline([row])).mark_rule(color=LIGHT.accent, strokeWidth=3, opacity=0.4)
            layers.append(encoded(span, x=x, y=y, y2="upper:Q"))
            dot = alt.Chart(inline([{"x": 100 * p, "value": 100 * share}]))
            layers.append(encoded(dot.mark_point(color=LIGHT.accent, filled=True, size=60, opacity=1), x=x, y=y))
        return layered(layers, side, side)

    return picture(sentence, build)


@dataclass(frozen=True, slots=True)
class CourseDrawing:
    """How many industries the region held in each year."""

    finding: Words
    held: tuple[tuple[int, int], ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        days = [date(year, 1, 1) for year, _ in self.held]
        values = [float(held) for _, held in self.held]
        low, high = bounds(values)

        def build(shape: Size) -> Specification:
            x, y = time_axis(days[0], days[-1]), value_axis(_localised("scan.axis.held", lang), low, high)
            return layered([line(days, values, LIGHT.accent, x, y)], shape.plot, shape.height * 0.7)

        return picture(localise(self.finding, lang), build)


@dataclass(frozen=True, slots=True)
class WindowDrawing:
    """Shares that were known, by year, and the curve through them with nine of ten courses.

    Attributes:
        course: By year: lower, middle and upper course.
        last: Year of the newest share.
    """

    finding: Words
    points: tuple[tuple[int, float], ...]
    course: tuple[tuple[int, tuple[float, float, float]], ...]
    last: int

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        days = [date(year, 1, 1) for year, _ in self.course]
        low, middle, high = (np.array(q) * 100 for q in zip(*(shares for _, shares in self.course), strict=True))
        points: list[dict[str, object]] = [
            {"when": f"{year}-01-01T00:00:00Z", "value": 100 * share} for year, share in self.points
        ]

        def build(shape: Size) -> Specification:
            x, y = time_axis(days[0], days[-1]), value_axis(_localised("scan.axis.share", lang), 0.0, 100.0)
            half = alt.Chart(inline([{"value": 50}])).mark_rule(color=LIGHT.muted, strokeDash=[3, 3])
            dots = alt.Chart(inline(points)).mark_point(color=LIGHT.ink, filled=True, size=55, opacity=1)
            layers = [
                band(days, list(low), list(high), LIGHT.first, 0.22, x, y),
                encoded(half, y=y),
                line(days, list(middle), LIGHT.first, x, y),
                encoded(dots, x=x, y=y),
                *day_line(date(self.last, 1, 1), str(self.last), shape, x),
            ]
            return layered(layers, shape.plot, shape.height)

        return picture(localise(self.finding, lang), build)


def _wilson(share: float, cells: int, z: float = 1.645) -> tuple[float, float]:
    """90 % interval of a share."""
    middle = (share + z * z / (2 * cells)) / (1 + z * z / cells)
    half = z / (1 + z * z / cells) * math.sqrt(share * (1 - share) / cells + z * z / (4 * cells * cells))
    return middle - half, middle + half


def _localised(id: str, lang: str) -> str:
    return render(Message.of(id), lang)
