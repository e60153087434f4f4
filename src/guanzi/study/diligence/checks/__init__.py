"""The checks, in the order in which a dossier shows them."""

from guanzi.study.diligence.checks.break_even import BREAK_EVEN
from guanzi.study.diligence.checks.buyer_obligations import BUYER_OBLIGATIONS
from guanzi.study.diligence.checks.buyer_record import BUYER_RECORD
from guanzi.study.diligence.checks.capacity_use import CAPACITY_USE
from guanzi.study.diligence.checks.city_promises import CITY_PROMISES
from guanzi.study.diligence.checks.competition import COMPETITION
from guanzi.study.diligence.checks.concentration import CUSTOMER_INDEX, SUPPLIER_CONCENTRATION
from guanzi.study.diligence.checks.contribution import CONTRIBUTION
from guanzi.study.diligence.checks.customers import CUSTOMER_CONCENTRATION
from guanzi.study.diligence.checks.dependence import DEPENDENCE
from guanzi.study.diligence.checks.encumbrance import FROZEN_SHARES, IP_AND_PLANT
from guanzi.study.diligence.checks.founder import FOUNDER
from guanzi.study.diligence.checks.founder_identity import FOUNDER_IDENTITY
from guanzi.study.diligence.checks.founder_team import COMPETENCE, KEY_PERSON_CHECK, REFERENCES_CHECK, VENTURES
from guanzi.study.diligence.checks.funding_window import FUNDING_WINDOW
from guanzi.study.diligence.checks.going_concern import GOING_CONCERN
from guanzi.study.diligence.checks.licence import LICENCE
from guanzi.study.diligence.checks.lifecycle_cost import LIFECYCLE_COST
from guanzi.study.diligence.checks.litigation import LITIGATION
from guanzi.study.diligence.checks.momentum import MOMENTUM
from guanzi.study.diligence.checks.orders import ORDERS
from guanzi.study.diligence.checks.ownership import OWNERSHIP
from guanzi.study.diligence.checks.patent_portfolio import PATENT_PORTFOLIO
from guanzi.study.diligence.checks.plan_funding import PLAN_FUNDING
from guanzi.study.diligence.checks.plan_kept import PLAN_KEPT
from guanzi.study.diligence.checks.plant_before_product import PLANT_BEFORE_PRODUCT
from guanzi.study.diligence.checks.pledges import PLEDGED_SHARES
from guanzi.study.diligence.checks.price_payment import PRICE_PAYMENT
from guanzi.study.diligence.checks.quality import QUALITY
from guanzi.study.diligence.checks.related_balances import RELATED_BALANCES
from guanzi.study.diligence.checks.related_party import RELATED_PARTY
from guanzi.study.diligence.checks.runway import RUNWAY
from guanzi.study.diligence.checks.second_source import SECOND_SOURCE
from guanzi.study.diligence.checks.shareholder_support import SHAREHOLDER_SUPPORT
from guanzi.study.diligence.checks.single_supplier import SINGLE_SUPPLIER
from guanzi.study.diligence.checks.site_title import SITE_TITLE
from guanzi.study.diligence.checks.supply_contracts import SUPPLY_CONTRACTS_CHECK
from guanzi.study.diligence.checks.team import TEAM
from guanzi.study.diligence.checks.technology import TECHNOLOGY
from guanzi.study.diligence.checks.technology_route import TECHNOLOGY_ROUTE
from guanzi.study.diligence.checks.unit_margin import UNIT_MARGIN
from guanzi.study.diligence.checks.unvalidated import UNVALIDATED
from guanzi.study.diligence.checks.user_base import ORDER_QUALITY, REFERRAL_PRICE, USER_RETENTION

CHECKS = (
    GOING_CONCERN,
    RUNWAY,
    FUNDING_WINDOW,
    PLAN_FUNDING,
    SHAREHOLDER_SUPPORT,
    BUYER_OBLIGATIONS,
    MOMENTUM,
    UNIT_MARGIN,
    BREAK_EVEN,
    LIFECYCLE_COST,
    CAPACITY_USE,
    COMPETITION,
    RELATED_PARTY,
    CUSTOMER_CONCENTRATION,
    CUSTOMER_INDEX,
    ORDERS,
    ORDER_QUALITY,
    USER_RETENTION,
    REFERRAL_PRICE,
    QUALITY,
    DEPENDENCE,
    PLANT_BEFORE_PRODUCT,
    SINGLE_SUPPLIER,
    SUPPLIER_CONCENTRATION,
    SECOND_SOURCE,
    SUPPLY_CONTRACTS_CHECK,
    CONTRIBUTION,
    TECHNOLOGY,
    TECHNOLOGY_ROUTE,
    PATENT_PORTFOLIO,
    FOUNDER,
    FOUNDER_IDENTITY,
    VENTURES,
    REFERENCES_CHECK,
    KEY_PERSON_CHECK,
    TEAM,
    COMPETENCE,
    PLAN_KEPT,
    CITY_PROMISES,
    BUYER_RECORD,
    OWNERSHIP,
    LITIGATION,
    PLEDGED_SHARES,
    FROZEN_SHARES,
    RELATED_BALANCES,
    LICENCE,
    SITE_TITLE,
    IP_AND_PLANT,
    PRICE_PAYMENT,
    UNVALIDATED,
)

__all__ = ["CHECKS"]
