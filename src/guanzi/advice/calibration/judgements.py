"""What the project judges where neither the case nor a comparable company says anything.

Each judgement has a message ``appraisal.parameter.<name>.judgement`` that names its reason or its literature. None was
fitted to the outcome of a case. The values are part of the method and are hashed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guanzi.advice.calibration.plant import PLANT_JUDGEMENTS
from guanzi.advice.calibration.staff import STAFF_JUDGEMENTS
from guanzi.engine.company import Distribution

RULES_VERSION = "scale-up-calibration/13"
"""Raised with every change of how parameters are derived from a view."""


def _u(low: float, high: float) -> Distribution:
    return Distribution("uniform", (low, high))


def _t(low: float, mode: float, high: float) -> Distribution:
    return Distribution("triangular", (low, mode, high))


JUDGEMENTS: Mapping[str, Distribution] = MappingProxyType(
    {
        "units": Distribution("lognormal", (2500.0, 1.0)),
        "growth": Distribution("normal", (0.0, 0.1)),
        "growth_long": _t(0.0, 0.025, 0.1),
        "growth_persistence": _u(0.3, 0.8),
        "growth_shock": _u(0.02, 0.07),
        "growth_tail": _u(0.0, 0.1),
        "growth_news": _u(0.0, 0.1),
        "units_noise": _u(0.05, 0.2),
        "units_ceiling": _t(25_000.0, 75_000.0, 200_000.0),
        "ceiling_growth": _u(0.0, 0.04),
        "slump": Distribution("fixed", (0.0,)),
        "slump_fade": _u(0.3, 0.8),
        "launch": _u(0.02, 0.08),
        "launch_size": _u(0.1, 0.4),
        **{f"season_{i}": Distribution("fixed", (1.0,)) for i in range(4)},
        "price": Distribution("lognormal", (0.25, 0.4)),
        "price_drift": _u(-0.015, 0.0),
        "margin": _t(-0.3, -0.1, 0.1),
        "margin_cap": _t(0.15, 0.2, 0.28),
        "learning": _t(0.04, 0.1, 0.18),
        "cumulative_units": Distribution("lognormal", (10_000.0, 1.0)),
        "opex": Distribution("lognormal", (1500.0, 0.6)),
        "opex_inflation": _u(0.0, 0.02),
        "opex_cut": _u(0.05, 0.15),
        "opex_least": _t(0.4, 0.6, 0.8),
        "opex_share": _u(0.08, 0.2),
        "opex_reversion": _u(0.02, 0.06),
        "capex_share": _t(0.05, 0.08, 0.2),
        "cash": Distribution("lognormal", (1500.0, 0.8)),
        "debt": _u(2000.0, 16_000.0),
        "convertible": Distribution("fixed", (0.0,)),
        "conversion": _t(1.1, 1.3, 1.6),
        "interest": _u(0.02, 0.06),
        "payables": _u(0.3, 1.0),
        "payables_stretch": _u(0.1, 0.5),
        "trade_credit": _u(0.0, 0.25),
        "assets": _u(3000.0, 12_000.0),
        "depreciation": _u(0.03, 0.05),
        "fire_sale": _t(0.1, 0.33, 0.5),
        "equity": Distribution("lognormal", (6000.0, 1.2)),
        "required_return": _u(0.08, 0.14),
        "volatility": Distribution("lognormal", (0.8, 0.3)),
        "burn_ahead": _u(4.0, 12.0),
        "sector_part": _u(0.15, 0.35),
        "growth_part": _u(0.35, 0.6),
        "round_discount": _t(0.02, 0.05, 0.1),
        "discount_slope": _u(0.1, 0.4),
        "discount_shut": _u(0.05, 0.25),
        "hot_issue": _u(0.0, 0.15),
        "urgent_quarters": _u(1.0, 4.0),
        "debt_due": _u(0.02, 0.06),
        "round_half": _u(0.3, 1.0),
        "round_shut": _u(0.4, 0.8),
        "takeover": _u(0.05, 0.25),
        "takeover_kept": _u(0.02, 0.3),
        "exchange": _u(0.15, 0.35),
        "exchange_kept": _u(0.0, 0.2),
        "exchange_cut": _u(0.2, 0.6),
        "regime_growth": _u(0.0, 0.03),
        "regime_window": _u(0.3, 0.8),
        "hot_at_start": _u(0.3, 0.7),
        "hot_ends": _u(0.08, 0.25),
        "cold_ends": _u(0.08, 0.25),
        "listed_at_start": Distribution("fixed", (0.0,)),
        "window_opens": _u(0.15, 0.4),
        "window_shuts": _u(0.1, 0.3),
        "window_open_at_start": _u(0.1, 0.5),
        "runway_target": _u(3.0, 6.0),
        "raise_cap": _u(0.1, 0.4),
        "issuer_dilution": _u(0.3, 1.0),
        "through_founder": Distribution("fixed", (0.0,)),
        "put_borrowing": _u(0.0, 0.15),
        "put_reserve": _u(1.0, 3.0),
        "other_failure": _u(0.001, 0.005),
        "filing_sales": Distribution("fixed", (300.0,)),
        "filing": _u(0.03, 0.12),
        "listing": _u(0.1, 0.3),
        "control_change": _u(0.0005, 0.003),
        "founder_share": _u(0.5, 0.8),
        "headquarters_move": _u(0.3, 0.7),
        "research_move": _u(0.05, 0.3),
        "plant_local": Distribution("fixed", (0.0,)),
        "capacity_local": Distribution("fixed", (0.0,)),
        "capacity_use": _u(0.8, 1.3),
        "supplier_share": _u(0.02, 0.15),
        "supplier_growth": _u(0.0, 0.01),
        **STAFF_JUDGEMENTS,
        **PLANT_JUDGEMENTS,
        "plant_units": Distribution("fixed", (0.0,)),
        "plant_investment": Distribution("fixed", (0.0,)),
        "plant_loan": _u(0.3, 0.6),
    }
)
"""Parameter of the scale-up manufacturer to the distribution that holds when nothing better is known."""
