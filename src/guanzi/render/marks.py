"""The layers that charts are made of: bands, lines, steps, labels at the end of a line, lines of reference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from guanzi.base.core import wrap
from guanzi.render.drawing import AXIS_WIDTH, Size
from guanzi.render.theme import LIGHT

LINE_HEIGHT = 13
_GAP = 5
_ROUNDING = 1e-9
_SLACK = 0.05  # of the distance between two lines: as much may lie beyond the ends of an axis


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a point of a chart, in the colour of what they name."""

    when: date
    value: float
    text: str
    colour: str


def instant(day: date) -> str:
    """A day as Vega reads it, the same in every time zone."""
    return f"{day.isoformat()}T00:00:00Z"


def inline(rows: Sequence[dict[str, object]]) -> alt.InlineData:
    """Rows as data inside the specification; a tuple, because Altair copies lists with every part of a chart."""
    return alt.InlineData(values=tuple(rows))


def encoded(mark: alt.Chart, **channels: Any) -> alt.Chart:
    """A mark with its channels.

    A plain value or field gets the class of its channel here: Altair would look for it among all classes that it has.
    """
    chart: alt.Chart = mark.encode(**{name: _valued(name, channel) for name, channel in channels.items()})
    return chart


def _valued(name: str, channel: Any) -> Any:
    kind = f"{name[0].upper()}{name[1:]}"
    if isinstance(channel, str):
        return getattr(alt, kind)(channel)
    if isinstance(channel, dict) and set(channel) == {"value"}:
        return getattr(alt, f"{kind}Value")(channel["value"])
    return channel


def layered(layers: Sequence[alt.Chart], width: float, height: float) -> dict[str, Any]:
    """The specification of layers over one another in one plot.

    It is put together as plain data: Altair would copy every part of a chart each time that it becomes part of another.
    """
    data: dict[str, Any] = {}
    parts = [layer.to_dict(validate=False, context={"top_level": False, "datasets": data}) for layer in layers]
    return {"layer": parts, "width": width, "height": height, "datasets": data}


def stacked(plots: Sequence[dict[str, Any]], spacing: float) -> dict[str, Any]:
    """The specification of plots below one another; data stand at the top."""
    data = {name: rows for plot in plots for name, rows in plot["datasets"].items()}
    parts = [{key: part for key, part in plot.items() if key != "datasets"} for plot in plots]
    return {"vconcat": parts, "spacing": spacing, "datasets": data}


def time_axis(first: date, last: date, show: bool = True) -> alt.X:
    """The axis of time, from the first to the last day."""
    axis = alt.Axis(
        title=None,
        format="%Y",
        tickCount={"interval": "year", "step": 1},
        grid=False,
        labelOverlap=True,
        labelFlush=False,
    )
    return alt.X(
        "when:T",
        scale=alt.Scale(type="utc", domain=[instant(first), instant(last)], nice=False),
        axis=axis if show else None,
    )


