"""The map of a plan of stations: a grid of coordinates, sites with their names, circles and points; no boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np

from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Words, drawn_picture, length, localise

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture
    from guanzi.study.chains import coverage

KM_A_DEGREE = 111.195
"""Of latitude, on a globe of 6,371 km."""
MOST_POINTS = 1500
"""Points that are drawn one by one; more are drawn as squares of a grid."""
_CELL, _TALL, _EDGE = 8.0, 620.0, 14.0
_BARS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_STEPS = (0.01, 0.02, 0.05, *_BARS)
"""Round distances of lines of the grid, in the unit of the coordinates."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """From km to pixels: what lies in the north is above."""

    left: float
    upper: float
    scale: float
    top: float
    height: float

    def at(self, place: Any) -> tuple[float, float]:
        return _EDGE + (place[0] - self.left) * self.scale, self.top + (self.upper - place[1]) * self.scale


@dataclass(frozen=True, slots=True)
class CoverageDrawing:
    """Sites, circles and points, north above."""

    placed: coverage.Placed
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self.placed, lang, width), localise(self.finding, lang))


def km_a_unit(placed: coverage.Placed) -> Any:
    """Kilometres to a unit of the coordinates, east and north; degrees are laid flat at the middle latitude."""
    file = placed.file
    if file.space == "plane":
        return np.ones(2)
    north = np.concatenate([file.site_places[:, 1], file.point_places[:, 1]])
    middle = (north.min() + north.max()) / 2
    return np.array([KM_A_DEGREE * np.cos(np.radians(middle)), KM_A_DEGREE])


def in_km(placed: coverage.Placed) -> tuple[Any, Any]:
    """Places of sites and of points in km on a plane."""
    scale = km_a_unit(placed)
    return placed.file.site_places * scale, placed.file.point_places * scale


def _drawn(placed: coverage.Placed, lang: str, width: float) -> str:
    canvas = Canvas(width)
    sites, points = in_km(placed)
    top = _key(canvas, lang, width, placed.reach is not None)
    phase = {int(i): k for k, plan in enumerate(placed.plans, start=1) for i in plan.chosen}
    open_sites = [*np.flatnonzero(placed.file.existing).tolist(), *phase]
    reached = 0.0 if placed.reach is None else placed.asked.radius
    circles = [sites[open_sites] - reached, sites[open_sites] + reached]
    frame = _frame(np.vstack([sites, points, *circles]), width, top)
    canvas.frame(0, frame.top - _EDGE, width, frame.height + 2 * _EDGE, stroke=LIGHT.rule)
    _grid(canvas, frame, km_a_unit(placed), width)
    if placed.reach is None:
        _ways(canvas, frame, sites[open_sites], points)
    else:
        for i in open_sites:
            x, y = frame.at(sites[i])
            canvas.ring(x, y, reached * frame.scale, LIGHT.accent, opacity=0.08)
    _points(canvas, frame, placed, points)
    for i in range(len(sites)):
        if i not in phase and not placed.file.existing[i]:
            x, y = frame.at(sites[i])
            canvas.frame(x - 2, y - 2, 4, 4, stroke=LIGHT.unknown)
    for i in open_sites:
        _site(canvas, *frame.at(sites[i]), phase.get(i))
    _names(canvas, [(*frame.at(sites[i]), localise(placed.file.sites[i], lang)) for i in open_sites], width)
    _bar(canvas, frame, width, lang)
    return canvas.svg()


def _frame(places: Any, width: float, top: float) -> _Frame:
    left, low = places.min(axis=0)
    right, upper = places.max(axis=0)
    wide, high = max(right - left, 1e-6), max(upper - low, 1e-6)
    room = width - 2 * _EDGE
    scale = min(room / wide, _TALL / high)
    spare = (room / scale - wide) / 2
    return _Frame(float(left - spare), float(upper), float(scale), top, float(high * scale))


def _key(canvas: Canvas, lang: str, width: float, covering: bool) -> float:
    """The signs with their words, in as many lines as they need; gives where the map begins."""
    x, y = 6.0, 10.0
    signs = ["new", "existing", "possible", *(("covered", "uncovered") if covering else ("served",))]
    for sign in signs:
        words = say(f"cover.key.{sign}", lang)
        need = 16 + length(words) + 16
        if x > 6.0 and x + need > width:
            x, y = 6.0, y + 18
        if sign in ("new", "existing"):
            _site(canvas, x, y, 1 if sign == "new" else None)
        elif sign == "possible":
            canvas.frame(x - 2, y - 2, 4, 4, stroke=LIGHT.unknown)
        elif sign == "uncovered":
            canvas.ring(x, y, 2.6, LIGHT.risk)
        else:
            canvas.dot(x, y, 2.2, LIGHT.good)
        canvas.text(x + 11, y + 4, words, LIGHT.muted)
        x += need
    return y + 44


def _site(canvas: Canvas, x: float, y: float, phase: int | None) -> None:
    """A site that stands already is a full square; a new one is a disc with the number of its phase."""
    if phase is None:
        canvas.rect(x - 5, y - 5, 10, 10, fill=LIGHT.ink)
        return
    canvas.dot(x, y, 7, LIGHT.accent)
    canvas.number(x, y + 3.5, str(phase), size=10)


def _points(canvas: Canvas, frame: _Frame, placed: coverage.Placed, points: Any) -> None:
    covered = placed.covered()
    if len(points) <= MOST_POINTS:
        for place, held in zip(points, covered, strict=True):
            x, y = frame.at(place)
            if held:
                canvas.dot(x, y, 2.2, LIGHT.good)
            else:
                canvas.ring(x, y, 2.6, LIGHT.risk)
        return
    cells: dict[tuple[int, int], list[float]] = {}
    for place, held, weight in zip(points, covered, placed.file.weight, strict=True):
        x, y = frame.at(place)
        cell = cells.setdefault((int(x // _CELL), int(y // _CELL)), [0.0, 0.0])
        cell[0] += float(weight)
        cell[1] += float(weight) * bool(held)
    for (column, row), (whole, within) in sorted(cells.items()):
        x, y = column * _CELL + 1, row * _CELL + 1
        if whole and within >= 0.5 * whole:
            canvas.rect(x, y, _CELL - 2, _CELL - 2, fill=LIGHT.good, opacity=0.6)
        else:
            canvas.frame(x, y, _CELL - 2, _CELL - 2, stroke=LIGHT.risk)


def _grid(canvas: Canvas, frame: _Frame, unit: Any, width: float) -> None:
    """Lines of round coordinates, with their numbers at the upper and at the left edge."""
    corner = np.array([frame.left, frame.upper]) / unit
    wide, high = (width - 2 * _EDGE) / frame.scale / unit[0], frame.height / frame.scale / unit[1]
    step = next((s for s in _STEPS if max(wide, high) / s <= 6), _STEPS[-1])
    sign = "" if unit[0] == 1.0 else "°"
    top, bottom = frame.top - _EDGE, frame.top + frame.height + _EDGE
    for n in range(ceil(corner[0] / step), floor((corner[0] + wide) / step) + 1):
        x, _ = frame.at((n * step * unit[0], 0.0))
        canvas.line(x, top, x, bottom, LIGHT.rule, 0.5)
        canvas.text(x, top - 4, f"{n * step:g}{sign}", LIGHT.muted, anchor="middle")
    for n in range(ceil((corner[1] - high) / step), floor(corner[1] / step) + 1):
        _, y = frame.at((0.0, n * step * unit[1]))
        canvas.line(0, y, width, y, LIGHT.rule, 0.5)
        canvas.text(3, y - 3, f"{n * step:g}{sign}", LIGHT.muted)


def _names(canvas: Canvas, sites: Sequence[tuple[float, float, str]], width: float) -> None:
    """Names to the right of open sites, as far as there is room between the others."""
    taken = [(0.0, x + 8.0, y - 9.0, y + 9.0) for x, y, _ in sites if x < 2.0 * _EDGE]
    taken += [(x - 8.0, x + 8.0, y - 9.0, y + 9.0) for x, y, _ in sites]
    for x, y, name in sites:
        box = (x + 9.0, x + 10.0 + length(name), y - 7.0, y + 7.0)
        if box[1] <= width and not any(
            box[0] < right and left < box[1] and box[2] < low and high < box[3] for left, right, high, low in taken
        ):
            canvas.name(x + 9.0, y + 4.0, name)
            taken.append(box)


def _ways(canvas: Canvas, frame: _Frame, sites: Any, points: Any) -> None:
    """From each point to the nearest open site."""
    if len(points) > MOST_POINTS or not len(sites):
        return
    for place in points:
        near = sites[int(((sites - place) ** 2).sum(axis=1).argmin())]
        canvas.line(*frame.at(place), *frame.at(near), LIGHT.rule, 0.8)


def _bar(canvas: Canvas, frame: _Frame, width: float, lang: str) -> None:
    """A bar of a round number of km below the map."""
    km = max((k for k in _BARS if k * frame.scale <= width / 3), default=_BARS[0])
    y = frame.top + frame.height + 2 * _EDGE
    canvas.line(6, y, 6 + km * frame.scale, y, LIGHT.ink, 1.6)
    canvas.text(6 + km * frame.scale + 6, y + 4, say("unit.km", lang, number=f"{km:g}"), LIGHT.muted)
