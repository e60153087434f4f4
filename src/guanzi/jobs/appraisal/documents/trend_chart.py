"""Trends: what a quantity did up to the as-of date, period by period, as its sources give it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from guanzi.advice.appraisal import TrendChange
from guanzi.base.core import Message, Period, width
from guanzi.jobs.shared.documents.words import message, say, tick
from guanzi.render import (
    CHARACTER,
    LIGHT,
    Measurement,
    Picture,
    Scale,
    Size,
    Specification,
    Words,
    bounds,
    decimals,
    encoded,
    inline,
    layered,
    number,
    picture,
    scale_for,
    value_axis,
    zero_line,
)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A value of a period, e.g. ``2019Q4``, in a trend."""

    period: str
    value: float


@dataclass(frozen=True, slots=True)
class TrendDrawing:
    """A trend."""

    label: Words
    unit: str
    points: tuple[TrendPoint, ...]
    change: TrendChange | None = None

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return trend_picture(self.label, self.unit, self.points, lang, self.change)


def trend_picture(
    label: Words, unit: str, points: Sequence[TrendPoint], lang: str, change: TrendChange | None = None
) -> Picture:
    """A trend: bars for amounts, a line with points for ratios, each with its value."""
    scale = scale_for(unit, [p.value for p in points], lang)
    values = [p.value / scale.divisor for p in points]
    shown = _shown(points, scale)
    reach = max(*values, 0.0) - min(*values, 0.0)
    low, high = bounds([max(values) + 0.08 * reach], [min(values) - 0.08 * reach if min(values) < 0 else 0.0])
    periods = _periods(points)
    held = {p.period: (v, words) for p, v, words in zip(points, values, shown, strict=True)}
    rows: list[dict[str, object]] = [
        {"period": id, "value": held[id][0], "words": held[id][1]} if id in held else {"period": id, "value": None}
        for id in periods
    ]
    known = [row for row in rows if row["period"] in held]
    missing = [row for row in rows if row["period"] not in held]

    def build(size: Size) -> Specification:
        axis = period_axis(periods, (size.plot + size.end) / len(periods), lang)
        x = alt.X("period:O", sort=periods, axis=axis, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.15))
        y = value_axis(scale.title(lang), low, high)
        base = alt.Chart(inline(rows))
        if unit == "ratio":
            marks = [
                base.mark_line(color=LIGHT.first, strokeWidth=2).encode(x=x, y=y),
                base.mark_point(color=LIGHT.first, filled=True, size=45, opacity=1).encode(x=x, y=y),
            ]
        else:
            marks = [base.mark_bar(color=LIGHT.first).encode(x=x, y=y, y2=alt.Y2(datum=0))]
        words: list[alt.Chart] = []
        if (size.plot + size.end) / len(periods) > CHARACTER * max(len(text) for text in shown):
            words = [
                alt.Chart(inline([row])).mark_text(color=LIGHT.ink, **place).encode(x=x, y=y, text=alt.Text("words:N"))
                for row, place in zip(known, _word_places(values, line=unit == "ratio"), strict=True)
            ]
        if missing:
            unknown = alt.Chart(inline(missing)).mark_text(color=LIGHT.unknown, fontWeight="bold", dy=-8)
            words.append(encoded(unknown, x=x, y=alt.Y(datum=0), text=alt.value("?")))
        return layered([*marks, zero_line(y), *words], size.plot + size.end, size.height - 50)

    sentence = trend_sentence(label, unit, points, change)
    return picture(say("chart.trend_alternative", lang, label=label, sentence=sentence), build)


def _periods(points: Sequence[TrendPoint]) -> list[str]:
    """All periods from the first to the last, also those without a value."""
    held = [Period.parse(p.period) for p in points]
    if len({period.kind for period in held}) > 1 or held[0].kind == "day":
        return [p.period for p in points]
    periods = [min(held)]
    while periods[-1] < max(held):
        periods.append(periods[-1].shift(1))
    return [str(period) for period in periods]


def period_axis(periods: Sequence[str], room: float, lang: str) -> alt.Axis:
    """An axis of periods with their labels; only the years where there is no room for more than that.

    Args:
        periods: All of them, in their order.
        room: Width of one, in pixels.
        lang: Language.
    """
    ticks = json.dumps(_ticks(periods, room, lang), ensure_ascii=False)
    labels = f"({ticks})[datum.value]"
    return alt.Axis(title=None, labelAngle=0, labelExpr=labels, ticks=False, labelPadding=7, labelOverlap=False)


def _ticks(periods: Sequence[str], room: float, lang: str) -> Mapping[str, Sequence[str]]:
    """Labels of the periods; only the years where there is no room for more than that."""
    ticks = {id: tick(id, i == 0, lang) for i, id in enumerate(periods)}
    if room >= CHARACTER * max(width(label[0]) for label in ticks.values()) + 4:
        return ticks
    return {id: label[1:] if id.endswith(("Q1", "-01")) else "" for id, label in ticks.items()}


def _shown(points: Sequence[TrendPoint], scale: Scale) -> list[str]:
    """The values of a trend: counts as their source gives them, others to three significant digits."""
    values = [p.value / scale.divisor for p in points]
    if all(v.is_integer() and abs(v) < 1e6 for v in values):
        return [f"{v:,.0f}".replace("-", "−") for v in values]
    places = decimals(values, scale)
    return [number(v, places) for v in values]


def _word_places(values: Sequence[float], line: bool) -> list[dict[str, Any]]:
    """Where the value of each point stands, so that neither bar nor line runs through it."""
    if not line:
        return [{"dy": -8 if v >= 0 else 11} for v in values]
    places: list[dict[str, Any]] = []
    for i, v in enumerate(values):
        before = values[i - 1] if i else v
        after = values[i + 1] if i + 1 < len(values) else v
        if before >= v <= after and before + after > 2 * v:
            places.append({"dy": 14})
        elif before < v < after:
            places.append({"dy": -9, "dx": -4, "align": "right"})
        elif before > v > after:
            places.append({"dy": -9, "dx": 4, "align": "left"})
        else:
            places.append({"dy": -11})
    return places


def _nearest_end(change: TrendChange) -> float:
    """The end of a band that is nearer to nought, with its sign; nought where it holds it."""
    return change.low if change.low > 0 else change.high if change.high < 0 else 0.0


def trend_sentence(label: Words, unit: str, points: Sequence[TrendPoint], change: TrendChange | None = None) -> Message:
    """What to see in a trend: from where to where, and for how many periods there is no evidence.

    Where three values or more do not tell the direction, because the band of their trend holds nought, none is told.

    Args:
        label, unit, points: The values.
        change: From period to period, with its 90 % band; None: too few values leave no measure of its error.
    """
    first, last = points[0], points[-1]
    step = "rose" if last.value > first.value else "fell" if last.value < first.value else "same"
    if change is not None and not math.copysign(1.0, last.value - first.value) * _nearest_end(change) > 0:
        step = "unclear"
    shown = {}
    if change is not None and step == "unclear":
        of = {"share": "ratio", "points": "ratio points", "value": unit}[change.of]
        shown = {"change": Measurement(change.middle, of, change.low, change.high, bounds=True)}
    said = message(
        f"chart.trend_{step}",
        **shown,
        label=label,
        first=Measurement(first.value, unit),
        last=Measurement(last.value, unit),
        start=message("date.period", period=first.period),
        end=message("date.period", period=last.period),
    )
    missing = len(_periods(points)) - len(points)
    return said if not missing else message("parts_said", parts=(said, message("chart.trend_missing", n=missing)))
