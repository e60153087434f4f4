"""All cases of a backtest in one strip: what was forecast, what came, and what was advised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Measurement, Words, drawn_picture, localise, localise_quantity, number

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

_ROW, _WIDE, _FOOT = 16.0, 500.0, 20.0


@dataclass(frozen=True, slots=True)
class StripCase:
    """A case: its forecast with the interval, what came (1, 0.5 or 0; None: not scored), and the advice in words."""

    name: Words
    probability: float
    interval: tuple[float, float]
    success: float | None
    came: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class StripDrawing:
    """A row for each case, the likeliest first: forecast as a dot with its interval, what came as a diamond."""

    finding: Words
    cases: tuple[StripCase, ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self.cases, width, lang), localise(self.finding, lang))


def _drawn(cases: tuple[StripCase, ...], width: float, lang: str) -> str:
    canvas, wide = Canvas(width), width > _WIDE
    left, right = (255.0, width - 270.0) if wide else (0.0, width - 20.0)
    row, y = (_ROW, 24.0) if wide else (_ROW * 2, 24.0)
    canvas.text(left, 12, say("backtest.strip.axis", lang), LIGHT.muted)
    if wide:
        canvas.text(right + 12, 12, say("backtest.strip.advised", lang), LIGHT.muted)
    top = y - 4
    for case in cases:
        canvas.text(0, y + 11, localise(case.name, lang), room=left - 12 if wide else width)
        at = y + 7 + (0 if wide else _ROW)
        low, middle, high = (left + (right - left) * v for v in (case.interval[0], case.probability, case.interval[1]))
        canvas.line(low, at, high, at, LIGHT.second, 2)
        told = Measurement(case.probability, "ratio", *case.interval)
        canvas.dot(middle, at, 4, LIGHT.second, localise_quantity(told, lang))
        if case.success is not None:
            canvas.diamond(left + (right - left) * case.success, at, 5, LIGHT.outcome)
        if wide:
            words = say("backtest.strip.told", lang, advice=case.advice, came=case.came)
            canvas.text(right + 12, y + 11, words, LIGHT.muted, room=width - right - 12)
        y += row
    for value in (0.0, 0.5, 1.0):
        x = left + (right - left) * value
        canvas.line(x, top, x, y + 2, LIGHT.rule, 0.6)
        anchor = "middle" if wide or 0.0 < value < 1.0 else "end" if value else "start"
        canvas.text(x, y + 14, say("unit.percent", lang, number=number(100 * value, 0)), LIGHT.muted, anchor=anchor)
    return canvas.svg()
