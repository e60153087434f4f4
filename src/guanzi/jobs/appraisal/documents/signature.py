"""The signature picture: loss on failure and loss on departure over time, beside the tiers in force.

Two losses that are never added: which of them applies depends on what happens. Money paid before any new binding is
shaded, budget and limits are lines, and below them stands, tier by tier, in which share of the paths it is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from guanzi.advice.appraisal import Exposure, Fan, Limit, TierCurve
from guanzi.base.core import wrap
from guanzi.jobs.shared.documents.words import localise_text, say
from guanzi.render import (
    AXIS_WIDTH,
    LIGHT,
    LINE_HEIGHT,
    NARROW,
    SMALL,
    WIDE,
    Label,
    Picture,
    Scale,
    Size,
    Specification,
    band,
    bounds,
    decimals,
    encoded,
    end_labels,
    inline,
    instant,
    layered,
    line,
    number,
    picture,
    scale_for,
    stacked,
    time_axis,
    value_axis,
    words_at,
    zero_line,
)

_STRIP = 16
_BOUND = 0.5
_OFF_SCALE = 1.6
_GAINS = 0.5


@dataclass(frozen=True, slots=True)
class Frame:
    """What the axis of money shows: its ends, the limits on it, and what lies beyond it.

    Attributes:
        low, high: Ends, divided by the scale.
        shown, above: Limits on the axis, and those so far above the losses that they would flatten the curves.
        deepest: Largest gain, as a negative loss, where it lies below the axis; else None.
    """

    scale: Scale
    low: float
    high: float
    shown: tuple[Limit, ...]
    above: tuple[Limit, ...]
    deepest: float | None


@dataclass(frozen=True, slots=True)
class SignatureDrawing:
    """The signature picture of an appraisal; the small one shows new tiers only."""

    exposure: Exposure
    small: bool = False

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return signature_picture(self.exposure, lang, small=self.small)


def signature_picture(exposure: Exposure, lang: str, *, small: bool = False) -> Picture:
    """Draw the signature picture; the small one, for a page of summary, shows new tiers only."""
    frame = frame_of(exposure, lang)
    tiers = [tier for tier in exposure.tiers if not (small and tier.baseline)]

    def build(size: Size) -> Specification:
        above = _money_panel(exposure, frame, size, lang)
        if not tiers:
            return above
        return stacked([above, _tier_panel(tiers, exposure.failure.dates, size, lang)], 14)

    alternative = say(
        "chart.signature_alternative",
        lang,
        sentence=localise_text(exposure.sentence, lang),
        failure=_peak(exposure.failure, frame.scale, lang),
        departure=_peak(exposure.departure, frame.scale, lang),
    )
    return picture(alternative, build, SMALL if small else WIDE)


def frame_of(exposure: Exposure, lang: str = "en") -> Frame:
    """The axis of money: all of the losses, and of the gains no more than half as much."""
    failure, departure = exposure.failure, exposure.departure
    paid = [p.cumulative for p in exposure.payments]
    low, high = bounds(failure.p5, failure.p95, departure.p5, departure.p95, paid)
    scale = scale_for(exposure.unit, (high,), lang)
    shown = tuple(limit for limit in exposure.limits if limit.value <= _OFF_SCALE * high)
    floor = max(low, -_GAINS * high)
    deepest = min(*failure.p5, *departure.p5)
    ends = bounds([v / scale.divisor for v in (floor, high, *(limit.value for limit in shown))])
    return Frame(
        scale,
        *ends,
        shown=shown,
        above=tuple(limit for limit in exposure.limits if limit not in shown),
        deepest=deepest if deepest / scale.divisor < ends[0] else None,
    )


def unbound_until(exposure: Exposure) -> date:
    """The first day on which a new tier is in force in half of the paths in which any tier still is; else the last."""
    for i, day in enumerate(exposure.failure.dates):
        standing = max((tier.share[i] for tier in exposure.tiers), default=0.0)
        if any(0 < _BOUND * standing <= tier.share[i] for tier in exposure.tiers if not tier.baseline):
            return day
    return exposure.failure.dates[-1]


def _money_panel(exposure: Exposure, frame: Frame, size: Size, lang: str) -> Specification:
    scale = frame.scale
    failure, departure = exposure.failure, exposure.departure
    x = time_axis(failure.dates[0], failure.dates[-1])
    y = value_axis(scale.title(lang), frame.low, frame.high)
    labels = [
        Label(fan.dates[-1], max(fan.p50[-1] / scale.divisor, frame.low), say(f"chart.{name}", lang), colour)
        for fan, name, colour in ((failure, "failure", LIGHT.failure), (departure, "departure", LIGHT.departure))
    ]
    labels += [
        Label(
            failure.dates[-1],
            limit.value / scale.divisor,
            say("chart.limit", lang, limit=localise_text(limit.label, lang), value=_money(limit.value, scale, lang)),
            LIGHT.ink,
        )
        for limit in frame.shown
    ]
    layers: list[alt.Chart] = [*_paid(exposure, scale, x, y)]
    for fan, colour, dash in ((departure, LIGHT.departure, (6, 3)), (failure, LIGHT.failure, ())):
        low90, median, high90 = ([v / scale.divisor for v in s] for s in (fan.p5, fan.p50, fan.p95))
        held = [max(v, frame.low) for v in low90], [max(v, frame.low) for v in high90]
        layers.append(band(fan.dates, *held, colour, 0.18, x, y))
        seen = [(d, v) for d, v in zip(fan.dates, median, strict=True) if v >= frame.low]
        layers.append(line([d for d, _ in seen], [v for _, v in seen], colour, x, y, dash))
    layers.append(zero_line(y))
    layers.extend(_limit(limit, scale, y) for limit in frame.shown)
    layers.append(_notes(exposure, frame, size, lang))
    layers.extend(end_labels(labels, frame.low, frame.high, size, x, y))
    return layered(layers, size.plot, size.height)


def _paid(exposure: Exposure, scale: Scale, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Steps of the money paid without a new tier as its condition, shaded until a new tier is in force."""
    first, last = exposure.failure.dates[0], unbound_until(exposure)
    total, rows = 0.0, [{"when": instant(first), "value": 0.0}]
    for payment in sorted(exposure.payments, key=lambda p: p.due):
        if not payment.new_tiers and payment.due <= last:
            total += payment.amount / scale.divisor
            rows.append({"when": instant(max(payment.due, first)), "value": total})
    if not total:
        return []
    data = inline([*rows, {"when": instant(last), "value": total}])
    area = alt.Chart(data).mark_area(color=LIGHT.paid, fillOpacity=0.22, interpolate="step-after")
    edge = alt.Chart(data).mark_line(color=LIGHT.paid, strokeWidth=1.2, interpolate="step-after")
    return [area.encode(x=x, y=y, y2=alt.Y2(datum=0)), edge.encode(x=x, y=y)]


