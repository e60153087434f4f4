"""The level of a company's volume apart from the season, and a slump that passes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.advice.calibration.amounts import from_facts
from guanzi.advice.calibration.making import between
from guanzi.advice.calibration.series import PeriodValue, facts_of
from guanzi.base.core import Message, Period
from guanzi.engine.company import Distribution, Parameter, ParameterOrigin
from guanzi.record.evidence import View

CHINA = "CN"
VEHICLES: tuple[tuple[float, float], ...] = ((0.8, 0.95), (0.85, 1.0), (0.9, 1.05), (1.1, 1.35))
"""Sales of cars in a quarter of the calendar over a quarter of the year, in China: the holiday of the new year makes
the first quarter the weakest, the end of budgets and subsidies the last one the strongest; judgement, ranges."""
NONE: tuple[tuple[float, float], ...] = ((1.0, 1.0),) * 4
SMOOTHING = 0.5
"""Weight of a quarter against all before it; judgement: the usual middle of exponential smoothing."""
SLUMP = 0.8
"""A guided quarter below this part of the usual is a slump where a fact names what held sales up; judgement."""
SHOCK, MARKET = "sales_shock", ("nev_sales_yoy", "market_growth")
"""Facts that name a shock: in words of the company or the market, or as a fall of the market's sales."""


@dataclass(frozen=True, slots=True)
class SeasonLevel:
    """Volume a quarter apart from the season.

    Attributes:
        value: The smoothed level at the last quarter.
        scatter: Spread of their logarithm.
        points: The quarters.
    """

    value: float
    scatter: float
    points: tuple[PeriodValue, ...]


def factors(volume: str, country: str) -> tuple[tuple[float, float], ...]:
    """Ranges of the factor of each quarter of the calendar, by what is sold and where."""
    return VEHICLES if (volume, country) == ("vehicles", CHINA) else NONE


def deseasoned(points: Sequence[PeriodValue], season: Sequence[tuple[float, float]]) -> tuple[PeriodValue, ...]:
    """The same quarters without the middle of their season's range."""
    return tuple(PeriodValue(p.period, p.value / (sum(season[_place(p.period)]) / 2), p.facts) for p in points)


def usual_in(period: Period, season: Sequence[tuple[float, float]]) -> float:
    """A quarter within a period over a quarter of the year: the mean of the middles of its quarters' ranges."""
    first, last = Period.of("quarter", period.start), Period.of("quarter", period.end)
    places = [_place(first)]
    while first != last and len(places) < len(season):
        first = first.shift(1)
        places.append(_place(first))
    return sum(sum(season[place]) / 2 for place in places) / len(places)


def level_of(points: Sequence[PeriodValue], last: int = 4) -> SeasonLevel | None:
    """The level of the last quarters with a volume, by exponential smoothing; None where there is none.

    Each quarter counts half of the one after it, so that the level follows a rise and no single quarter decides.
    """
    tail = tuple(p for p in points if p.value > 0)[-last:]
    if not tail:
        return None
    logs = [math.log(p.value) for p in tail]
    smooth = logs[0]
    for value in logs[1:]:
        smooth += SMOOTHING * (value - smooth)
    mean = sum(logs) / len(logs)
    scatter = math.sqrt(sum((x - mean) ** 2 for x in logs) / max(len(logs) - 1, 1))
    return SeasonLevel(math.exp(smooth), scatter, tail)


def season_parameters(season: Sequence[tuple[float, float]], signed: date) -> Iterator[Parameter]:
    """The factors of the four quarters from that of signing on."""
    if season == NONE:
        return
    start = Period.of("quarter", signed)
    for i in range(4):
        low, high = season[_place(start.shift(i))]
        because = Message.of("appraisal.origin.season", low=low, high=high)
        yield Parameter(f"season_{i}", between(low, high), "", ParameterOrigin("judgement", because))


def shocks_in(view: View, quarter: Period) -> tuple[str, ...]:
    """Facts that name what held sales up in a quarter and passes.

    Either somebody says so (``sales_shock``), or the whole market fell as deep: then it is not the company that lost
    its customers. Without such a fact a low quarter is the latest one, and nothing says that it passes.
    """
    said = [f for subject in ("company", "market") for f in view.named(SHOCK, subject)]
    named = [f.id for f in said if f.period.start <= quarter.end and f.period.end >= quarter.start]
    moved = [f for name in MARKET for f in view.named(name, "market") if within(f.period, quarter)]
    found = [view.resolution_of(f) for f in moved]
    fell = [r.fact.id for r in found if r is not None and r.value <= SLUMP - 1.0]
    return tuple(dict.fromkeys((*named, *fell)))


def within(period: Period, whole: Period) -> bool:
    """Whether a period lies in another one."""
    return whole.start <= period.start and period.end <= whole.end


def slump_parameter(
    guided: PeriodValue, level: SeasonLevel, season: Sequence[tuple[float, float]], shock: tuple[str, ...]
) -> Parameter | None:
    """How far a guided quarter stands below the season's level; None where it does not.

    Args:
        guided: The quarter.
        level: The level of the quarters before it.
        season: Ranges of the factors of the quarters.
        shock: Facts that name what held sales up.
    """
    expected = level.value * sum(season[_place(guided.period)]) / 2
    if not 0 < guided.value < SLUMP * expected:
        return None
    depth = math.log(expected / guided.value)
    facts = (*guided.facts, *shock, *facts_of(level.points))
    spread = Distribution("triangular", (0.5 * depth, depth, 1.25 * depth))
    return from_facts("slump", spread, facts, "slump", guided=guided.value, usual=expected, quarter=str(guided.period))


def _place(period: Period) -> int:
    return (period.start.month - 1) // 3
