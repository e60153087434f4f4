"""What the project judges of a fab where the case says nothing.

Each judgement has a message ``appraisal.parameter.<name>.judgement`` (``appraisal.parameter.fab.<name>.judgement``
where other companies have the parameter too) that names its reason or its literature. None was fitted to the outcome
of a case. The values are part of the method and are hashed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guanzi.advice.calibration.judgements import JUDGEMENTS
from guanzi.engine.company import Distribution

RULES_VERSION = "fab-calibration/11"
"""Raised with every change of how parameters are derived from a view."""


def _u(low: float, high: float) -> Distribution:
    return Distribution("uniform", (low, high))


def _t(low: float, mode: float, high: float) -> Distribution:
    return Distribution("triangular", (low, mode, high))


def _l(median: float, spread: float) -> Distribution:
    return Distribution("lognormal", (median, spread))


NOTHING = Distribution("fixed", (0.0,))

FAB: Mapping[str, Distribution] = MappingProxyType(
    {
        "capacity": NOTHING,
        "price": _l(0.012, 0.5),
        "cycle_at_start": _t(-0.2, 0.1, 0.6),
        "industry_decline": _u(0.03, 0.095),
        "price_shock": _u(0.03, 0.1),
        "shortage_cap": _t(0.4, 0.7, 1.0),
        "glut_floor": _t(-0.25, -0.05, 0.05),
        "glut_speed": _u(0.25, 0.7),
        "use_shortage": _u(0.9, 0.98),
        "use_glut": _u(0.65, 0.9),
        "cost_gap": _t(1.05, 1.25, 1.6),
        "cost_gap_long": _t(0.85, 1.0, 1.2),
        "gap_persistence": _u(0.85, 0.95),
        "falling_behind": _u(0.0, 0.03),
        "productivity": _u(0.9, 1.05),
        "cash_share": _u(0.5, 0.7),
        "fixed_share": _u(0.3, 0.6),
        "yield_mature": _u(0.85, 0.95),
        "yield_start": _t(0.2, 0.5, 0.7),
        "yield_speed": _u(0.15, 0.4),
        "project_capacity": _l(180_000.0, 0.5),
        "project_capex": _l(15_000.0, 0.7),
        "build_quarters": _t(5.0, 8.0, 14.0),
        "first_output": _t(0.5, 0.65, 0.8),
        "ramp_quarters": _u(3.0, 8.0),
        "project_loan": _u(0.3, 0.6),
        "amortisation": _u(0.02, 0.05),
        "renewal": _t(0.3, 0.6, 1.0),
        "expansion": _u(0.0, 0.03),
        "replacement": _u(1.3, 2.2),
        "liquid_quarters": _u(0.25, 1.0),
        "capacity_share_local": NOTHING,
    }
)
"""Parameters that only a fab has."""

OTHERWISE: Mapping[str, Distribution] = MappingProxyType(
    {
        "opex": _l(300.0, 0.7),
        "opex_share": _u(0.05, 0.15),
        "cash": _l(2000.0, 0.8),
        "debt": NOTHING,
        "payables": _u(0.2, 0.6),
        "trade_credit": _u(0.0, 0.15),
        "assets": NOTHING,
        "depreciation": _u(0.025, 0.05),
        "fire_sale": _t(0.1, 0.3, 0.5),
        "equity": _l(3000.0, 1.2),
        "volatility": _l(0.5, 0.3),
        "debt_due": _u(0.01, 0.04),
        "hot_ends": _u(0.11, 0.22),
        "cold_ends": _u(0.11, 0.22),
    }
)
"""Parameters of every company that are judged otherwise for a fab."""

MAKERS = frozenset(
    {"units", "growth", "growth_long", "growth_persistence", "growth_shock", "regime_growth", "units_noise",
     "units_ceiling", "ceiling_growth", "opex_reversion", "growth_tail", "growth_news", "slump", "slump_fade", "launch",
     "launch_size", *(f"season_{i}" for i in range(4)), "price_drift", "margin", "margin_cap", "learning",
     "cumulative_units", "capex_share", "capacity_use", "capacity_local", "price", "plant_units", "plant_investment",
     "plant_loan"}
)  # fmt: skip
"""Parameters that a maker has and a fab has not, or has in another sense."""

FAB_JUDGEMENTS: Mapping[str, Distribution] = MappingProxyType(
    {**{name: d for name, d in JUDGEMENTS.items() if name not in MAKERS}, **OTHERWISE, **FAB}
)
"""Parameter of the capacity-cycle fab to the distribution that holds when nothing better is known."""
