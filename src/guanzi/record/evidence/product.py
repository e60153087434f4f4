"""What the company of a case delivers: as its facts count it, else as its industry does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guanzi.base.core import Message
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import View

UNCOUNTED = "units"
"""Where neither a fact nor the industry says what is delivered."""
COUNTS = ("deliveries", "plan_deliveries")
OF_INDUSTRY: Mapping[str, str] = {
    "battery-electric-vehicles": "vehicles",
    "passenger-cars": "vehicles",
    "electric-trucks": "vehicles",
    "evtol-aircraft": "aircraft",
}
"""Industry to what its companies deliver; of the others nothing is taken for granted."""
OF_VEHICLES = frozenset(
    {"vehicle_margin", "vehicle_sales", "automotive_gross_margin", "recalled_vehicles", "local_weekly_rate",
     "nev_sales_yoy", "car_sales_yoy", "nev_share", "nev_share_target",
     "referral_rate", "free_service_promise", "founder_shares_in_trust", "service_cost",
     "swap_station_capex", "swap_tariff", "swaps_per_day", "pack_price", "fleet_orders"}
)  # fmt: skip
"""Names of facts that are asked of makers of vehicles alone."""


OF_CHINA = frozenset({"judgment_debtor"})
"""Names of facts from a register of China, which are asked of nobody elsewhere."""


def product_unit(view: View) -> str:
    """The unit in which the company's deliveries are stated, else that of its industry; else ``units``."""
    return product_of(view.facts, view.as_of, view.industry)


def product_of(facts: Iterable[Fact], day: date, industry: str) -> str:
    """The unit of deliveries that were held on a day, then of planned ones, then of those of the industry."""
    held = [fact for fact in facts if fact.subject == "company" and fact.name in COUNTS and fact.known_on <= day]
    first = min(held, key=lambda fact: (COUNTS.index(fact.name), fact.id), default=None)
    return OF_INDUSTRY.get(industry, UNCOUNTED) if first is None else first.unit


def asked_of(view: View, name: str) -> bool:
    """Whether a fact of this name is asked of the company, unless it is held.

    One on vehicles is asked of their makers alone, one of a register of China where company or region are there.
    """
    places = {view.company.country, view.region.country} - {""}
    elsewhere = name in OF_CHINA and places and "CN" not in places
    other = name in OF_VEHICLES and product_unit(view) != "vehicles"
    return not (elsewhere or other) or any(fact.name == name for fact in view.facts)


def made_a_year(value: float, unit: str) -> Message:
    """A capacity as so many pieces, or so much energy, of a year.

    >>> made_a_year(2_000.0, "wafers/month").params
    (('n', 24000.0),)
    """
    what, _, time = unit.partition("/")
    return Message.of(f"core.made.{what}", n=value * 12 if time == "month" else value)
