"""A signed deal over time: what was paid, what came back, what the stake would bring; below, its covenants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import altair as alt

from guanzi.base.core import wrap
from guanzi.jobs.shared.documents.words import say
from guanzi.render import (
    AXIS_WIDTH,
    LIGHT,
    LINE_HEIGHT,
    NARROW,
    SMALL,
    Label,
    Picture,
    Size,
    Specification,
    Words,
    bounds,
    encoded,
    end_labels,
    format_amount,
    inline,
    instant,
    layered,
    localise,
    picture,
    scale_for,
    stacked,
    time_axis,
    value_axis,
    words_at,
    zero_line,
)
from guanzi.study.monitoring import CashFlow

type Stand = Literal["kept", "breached", "unknown"]
_STANDS: Mapping[Stand, tuple[str, str]] = {
    "kept": (LIGHT.good, "✓"),
    "breached": (LIGHT.risk, "✗"),
    "unknown": (LIGHT.unknown, "?"),
}
"""Colour and sign of a quarter of a covenant."""
_ROW = 16


@dataclass(frozen=True, slots=True)
class CovenantStrip:
    """A covenant quarter by quarter: first and last day of each in which it is in force, and how it stands."""

    name: Words
    quarters: tuple[tuple[date, date, Stand], ...]


@dataclass(frozen=True, slots=True)
class FollowDrawing:
    """Steps of money paid and returned, a diamond for what a sale of the stake would bring, and strips of covenants.

    Attributes:
        flows: Money of the public side, in millions: paid if negative.
        held: Day and worth of the stake on it; None: not known.
        first, last: Ends of the time that is shown.
    """

    finding: Words
    unit: str
    flows: tuple[CashFlow, ...]
    held: tuple[date, float] | None
    strips: tuple[CovenantStrip, ...]
    first: date
    last: date

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""

        def build(size: Size) -> Specification:
            panels = [_money(self, size, lang)] if self.flows or self.held else []
            return stacked([*panels, *([_strips(self, size, lang)] if self.strips else [])], 8)

        return picture(localise(self.finding, lang), build, SMALL)


def _money(drawing: FollowDrawing, size: Size, lang: str) -> Specification:
    sums = {"paid": _steps(drawing, -1.0), "returned": _steps(drawing, 1.0)}
    held = [] if drawing.held is None else [drawing.held[1]]
    scale = scale_for(drawing.unit, [*(steps[-1][1] for steps in sums.values()), *held], lang)
    _, high = bounds([v / scale.divisor for v in (*(steps[-1][1] for steps in sums.values()), *held)])
    x, y = time_axis(drawing.first, drawing.last), value_axis("", 0.0, high)
    layers, labels = [zero_line(y)], []
    for name, colour in (("paid", LIGHT.ink), ("returned", LIGHT.first)):
        rows = inline([{"when": instant(day), "value": total / scale.divisor} for day, total in sums[name]])
        edge = alt.Chart(rows).mark_line(color=colour, strokeWidth=2, interpolate="step-after")
        layers.append(encoded(edge, x=x, y=y))
        total = sums[name][-1][1]
        words = say(f"follow.drawn.{name}", lang, value=format_amount(total, drawing.unit, lang))
        labels.append(Label(drawing.last, total / scale.divisor, words, colour))
    if drawing.held is not None:
        day, worth = drawing.held
        point = alt.Chart(inline([{"when": instant(day), "value": worth / scale.divisor}]))
        mark = point.mark_point(shape="diamond", color=LIGHT.second, filled=True, size=110, opacity=1)
        layers.append(encoded(mark, x=x, y=y))
        value = format_amount(worth, drawing.unit, lang)
        words = say("follow.drawn.held", lang, value=value, day=day.isoformat())
        labels.append(Label(drawing.last, worth / scale.divisor, words, LIGHT.second))
    title = wrap(say("follow.drawn.money", lang, unit=scale.title(lang)), size.columns)
    layers.append(words_at(title, 4 - AXIS_WIDTH, -8 - LINE_HEIGHT * len(title), LIGHT.ink))
    layers += end_labels(labels, 0.0, high, replace(size, height=size.height), x, y)
    return layered(layers, size.plot, size.height)


def _steps(drawing: FollowDrawing, sign: float) -> list[tuple[date, float]]:
    """What was paid (-1) or returned (1) in all by each day, from the first to the last day shown."""
    total, rows = 0.0, [(drawing.first, 0.0)]
    for flow in drawing.flows:
        if flow.amount * sign > 0.0 and flow.day <= drawing.last:
            total += abs(flow.amount)
            rows.append((max(flow.day, drawing.first), total))
    return [*rows, (drawing.last, total)]


def _strips(drawing: FollowDrawing, size: Size, lang: str) -> Specification:
    """A row for each covenant, its name to the right, on a narrow drawing above it."""
    x, beside = time_axis(drawing.first, drawing.last, show=not (drawing.flows or drawing.held)), size is not NARROW
    title = wrap(say("follow.drawn.covenants", lang), size.columns)
    top = float(len(title) * LINE_HEIGHT + 6)
    layers = [words_at(title, 4 - AXIS_WIDTH, 0, LIGHT.ink)]
    places: list[tuple[CovenantStrip, float]] = []
    for strip in drawing.strips:
        lines = wrap(localise(strip.name, lang), size.wrap if beside else size.columns) or [""]
        layers.append(words_at(lines, size.plot + 6 if beside else 0, top, LIGHT.ink))
        top += 0 if beside else LINE_HEIGHT * len(lines) + 2
        places.append((strip, top))
        top += max(_ROW, LINE_HEIGHT * len(lines) if beside else 0) + 6
    y = alt.Y("value:Q", scale=alt.Scale(domain=[top, 0], nice=False, zero=False), axis=None)
    for strip, at in places:
        layers += _cells(strip.quarters, at, x, y)
    return layered(layers, size.plot, top)


def _cells(quarters: Sequence[tuple[date, date, Stand]], at: float, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    for stand, (colour, sign) in _STANDS.items():
        spans = [(a, b) for a, b, state in quarters if state == stand]
        if spans:
            rows = [{"when": instant(a), "end": instant(b), "value": at, "foot": at + _ROW} for a, b in spans]
            box = alt.Chart(inline(rows)).mark_rect(color=colour, fillOpacity=0.22, stroke=LIGHT.paper)
            yield encoded(box, x=x, x2="end:T", y=y, y2="foot:Q")
            middles = inline([{"when": instant(a + (b - a) / 2), "value": at + _ROW / 2} for a, b in spans])
            words = alt.Chart(middles).mark_text(color=colour, fontWeight="bold")
            yield encoded(words, x=x, y=y, text=alt.value(sign))
