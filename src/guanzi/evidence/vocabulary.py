"""The names that facts can have, and the units in which each is stated.

A name outside this list is allowed, with a warning: no check looks for it, and it may be a misspelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_MONEY = ("CNY m", "USD m")

_UNITS_BY_NAME: dict[str, tuple[str, ...]] = {
    # volumes and plant
    "deliveries": ("vehicles",),
    "delivery_guidance": ("vehicles",),
    "cumulative_deliveries": ("vehicles",),
    "recalled_vehicles": ("vehicles",),
    "local_weekly_rate": ("vehicles/week",),
    "local_plant": ("text",),
    "local_plant_capacity": ("vehicles/year",),
    "contract_manufacturer": ("text",),
    # income statement
    "revenue": _MONEY,
    "vehicle_margin": ("ratio",),
    "gross_margin": ("ratio",),
    "automotive_gross_margin": ("ratio",),
    "gross_profit": _MONEY,
    "vehicle_sales": _MONEY,
    "net_loss": _MONEY,
    "r_and_d": _MONEY,
    "sga": _MONEY,
    # balance sheet and cash
    "accumulated_deficit": _MONEY,
    "equity": _MONEY,
    "total_assets": _MONEY,
    "total_liabilities": _MONEY,
    "current_assets": _MONEY,
    "current_liabilities": _MONEY,
    "total_debt": _MONEY,
    "cash": _MONEY,
    "cash_and_short_term_investments": _MONEY,
    "operating_cash_flow": _MONEY,
    "capex": _MONEY,
    "convertible_notes_raised": _MONEY,
    "going_concern_doubt": ("flag",),
    # market and people
    "ads_price": ("USD",),
    "market_value": _MONEY,
    "headcount": ("people",),
    "founder_prior_exit": ("text",),
    "founder_shares_in_trust": ("million shares",),
    "free_service_promise": ("text",),
    "nev_sales_yoy": ("ratio",),
    "nev_share": ("ratio",),
    "nev_share_target": ("ratio",),
    "startups_left": ("text",),
    "user_response": ("text",),
    "subsidy_text": ("text",),
    # deal
    "failed_public_deals": ("count",),
    "public_framework_elsewhere": _MONEY,
    "cities_approached": ("count",),
    "asset_contribution_value": _MONEY,
    "stake_hefei": ("ratio",),
    "put_rate": ("ratio",),
    "put_obligor": ("text",),
    "put_triggers": ("text",),
    "call_rate": ("ratio",),
    "transfer_lock": ("ratio", "text"),
    "plan_revenue": _MONEY,
    "plan_text": ("text",),
    "co_investors": ("text",),
    "bridge_investors": ("text",),
    "series_models": ("text",),
    "public_cash_received": _MONEY,
    "public_cash_returned": _MONEY,
    "headquarters_opened": ("flag",),
    "outcome_text": ("text",),
    # region and exchange rates
    "gdp": _MONEY,
    "budget_revenue": _MONEY,
    "budget_expenditure": _MONEY,
    "usd_cny": ("CNY per USD",),
}

#: Allowed units of each known name of a fact.
UNITS_BY_NAME: Mapping[str, tuple[str, ...]] = MappingProxyType(_UNITS_BY_NAME)


def looks_ahead(name: str) -> bool:
    """Whether facts of this name speak about a time that has not come (guidance, plans, targets)."""
    return name.startswith("plan_") or name.endswith(("_guidance", "_target"))
