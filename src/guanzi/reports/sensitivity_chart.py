"""Sensitivity: how far each assumption alone moves the result, from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.advice.appraisal import SensitivityData, Text
from guanzi.render import Picture, bounds
from guanzi.reports.tornado import MOST, TornadoBar, tornado_picture
from guanzi.reports.words import say, tell


def leading(sensitivity: SensitivityData) -> Text | None:
    """The assumption that moves the result most; None where none moves it."""
    return next((s.label for s in sensitivity.swings if s.at_low is not None and s.at_high is not None), None)


def bars(sensitivity: SensitivityData, lang: str) -> Sequence[TornadoBar]:
    """The assumptions that move the result most, in percent; chance has no low and high, and is left out."""
    return [
        TornadoBar(tell(s.label, lang), s.at_low * 100, s.at_high * 100)
        for s in sensitivity.swings
        if s.at_low is not None and s.at_high is not None
    ][:MOST]


@dataclass(frozen=True, slots=True)
class SensitivityDrawing:
    """The bars of the assumptions."""

    sensitivity: SensitivityData

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return sensitivity_picture(self.sensitivity, lang)


def sensitivity_picture(sensitivity: SensitivityData, lang: str) -> Picture:
    """The bars of the assumptions; the thin line is the mean."""
    rows = bars(sensitivity, lang)
    mean = sensitivity.mean * 100
    ends = (end for row in rows for end in (row.at_low, row.at_high) if end is not None)
    low, high = bounds([mean, *ends])
    axis = alt.Axis(title=say("axis.percent", lang), tickCount=5, grid=False)
    x = alt.X("value:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    alternative = say("chart.sensitivity_alternative", lang, sentence=tell(sensitivity.sentence, lang))
    return tornado_picture(rows, mean, x, high, alternative)
