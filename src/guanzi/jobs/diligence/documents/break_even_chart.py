"""Break-even: how likely it is reached by a volume, as a band between the ends of what is disputed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt

from guanzi.advice.appraisal import UnitCostData
from guanzi.jobs.shared.documents.tornado import TornadoBar, tornado_picture
from guanzi.jobs.shared.documents.words import localise_text, message, of_text, say
from guanzi.render import (
    LIGHT,
    NARROW,
    Cell,
    Column,
    Picture,
    Row,
    Scale,
    Size,
    Specification,
    Table,
    Words,
    bounds,
    encoded,
    inline,
    layered,
    picture,
    scale_for,
)

_ROOM = 1.6
"""The axis reaches so many times beyond the lowest and the highest volume that is drawn."""
_TORNADO_HEIGHT = 1.1
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def break_even_picture(cost: UnitCostData, lang: str) -> Picture:
    """Probability over volume, logarithmic: the band, the curve with even weight, and the volume that is there.

    A curve that does not reach the top of the picture belongs to volumes that never break even.
    """
    first, last = _ends(cost)
    title = scale_for(cost.unit, [last], lang).title(lang)

    def build(size: Size) -> Specification:
        scale = alt.Scale(type="log", domain=[first, last], nice=False)
        x = alt.X("value:Q", scale=scale, axis=alt.Axis(title=title, grid=False, tickCount=5, format="~s"))
        y = alt.Y(
            "level:Q",
            scale=alt.Scale(domain=[0, 100], nice=False),
            axis=alt.Axis(title=say("axis.percent", lang), tickCount=5, domain=False, ticks=False),
        )
        rows: list[dict[str, object]] = [
            {"level": 100 * level, "value": low, "upper": last if high is None else min(high, last)}
            for level, low, high in zip(cost.levels, cost.low, cost.high, strict=True)
            if low is not None and low <= last
        ]
        band = alt.Chart(inline(rows)).mark_area(color=LIGHT.first, fillOpacity=0.18, orient="horizontal")
        layers = [
            encoded(band, x=x, x2="upper:Q", y=y),
            encoded(_curve(cost, last).mark_line(color=LIGHT.first, strokeWidth=2), x=x, y=y, order="level:Q"),
            *_now(cost, size, x, lang),
        ]
        return layered(layers, size.plot + (0 if size is NARROW else size.end), size.height)

    alternative = say("chart.break_even_alternative", lang, sentence=localise_text(cost.sentence, lang))
    return picture(alternative, build)


def _curve(cost: UnitCostData, last: float) -> alt.Chart:
    drawn = zip(cost.levels, cost.middle, strict=True)
    points = [(level, value) for level, value in drawn if value is not None and value <= last]
    return alt.Chart(inline([{"level": 100 * level, "value": value} for level, value in points]))


def _now(cost: UnitCostData, size: Size, x: alt.X, lang: str) -> list[alt.Chart]:
    if cost.now is None:
        return []
    data = alt.Chart(inline([{"value": cost.now}]))
    words = data.mark_text(align="left", baseline="bottom", dx=-3, color=LIGHT.ink)
    rule = data.mark_rule(color=LIGHT.ink, strokeWidth=1, strokeDash=[2, 2])
    return [
        encoded(rule, x=x, y=alt.value(-12), y2=alt.value(size.height)),
        encoded(words, x=x, y=alt.value(-14), text=alt.value(say("chart.break_even_now", lang))),
    ]


def _ends(cost: UnitCostData) -> tuple[float, float]:
    """Ends of the axis: the volume that is there and nine tenths of the curve in the middle lie between them."""
    drawn = [v for v in (*cost.low, *cost.middle[:90], cost.now) if v is not None and v > 0]
    shown = drawn or [1.0]
    return min(shown) / _ROOM, max(shown) * _ROOM


def break_even_table(cost: UnitCostData) -> Table:
    """Break-even at some probabilities: even weight, and both ends; "never" where no volume is enough."""
    rows = []
    for level in _LEVELS:
        index = min(range(len(cost.levels)), key=lambda i: abs(cost.levels[i] - level))
        cells = tuple(_cell(series[index]) for series in (cost.low, cost.middle, cost.high))
        rows.append(Row(Cell(message("table.level", level=level)), cells))
    columns = tuple(Column(name, message(f"table.break_even_{name}")) for name in ("level", "low", "middle", "high"))
    return Table(f"break-even-{cost.model}", of_text(cost.label), columns, tuple(rows), cost.unit)


def unit_cost_tornado(cost: UnitCostData, lang: str) -> Picture | None:
    """What moves the break-even, or the margin, as bars; None where no end of a bar is a number.

    A bar that runs out of the picture leads to where no volume breaks even. Volumes are on a logarithmic axis.
    """
    values = [v for bar in cost.tornado for v in (bar.at_low, bar.at_high) if v is not None]
    if cost.result is None or not has_tornado(cost):
        return None
    shown = [*values, *(() if cost.base is None else (cost.base,))]
    scale = scale_for(cost.result_unit, shown, lang)
    rows = [TornadoBar(localise_text(b.label, lang), _on(b.at_low, scale), _on(b.at_high, scale)) for b in cost.tornado]
    held = [v / scale.divisor for v in shown]
    title = scale.title(lang)
    if cost.result_unit == cost.unit and min(held) > 0:
        low, high = min(held) / _TORNADO_HEIGHT, max(held) * _TORNADO_HEIGHT
        along = alt.Scale(type="log", domain=[low, high], nice=False)
        axis = alt.Axis(title=title, tickCount=5, grid=False, format="~s")
    else:
        low, high = bounds(held)
        along, axis = alt.Scale(domain=[low, high], nice=False), alt.Axis(title=title, tickCount=5, grid=False)
    x = alt.X("value:Q", scale=along, axis=axis)
    alternative = say("chart.sensitivity_alternative", lang, sentence=localise_text(cost.result, lang))
    return tornado_picture(rows, _on(cost.base, scale), x, high, alternative)


def _on(value: float | None, scale: Scale) -> float | None:
    return None if value is None else value / scale.divisor


def tornado_table(cost: UnitCostData) -> Table:
    """What moves the break-even: each input between its ends, all others in the middle."""
    rows = tuple(
        Row(
            Cell(of_text(bar.label)),
            (
                *(Cell(message("table.plain", value=value)) for value in (bar.low, bar.high)),
                *(_cell(value, cost.result_unit) for value in (bar.at_low, bar.at_high)),
            ),
        )
        for bar in cost.tornado
    )
    columns = tuple(
        Column(name, message(f"table.tornado_{name}")) for name in ("input", "low", "high", "at_low", "at_high")
    )
    caption: Words = cost.model if cost.result is None else of_text(cost.result)
    return Table(f"tornado-{cost.model}", caption, columns, rows)


def _cell(value: float | None, unit: str = "") -> Cell:
    never = value is None or not math.isfinite(value)
    return Cell(message("table.never")) if never else Cell(value, unit)


@dataclass(frozen=True, slots=True)
class BreakEvenDrawing:
    """How likely a unit breaks even, by volume."""

    cost: UnitCostData

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return break_even_picture(self.cost, lang)


@dataclass(frozen=True, slots=True)
class UnitTornadoDrawing:
    """What moves a unit cost; only of one that :func:`has_tornado`."""

    cost: UnitCostData

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        found = unit_cost_tornado(self.cost, lang)
        assert found is not None
        return found


def has_tornado(cost: UnitCostData) -> bool:
    """Whether an end of a bar is a number."""
    return cost.result is not None and any(v is not None for b in cost.tornado for v in (b.at_low, b.at_high))