def value_axis(title: str, low: float, high: float) -> alt.Y:
    """The axis of values from ``low`` to ``high`` (see :func:`bounds`), with its title above it."""
    axis = alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=-AXIS_WIDTH + 4,
        titleY=-10,
        titleBaseline="bottom",
        minExtent=AXIS_WIDTH,
        maxExtent=AXIS_WIDTH,
        values=_ticks(low, high),
        domain=False,
        ticks=False,
    )
    return alt.Y("value:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)


def band(
    dates: Sequence[date], low: Sequence[float], high: Sequence[float], colour: str, opacity: float, x: alt.X, y: alt.Y
) -> alt.Chart:
    """The area between two quantiles."""
    rows = [{"when": instant(d), "value": a, "upper": b} for d, a, b in zip(dates, low, high, strict=True)]
    mark = alt.Chart(inline(rows)).mark_area(color=colour, fillOpacity=opacity)
    return encoded(mark, x=x, y=y, y2="upper:Q")


def line(
    dates: Sequence[date], values: Sequence[float], colour: str, x: alt.X, y: alt.Y, dash: Sequence[int] = ()
) -> alt.Chart:
    """A line over time; dashes tell it apart without colour."""
    rows = [{"when": instant(d), "value": v} for d, v in zip(dates, values, strict=True)]
    mark = alt.Chart(inline(rows)).mark_line(color=colour, strokeWidth=2, strokeDash=list(dash) or alt.Undefined)
    return encoded(mark, x=x, y=y)


def zero_line(y: alt.Y) -> alt.Chart:
    """The line at nought."""
    return encoded(alt.Chart(inline([{"value": 0}])).mark_rule(color=LIGHT.muted, strokeWidth=1), y=y)


def day_line(day: date, text: str, size: Size, x: alt.X) -> list[alt.Chart]:
    """A vertical line with words above it; what was unknown on that day lies to its right."""
    data = inline([{"when": instant(day)}])
    rule = alt.Chart(data).mark_rule(color=LIGHT.ink, strokeWidth=1, strokeDash=[2, 2])
    words = alt.Chart(data).mark_text(align="left", baseline="bottom", dx=-3, color=LIGHT.ink)
    return [
        encoded(rule, x=x, y=alt.value(-22), y2=alt.value(size.height)),
        encoded(words, x=x, y=alt.value(-24), text=alt.value(text)),
    ]


def outcome_points(rows: Sequence[dict[str, object]], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """What happened: diamonds in the colour that is used for nothing else."""
    if not rows:
        return []
    mark = alt.Chart(inline(rows)).mark_point(shape="diamond", color=LIGHT.outcome, filled=True, size=110, opacity=1)
    return [encoded(mark, x=x, y=y)]


def words_at(lines: Sequence[str], x: float, y: float, colour: str) -> alt.Chart:
    """Lines of words with their upper left corner at a pixel of the plot."""
    mark = alt.Chart(inline([{"value": 0}])).mark_text(
        align="left", baseline="top", lineHeight=LINE_HEIGHT, color=colour
    )
    return encoded(mark, x=alt.value(x), y=alt.value(y), text=alt.value(list(lines)))


def end_labels(labels: Sequence[Label], low: float, high: float, size: Size, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Labels to the right of the plot, moved apart vertically where they would overlap."""
    wrapped = [wrap(label.text, size.wrap) or [""] for label in labels]
    per_pixel = (high - low) / size.height
    centres = spread(
        [label.value for label in labels],
        [(len(lines) * LINE_HEIGHT + _GAP) * per_pixel for lines in wrapped],
        low,
        high,
    )
    charts = []
    for label, lines, centre in zip(labels, wrapped, centres, strict=True):
        data = inline([{"when": instant(label.when), "value": centre}])
        mark = alt.Chart(data).mark_text(
            align="left",
            baseline="top",
            dx=6,
            dy=-len(lines) * LINE_HEIGHT / 2,
            lineHeight=LINE_HEIGHT,
            color=label.colour,
            fontWeight="bold",
        )
        charts.append(encoded(mark, x=x, y=y, text=alt.value(lines)))
    return charts


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as may be to those wanted, in their order, without overlap, within the range if they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: dict[int, float] = {}
    floor = low
    for i in order:
        placed[i] = max(wanted[i], floor + heights[i] / 2)
        floor = placed[i] + heights[i] / 2
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling - heights[i] / 2)
        ceiling = placed[i] - heights[i] / 2
    return [placed[i] for i in range(len(wanted))]


def bounds(*series: Sequence[float]) -> tuple[float, float]:
    """Ends of an axis that holds nought and (to a hair's breadth) all values of all series, at round numbers."""
    values = [v for one in series for v in one] + [0.0]
    low, high = min(values), max(values)
    if high == low:
        return 0.0, 1.0
    step = _step(low, high)
    return math.floor(low / step + _SLACK) * step, math.ceil(high / step - _SLACK) * step


def _step(low: float, high: float) -> float:
    """Distance of the lines on an axis: one, two or five times a power of ten, about six to the axis."""
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - _ROUNDING))


def _ticks(low: float, high: float) -> list[float]:
    step = _step(low, high)
    first, last = math.ceil(low / step - _ROUNDING), math.floor(high / step + _ROUNDING)
    return [i * step for i in range(first, last + 1)]
