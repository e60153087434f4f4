"""What a case must have before a check or a question can be put to it: sales, a buyer, users, a need of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guanzi.record.evidence import MARGINS, View, annual, latest, product_unit

BEFORE_SALES = "pre-revenue-deep-tech"
"""Kind of company that sells nothing yet, unless its facts say that it does."""
SALES = ("revenue", "deliveries", "cumulative_deliveries", "series_models", "gross_profit", "cost_of_revenue", *MARGINS)
OF_BUYER = (
    "buyer",
    "buyer_record",
    "buyer_industry_record",
    "buyer_age",
    "buyer_relation",
    "buyer_revenue",
    "purchase_price",
    "price_paid",
    "deferred_price",
)
"""Facts that say that somebody buys the company, or is to run it."""


def sells(view: View) -> bool:
    """Whether there is a product of whose sales, margins and customers anything can be known."""
    return view.model != BEFORE_SALES or any(view.named(name) for name in SALES)


def is_bought(view: View) -> bool:
    """Whether there is a buyer of whose means, record and payment anything can be known."""
    return any(view.named(name) for name in OF_BUYER)


def needs_backing(view: View) -> bool:
    """Whether it matters who stands behind the company: not where it earns in a year what its whole plan costs."""
    result = annual(view, "net_loss")
    plan = latest(view, "plan_plant_investment") or latest(view, "plan_investment")
    return result is None or plan is None or -result.value < plan.value


def has_users(view: View) -> bool:
    """Whether the product is one that its users recommend and have served."""
    return sells(view) and product_unit(view) == "vehicles"


ASKS: Mapping[str, Callable[[View], bool]] = {"sales": sells, "backing": needs_backing}
"""By the word of a plan of due diligence."""
