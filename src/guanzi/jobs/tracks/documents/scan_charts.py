"""The pictures of a scan: map of opportunities, calibration, course of a region, window of a track."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import numpy as np

from guanzi.advice.appraisal import TrackCandidate
from guanzi.base.core import Message, localised, render
from guanzi.render import (
    LIGHT,
    LINE_HEIGHT,
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
    length,
    line,
    localise,
    picture,
    time_axis,
    value_axis,
)

_SIDE = 300


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Feasible x worthwhile: each candidate a circle as large as what it would bring, with its name or its number."""

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
        places = [
            (
                shape.plot * 100 * spot.probability / right,
                shape.height * (high + pad - spot.gain) / (high - low + 2 * pad),
            )
            for spot in spots
        ]
        named = [
            (f"{k} {localised(spot.industry, lang)}" if k <= 2 * first or spot.front else "", str(k))
            for k, spot in enumerate(spots, start=1)
        ]
        room = 0.0 if shape.name == "narrow" else float(shape.plot + shape.end)
        for k, (dx, dy, words) in enumerate(_labels(places, named, room), start=1):
            x_at, y_at = places[k - 1]
            mark = alt.Chart(inline([{"value": 0}])).mark_text(
                align="left",
                baseline="middle",
                color=LIGHT.ink if k <= first else LIGHT.muted,
                fontWeight="bold" if k <= first else "normal",
            )
            pixel = {"x": alt.value(x_at + dx), "y": alt.value(y_at + dy)}
            layers += [encoded(mark, **pixel, text=alt.value(words))] if words else []
        return layered(layers, shape.plot, shape.height)

    return picture(sentence, build)


def _labels(
    places: Sequence[tuple[float, float]], words: Sequence[tuple[str, str]], room: float
) -> Iterator[tuple[float, float, str]]:
    """Beside each place its name where no earlier words lie, else its number; nothing where even that has no room.

    Args:
        places: Of the marks, in pixels.
        words: Name and number of each; a name that is empty is not told.
        room: Width within which names may lie; 0: there is room for numbers alone.
    """
    taken: list[tuple[float, float, float]] = []
    for (x, y), (name, number) in zip(places, words, strict=True):
        found = next(
            (
                (dx, dy, said)
                for said, wide, most in ((name, length(name), room), (number, length(number), math.inf))
                if said
                for dx in (9.0, -9.0 - wide)
                for dy in (-8.0, 8.0, -20.0, 20.0)
                if x + dx >= 0.0 and x + dx + wide <= most and not _covers(taken, x + dx, y + dy, wide)
            ),
            (0.0, 0.0, ""),
        )
        taken.append((x + found[0], y + found[1], length(found[2])))
        yield found


def _covers(taken: Sequence[tuple[float, float, float]], x: float, y: float, wide: float) -> bool:
    return any(abs(y - other) < LINE_HEIGHT and x < left + span and left < x + wide for left, other, span in taken)


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
