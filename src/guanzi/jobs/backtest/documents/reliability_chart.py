"""Reliability: what was forecast against what came, with every bet shown, so that nobody takes few points for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from guanzi.jobs.shared.documents.words import say
from guanzi.render import (
    LIGHT,
    Picture,
    Size,
    Specification,
    Words,
    encoded,
    inline,
    layered,
    localise,
    picture,
    value_axis,
)
from guanzi.study.forecasting import Bin

JEFFREYS = 0.5
SIDE = 300


def band_of(held: Bin) -> tuple[float, float]:
    """90 % interval of the share of successes in a bin (Beta posterior with Jeffreys' prior)."""
    from scipy.stats import beta

    a, b = held.successes + JEFFREYS, held.n - held.successes + JEFFREYS
    return float(beta.ppf(0.05, a, b)), float(beta.ppf(0.95, a, b))


@dataclass(frozen=True, slots=True)
class ReliabilityDrawing:
    """Bins as dots with their interval, the diagonal of a forecast that keeps its word, and each bet as a diamond.

    Attributes:
        finding: What the chart shows.
        bins: Bins of the forecasts.
        bets: Probability and success of each bet.
    """

    finding: Words
    bins: tuple[Bin, ...]
    bets: tuple[tuple[float, float], ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return picture(localise(self.finding, lang), _specified(self.bins, self.bets, lang))


def _specified(bins: Sequence[Bin], bets: Sequence[tuple[float, float]], lang: str) -> Callable[[Size], Specification]:
    ticks = alt.Axis(title=say("backtest.axis.forecast", lang), values=[0, 25, 50, 75, 100], grid=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=ticks)
    y = value_axis(say("backtest.axis.observed", lang), 0.0, 100.0)

    def build(size: Size) -> Specification:
        side = min(SIDE, size.plot + size.end - 10)
        diagonal = alt.Chart(inline([{"x": 0, "value": 0}, {"x": 100, "value": 100}]))
        layers = [encoded(diagonal.mark_line(color=LIGHT.muted, strokeWidth=1, strokeDash=[3, 3]), x=x, y=y)]
        points: list[dict[str, object]] = [{"x": p * 100, "value": s * 100} for p, s in bets]
        diamond = alt.Chart(inline(points)).mark_point(
            shape="diamond", stroke=LIGHT.outcome, fill="transparent", strokeWidth=1.2, size=60, opacity=1
        )
        layers.append(encoded(diamond, x=x, y=y))
        for held in bins:
            low, high = band_of(held)
            row: dict[str, object] = {"x": held.mean * 100, "value": low * 100, "upper": high * 100}
            line = alt.Chart(inline([row])).mark_rule(color=LIGHT.accent, strokeWidth=3, opacity=0.45)
            layers.append(encoded(line, x=x, y=y, y2="upper:Q"))
            at = inline([{"x": held.mean * 100, "value": held.successes / held.n * 100}])
            dot = alt.Chart(at).mark_point(color=LIGHT.accent, filled=True, size=80, opacity=1)
            layers.append(encoded(dot, x=x, y=y))
            words = alt.Chart(at).mark_text(
                align="left", baseline="middle", dx=8, color=LIGHT.accent, fontWeight="bold"
            )
            layers.append(encoded(words, x=x, y=y, text=alt.value(say("backtest.bin", lang, n=held.n))))
        return layered(layers, side, side)

    return build
