"""The signature picture: what is paid, and what would be lost, over time, above the tiers in force.

Panels on one scale: the money paid, in steps, shaded until something new binds the company; the loss on failure against
the limits; smaller, the loss on departure. The two losses are never added: which of them applies depends on what
happens. A loss is positive; where the public side gets back more than it paid, nothing is drawn. Below stands, tier by
tier, in which share of the paths it is in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

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

type Form = Literal["whole", "small", "alone"]
_STRIP = 16
_BOUND = 0.5
_OFF_SCALE = 1.6
_PAID, _DEPARTURE = 0.45, 0.5
"""Heights of the panels of payments and of departure, in heights of the loss on failure."""
_GAP = 8
_SIZES: Mapping[Form, Size] = {"whole": WIDE, "small": SMALL, "alone": replace(SMALL, height=52)}
_WEAK, _STRONG = 0.16, 0.26
"""Opacity of the bands of 90 % and of 50 %."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the axes of money show: their common end, the limits on them, and what lies beyond them.

    Attributes:
        high: End, divided by the scale; they begin at zero.
        shown, above: Limits on the axis, and those so far above the losses that they would flatten the curves.
        deepest: Largest gain, as a negative loss; None where there is none.
    """

    scale: Scale
    high: float
    shown: tuple[Limit, ...]
    above: tuple[Limit, ...]
    deepest: float | None


@dataclass(frozen=True, slots=True)
class SignatureDrawing:
    """The signature picture of an appraisal; see :func:`signature_picture`."""

    exposure: Exposure
    form: Form = "whole"

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return signature_picture(self.exposure, lang, self.form)


def signature_picture(exposure: Exposure, lang: str, form: Form = "whole") -> Picture:
    """Draw the signature picture; ``small`` shows new tiers only, ``alone`` the loss on failure and nothing else."""
    frame = frame_of(exposure, lang)
    tiers = [tier for tier in exposure.tiers if form == "whole" or not tier.baseline]

    def build(size: Size) -> Specification:
        if form == "alone":
            return _loss_panel(exposure, frame, "failure", size, lang, last=True)
        panels = [*_paid_panel(exposure, frame, size, lang)]
        panels += [_loss_panel(exposure, frame, name, size, lang) for name in ("failure", "departure")]
        if tiers:
            panels.append(_tier_panel(tiers, exposure.failure.dates, size, lang))
        return stacked(panels, _GAP)

    alternative = say(
        "chart.signature_alternative",
        lang,
        sentence=localise_text(exposure.sentence, lang),
        failure=_peak(exposure.failure, frame.scale, lang),
        departure=_peak(exposure.departure, frame.scale, lang),
    )
    return picture(alternative, build, _SIZES[form])


def frame_of(exposure: Exposure, lang: str = "en") -> Frame:
    """The common axis of money: all payments, all of the losses, and the limits that are near them."""
    failure, departure = exposure.failure, exposure.departure
    _, high = bounds(failure.p95, departure.p95, [p.cumulative for p in exposure.payments])
    scale = scale_for(exposure.unit, (high,), lang)
    shown = tuple(limit for limit in exposure.limits if limit.value <= _OFF_SCALE * high)
    deepest = min(*failure.p5, *departure.p5)
    return Frame(
        scale,
        bounds([v / scale.divisor for v in (0.0, high, *(limit.value for limit in shown))])[1],
        shown=shown,
        above=tuple(limit for limit in exposure.limits if limit not in shown),
        deepest=deepest if deepest < 0.0 else None,
    )


def unbound_until(exposure: Exposure) -> date:
    """The first day on which a new tier is in force in half of the paths in which any tier still is; else the last."""
    for i, day in enumerate(exposure.failure.dates):
        standing = max((tier.share[i] for tier in exposure.tiers), default=0.0)
        if any(0 < _BOUND * standing <= tier.share[i] for tier in exposure.tiers if not tier.baseline):
            return day
    return exposure.failure.dates[-1]


def _paid_panel(exposure: Exposure, frame: Frame, size: Size, lang: str) -> Iterator[Specification]:
    """Steps of the money paid, shaded where no new tier is its condition, until one is in force; none without money."""
    days = exposure.failure.dates
    first, bound = days[0], unbound_until(exposure)
    payments = sorted((p.due, p.amount) for p in exposure.payments)
    if not payments:
        return
    x, y = time_axis(first, days[-1], show=False), _axis(frame)
    height = round(size.height * _PAID)
    free = sorted((p.due, p.amount) for p in exposure.payments if not p.new_tiers and p.due <= bound)
    layers = []
    if free:
        area = alt.Chart(_steps(free, frame, first, bound)).mark_area(
            color=LIGHT.paid, fillOpacity=0.3, interpolate="step-after"
        )
        layers.append(area.encode(x=x, y=y, y2=alt.Y2(datum=0)))
    edge = alt.Chart(_steps(payments, frame, first, days[-1])).mark_line(
        color=LIGHT.ink, strokeWidth=1.6, interpolate="step-after"
    )
    total = sum(amount for _, amount in payments)
    words = say("chart.paid_in_all", lang, value=_money(total, frame.scale, lang))
    end = [Label(days[-1], total / frame.scale.divisor, words, LIGHT.ink)]
    notes = [say("chart.money", lang, unit=frame.scale.title(lang))] + ([say("chart.paid", lang)] if free else [])
    layers += [edge.encode(x=x, y=y), zero_line(y), _words(notes, size)]
    yield layered([*layers, *end_labels(end, 0.0, frame.high, replace(size, height=height), x, y)], size.plot, height)


def _steps(payments: Sequence[tuple[date, float]], frame: Frame, first: date, last: date) -> alt.InlineData:
    total, rows = 0.0, [{"when": instant(first), "value": 0.0}]
    for due, amount in payments:
        total += amount / frame.scale.divisor
        rows.append({"when": instant(min(max(due, first), last)), "value": total})
    return inline([*rows, {"when": instant(last), "value": total}])


def _loss_panel(
    exposure: Exposure, frame: Frame, name: str, size: Size, lang: str, *, last: bool = False
) -> Specification:
    """One loss: its median, bands of 50 % and 90 %, and on failure the limits; the last one has the years below it."""
    on_failure = name == "failure"
    fan = exposure.failure if on_failure else exposure.departure
    colour, dash = (LIGHT.failure, ()) if on_failure else (LIGHT.departure, (6, 3))
    height = size.height if on_failure else round(size.height * _DEPARTURE)
    x, y = time_axis(fan.dates[0], fan.dates[-1], show=last or not on_failure), _axis(frame)
    low90, low50, median, high50, high90 = (
        [max(v, 0.0) / frame.scale.divisor for v in s] for s in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95)
    )
    layers = [
        band(fan.dates, low90, high90, colour, _WEAK, x, y),
        band(fan.dates, low50, high50, colour, _STRONG, x, y),
    ]
    layers += [line(fan.dates, median, colour, x, y, dash), zero_line(y)]
    labels = [Label(fan.dates[-1], median[-1], say("chart.median", lang), colour)]
    notes = [say("chart.banded", lang, what=say(f"chart.{name}", lang), unit=frame.scale.title(lang))]
    if on_failure:
        layers += [_limit(limit, frame.scale, y) for limit in frame.shown]
        labels += [
            Label(fan.dates[-1], v.value / frame.scale.divisor, _limit_words(v, frame, lang), LIGHT.ink)
            for v in frame.shown
        ]
        notes += [
            say("chart.above", lang, limit=localise_text(v.label, lang), value=_money(v.value, frame.scale, lang))
            for v in frame.above
        ]
        if frame.deepest is not None and not last:
            notes.append(say("chart.below", lang, value=_money(-frame.deepest, frame.scale, lang)))
    layers.append(_words(notes, size))
    layers += end_labels(labels, 0.0, frame.high, replace(size, height=height), x, y)
    return layered(layers, size.plot, height)


def _axis(frame: Frame) -> alt.Y:
    return value_axis("", 0.0, frame.high)


def _limit_words(limit: Limit, frame: Frame, lang: str) -> str:
    value = _money(limit.value, frame.scale, lang)
    return say("chart.limit", lang, limit=localise_text(limit.label, lang), value=value)


def _limit(limit: Limit, scale: Scale, y: alt.Y) -> alt.Chart:
    data = inline([{"value": limit.value / scale.divisor}])
    return encoded(alt.Chart(data).mark_rule(color=LIGHT.ink, strokeWidth=1, strokeDash=[2, 3]), y=y)


def _words(notes: Sequence[str], size: Size) -> alt.Chart:
    """Words above a plot."""
    lines = [part for note in notes for part in wrap(note, size.columns)]
    return words_at(lines, 4 - AXIS_WIDTH, -8 - LINE_HEIGHT * len(lines), LIGHT.ink)


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
