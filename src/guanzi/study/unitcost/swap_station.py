"""A battery-swap station over its life: from how many swaps a day on does a year cover what the station costs.

A year costs the capital charge of station and packs, staff, land and upkeep; each kilowatt-hour delivered costs
electricity with its loss, and wears the packs. Packs age by use or by the calendar, whichever is more. The pool is kept
at its value by that charge, and interest is due on all of it.
"""

from __future__ import annotations

import numpy as np

from guanzi.study.unitcost.model import CostModel, Floats, InputSpec, Results, Values, recovery

DAYS = 365.0
MILLION = 1e6


def _compute(v: Values) -> Results:
    own = np.maximum(v["capex"] - v["capex_grant"], 0.0)
    station = own * recovery(v["rate"], v["station_life"]) + v["capex"] * v["maintenance"]
    pool = v["packs"] * v["pack_capacity"] * v["pack_price"] / MILLION
    fixed = station + pool * v["rate"] + v["staff"] + v["land"] + v["other_fixed"]
    lost = 1.0 - v["pack_residual"]
    ageing = pool * lost / v["pack_years"]
    wear = v["pack_price"] * lost / v["pack_cycles"]
    energy = v["electricity_price"] / v["efficiency"]
    income = v["tariff"] * v["paid_share"] - energy
    kwh = v["energy_per_swap"] * DAYS * v["availability"] / MILLION
    break_even = np.maximum(_over(fixed + ageing, kwh * income), _over(fixed, kwh * (income - wear)))
    sold = v["swaps_per_day"] * kwh
    unit_cost = energy + fixed / sold + np.maximum(ageing / sold, wear)
    return Results(break_even, unit_cost, v["tariff"] * v["paid_share"] - unit_cost)


def _over(cost: Floats, contribution: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(contribution > 0, cost / contribution, np.where(cost > 0, np.inf, 0.0)))


SWAP_STATION = CostModel(
    id="swap-station",
    inputs=(
        InputSpec("capex", "money m", 1, fact="swap_station_capex"),
        InputSpec("capex_grant", "money m", -1, default=0.0),
        InputSpec("station_life", "years", -1, low=0.5, fact="swap_station_life"),
        InputSpec("maintenance", "ratio", 1, high=1.0, fact="swap_station_maintenance"),
        InputSpec("packs", "count", 1, fact="swap_station_packs"),
        InputSpec("pack_capacity", "kWh", 1, fact="pack_capacity"),
        InputSpec("pack_price", "money per kWh", 1, fact="pack_price"),
        InputSpec("pack_years", "years", -1, low=0.5, fact="pack_years"),
        InputSpec("pack_cycles", "count", -1, low=1.0, fact="pack_cycles"),
        InputSpec("pack_residual", "ratio", -1, high=1.0, fact="pack_residual"),
        InputSpec("staff", "money m", 1, fact="swap_station_staff"),
        InputSpec("land", "money m", 1, fact="swap_station_land"),
        InputSpec("other_fixed", "money m", 1, default=0.0),
        InputSpec("rate", "ratio", 1, high=1.0, fact="cost_of_capital"),
        InputSpec("energy_per_swap", "kWh", -1, low=1e-3, fact="swap_energy"),
        InputSpec("tariff", "money per kWh", -1, fact="swap_tariff"),
        InputSpec("paid_share", "ratio", -1, high=1.0, default=1.0, fact="swap_paid_share"),
        InputSpec("electricity_price", "money per kWh", 1, fact="electricity_price"),
        InputSpec("efficiency", "ratio", -1, low=0.01, high=1.0, fact="charging_efficiency"),
        InputSpec("availability", "ratio", -1, low=0.01, high=1.0, default=1.0),
        InputSpec("swaps_per_day", "swaps/day", -1, low=1e-3, fact="swaps_per_day"),
        InputSpec("most_swaps", "swaps/day", -1, low=1e-3, fact="swap_station_most_swaps"),
    ),
    break_even_unit="swaps/day",
    unit="money per kWh",
    compute=_compute,
    limit="most_swaps",
    literature="Park, Contemporary Engineering Economics; Jaedicke & Robichek, The Accounting Review 39(4), 1964",
)
