"""A vehicle: bill of materials with learning, and the volume at which one year covers the costs of the year.

Learning follows Wright (1936): with each doubling of all units ever built, a line of the bill falls to its progress
ratio. Within a year the cost moves down the curve, so a year's bill is the integral along it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from guanzi.study.unitcost.model import CostModel, Floats, InputSpec, Results, Values

MILLION = 1e6
MOST = 1e8
"""Vehicles a year above which no volume counts as one: more than all makers of the world build."""
_STEPS = 60
LINES = (
    ("battery", "battery_progress"),
    ("materials", "materials_progress"),
    ("assembly", "assembly_progress"),
    ("undivided", "progress"),
)


def year_cost(volume: Floats, first: Floats, built: Floats, progress: Floats) -> Floats:
    """Cost of a year's volume of one line of the bill, in the money of ``first``.

    ``first * built^b * ((built + volume)^(1-b) - built^(1-b)) / (1-b)`` with ``b = -log2(progress)``.

    Args:
        volume: Units of the year.
        first: Cost of one unit at the beginning of the year.
        built: Units built until then.
        progress: Progress ratio, above one half.
    """
    exponent = 1.0 + np.log2(progress)
    return np.asarray(first * built * np.expm1(exponent * np.log1p(volume / built)) / exponent)


def _compute(v: Values) -> Results:
    lines = {
        "battery": v["battery_capacity"] * v["battery_price"],
        "materials": v["materials"],
        "assembly": v["assembly"],
        "undivided": v["undivided"],
    }
    fixed = v["fixed"] * MILLION
    flat = v["warranty"]

    def cost(volume: Floats) -> Floats:
        learnt = [year_cost(volume, lines[name], v["built"], v[progress]) for name, progress in LINES]
        return np.asarray(fixed + flat * volume + sum(learnt))

    break_even = _root(lambda n: v["price"] * n - cost(n), fixed)
    unit_cost = cost(v["volume"]) / v["volume"]
    return Results(break_even, unit_cost, v["price"] - unit_cost)


def _root(profit: Callable[[Floats], Floats], fixed: Floats) -> Floats:
    """The volume from which on profit is not negative; profit is convex and starts at minus the fixed costs."""
    low, high = np.full_like(fixed, 1e-6), np.full_like(fixed, MOST)
    never = profit(high) < 0
    for _ in range(_STEPS):
        middle = np.sqrt(low * high)
        short = profit(middle) < 0
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(np.where(never, np.inf, np.where(fixed > 0, high, 0.0)))


VEHICLE = CostModel(
    id="vehicle",
    inputs=(
        InputSpec("price", "money", -1),
        InputSpec("battery_capacity", "kWh", 1, default=0.0),
        InputSpec("battery_price", "money per kWh", 1, default=0.0),
        InputSpec("battery_progress", "ratio", 1, low=0.51, high=1.0, default=1.0),
        InputSpec("materials", "money", 1, default=0.0),
        InputSpec("materials_progress", "ratio", 1, low=0.51, high=1.0, default=1.0),
        InputSpec("assembly", "money", 1, default=0.0),
        InputSpec("assembly_progress", "ratio", 1, low=0.51, high=1.0, default=1.0),
        InputSpec("undivided", "money", 1, default=0.0),
        InputSpec("progress", "ratio", 1, low=0.51, high=1.0, default=1.0),
        InputSpec("warranty", "money", 1, default=0.0),
        InputSpec("built", "vehicles", 1, low=1.0),
        InputSpec("fixed", "money m", 1),
        InputSpec("volume", "vehicles/year", -1, low=1.0),
    ),
    break_even_unit="vehicles/year",
    unit="money",
    compute=_compute,
    alternatives=((frozenset({"materials"}), frozenset({"undivided"})),),
    literature="Wright, Factors Affecting the Cost of Airplanes, Journal of the Aeronautical Sciences 3(4), 1936",
)
