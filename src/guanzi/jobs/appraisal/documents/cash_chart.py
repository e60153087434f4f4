"""Cash calls: what the public side pays in which year, against its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.advice.appraisal import Year, outlying
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import message, say
from guanzi.render import (
    CHARACTER,
    LIGHT,
    Measurement,
    Picture,
    Size,
    Specification,
    bounds,
    inline,
    layered,
    picture,
    scale_for,
    value_axis,
    zero_line,
)


@dataclass(frozen=True, slots=True)
class CashDrawing:
    """Cash calls by year; ``why`` no share of a budget can be told, where none can."""

    years: tuple[Year, ...]
    unit: str
    why: Message | None

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return cash_call_picture(self.years, self.unit, lang, self.why)


def cash_call_picture(years: Sequence[Year], unit: str, lang: str, why: Message | None = None) -> Picture:
    """Cash calls by year: planned as bars, expected with its 90 % interval as a point on a line.

    Above each year stands the share of the budget revenue that the upper end of the interval takes.
    """
    scale = scale_for(unit, [v for y in years for v in (y.planned, y.mean, y.low, y.high)], lang)
    rows: list[dict[str, object]] = [
        {
            "year": str(y.year),
            "planned": y.planned / scale.divisor,
            "value": y.mean / scale.divisor,
            "low": y.low / scale.divisor,
            "upper": y.high / scale.divisor,
            "top": max(y.planned, y.high) / scale.divisor,
            "share": "" if not y.share_of_budget else say("table.share", lang, share=y.share_of_budget),
        }
        for y in years
    ]
    peak = max(max(y.planned, y.mean, y.high) for y in years) / scale.divisor
    low, high = bounds([y.low / scale.divisor for y in years], [peak * 1.08])

    def build(size: Size) -> Specification:
        axis = alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=7, labelOverlap=True)
        x = alt.X("year:O", axis=axis, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
        y = value_axis(scale.title(lang), low, high)
        base = alt.Chart(inline(rows)).encode(x=x)
        marks = [
            base.mark_bar(color=LIGHT.paid, fillOpacity=0.45).encode(y=alt.Y("planned:Q"), y2=alt.Y2(datum=0)),
            base.mark_rule(color=LIGHT.departure, strokeWidth=2).encode(y=alt.Y("low:Q"), y2=alt.Y2("upper:Q")),
            base.mark_point(color=LIGHT.departure, filled=True, size=45, opacity=1).encode(y=y),
        ]
        if (size.plot + size.end) / len(rows) > CHARACTER * max(len(str(row["share"])) for row in rows):
            marks.append(base.mark_text(color=LIGHT.ink, dy=-8).encode(y=alt.Y("top:Q"), text=alt.Text("share:N")))
        return layered([*marks, zero_line(y)], size.plot + size.end, size.height - 50)

    return picture(say("chart.cash_alternative", lang, sentence=cash_sentence(years, unit, why)), build)


def cash_sentence(years: Sequence[Year], unit: str, why: Message | None = None) -> Message:
    """What to see in the cash calls: the heaviest year with its share of the budget, or why there is none."""
    worst = max(years, key=lambda y: y.mean)
    expected = Measurement(worst.mean, unit, worst.low, worst.high)
    told = message("chart.cash_sentence", year=str(worst.year), expected=expected, share=worst.share_of_budget)
    if worst.share_of_budget is None and why is not None:
        told = message("chart.cash_sentence_no_budget", year=str(worst.year), expected=expected, why=why)
    outside = outlying(worst.mean, worst.low, worst.high)
    return told if outside is None else message("parts_said", parts=(told, outside))
