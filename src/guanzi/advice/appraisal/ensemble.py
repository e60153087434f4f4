"""What becomes of sales, cash and market value without the deal: several views side by side, and their pool.

Members are the structural model on its weighted paths, the price of the day (of market value), companies of the same
size (of sales), and a naive walk. They meet as quantiles and are pooled linearly: one of them is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guanzi.record.evidence import Prior
from guanzi.study.forecasting import (
    LEVELS,
    FailureCurve,
    Floats,
    GrowthHistogram,
    MarketView,
    Quantiles,
    ReferenceGrowth,
    Walk,
    linear_pool,
    quantiles_of,
)

type Quantity = Literal["revenue", "cash", "value"]

QUANTITIES: tuple[Quantity, ...] = ("revenue", "cash", "value")
YEARS = (1, 3, 5)
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "revenue": {"structural": 1.0, "reference": 1.0, "naive": 1.0},
    "cash": {"structural": 1.0, "naive": 1.0},
    "value": {"structural": 1.0, "market": 1.0, "naive": 1.0},
}
"""Of the members by quantity; they are scaled to sum to one over those that there are."""
QUARTER_WALK = 0.2
"""Standard deviation of a quarter's step of the naive walk, in logarithms; judgement. Own history counts if long."""
LEAST_YEARS = 4
"""Years of sales from which the scatter of own growth is taken instead."""
INFLATION = math.log(1.02)
"""Of a year; judgement: what central banks aim at. The table of growth is of real growth."""
LONG_VOLATILITY = 0.45
"""To which the volatility of a young company fades: the middle of the largest of its class; judgement."""
FADE = 3.0
"""Years in which half of that way is gone; judgement."""
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class PooledForecast:
    """One quantity at one horizon.

    Attributes:
        quantity: Which.
        years: The horizon.
        members: Name to distribution.
        pool: Of all members.
        weights: Name to weight; they sum to 1.
    """

    quantity: Quantity
    years: int
    members: Mapping[str, Quantiles]
    pool: Quantiles
    weights: Mapping[str, float]


def pooled(
    quantity: Quantity,
    years: int,
    members: Mapping[str, Quantiles],
    weights: Mapping[str, Mapping[str, float]] = WEIGHTS,
) -> PooledForecast:
    """The pool of these members; weights of members that are missing go to the others."""
    raw = np.array([weights[quantity][name] for name in members])
    scaled = raw / raw.sum()
    return PooledForecast(
        quantity,
        years,
        members,
        linear_pool(tuple(members.values()), scaled),
        {name: float(w) for name, w in zip(members, scaled, strict=True)},
    )


def structural(
    values: Mapping[str, Floats], quantity: Quantity, years: int, weights: Floats | None = None
) -> Quantiles | None:
    """What the simulated paths say; None beyond their end.

    Sales are those of the four quarters that end with the horizon.

    Args:
        values: Quantity to its values by quarter: (steps, paths).
        quantity: Which.
        years: The horizon.
        weights: Of the paths; None: all alike.
    """
    rows, end = values[quantity], QUARTERS * years
    if len(rows) < end:
        return None
    sample = rows[end - QUARTERS : end].sum(axis=0) if quantity == "revenue" else rows[end - 1]
    return quantiles_of(np.maximum(sample, 0.0), LEVELS, weights)


def naive(level: float, years: float, history: Sequence[float] = ()) -> Quantiles:
    """A walk without drift from the last figure.

    Args:
        level: The last figure; above 0.
        years: Time since then.
        history: Sales of successive years; from four of them on their own growth tells the scatter.
    """
    own = np.diff(np.log(history)) if len(history) >= LEAST_YEARS and min(history) > 0.0 else np.empty(0)
    spread = float(np.std(own, ddof=1)) if len(own) > 1 else 0.0
    year = spread if spread > 0.0 else QUARTER_WALK * math.sqrt(QUARTERS)
    return Walk(0.0, (1.0, 2.0), (year, year * math.sqrt(2.0))).at(level, years)


def reference(table: Prior, dollars: float, level: float, years: float) -> Quantiles:
    """How the sales of companies of the same size grew.

    Args:
        table: Histograms of growth by size.
        dollars: Sales of a year in millions of dollars: the size.
        level: The same in the currency of the result.
        years: Time since then.
    """
    of_size = next(c for c in table.classes if c.sales[0] <= dollars < (math.inf if c.sales[1] is None else c.sales[1]))
    histograms = [
        GrowthHistogram(table.growth_edges, shares, years)
        for shares, years in (
            (of_size.years_1, 1.0),
            (of_size.years_3, 3.0),
            (of_size.years_5, 5.0),
            (of_size.years_10, 10.0),
        )
    ]
    return ReferenceGrowth(histograms, INFLATION).at(level, years)


def market_implied(value: float, required_return: float, volatility: float, failure: FailureCurve) -> MarketView:
    """The view of the price of the day.

    Args:
        value: What the market pays for all shares.
        required_return: Of a year, as a fraction.
        volatility: Of a year.
        failure: When the shares become worth nothing.
    """
    return MarketView(value, math.log1p(required_return), volatility, LONG_VOLATILITY, FADE, failure)
