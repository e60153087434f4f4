"""The two pictures of a fund: calls of cash by quarter, and what of each deal is bound to a new step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.base.core import Period, render, wrap
from guanzi.jobs.appraisal.documents.trend_chart import period_axis
from guanzi.jobs.shared.documents.words import message
from guanzi.render import (
    AXIS_WIDTH,
    LIGHT,
    Picture,
    Size,
    Specification,
    Words,
    bounds,
    encoded,
    inline,
    layered,
    localise,
    picture,
    scale_for,
    value_axis,
    zero_line,
)

_ROW = 40


@dataclass(frozen=True, slots=True)
class CallBar:
    """Money called in a quarter, in millions; None: not told of this quarter."""

    period: Period
    planned: float
    paid: float | None
    mean: float | None
    low: float | None
    high: float | None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class BindingBar:
    """A deal: planned money that waits for no new commitment, for one, for what was not seen; paid (None: unknown)."""

    name: Words
    before: float
    bound: float
    untold: float
    paid: float | None


@dataclass(frozen=True, slots=True)
class CallsDrawing:
    """Bars of the plan by quarter; a point with its interval is expected, a diamond was paid, "?" is not known."""

    bars: tuple[CallBar, ...]
    unit: str
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        alternative = render(message("fund.calls_alternative", sentence=self.finding), lang)
        return picture(alternative, _calls(self.bars, self.unit, lang))


@dataclass(frozen=True, slots=True)
class BindingDrawing:
    """A bar for each deal: what waits for no new commitment, for one, for what was not seen; a diamond was paid."""

    bars: tuple[BindingBar, ...]
    unit: str
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        alternative = render(message("fund.binding_alternative", sentence=self.finding), lang)
        return picture(alternative, _binding(self.bars, self.unit, lang))


def _calls(bars: Sequence[CallBar], unit: str, lang: str) -> Callable[[Size], Specification]:
    values = [v for b in bars for v in (b.planned, b.paid, b.mean, b.high) if v is not None]
    scale = scale_for(unit, values, lang)
    low, high = bounds([v / scale.divisor * 1.06 for v in values])
    names = [str(bar.period) for bar in bars]
    plan: list[dict[str, object]] = [{"quarter": str(b.period), "value": b.planned / scale.divisor} for b in bars]
    paid: list[dict[str, object]] = [
        {"quarter": str(b.period), "value": b.paid / scale.divisor} for b in bars if b.paid is not None
    ]
    unseen: list[dict[str, object]] = [row for row, b in zip(plan, bars, strict=True) if b.unseen]
    ahead: list[dict[str, object]] = [
        {
            "quarter": str(b.period),
            "value": b.mean / scale.divisor,
            "low": b.low / scale.divisor,
            "upper": b.high / scale.divisor,
        }
        for b in bars
        if b.mean is not None and b.low is not None and b.high is not None
    ]

    def build(size: Size) -> Specification:
        axis = period_axis(names, (size.plot + size.end) / len(names), lang)
        x = alt.X(
            "quarter:O", sort=names, axis=axis, scale=alt.Scale(domain=names, paddingInner=0.25, paddingOuter=0.15)
        )
        y = value_axis(scale.title(lang), low, high)
        bar = alt.Chart(inline(plan)).mark_bar(color=LIGHT.paid, fillOpacity=0.45)
        layers = [encoded(bar, x=x, y=y, y2=alt.Y2(datum=0))]
        if ahead:
            base = alt.Chart(inline(ahead))
            rule = base.mark_rule(color=LIGHT.departure, strokeWidth=2)
            layers.append(encoded(rule, x=x, y=alt.Y("low:Q"), y2="upper:Q"))
            layers.append(encoded(base.mark_point(color=LIGHT.departure, filled=True, size=45, opacity=1), x=x, y=y))
        if unseen:
            unknown = alt.Chart(inline(unseen)).mark_text(color=LIGHT.unknown, fontWeight="bold", dy=-12)
            layers.append(encoded(unknown, x=x, y=alt.Y("value:Q"), text=alt.value("?")))
        if paid:
            mark = alt.Chart(inline(paid)).mark_point(shape="diamond", color=LIGHT.ink, filled=True, size=70, opacity=1)
            layers.append(encoded(mark, x=x, y=y))
        return layered([*layers, zero_line(y)], size.plot + size.end, size.height - 50)

    return build


def _binding(bars: Sequence[BindingBar], unit: str, lang: str) -> Callable[[Size], Specification]:
    values = [v for b in bars for v in (b.before + b.bound + b.untold, b.paid) if v is not None]
    scale = scale_for(unit, values, lang)
    _, most = bounds([v / scale.divisor for v in values])

    def build(size: Size) -> Specification:
        width, height = size.plot + size.end + AXIS_WIDTH - 10, _ROW * len(bars)
        axis = alt.Axis(title=scale.title(lang), grid=True, domain=False, ticks=False, tickCount=5)
        x = alt.X("value:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=axis)
        y = alt.Y("row:Q", scale=alt.Scale(domain=[0, len(bars)], reverse=True, nice=False), axis=None)
        layers = []
        for at, bar in enumerate(bars):
            words = (wrap(localise(bar.name, lang), width // 7) or [""])[0]
            text = alt.Chart(inline([{"row": at + 0.24}])).mark_text(align="left", color=LIGHT.ink)
            layers.append(encoded(text, x=alt.value(0), y=y, text=alt.value(words)))
            end = 0.0
            for size_, colour in ((bar.before, LIGHT.paid), (bar.bound, LIGHT.first), (bar.untold, LIGHT.unknown)):
                start, end = end, end + size_ / scale.divisor
                if end > start:
                    part = alt.Chart(inline([{"value": start, "end": end, "row": at + 0.46, "below": at + 0.82}]))
                    mark = part.mark_rect(color=colour, fillOpacity=0.75)
                    layers.append(encoded(mark, x=x, x2="end:Q", y=y, y2="below:Q"))
            if bar.paid is not None:
                point = alt.Chart(inline([{"value": bar.paid / scale.divisor, "row": at + 0.64}]))
                mark = point.mark_point(shape="diamond", color=LIGHT.ink, filled=True, size=80, opacity=1)
                layers.append(encoded(mark, x=x, y=y))
        return layered(layers, width, height)

    return build
