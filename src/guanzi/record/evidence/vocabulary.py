"""The names that facts can have, and the units in which each is stated.

A name outside this list is allowed, with a warning: no check looks for it, and it may be a misspelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from guanzi.base.core import Message, catalogue, catalogue_languages, money_form, nearest, rate_between, render
from guanzi.record.evidence.dealnames import OF_DEALS
from guanzi.record.evidence.moneyunits import MONEY, PER_KWH, PRICE
from guanzi.record.evidence.placenames import OF_PLACES
from guanzi.record.evidence.watchednames import OF_WATCHING

RENAMED = {
    "buyer_delisted": "acquirer_delisting",
    "project_postponed": "project_delay",
    "stock_months": "inventory_cover_months",
}
"""Old name of a fact -> its name now; the old one is read, with a notice."""
UNITS_MADE = ("vehicles", "aircraft", "units")
"""How what a company makes is counted, one by one."""
_DELIVERED = (*UNITS_MADE, "GWh")
"""What is delivered; cells of batteries and modules are sold by their energy."""
_MADE_A_YEAR = tuple(f"{unit}/year" for unit in UNITS_MADE)
_CAPACITY = (*_MADE_A_YEAR, "wafers/month", "substrates/month", "GWh/year")

_UNITS_BY_NAME: dict[str, tuple[str, ...]] = {
    # volumes and plant
    "deliveries": _DELIVERED,
    "delivery_guidance": _DELIVERED,
    "sales_shock": ("text",),
    "cumulative_deliveries": _DELIVERED,
    "recalled_vehicles": ("vehicles",),
    "local_weekly_rate": ("vehicles/week",),
    "local_plant": ("text",),
    "local_plant_capacity": _MADE_A_YEAR,
    "contract_manufacturer": ("text",),
    "own_plant_before_product": ("flag",),
    "plan_capacity": _CAPACITY,
    "plan_capacity_first_phase": _CAPACITY,
    "plan_capacity_elsewhere": _CAPACITY,
    "plan_deliveries": _DELIVERED,
    "deliveries_to_date": _DELIVERED,
    "start_postponed": ("count",),
    "local_site": ("text",),
    "operating_sites": ("text",),
    "countries_of_operation": ("count",),
    "company_age": ("years",),
    "site_owned": ("flag",),
    "land_text": ("text",),
    # supply, customers, quality
    "capacity": _CAPACITY,
    "site_area": ("hectares",),
    "plan_start": ("text",),
    "plan_production_start": ("flag",),
    "output": _DELIVERED,
    "local_output": _DELIVERED,
    "local_output_value": MONEY,
    "largest_supplier_share": ("ratio",),
    "sole_source_parts": ("text",),
    "import_dependence": ("text",),
    "largest_customer_share": ("ratio",),
    "related_party_sales_share": ("ratio",),
    "related_party_purchase_commitment": _MADE_A_YEAR,
    "related_party_purchase_years": ("years",),
    "related_party_channel": ("text",),
    "orders": (*_DELIVERED, "count"),
    "fleet_orders": _DELIVERED,
    "orders_text": ("text",),
    "order_years": ("years",),
    "customer_prepayments": MONEY,
    "quality_complaints": ("text",),
    "safety_rating": ("text",),
    "referral_rate": ("ratio",),
    "supplier_share": ("ratio",),
    "customer_share": ("ratio",),
    "second_source": ("flag",),
    "second_source_months": ("months",),
    "inventory_cover_months": ("months",),
    "supply_contract_years": ("years",),
    "supply_take_or_pay": MONEY,
    "supply_change_of_control": ("flag",),
    "retention_12m": ("ratio",),
    "repeat_purchase_share": ("ratio",),
    "referral_reward": PRICE,
    "referral_rate_unrewarded": ("ratio",),
    "orders_arms_length_share": ("ratio",),
    "orders_paid_share": ("ratio",),
    "orders_repeat_share": ("ratio",),
    # battery swapping
    "swap_station_capex": MONEY,
    "swap_station_life": ("years",),
    "swap_station_maintenance": ("ratio",),
    "swap_station_packs": ("count",),
    "swap_station_most_swaps": ("swaps/day",),
    "swap_station_staff": MONEY,
    "swap_station_land": MONEY,
    "swaps_per_day": ("swaps/day",),
    "swap_energy": ("kWh",),
    "swap_tariff": PER_KWH,
    "swap_paid_share": ("ratio",),
    "pack_capacity": ("kWh",),
    "pack_price": PER_KWH,
    "pack_years": ("years",),
    "pack_cycles": ("count",),
    "pack_residual": ("ratio",),
    "electricity_price": PER_KWH,
    "charging_efficiency": ("ratio",),
    "cost_of_capital": ("ratio",),
    # technology and licence
    "patents": ("count",),
    "patents_owned_share": ("ratio",),
    "freedom_to_operate": ("flag",),
    "technology_route": ("text",),
    "route_share": ("ratio",),
    "route_companies": ("text",),
    "route_switching_cost": MONEY,
    "route_conditions": ("text",),
    "patent_families": ("count",),
    "patent_families_abroad": ("count",),
    "patents_pledged_share": ("ratio",),
    "inventors_left_share": ("ratio",),
    "blocking_families": ("count",),
    "technology_licensed": ("text",),
    "technology_text": ("text",),
    "technology_position": ("text",),
    "product_text": ("text",),
    "certification_basis": ("flag", "text"),
    "type_certificate": ("flag", "text"),
    "production_certificate": ("flag", "text"),
    "operator_certificate": ("flag", "text"),
    "production_licence": ("flag", "text"),
    "licence_text": ("text",),
    # income statement
    "revenue": MONEY,
    "vehicle_margin": ("ratio",),
    "gross_margin": ("ratio",),
    "automotive_gross_margin": ("ratio",),
    "gross_profit": MONEY,
    "cost_of_revenue": MONEY,
    "vehicle_sales": MONEY,
    "net_loss": MONEY,
    "net_profit": MONEY,
    "operating_loss": MONEY,
    "operating_profit": MONEY,
    "free_cash_flow": MONEY,
    "unit_cost": (*PRICE, "USD per W"),
    "unit_price": (*PRICE, "USD per W", "CNY m", "USD m"),
    "revenue_to_date": MONEY,
    "net_loss_to_date": MONEY,
    "parent_net_loss": MONEY,
    "r_and_d": MONEY,
    "sga": MONEY,
    # balance sheet and cash
    "accumulated_deficit": MONEY,
    "retained_earnings": MONEY,
    "equity": MONEY,
    "total_assets": MONEY,
    "total_liabilities": MONEY,
    "current_assets": MONEY,
    "current_liabilities": MONEY,
    "total_debt": MONEY,
    "cash": MONEY,
    "cash_and_short_term_investments": MONEY,
    "operating_cash_flow": MONEY,
    "capex": MONEY,
    "convertible_notes_raised": MONEY,
    "equity_raised": MONEY,
    "anchor_investment": MONEY,
    "capital_increase": MONEY,
    "invested_to_date": MONEY,
    "shareholder_loans": MONEY,
    "shareholder_guarantees": ("text",),
    "plan_plant_investment": MONEY,
    "plan_investment": MONEY,
    "funding_text": ("text",),
    "going_concern_doubt": ("flag",),
    # market and people
    "ads_price": ("USD",),
    "market_value": MONEY,
    "post_money": MONEY,
    "shares_outstanding": ("million shares",),
    "volatility": ("ratio",),
    "bond_price": ("ratio",),
    "bond_yield": ("ratio",),
    "bond_coupon": ("ratio",),
    "bond_due": ("text",),
    "bond_put": ("text",),
    "bond_conversion": PRICE,
    "risk_free_rate": ("ratio",),
    "share_price": PRICE,
    "share_price_change": ("ratio",),
    "credit_rating": ("text",),
    "lender_review": ("text",),
    "headcount": ("people",),
    "headcount_change": ("ratio",),
    "pay_arrears": ("text",),
    "plan_headcount": ("people",),
    "plan_jobs": ("jobs",),
    "plan_construction_jobs": ("jobs",),
    "plan_wage": PRICE,
    "jobs_local": ("jobs",),
    "tax_local": MONEY,
    "jobs_reported": ("jobs",),
    "jobs_eligible": ("jobs",),
    "jobs_lost": ("jobs",),
    "list_price": ("USD", "CNY"),
    "founder_prior_exit": ("text",),
    "founder_shares_in_trust": ("million shares",),
    "founder_record": ("text",),
    "founder_identity_verified": ("flag",),
    "founder_lawsuits": ("count",),
    "founder_ventures": ("count",),
    "founder_ventures_exited": ("count",),
    "founder_ventures_failed": ("count",),
    "founder_ventures_running": ("count",),
    "founder_votes": ("ratio",),
    "references_taken": ("count",),
    "references_off_list": ("count",),
    "references_adverse": ("count",),
    "key_person_text": ("text",),
    "key_person_deputy": ("flag",),
    "key_person_bound": ("flag",),
    "competence_held": ("flag",),
    "team_complete": ("flag",),
    "team_gaps": ("text",),
    "team_text": ("text",),
    "management_changes": ("text",),
    "pledged_share": ("ratio",),
    "litigation_open": ("count", "text"),
    "litigation_claims": MONEY,
    "ip_in_company": ("flag",),
    "plant_pledged_share": ("ratio",),
    "frozen_share": ("ratio",),
    "judgment_debtor": ("flag",),
    "related_party_receivables": MONEY,
    "related_party_loans": MONEY,
    "related_party_guarantees": MONEY,
    "free_service_promise": ("text",),
    "service_cost": PRICE,
    "nev_sales_yoy": ("ratio",),
    "car_sales_yoy": ("ratio",),
    "nev_share": ("ratio",),
    "nev_share_target": ("ratio",),
    "market_share": ("ratio",),
    "market_imports": MONEY,
    "market_forecast": ("text",),
    "market_text": ("text",),
    "product_price_change": ("ratio",),
    "input_price_change": ("ratio",),
    "import_tariff": ("ratio",),
    "peer_award": MONEY,
    "cluster_firms": ("count",),
    "startups_left": ("text",),
    "user_response": ("text",),
    "subsidy_text": ("text",),
    "policy_text": ("text",),
    "region_text": ("text",),
    "approval_text": ("text",),
    **OF_DEALS,
    # ties of entities.ftm.json
    "ownership": ("text",),
    "directorship": ("text",),
    "buyer": ("text",),
    "counterparty": ("text",),
    # region and exchange rates
    "gdp": MONEY,
    "budget_revenue": MONEY,
    "budget_expenditure": MONEY,
    "debt_outstanding": MONEY,
    "debt_limit": MONEY,
    "usd_cny": ("CNY per USD",),
    **OF_PLACES,
    **OF_WATCHING,
}


class _Vocabulary(Mapping[str, tuple[str, ...]]):
    """Names and their units; rates between any two currencies (``krw_cny``) are known without being listed."""

    def __getitem__(self, name: str) -> tuple[str, ...]:
        pair = rate_between(name) if name not in _UNITS_BY_NAME else None
        return _UNITS_BY_NAME[name] if pair is None else (f"{pair[1]} per {pair[0]}",)

    def __iter__(self) -> Iterator[str]:
        return iter(_UNITS_BY_NAME)

    def __len__(self) -> int:
        return len(_UNITS_BY_NAME)


#: Allowed units of each known name of a fact; an amount in one currency stands for the same amount in any other.
UNITS_BY_NAME: Mapping[str, tuple[str, ...]] = _Vocabulary()
_OF_PEOPLE = {"people", "persons", "jobs"}


def unit_fits(name: str, unit: str) -> bool:
    """Whether facts of a known name can be stated in a unit; people are counted in persons and in jobs alike.

    >>> unit_fits("revenue", "KRW m"), unit_fits("revenue", "KRW"), unit_fits("deliveries", "KRW m")
    (True, False, False)
    """
    allowed, money = UNITS_BY_NAME[name], money_form(unit)
    if unit in _OF_PEOPLE and _OF_PEOPLE & set(allowed):
        return True
    if unit in allowed or money is None:
        return unit in allowed
    return any(form is not None and form[1] == money[1] for form in map(money_form, allowed))


def label_of(name: str) -> Message | None:
    """What a name of a fact is called by people; None for a name that is not in the vocabulary.

    >>> label_of("deliveries").id
    'evidence.name.deliveries'
    """
    return _words("name", name)


def meaning_of(name: str) -> Message | None:
    """What a fact of this name states, in a line; None for a name that is not in the vocabulary."""
    return _words("meaning", name)


def _words(kind: str, name: str) -> Message | None:
    if f"evidence.{kind}.{name}" in catalogue("evidence"):
        return Message.of(f"evidence.{kind}.{name}")
    if (pair := rate_between(name)) is not None:
        return Message.of(f"evidence.rate.{kind}", from_currency=pair[0], to_currency=pair[1])
    return None


@cache
def _by_label() -> dict[str, str]:
    """Labels in every language, and names with spaces, to names."""
    labels = {name.replace("_", " "): name for name in _UNITS_BY_NAME}
    for lang in catalogue_languages():
        for name in _UNITS_BY_NAME:
            if (label := label_of(name)) is not None:
                labels.setdefault(render(label, lang).casefold(), name)
    return labels


def name_of_label(text: str) -> str | None:
    """The name of a fact that people call by these words, in any language.

    >>> name_of_label("交付量"), name_of_label("Share of the largest customer")
    ('deliveries', 'largest_customer_share')
    """
    return _by_label().get(" ".join(text.split()).casefold())


def nearest_name(text: str) -> str | None:
    """The name that was probably meant, by the names themselves or by what people call them."""
    near = name_of_label(text) or nearest(text, UNITS_BY_NAME)
    if near is None and (label := nearest(text.casefold(), _by_label())):
        near = _by_label()[label]
    return near


def describe_name(name: str) -> Message:
    """A name of a fact with what it is called, as a sentence proposes it."""
    return Message.of("evidence.name_told", name=name, label=label_of(name) or name)


#: Names of figures of a region; as figures of the company they are a slip.
REGION_NAMES = frozenset({"gdp", "budget_revenue", "budget_expenditure", "debt_limit", "debt_outstanding"})
#: Names whose amounts are entered as positive numbers.
POSITIVE_NAMES = frozenset({"net_loss", "operating_loss", "accumulated_deficit"})


#: Names of what is set for a time before it begins.
_SET_AHEAD = frozenset({"debt_limit", "import_tariff", "milestone_promised"})


def looks_ahead(name: str) -> bool:
    """Whether facts of this name speak about a time that has not come: guidance, plans, targets, limits."""
    return name.startswith("plan_") or name.endswith(("_guidance", "_target")) or name in _SET_AHEAD
