"""Headroom: a figure that a covenant or a right looks at, period by period, against its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.render import (
    LIGHT,
    Picture,
    Size,
    Specification,
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
from guanzi.reports.words import period, say


@dataclass(frozen=True, slots=True)
class HeadroomBar:
    """A figure in a period; None: not known."""

    period: str
    value: float | None
    tested: bool


def headroom_picture(label: str, unit: str, limit: float, bars: Sequence[HeadroomBar], lang: str) -> Picture:
    """Bars of the figure with the limit as a line; a bar that the sheet looks at is darker, and "?" is not known."""
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
        few = max(1, len(names) * 34 // (size.plot + size.end) + 1)
        shown = [name for i, name in enumerate(names) if i % few == 0]
        axis = alt.Axis(title=None, labelAngle=0, ticks=False, values=shown, labelPadding=7, labelOverlap=True)
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
        text = say("monitor.limit", lang, limit=_amount(limit, unit, lang))
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

    sentence = headroom_sentence(label, unit, limit, bars, lang)
    return picture(say("monitor.headroom_alternative", lang, label=label, sentence=sentence), build)


def headroom_sentence(label: str, unit: str, limit: float, bars: Sequence[HeadroomBar], lang: str) -> str:
    """What to see: the last figure that is known, and its distance from the limit."""
    held = [bar for bar in bars if bar.value is not None]
    if not held:
        return say("monitor.headroom_none", lang, label=label, n=len(bars))
    last = held[-1]
    assert last.value is not None
    return say(
        "monitor.headroom_sentence",
        lang,
        label=label,
        value=_amount(last.value, unit, lang),
        limit=_amount(limit, unit, lang),
        period=period(last.period, lang),
        missing=len(bars) - len(held),
    )


def _amount(value: float, unit: str, lang: str) -> str:
    scale = scale_for(unit, [value], lang)
    return scale.label(number(value / scale.divisor, decimals([value / scale.divisor], scale)), lang)
