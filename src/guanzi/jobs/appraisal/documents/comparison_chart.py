"""Public money and what of it can be lost, playbook by playbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.base.core import wrap
from guanzi.render import (
    AXIS_WIDTH,
    LIGHT,
    LINE_HEIGHT,
    NARROW,
    Picture,
    Size,
    Specification,
    Words,
    encoded,
    inline,
    layered,
    localise,
    picture,
    scale_for,
    words_at,
)

_BAR = 15
_LOSS = 7


@dataclass(frozen=True, slots=True)
class DealBar:
    """One deal: its name, all its public money, and what of it is lost on average."""

    name: Words
    money: float
    loss: float | None


@dataclass(frozen=True, slots=True)
class ComparisonDrawing:
    """A pale bar for all public money of each deal, within it a full one for what can be lost."""

    finding: Words
    unit: str
    bars: tuple[DealBar, ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return picture(localise(self.finding, lang), _specified(self.unit, self.bars, lang))


def _specified(unit: str, bars: Sequence[DealBar], lang: str) -> Callable[[Size], Specification]:
    scale = scale_for(unit, [bar.money for bar in bars], lang)
    most = max(max(bar.money, bar.loss or 0.0) for bar in bars) / scale.divisor
    axis = alt.Axis(title=scale.title(lang), tickCount=5, grid=True)
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, most * 1.02], nice=False), axis=axis)

    def build(size: Size) -> Specification:
        beside = size is not NARROW
        width = size.plot + AXIS_WIDTH if beside else size.plot + size.end
        places, top = [], 6.0
        for bar in bars:
            lines = wrap(localise(bar.name, lang), size.wrap if beside else size.columns)
            height = len(lines) * LINE_HEIGHT
            middle = top + (max(height, _BAR) / 2 if beside else height + _BAR / 2 + 2)
            places.append((bar, lines, middle - height / 2 if beside else top, middle))
            top = middle + (max(height, _BAR) / 2 if beside else _BAR / 2) + 10
        y = alt.Y("y:Q", scale=alt.Scale(domain=[top, 0], nice=False, zero=False), axis=None)
        layers: list[alt.Chart] = []
        for bar, lines, start, middle in places:
            layers += _bar(bar, scale.divisor, middle, x, y)
            layers.append(words_at(lines, width + 12 if beside else 0, start, LIGHT.ink))
        return layered(layers, width, top)

    return build


def _bar(bar: DealBar, divisor: float, middle: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    money = alt.Chart(inline([{"value": bar.money / divisor, "zero": 0, "y": middle}]))
    layers = [
        encoded(money.mark_rule(color=LIGHT.paid, strokeWidth=_BAR, opacity=0.45), x=x, x2="zero:Q", y=y),
    ]
    if bar.loss is not None:
        loss = alt.Chart(inline([{"value": bar.loss / divisor, "zero": 0, "y": middle}]))
        layers.append(encoded(loss.mark_rule(color=LIGHT.failure, strokeWidth=_LOSS), x=x, x2="zero:Q", y=y))
    return layers
