"""Sensitivity: how far each assumption alone moves the result, from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.advice.appraisal import SensitivityData
from guanzi.jobs.shared.documents.tornado import MOST, TornadoBar, tornado_picture
from guanzi.jobs.shared.documents.words import localise_text, say
from guanzi.render import Picture, bounds


def bars(sensitivity: SensitivityData, lang: str) -> Sequence[TornadoBar]:
    """The longest bars, the longest first, in percent; chance has no low and high, and is left out."""
    ends = [(s.label, s.at_low, s.at_high) for s in sensitivity.swings]
    held = [(label, low * 100, high * 100) for label, low, high in ends if low is not None and high is not None]
    held.sort(key=lambda bar: -abs(bar[2] - bar[1]))
    return [TornadoBar(localise_text(label, lang), low, high) for label, low, high in held[:MOST]]


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
    alternative = say("chart.sensitivity_alternative", lang, sentence=localise_text(sensitivity.sentence, lang))
    return tornado_picture(rows, mean, x, high, alternative)
