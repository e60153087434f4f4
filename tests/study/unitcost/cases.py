"""Inputs of each model whose results can be checked by hand, and random ones within their meaning."""

import math

from hypothesis import strategies as st

from guanzi.study import unitcost
from guanzi.study.unitcost.spread import SingleValue

#: A station whose year costs 0.3 m (0.2 capital, 0.1 staff and land) and whose packs cost nothing.
STATION = {
    "capex": 2.0,
    "station_life": 10.0,
    "maintenance": 0.0,
    "packs": 10.0,
    "pack_capacity": 100.0,
    "pack_price": 0.0,
    "pack_years": 10.0,
    "pack_cycles": 1000.0,
    "pack_residual": 0.0,
    "staff": 0.05,
    "land": 0.05,
    "rate": 0.0,
    "energy_per_swap": 50.0,
    "tariff": 1.5,
    "electricity_price": 0.45,
    "efficiency": 0.9,
    "swaps_per_day": 20.0,
    "most_swaps": 300.0,
}

CAR = {"price": 200_000.0, "materials": 150_000.0, "built": 10_000.0, "fixed": 1_000.0, "volume": 20_000.0}

CHIP = {
    "plant": 1_000.0,
    "life": 5.0,
    "rate": 0.0,
    "fixed": 100.0,
    "capacity": 10_000.0,
    "utilisation": 0.5,
    "wafer_variable": 1_000.0,
    "units_per_wafer": 100.0,
    "unit_yield": 0.8,
    "line_yield": 1.0,
    "price": 60.0,
}

EXAMPLES = {"swap-station": STATION, "vehicle": CAR, "fab": CHIP}


def analysed(model, **values):
    """A model at points."""
    full = EXAMPLES[model] | values
    return unitcost.analyse(unitcost.MODELS[model], {k: SingleValue(v) for k, v in full.items()})


def result(model, name="break_even", **values):
    """One result of a model at points."""
    return analysed(model, **values).outcome(name).quantiles[2].value


SCALES = {"years": (1.0, 30.0), "ratio": (0.02, 0.98), "count": (1.0, 5000.0), "vehicles": (1.0, 1e6)}


def values_of(spec):
    """Random values of an input."""
    low, high = SCALES.get(spec.unit, (0.01, 1000.0))
    low, high = max(low, spec.low), min(high, spec.high)
    return st.floats(low, high, allow_subnormal=False)


@st.composite
def two_values(draw, model):
    """Inputs of a model, and one of them with a lower and a higher value."""
    inputs = {spec.name: draw(values_of(spec)) for spec in model.inputs}
    spec = draw(st.sampled_from(model.inputs))
    low, high = sorted((draw(values_of(spec)), draw(values_of(spec))))
    return inputs, spec, low, high


def not_above(a, b):
    """Whether a is at most b, but for rounding; infinite values are the largest."""
    return a <= b or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
