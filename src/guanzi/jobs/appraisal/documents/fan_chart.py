"""Fans: what could happen to a quantity of the company, drawn beside what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import altair as alt

from guanzi.advice.appraisal import Fan
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import localise_text, message, of_text, say
from guanzi.render import (
    LIGHT,
    Label,
    Measurement,
    Picture,
    Scale,
    Size,
    Specification,
    band,
    bounds,
    day_line,
    end_labels,
    inline,
    instant,
    layered,
    line,
    outcome_points,
    picture,
    scale_for,
    time_axis,
    value_axis,
    zero_line,
)

NOTHING: Mapping[date, float] = MappingProxyType({})
"""No outcome is revealed."""


@dataclass(frozen=True, slots=True)
class FanDrawing:
    """A fan, with what happened on some of its days."""

    fan: Fan
    as_of: date
    happened: Mapping[date, float] = NOTHING

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return fan_picture(self.fan, self.as_of, lang, self.happened)


def fan_picture(fan: Fan, as_of: date, lang: str, happened: Mapping[date, float] = NOTHING) -> Picture:
    """A fan: 50 % and 90 % bands around the median, what was observed before, and the line of the as-of date.

    What ``happened`` on days of the fan is drawn over it.
    """
    seen = {day: value for day, value in happened.items() if day in fan.dates}
    observed = [*(o.value for o in fan.observed), *seen.values()]
    scale = scale_for(fan.unit, bounds(fan.p5, fan.p95, observed), lang)
    low, high = bounds([v / scale.divisor for v in (*fan.p5, *fan.p95, *observed)])
    points: list[dict[str, object]] = [
        {"when": instant(day), "value": value / scale.divisor} for day, value in seen.items()
    ]
    first = min([fan.dates[0], as_of, *(o.date for o in fan.observed)])

    def build(size: Size) -> Specification:
        x = time_axis(first, fan.dates[-1])
        y = value_axis(scale.title(lang), low, high)
        p5, p25, p50, p75, p95 = ([v / scale.divisor for v in s] for s in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95))
        end = fan.dates[-1]
        labels = [
            Label(end, p95[-1], say("chart.band90", lang), LIGHT.first),
            Label(end, p75[-1], say("chart.band50", lang), LIGHT.first),
            Label(end, p50[-1], say("chart.median", lang), LIGHT.first),
        ]
        layers = [
            band(fan.dates, p5, p95, LIGHT.first, 0.16, x, y),
            band(fan.dates, p25, p75, LIGHT.first, 0.3, x, y),
            zero_line(y),
            line(fan.dates, p50, LIGHT.first, x, y),
            *_observations(fan, scale, x, y),
            *outcome_points(points, x, y),
            *day_line(as_of, say("chart.as_of", lang, day=as_of.isoformat()), size, x),
            *end_labels(labels, low, high, size, x, y),
        ]
        return layered(layers, size.plot, size.height)

    alternative = say("chart.fan_alternative", lang, label=localise_text(fan.label, lang), sentence=fan_sentence(fan))
    return picture(alternative, build)


_ALL = 0.995
"""From this share of the paths on they are all, as a page writes it."""


def fan_sentence(fan: Fan) -> Message:
    """What to see in a fan: where the last day lies, and of how many paths the bands are."""
    median = fan.p50[-1]
    sentence = message(
        "chart.fan_sentence",
        label=of_text(fan.label),
        day=fan.dates[-1].isoformat(),
        median=Measurement(median, fan.unit),
        half=Measurement(median, fan.unit, fan.p25[-1], fan.p75[-1], bounds=True),
        nine=Measurement(median, fan.unit, fan.p5[-1], fan.p95[-1], bounds=True),
    )
    if fan.counted and fan.counted[-1] < _ALL:
        sentence = message("chart.fan_of_some", sentence=sentence, counted=fan.counted[-1], gone=1.0 - fan.counted[-1])
    return sentence if fan.ends is None else message("parts_said", parts=(sentence, of_text(fan.ends)))


def _observations(fan: Fan, scale: Scale, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    if not fan.observed:
        return []
    rows: list[dict[str, object]] = [
        {"when": instant(o.date), "value": o.value / scale.divisor} for o in sorted(fan.observed, key=lambda o: o.date)
    ]
    base = alt.Chart(inline(rows)).encode(x=x, y=y)
    return [
        base.mark_line(color=LIGHT.ink, strokeWidth=1.2),
        base.mark_point(color=LIGHT.ink, filled=True, size=26, opacity=1),
    ]
