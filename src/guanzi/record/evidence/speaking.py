"""What is held on a subject without stating what is asked: words on a product, a site, the funding of a company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guanzi.base.core import Message
from guanzi.record.evidence.absence import says_nothing
from guanzi.record.evidence.accounts.funds import FUNDS
from guanzi.record.evidence.held import latest, words
from guanzi.record.evidence.view import View
from guanzi.record.evidence.vocabulary import label_of

_OF_LICENCE = ("production_licence", "licence_text", "type_certificate", "production_certificate")
SPEAKS: Mapping[str, tuple[str, ...]] = {
    "product_text": (
        "deliveries", "cumulative_deliveries", "output", "series_models", "plan_capacity", "plan_deliveries",
        "capacity", "local_plant_capacity", "own_plant_before_product",
    ),
    "local_site": ("site_owned", "land_text", "local_plant", "own_plant_before_product"),
    "land_text": ("site_owned", "local_site"),
    "anchor_investment": ("co_investors",),
    "funding_text": (*FUNDS, "co_investors", "shareholder_loans", "total_debt", "total_liabilities"),
    "orders_text": ("orders", "fleet_orders", "customer_prepayments"),
    "plan_text": ("plan_capacity", "plan_deliveries", "plan_revenue", "plan_investment", "plan_plant_investment"),
    "technology_text": ("technology_position", "technology_route", "technology_licensed"),
    "licence_text": _OF_LICENCE,
    "approval_text": _OF_LICENCE,
    "team_text": ("team_complete", "team_gaps", "competence_held"),
    "market_text": ("market_share", "market_forecast", "nev_sales_yoy", "startups_left", "product_price_change"),
    "policy_text": ("subsidy_text",),
}  # fmt: skip
"""Name of a fact to the names of those on whose subject it speaks, and which it does not state."""


def spoken(view: View, names: Iterable[str]) -> Mapping[str, Message]:
    """Ids of facts that speak on the subject of some names and state none of them, each with what it says.

    The newest of each name; words that say no more than "none" do not count. A sum is told in the case's currency.
    """
    asked, found = set(names), dict[str, Message]()
    for name in SPEAKS:
        if asked.isdisjoint(SPEAKS[name]) or name in asked:
            continue
        text, sum = words(view, name), latest(view, name)
        if text is not None and not says_nothing(text[0]):
            found[text[1][0]] = Message.of("evidence.spoken.words", text=text[0])
        elif text is None and sum is not None:
            label = label_of(name) or name
            found[sum.facts[0]] = Message.of_money(view.currency, "evidence.spoken.sum", name=label, sum=sum.value)
    return found
