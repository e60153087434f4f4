"""Sensitivity: how far each assumption alone moves the result, from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.appraisal import SensitivityData
from guanzi.core import wrap
from guanzi.reports.drawing import AXIS_WIDTH, NARROW, Picture, Size, Specification, picture
from guanzi.reports.marks import LINE_HEIGHT, bounds, encoded, inline, layered, words_at
from guanzi.reports.theme import LIGHT
from guanzi.reports.words import say, tell

MOST = 8
"""Assumptions in the picture; the table has all of them."""
_BAR = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption: its name, and the result in percent at its low and at its high value."""

    name: str
    at_low: float
    at_high: float


def bars(sensitivity: SensitivityData, lang: str) -> Sequence[Bar]:
    """The assumptions that move the result most; chance has no low and high, and is left out."""
    return [
        Bar(tell(s.label, lang), s.at_low * 100, s.at_high * 100)
        for s in sensitivity.swings
        if s.at_low is not None and s.at_high is not None
    ][:MOST]


def sensitivity_picture(sensitivity: SensitivityData, lang: str) -> Picture:
    """A bar from the result at the low (hollow point) to that at the high value (full point) of each assumption.

    Its name stands to the right of it, on a narrow drawing above it; the thin line is the mean.
    """
    rows = bars(sensitivity, lang)
    mean = sensitivity.mean * 100
    low, high = bounds([mean, *(v for row in rows for v in (row.at_low, row.at_high))])
    axis = alt.Axis(title=say("axis.percent", lang), tickCount=5, grid=False)
    x = alt.X("value:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)

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
            layers += [*_bar(row, mean, middle, x, y), words_at(lines, width + 12 if beside else 0, start, LIGHT.ink)]
        return layered(layers, width, top)

    alternative = say("chart.sensitivity_alternative", lang, sentence=tell(sensitivity.sentence, lang))
    return picture(alternative, build)


def _bar(row: Bar, mean: float, middle: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    centre = alt.Chart(inline([{"value": mean, "y": middle - _BAR / 2 - 2, "other": middle + _BAR / 2 + 2}]))
    low = alt.Chart(inline([{"value": row.at_low, "other": row.at_high, "y": middle}]))
    high = alt.Chart(inline([{"value": row.at_high, "y": middle}]))
    return [
        encoded(centre.mark_rule(color=LIGHT.ink, strokeWidth=1), x=x, y=y, y2="other:Q"),
        encoded(low.mark_rule(color=LIGHT.first, strokeWidth=4, opacity=0.45), x=x, x2="other:Q", y=y),
        encoded(low.mark_point(stroke=LIGHT.first, fill=LIGHT.paper, strokeWidth=2, size=60, opacity=1), x=x, y=y),
        encoded(high.mark_point(color=LIGHT.first, filled=True, size=70, opacity=1), x=x, y=y),
    ]
