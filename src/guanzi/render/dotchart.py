"""Rows of dots: one quantity per row, with its interval, or at two states with a line between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt

from guanzi.base.core import wrap
from guanzi.render.document import Words
from guanzi.render.drawing import AXIS_WIDTH, NARROW, Picture, Size, Specification, picture
from guanzi.render.localised import localise
from guanzi.render.marks import LINE_HEIGHT, encoded, inline, layered, words_at
from guanzi.render.theme import LIGHT

_DOT = 10


@dataclass(frozen=True, slots=True)
class DotRow:
    """One row.

    Attributes:
        name: Stands to the right of it, on a narrow drawing above it.
        value: Where the full dot stands.
        low, high: Ends of the line; None: there is no line.
        before: Where a hollow dot stands; None: nowhere.
        strong: In the accent colour.
    """

    name: Words
    value: float
    low: float | None = None
    high: float | None = None
    before: float | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class DotDrawing:
    """Rows of dots over an axis from nought to ``most`` with lines every ``step``."""

    rows: tuple[DotRow, ...]
    axis: Words
    finding: Words
    most: float
    step: float

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return picture(localise(self.finding, lang), _specified(self, lang))


def _specified(drawing: DotDrawing, lang: str) -> Callable[[Size], Specification]:
    ticks = [round(i * drawing.step, 6) for i in range(round(drawing.most / drawing.step) + 1)]
    axis = alt.Axis(title=localise(drawing.axis, lang), values=ticks, grid=True, domain=False, ticks=False)
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, drawing.most], nice=False, clamp=True), axis=axis)

    def build(size: Size) -> Specification:
        beside = size is not NARROW
        width = size.plot + AXIS_WIDTH if beside else size.plot + size.end
        layers: list[alt.Chart] = []
        top = 4.0
        places = []
        for row in drawing.rows:
            lines = wrap(localise(row.name, lang), size.wrap if beside else size.columns) or [""]
            height = len(lines) * LINE_HEIGHT
            middle = top + (max(height, _DOT) / 2 if beside else height + _DOT / 2 + 2)
            places.append((row, lines, top, middle))
            top = middle + (max(height, _DOT) / 2 if beside else _DOT / 2) + 7
        y = alt.Y("y:Q", scale=alt.Scale(domain=[top, 0], nice=False, zero=False), axis=None)
        for row, lines, start, middle in places:
            layers += _row(row, middle, x, y)
            layers.append(
                words_at(lines, width + 12 if beside else 0, start, LIGHT.accent if row.strong else LIGHT.ink)
            )
        return layered(layers, width, top)

    return build


def _row(row: DotRow, y_at: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    colour = LIGHT.accent if row.strong else LIGHT.second
    ends = (row.before, row.value) if row.before is not None else (row.low, row.high)
    layers = []
    if ends[0] is not None and ends[1] is not None:
        line = alt.Chart(inline([{"value": ends[0], "other": ends[1], "y": y_at}]))
        layers.append(encoded(line.mark_rule(color=colour, strokeWidth=3, opacity=0.45), x=x, x2="other:Q", y=y))
    if row.before is not None:
        hollow = alt.Chart(inline([{"value": row.before, "y": y_at}]))
        mark = hollow.mark_point(stroke=colour, fill=LIGHT.paper, strokeWidth=2, size=60, opacity=1)
        layers.append(encoded(mark, x=x, y=y))
    full = alt.Chart(inline([{"value": row.value, "y": y_at}]))
    layers.append(encoded(full.mark_point(color=colour, filled=True, size=70, opacity=1), x=x, y=y))
    return layers