def _limit(limit: Limit, scale: Scale, y: alt.Y) -> alt.Chart:
    data = inline([{"value": limit.value / scale.divisor}])
    return encoded(alt.Chart(data).mark_rule(color=LIGHT.ink, strokeWidth=1, strokeDash=[2, 3]), y=y)


def _notes(exposure: Exposure, frame: Frame, size: Size, lang: str) -> alt.Chart:
    """Words above the plot: what is shaded, and what lies beyond the axis."""
    notes = [say("chart.paid", lang)] if any(not p.new_tiers for p in exposure.payments) else []
    notes += [
        say("chart.above", lang, limit=localise_text(limit.label, lang), value=_money(limit.value, frame.scale, lang))
        for limit in frame.above
    ]
    if frame.deepest is not None:
        notes.append(say("chart.below", lang, value=_money(-frame.deepest, frame.scale, lang)))
    lines = [part for note in notes for part in wrap(note, size.columns)]
    return words_at(lines, 4 - AXIS_WIDTH, -26 - LINE_HEIGHT * len(lines), LIGHT.ink)


def _money(value: float, scale: Scale, lang: str) -> str:
    shown = value / scale.divisor
    return scale.label(number(shown, decimals([shown], scale), scale.digits), lang)


def _peak(fan: Fan, scale: Scale, lang: str) -> str:
    i = max(range(len(fan.p50)), key=lambda j: fan.p50[j])
    return say("chart.peak", lang, value=_money(fan.p50[i], scale, lang), day=fan.dates[i].isoformat())


def _tier_panel(tiers: Sequence[TierCurve], dates: Sequence[date], size: Size, lang: str) -> Specification:
    """One strip per tier, its height the share of the paths in which it is in force.

    Its name stands to the right of it, with the share at the end; on a narrow drawing above it.
    """
    x = time_axis(dates[0], dates[-1], show=False)
    title = wrap(say("chart.tiers", lang), size.columns)
    beside = size is not NARROW
    top = float(len(title) * LINE_HEIGHT + 6)
    strips = []
    for tier in tiers:
        lines = wrap(_tier_words(tier, lang), size.wrap if beside else size.columns)
        height = len(lines) * LINE_HEIGHT
        base = max(top + _STRIP, top + height) if beside else top + height + 3 + _STRIP
        strips.append((tier, lines, top, base))
        top = base + (6 if beside else 8)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[top, 0], nice=False, zero=False), axis=None)
    layers = [words_at(title, 0, 0, LIGHT.muted)]
    for tier, lines, start, base in strips:
        rows: list[dict[str, object]] = [
            {"when": instant(d), "value": base - _STRIP * share, "base": base}
            for d, share in zip(dates, tier.share, strict=True)
        ]
        colour = LIGHT.muted if tier.baseline else LIGHT.second
        strip = alt.Chart(inline(rows)).mark_area(color=colour, fillOpacity=0.55, interpolate="step-after")
        layers += [
            encoded(alt.Chart(inline([{"value": base}])).mark_rule(color=LIGHT.rule), y=y),
            encoded(strip, x=x, y=y, y2="base:Q"),
            words_at(lines, size.plot + 6 if beside else 0, start, LIGHT.ink),
        ]
    return layered(layers, size.plot, top)


def _tier_words(tier: TierCurve, lang: str) -> str:
    share = say("unit.percent", lang, number=number(tier.share[-1] * 100, 0))
    return say(
        "chart.tier_baseline" if tier.baseline else "chart.tier_new",
        lang,
        tier=localise_text(tier.label, lang),
        share=share,
    )
