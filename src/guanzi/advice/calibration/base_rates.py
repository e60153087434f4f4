"""Growth of companies of a size, from published histograms: what is left when nothing more is known of a company.

Fast growth persists no more than chance would have it (Chan, Karceski and Lakonishok 2003). So a company's own growth
tells where it starts, and the base rate of its size over ten years tells where it goes; what scatters in between are
the shocks of the model.

References:
    Mauboussin, Callahan, Majd: The Base Rate Book. Credit Suisse (2016).
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. J. Finance 58 (2003).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np

from guanzi.advice.calibration.amounts import Amount, a_year, from_facts, round_dollars
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import PRIOR, GrowthClass, View, priors, priors_on

TABLE = "base-rate-book-2016"
INFLATION = 0.02
"""Of a year; judgement: what central banks aim at. The table is of real growth."""
ENDS = (-40.0, 80.0)
"""Least and greatest growth, percent a year, of the open classes at both ends of the table; judgement."""


def base_rate_parameters(view: View) -> Iterator[Parameter]:
    """Long-run growth of volume, from the class of the company's sales; nothing before the table was published."""
    table = priors_on(view.as_of).get(TABLE)
    if table is None:
        return
    sales = a_year(view, "revenue")
    dollars = round_dollars(view, sales.value) if sales is not None else 0.0
    of_size = class_of(dollars, table.classes)
    spread = growth_distribution(table.growth_edges, of_size.years_10)
    low, high = of_size.sales
    said, ends = ("base_rate.over", {"low": low}) if not high else ("base_rate", {"low": low, "high": high})
    facts = sales.facts if sales is not None else ()
    made = from_facts("growth_long", spread, (*facts, f"{PRIOR}{TABLE}"), said, **ends, currency="USD")
    yield replace(made, origin=replace(made.origin, kind="comparable"))


def growth_range(view: View, sales: Amount) -> tuple[float, float, str]:
    """Nominal growth a year over ten years within which nine of ten companies of a size lay; with the id of the table.

    Args:
        view: What was known.
        sales: Of a year.
    """
    table = priors()[TABLE]
    of_size = class_of(round_dollars(view, sales.value), table.classes)
    seen = growth_distribution(table.growth_edges, of_size.years_10).quantile(np.array([0.05, 0.95]))
    low, high = (math.exp(4.0 * float(x)) * (1.0 + INFLATION) - 1.0 for x in seen)
    return low, high, f"{PRIOR}{TABLE}"


def class_of(sales: float, classes: Sequence[GrowthClass]) -> GrowthClass:
    """The class of a year's sales in millions of dollars."""
    for found in classes:
        low, high = found.sales
        if low <= sales < (math.inf if high is None else high):
            return found
    return classes[0]


def growth_distribution(edges: Sequence[float], counts: Sequence[float]) -> Distribution:
    """Growth a quarter (logarithm) with the shares of a histogram of yearly growth, even between its edges.

    >>> d = growth_distribution((0.0, 10.0), (25.0, 50.0, 25.0))
    >>> round(4 * d.median, 4)  # half of the logarithm of 1.1
    0.0477
    """
    knots = [ENDS[0], *edges, ENDS[1]]
    running = list(accumulate(counts, initial=0.0))
    levels = [part / running[-1] for part in running]
    kept = [0, *(i for i in range(1, len(levels)) if levels[i] > levels[i - 1])]
    rising = [i for i, j in pairwise([*kept, len(levels)]) if i != j]
    values = [math.log(1.0 + knots[i] / 100.0) / 4.0 for i in rising]
    return Distribution("piecewise", (*(levels[i] for i in rising), *values))
