"""For or against: whether more of what a fact states speaks for a deal or against it, or why neither can be said.

A larger number, a yes, and words that say that there is such a thing are *more* of it. The sign is that of the latest
figure alone, with all else as it is: an earlier one is what it is compared with.

A simulation takes what the shares are worth, and how much they move, as given. A fact that is moved alone contradicts
them: with the same price, less debt says that the market thinks less of the business, or that the business is the more
uncertain. So some signs do not reach what is simulated (``unforeseen``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Direction = Literal["good", "bad", "none"]
type WhyNone = Literal["alone", "both", "other_company", "price", "rate", "read_by_people", "size", "unread"]
"""Why a fact has no sign: it says nothing without another (``alone``); it helps one conclusion and harms another
(``both``); it is about another company, as a measure (``other_company``); it is a price or a rate (``price``,
``rate``); only people can weigh the words (``read_by_people``); it is a size (``size``); no check and no model reads it
(``unread``)."""
type Unforeseen = Literal["gains", "worth", "volume"]
"""How far the sign of a fact does not reach what is simulated. At the price of the day what is earned, spent and owed
still tells whether the company fails without the deal, and no more (``gains``: a company that fails less grows less at
that price, and gives less occasion to sell the stake back). What is held, lost, raised or paid for the shares tells not
even that, for at the same volatility of the shares more of it says that the business itself is the more uncertain
(``worth``). Who sells more owes, spends and, below cost, loses more (``volume``)."""


@dataclass(frozen=True, slots=True)
class FactSign:
    """The sign of a name; ``because``: why there is none; ``unforeseen``: how far it does not reach a simulation."""

    direction: Direction
    because: WhyNone | None = None
    unforeseen: Unforeseen | None = None


_GOOD = """
deliveries delivery_guidance local_plant site_owned customer_prepayments safety_rating
second_source inventory_cover_months supply_contract_years retention_12m repeat_purchase_share referral_rate
referral_rate_unrewarded orders_arms_length_share orders_paid_share orders_repeat_share swap_station_life
swap_station_most_swaps swaps_per_day swap_tariff swap_paid_share pack_years pack_cycles pack_residual anchor_investment
charging_efficiency patents patents_owned_share freedom_to_operate patent_families patent_families_abroad
certification_basis type_certificate production_certificate production_licence revenue vehicle_margin gross_margin
gross_profit free_cash_flow equity current_assets cash cash_and_short_term_investments operating_cash_flow
equity_raised raised_to_date capital_increase net_profit revenue_to_date deliveries_to_date
jobs_local tax_local founder_prior_exit founder_shares_in_trust
founder_identity_verified
founder_ventures_exited references_taken references_off_list key_person_deputy key_person_bound competence_held
team_complete ip_in_company nev_sales_yoy car_sales_yoy operator_certificate
user_response buyer_revenue buyer_industry_record buyer_age price_paid
sold_before made_before offtake_contracted first_phase_financed
partner_contribution_cash co_investors series_models budget_revenue debt_limit market_growth market_value credit_rating
"""
_BAD = """
recalled_vehicles contract_manufacturer own_plant_before_product start_postponed plan_capacity_elsewhere
largest_supplier_share sole_source_parts import_dependence largest_customer_share related_party_sales_share
related_party_purchase_commitment related_party_channel quality_complaints supplier_share customer_share
second_source_months supply_take_or_pay supply_change_of_control referral_reward swap_station_capex
swap_station_maintenance swap_station_packs swap_station_staff swap_station_land swap_energy pack_capacity pack_price
electricity_price cost_of_capital route_switching_cost route_conditions patents_pledged_share inventors_left_share
blocking_families technology_licensed net_loss operating_loss parent_net_loss r_and_d sga accumulated_deficit
total_liabilities current_liabilities total_debt capex shareholder_loans shareholder_guarantees
funding_text going_concern_doubt insolvency_opened operations_suspended founder_lawsuits
founder_ventures_failed founder_votes references_adverse key_person_text team_gaps management_changes pledged_share
litigation_open litigation_claims plant_pledged_share frozen_share judgment_debtor related_party_receivables
related_party_loans related_party_guarantees free_service_promise startups_left subsidy_text failed_public_deals
public_framework_elsewhere cities_approached parallel_city_deals city_promises_elsewhere
parallel_investment_commitments buyer_obligations buyer_guarantee buyer_put_price buyer_sanction buyer_relation
deferred_price seller_cash_contribution partner_contribution_in_kind asset_contribution_value debt_outstanding
plan_revenue plan_deliveries project_cancelled local_weekly_rate cost_of_revenue
net_loss_to_date
"""
_NONE: dict[WhyNone, str] = {
    "alone": """
order_years orders fleet_orders technology_route route_share route_companies founder_ventures
founder_ventures_running sales_shock bond_due bond_put market_share nev_share nev_share_target shares_outstanding
purchase_price bond_coupon bond_conversion ownership directorship buyer counterparty
service_cost plan_production_start plan_start
""",
    "both": """
total_assets convertible_notes_raised bridge_investors local_plant_capacity capacity plan_capacity
plan_capacity_first_phase post_money public_equity plan_plant_investment plan_investment cumulative_deliveries
invested_to_date
""",
    "price": "list_price unit_price ads_price share_price bond_price bond_yield product_price_change vehicle_sales "
    "deal_valuation",
    "rate": "risk_free_rate volatility plan_wage",
    "read_by_people": "land_text licence_text technology_text product_text team_text orders_text plan_text "
    "approval_text founder_record buyer_record local_site technology_position",
    "size": "headcount plan_headcount plan_jobs",
}
_UNFORESEEN: dict[Unforeseen, str] = {
    "gains": """
vehicle_margin gross_margin gross_profit cost_of_revenue r_and_d sga operating_cash_flow capex current_assets
total_debt total_liabilities
""",
    "worth": """
cash cash_and_short_term_investments net_loss operating_loss net_loss_to_date equity equity_raised raised_to_date
capital_increase market_value
""",
    "volume": "deliveries deliveries_to_date delivery_guidance revenue revenue_to_date",
}
_HOW = {name: how for how, names in _UNFORESEEN.items() for name in names.split()}
_SIGNS: dict[str, FactSign] = {
    **{name: FactSign("good", unforeseen=_HOW.get(name)) for name in _GOOD.split()},
    **{name: FactSign("bad", unforeseen=_HOW.get(name)) for name in _BAD.split()},
    **{name: FactSign("none", why) for why, names in _NONE.items() for name in names.split()},
}
_OF_OTHERS = frozenset({"local_weekly_rate"})
"""What a check reads of a competitor alone: the more of it, the worse. Its deliveries are a yardstick, too."""
_UNREAD = FactSign("none", "unread")


def sign_of(name: str, subject: str = "company") -> FactSign:
    """The sign of a name of a fact about a subject.

    >>> sign_of("total_assets").because, sign_of("total_debt").direction, sign_of("total_debt").unforeseen
    ('both', 'bad', 'gains')
    """
    if subject not in ("company", "region", "market"):
        return (
            FactSign("bad") if name in _OF_OTHERS else FactSign("none", "rate" if subject == "fx" else "other_company")
        )
    return _SIGNS.get(name, _UNREAD)
