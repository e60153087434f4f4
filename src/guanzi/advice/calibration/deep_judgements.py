"""What the project judges of a company before its first product where the case says nothing.

Each judgement has a message ``appraisal.parameter.<name>.judgement`` (``appraisal.parameter.deep.<name>.judgement``
where other companies have the parameter too) that names its reason or its literature. None was fitted to the outcome
of a case. The values are part of the method and are hashed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guanzi.advice.calibration.judgements import JUDGEMENTS
from guanzi.engine.company import Distribution

RULES_VERSION = "deep-tech-calibration/10"
"""Raised with every change of how parameters are derived from a view."""


def _u(low: float, high: float) -> Distribution:
    return Distribution("uniform", (low, high))


def _t(low: float, mode: float, high: float) -> Distribution:
    return Distribution("triangular", (low, mode, high))


def _l(median: float, spread: float) -> Distribution:
    return Distribution("lognormal", (median, spread))


NOTHING = Distribution("fixed", (0.0,))

DEEP: Mapping[str, Distribution] = MappingProxyType(
    {
        "stage_at_start": Distribution("fixed", (1.0,)),
        "progress_at_start": _u(0.0, 0.5),
        "design_quarters": _t(4.0, 8.0, 16.0),
        "basis_quarters": _t(3.0, 6.0, 12.0),
        "testing_quarters": _t(6.0, 12.0, 24.0),
        "production_quarters": _t(2.0, 5.0, 12.0),
        "design_fails": _u(0.1, 0.3),
        "basis_fails": _u(0.05, 0.15),
        "testing_fails": _u(0.1, 0.35),
        "production_fails": _u(0.02, 0.1),
        "setback": _u(0.02, 0.1),
        "setback_lost": _u(0.1, 0.4),
        "opex_step": _u(0.1, 0.5),
        "plant_capex": _l(500.0, 0.8),
        "trial_units": NOTHING,
        "launch_units": _l(10.0, 0.8),
    }
)
"""Parameters that only a company before its first product has."""

OTHERWISE: Mapping[str, Distribution] = MappingProxyType(
    {
        "units_ceiling": _l(250.0, 1.0),
        "cumulative_units": _l(30.0, 0.8),
        "growth": Distribution("normal", (0.15, 0.1)),
        "price": _l(8.0, 0.8),
        "price_drift": _u(-0.015, 0.005),
        "margin": _t(-0.5, -0.1, 0.3),
        "margin_cap": _t(0.15, 0.25, 0.4),
        "learning": _t(0.1, 0.15, 0.2),
        "capex_share": _t(0.05, 0.1, 0.2),
        "opex": _l(150.0, 0.8),
        "cash": _l(800.0, 0.8),
        "debt": NOTHING,
        "payables": _u(0.2, 0.6),
        "assets": _l(200.0, 0.8),
        "fire_sale": _t(0.05, 0.2, 0.4),
        "equity": _l(3000.0, 1.0),
        "volatility": _l(1.0, 0.3),
        "runway_target": _u(5.0, 9.0),
        "other_failure": _u(0.002, 0.01),
    }
)
"""Parameters of every maker that are judged otherwise before the first product."""

MAKERS = frozenset(
    {
        "units",
        "opex_reversion",
        "ceiling_growth",
        "slump",
        "slump_fade",
        "launch",
        "launch_size",
        "plant_units",
        "plant_investment",
        "plant_loan",
    }
) | {f"season_{i}" for i in range(4)}
"""Parameters that only a maker with a product on sale has."""

DEEP_JUDGEMENTS: Mapping[str, Distribution] = MappingProxyType(
    {**{name: d for name, d in JUDGEMENTS.items() if name not in MAKERS}, **OTHERWISE, **DEEP}
)
"""Parameter of the pre-revenue deep tech to the distribution that holds when nothing better is known."""
