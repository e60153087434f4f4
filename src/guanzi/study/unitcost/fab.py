"""A fab: cost of a wafer, of a good unit on it, and the utilisation at which a year covers the costs of the plant.

Yield is Stapper's negative binomial over defects of an area, or stated; units on a round wafer after de Vries (2005).
A panel line states the units of a substrate and their yield directly.
"""

from __future__ import annotations

import numpy as np

from guanzi.study.unitcost.model import CostModel, Floats, InputSpec, Results, Values, recovery

MONTHS = 12.0
MILLION = 1e6


def units_on_wafer(diameter: Floats, area: Floats) -> Floats:
    """Units on a round wafer: ``pi d^2 / 4S - pi d / sqrt(2S)``, never below zero (mm and mm²)."""
    return np.asarray(np.maximum(np.pi * diameter**2 / (4 * area) - np.pi * diameter / np.sqrt(2 * area), 0.0))


def unit_yield(area: Floats, defects: Floats, clustering: Floats) -> Floats:
    """Share of good units: ``(1 + A D / alpha)^-alpha``, area in mm² and defects per cm².

    >>> unit_yield(np.array([100.0]), np.array([0.5]), np.array([2.0])).tolist()
    [0.64]
    """
    return np.asarray((1.0 + area / 100.0 * defects / clustering) ** -clustering)


def _compute(v: Values) -> Results:
    computed = units_on_wafer(v["wafer_diameter"], v["unit_area"])
    units = np.where(np.isnan(v["units_per_wafer"]), computed, v["units_per_wafer"])
    good = np.where(
        np.isnan(v["unit_yield"]), unit_yield(v["unit_area"], v["defects"], v["clustering"]), v["unit_yield"]
    )
    sound = units * good * v["line_yield"]
    year = (np.maximum(v["plant"] - v["plant_grant"], 0.0) * recovery(v["rate"], v["life"]) + v["fixed"]) * MILLION
    wafers = v["capacity"] * MONTHS
    contribution = v["price"] * sound - v["wafer_variable"]
    with np.errstate(divide="ignore", invalid="ignore"):
        break_even = np.where(contribution > 0, year / (wafers * contribution), np.where(year > 0, np.inf, 0.0))
        unit_cost = (year / (wafers * v["utilisation"]) + v["wafer_variable"]) / sound
    return Results(break_even, unit_cost, v["price"] - unit_cost)


_NAN = float("nan")

FAB = CostModel(
    id="fab",
    inputs=(
        InputSpec("plant", "money m", 1),
        InputSpec("plant_grant", "money m", -1, default=0.0),
        InputSpec("life", "years", -1, low=0.5),
        InputSpec("rate", "ratio", 1, high=1.0),
        InputSpec("fixed", "money m", 1),
        InputSpec("capacity", "wafers/month", -1, low=1e-3),
        InputSpec("utilisation", "ratio", -1, low=0.01, high=1.0),
        InputSpec("wafer_variable", "money", 1),
        InputSpec("units_per_wafer", "count", -1, low=1e-3, default=_NAN),
        InputSpec("wafer_diameter", "mm", -1, low=1.0, default=_NAN),
        InputSpec("unit_area", "mm2", 1, low=1e-3, default=_NAN),
        InputSpec("unit_yield", "ratio", -1, low=1e-3, high=1.0, default=_NAN),
        InputSpec("defects", "per cm2", 1, default=_NAN),
        InputSpec("clustering", "x", 1, low=0.01, default=_NAN),
        InputSpec("line_yield", "ratio", -1, low=0.01, high=1.0),
        InputSpec("price", "money", -1),
    ),
    break_even_unit="ratio",
    unit="money",
    compute=_compute,
    most=1.0,
    alternatives=(
        (frozenset({"units_per_wafer"}), frozenset({"wafer_diameter", "unit_area"})),
        (frozenset({"unit_yield"}), frozenset({"unit_area", "defects", "clustering"})),
    ),
    literature="Stapper, Armstrong & Saji, Proceedings of the IEEE 71(4), 1983; de Vries, IEEE Transactions on "
    "Semiconductor Manufacturing 18(1), 2005",
)
