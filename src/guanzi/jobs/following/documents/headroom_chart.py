"""Headroom: a figure that a covenant or a right looks at, period by period, against its limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.base.core import Message, render
from guanzi.jobs.appraisal.documents.trend_chart import period_axis
from guanzi.jobs.shared.documents.words import message, say
from guanzi.render import (
    LIGHT,
    Measurement,
    Picture,
    Size,
    Specification,
    Words,
    bounds,
    encoded,
    inline,
    layered,
    picture,
    scale_for,
    value_axis,
    zero_line,
)


@dataclass(frozen=True, slots=True)
class HeadroomBar:
    """A figure in a period; None: not known; ``day`` is the one that it is about, where that is not its last."""

    period: str
    value: float | None
    tested: bool
    day: str = ""


@dataclass(frozen=True, slots=True)
class HeadroomDrawing:
    """Bars of the figure with the limit as a line; a bar that the sheet looks at is darker, and "?" is not known."""

    finding: Words
    unit: str
    limit: float
    bars: tuple[HeadroomBar, ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        alternative = render(message("monitor.headroom_alternative", sentence=self.finding), lang)
        return picture(alternative, _specified(self.unit, self.limit, self.bars, lang))


def _specified(unit: str, limit: float, bars: Sequence[HeadroomBar], lang: str) -> Callable[[Size], Specification]:
    known = [bar.value for bar in bars if bar.value is not None]
    scale = scale_for(unit, [*known, limit], lang)
    low, high = bounds([v / scale.divisor * 1.06 for v in (*known, limit)])
    rows: list[dict[str, object]] = [
        {"period": bar.period, "value": bar.value / scale.divisor, "opacity": 0.85 if bar.tested else 0.35}
        for bar in bars
        if bar.value is not None
    ]
    missing: list[dict[str, object]] = [{"period": bar.period} for bar in bars if bar.value is None]
    names = [bar.period for bar in bars]

    def build(size: Size) -> Specification:
        axis = period_axis(names, (size.plot + size.end) / len(names), lang)
        x = alt.X(
            "period:O", sort=names, axis=axis, scale=alt.Scale(domain=names, paddingInner=0.25, paddingOuter=0.15)
        )
        y = value_axis(scale.title(lang), low, high)
        rule = alt.Chart(inline([{"value": limit / scale.divisor}])).mark_rule(
            color=LIGHT.risk, strokeWidth=1.6, strokeDash=[5, 3]
        )
        words = alt.Chart(inline([{"value": limit / scale.divisor}])).mark_text(
            color=LIGHT.risk, align="left", baseline="bottom", dx=4, dy=-2
        )
        text = say("monitor.limit", lang, limit=Measurement(limit, unit))
        marks = [
            alt.Chart(inline(rows))
            .mark_bar(color=LIGHT.first)
            .encode(x=x, y=y, y2=alt.Y2(datum=0), opacity=alt.Opacity("opacity:Q", scale=None)),
            encoded(rule, y=y),
            encoded(words, x=alt.value(0), y=y, text=alt.value(text)),
        ]
        if missing:
            unknown = alt.Chart(inline(missing)).mark_text(color=LIGHT.unknown, fontWeight="bold", dy=-8)
            marks.append(encoded(unknown, x=x, y=alt.Y(datum=0), text=alt.value("?")))
        return layered([*marks, zero_line(y)], size.plot + size.end, size.height - 70)

    return build


def headroom_sentence(label: Words, unit: str, limit: float, bars: Sequence[HeadroomBar]) -> Message:
    """What to see: the last figure that is known, and its distance from the limit."""
    held = [(bar.day or bar.period, bar.value) for bar in bars if bar.value is not None]
    if not held:
        return message("monitor.headroom_none", label=label, n=len(bars))
    period, value = held[-1]
    return message(
        "monitor.headroom_sentence",
        label=label,
        value=Measurement(value, unit),
        limit=Measurement(limit, unit),
        period=message("date.period", period=period),
        missing=len(bars) - len(held),
    )
