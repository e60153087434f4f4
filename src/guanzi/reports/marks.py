"""The layers that charts are made of: bands, lines, steps, labels at the end of a line, lines of reference."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import wrap
from guanzi.reports import vega
from guanzi.reports.drawing import AXIS_WIDTH, Size
from guanzi.reports.theme import LIGHT
from guanzi.reports.vega import ChartLayer, Part

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


def layered(layers: Sequence[ChartLayer], width: float, height: float) -> dict[str, Any]:
    """The specification of layers over one another in one plot; the same rows stand in it once."""
    data: dict[str, vega.Rows] = {}
    parts = []
    for layer in layers:
        name = f"data-{hashlib.sha256(repr(layer.rows).encode()).hexdigest()[:32]}"
        data[name] = layer.rows
        parts.append(layer.part(name))
    return {"layer": parts, "width": width, "height": height, "datasets": data}


def stacked(plots: Sequence[dict[str, Any]], spacing: float) -> dict[str, Any]:
    """The specification of plots below one another; data stand at the top."""
    data = {name: rows for plot in plots for name, rows in plot["datasets"].items()}
    parts = [{key: part for key, part in plot.items() if key != "datasets"} for plot in plots]
    return {"vconcat": parts, "spacing": spacing, "datasets": data}


def time_axis(first: date, last: date, show: bool = True) -> Part:
    """The axis of time, from the first to the last day."""
    axis = vega.axis(
        title=None,
        format="%Y",
        tickCount={"interval": "year", "step": 1},
        grid=False,
        labelOverlap=True,
        labelFlush=False,
    )
    return vega.channel(
        "when:T",
        scale=vega.scale(type="utc", domain=[instant(first), instant(last)], nice=False),
        axis=axis if show else None,
    )


def value_axis(title: str, low: float, high: float) -> Part:
    """The axis of values from ``low`` to ``high`` (see :func:`bounds`), with its title above it."""
    axis = vega.axis(
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
    return vega.channel("value:Q", scale=vega.scale(domain=[low, high], nice=False), axis=axis)


def band(
    dates: Sequence[date],
    low: Sequence[float],
    high: Sequence[float],
    colour: str,
    opacity: float,
    x: Part,
    y: Part,
) -> ChartLayer:
    """The area between two quantiles."""
    rows = [{"when": instant(d), "value": a, "upper": b} for d, a, b in zip(dates, low, high, strict=True)]
    mark = vega.chart(rows).marked("area", color=colour, fillOpacity=opacity)
    return mark.encode(x=x, y=y, y2="upper:Q")


def line(
    dates: Sequence[date], values: Sequence[float], colour: str, x: Part, y: Part, dash: Sequence[int] = ()
) -> ChartLayer:
    """A line over time; dashes tell it apart without colour."""
    rows = [{"when": instant(d), "value": v} for d, v in zip(dates, values, strict=True)]
    dashes = {"strokeDash": list(dash)} if dash else {}
    return vega.chart(rows).marked("line", color=colour, strokeWidth=2, **dashes).encode(x=x, y=y)


def zero_line(y: Part) -> ChartLayer:
    """The line at nought."""
    return vega.chart([{"value": 0}]).marked("rule", color=LIGHT.muted, strokeWidth=1).encode(y=y)


def day_line(day: date, text: str, size: Size, x: Part) -> list[ChartLayer]:
    """A vertical line with words above it; what was unknown on that day lies to its right."""
    data = [{"when": instant(day)}]
    rule = vega.chart(data).marked("rule", color=LIGHT.ink, strokeWidth=1, strokeDash=[2, 2])
    words = vega.chart(data).marked("text", align="left", baseline="bottom", dx=-3, color=LIGHT.ink)
    return [
        rule.encode(x=x, y=vega.value(-22), y2=vega.value(size.height)),
        words.encode(x=x, y=vega.value(-24), text=vega.value(text)),
    ]


def outcome_points(rows: Sequence[dict[str, object]], x: Part, y: Part) -> list[ChartLayer]:
    """What happened: diamonds in the colour that is used for nothing else."""
    if not rows:
        return []
    mark = vega.chart(rows).marked("point", shape="diamond", color=LIGHT.outcome, filled=True, size=110, opacity=1)
    return [mark.encode(x=x, y=y)]


def words_at(lines: Sequence[str], x: float, y: float, colour: str) -> ChartLayer:
    """Lines of words with their upper left corner at a pixel of the plot."""
    mark = vega.chart([{"value": 0}]).marked("text", align="left", baseline="top", lineHeight=LINE_HEIGHT, color=colour)
    return mark.encode(x=vega.value(x), y=vega.value(y), text=vega.value(list(lines)))


def end_labels(labels: Sequence[Label], low: float, high: float, size: Size, x: Part, y: Part) -> list[ChartLayer]:
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
        data = [{"when": instant(label.when), "value": centre}]
        mark = vega.chart(data).marked(
            "text",
            align="left",
            baseline="top",
            dx=6,
            dy=-len(lines) * LINE_HEIGHT / 2,
            lineHeight=LINE_HEIGHT,
            color=label.colour,
            fontWeight="bold",
        )
        charts.append(mark.encode(x=x, y=y, text=vega.value(lines)))
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
