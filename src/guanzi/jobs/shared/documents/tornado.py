"""Tornado: a bar for each assumption, from the result at its low to the result at its high value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.base.core import wrap
from guanzi.render import (
    AXIS_WIDTH,
    LIGHT,
    LINE_HEIGHT,
    NARROW,
    Picture,
    Size,
    Specification,
    encoded,
    inline,
    layered,
    picture,
    words_at,
)

MOST = 8
"""Assumptions in the picture; the table has all of them."""
_BAR = 12


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One assumption: its name, and the result at its low and at its high value; None: beyond the end of the axis."""

    name: str
    at_low: float | None
    at_high: float | None


def tornado_picture(
    rows: Sequence[TornadoBar], centre: float | None, x: alt.X, end: float, alternative: str
) -> Picture:
    """A bar from the result at the low (hollow point) to that at the high value (full point) of each assumption.

    Its name stands to the right of it, on a narrow drawing above it.

    Args:
        rows: The assumptions, as they stand from top to bottom.
        centre: The result at a thin line; None: beyond the end of the axis, and not drawn.
        x: The axis.
        end: Its upper end, to which a bar without an end of its own reaches, and has no point there.
        alternative: The picture in words.
    """

    def build(size: Size) -> Specification:
        beside = size is not NARROW
        width = size.plot + AXIS_WIDTH if beside else size.plot + size.end
        places, top = [], 4.0
        for row in rows:
            lines = wrap(row.name, size.wrap if beside else size.columns)
            height = len(lines) * LINE_HEIGHT
            middle = top + (height / 2 if beside else height + _BAR / 2 + 2)
            places.append((row, lines, top, middle))
            top = middle + (height / 2 if beside else _BAR / 2) + 8
        y = alt.Y("y:Q", scale=alt.Scale(domain=[top, 0], nice=False, zero=False), axis=None)
        layers: list[alt.Chart] = []
        for row, lines, start, middle in places:
            layers += [
                *_bar(row, centre, end, middle, x, y),
                words_at(lines, width + 12 if beside else 0, start, LIGHT.ink),
            ]
        return layered(layers, width, top)

    return picture(alternative, build)


def _bar(row: TornadoBar, centre: float | None, end: float, middle: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    at_low = end if row.at_low is None else row.at_low
    at_high = end if row.at_high is None else row.at_high
    low = alt.Chart(inline([{"value": at_low, "other": at_high, "y": middle}]))
    high = alt.Chart(inline([{"value": at_high, "y": middle}]))
    drawn: list[alt.Chart] = []
    if centre is not None:
        line = alt.Chart(inline([{"value": centre, "y": middle - _BAR / 2 - 2, "other": middle + _BAR / 2 + 2}]))
        drawn.append(encoded(line.mark_rule(color=LIGHT.ink, strokeWidth=1), x=x, y=y, y2="other:Q"))
    drawn.append(encoded(low.mark_rule(color=LIGHT.first, strokeWidth=4, opacity=0.45), x=x, x2="other:Q", y=y))
    if row.at_low is not None:
        hollow = low.mark_point(stroke=LIGHT.first, fill=LIGHT.paper, strokeWidth=2, size=60, opacity=1)
        drawn.append(encoded(hollow, x=x, y=y))
    if row.at_high is not None:
        drawn.append(encoded(high.mark_point(color=LIGHT.first, filled=True, size=70, opacity=1), x=x, y=y))
    return drawn
