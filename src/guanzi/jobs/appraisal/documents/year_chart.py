"""Sums by calendar year: what was predicted for each year, and what happened in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import altair as alt

from guanzi.advice.appraisal import Fan
from guanzi.jobs.shared.documents.words import localise_text, say
from guanzi.render import (
    CHARACTER,
    LIGHT,
    Picture,
    Size,
    Specification,
    Words,
    bounds,
    decimals,
    inline,
    layered,
    number,
    outcome_points,
    picture,
    scale_for,
    value_axis,
    zero_line,
)
from guanzi.render import localise as told

_GAP = 0.3  # between two years, as a part of their distance
_BAR = 0.6  # width of a bar, as a part of what remains


@dataclass(frozen=True, slots=True)
class YearDrawing:
    """Sums by year with what happened."""

    fan: Fan
    happened: Mapping[date, float]
    sentence: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return year_picture(self.fan, self.happened, told(self.sentence, lang), lang)


def year_picture(fan: Fan, happened: Mapping[date, float], sentence: str, lang: str) -> Picture:
    """A bar for each year: nine of ten paths, within it half of them and the median; a diamond is what happened."""
    seen = {day: value for day, value in happened.items() if day in fan.dates}
    scale = scale_for(fan.unit, [*fan.p5, *fan.p95, *seen.values()], lang)
    quantiles = ([v / scale.divisor for v in s] for s in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95))
    rows: list[dict[str, object]] = [
        {"year": str(day.year), "p5": p5, "p25": p25, "value": p50, "p75": p75, "p95": p95}
        for day, p5, p25, p50, p75, p95 in zip(fan.dates, *quantiles, strict=True)
    ]
    values = [v / scale.divisor for v in seen.values()]
    places = decimals(values, scale)
    points: list[dict[str, object]] = [
        {"year": str(day.year), "value": v, "words": number(v, places)} for day, v in zip(seen, values, strict=True)
    ]
    low, high = bounds([v / scale.divisor for v in (*fan.p5, *fan.p95)], [v * 1.06 for v in values])

    def build(size: Size) -> Specification:
        axis = alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=7, labelOverlap=True, domain=False)
        x = alt.X("year:O", axis=axis, scale=alt.Scale(paddingInner=_GAP, paddingOuter=0.2))
        y = value_axis(scale.title(lang), low, high)
        base = alt.Chart(inline(rows)).encode(x=x)
        width = (size.plot + size.end) / len(rows)
        bar = alt.RelativeBandSize(band=_BAR)
        marks = [
            base.mark_bar(color=LIGHT.first, fillOpacity=0.22, width=bar).encode(y=alt.Y("p5:Q"), y2="p95:Q"),
            base.mark_bar(color=LIGHT.first, fillOpacity=0.45, width=bar).encode(y=alt.Y("p25:Q"), y2="p75:Q"),
            base.mark_tick(color=LIGHT.first, thickness=2.5, size=_BAR * width * (1 - _GAP)).encode(y=y),
            *outcome_points(points, x, y),
        ]
        if points and width > CHARACTER * max(len(str(row["words"])) for row in points):
            happenings = alt.Chart(inline(points)).mark_text(color=LIGHT.outcome, dy=-12, fontWeight="bold")
            marks.append(happenings.encode(x=x, y=y, text=alt.Text("words:N")))
        return layered([*marks, zero_line(y)], size.plot + size.end, size.height - 50)

    return picture(say("chart.year_alternative", lang, label=localise_text(fan.label, lang), sentence=sentence), build)
