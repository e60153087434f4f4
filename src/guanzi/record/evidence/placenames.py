"""The names of facts about cities and about the markets of tracks, and the units in which each is stated."""

from __future__ import annotations

from guanzi.record.evidence.moneyunits import MONEY

OF_PLACES: dict[str, tuple[str, ...]] = {
    # cities
    "property_investment": MONEY,
    "registered_population": ("people",),
    "resident_population": ("people",),
    "universities": ("count",),
    "land_area": ("hectares",),
    "built_up_area": ("hectares",),
    "towns": ("count",),
    "subdistricts": ("count",),
    "other_units": ("count",),
    "swap_stations": ("count",),
    "r_and_d_intensity": ("ratio",),
    "nev_output": ("vehicles",),
    "listed_firms": ("count",),
    "state_listed_firms": ("count",),
    "decision_body": ("text",),
    "diligence_practice": ("text",),
    "loss_tolerance_rule": ("text",),
    "scenario_list": ("text",),
    "public_fund_size": MONEY,
    "certificate_reward": MONEY,
    # tracks
    "penetration": ("ratio",),
    "market_growth": ("ratio",),
    "market_size": MONEY,
    "makers": ("count",),
    "models_released": ("count",),
    "newcomers_share": ("ratio",),
    "top_share": ("ratio",),
    "sector_margin": ("ratio",),
    "price_change_market": ("ratio",),
    "capacity_use": ("ratio",),
    "viable_share": ("ratio",),
    "capital_to_enter": MONEY,
    "subsidised_share": ("ratio",),
}
