"""The checks, in the order in which a dossier shows them."""

from guanzi.diligence.checks.break_even import BREAK_EVEN
from guanzi.diligence.checks.buyer_obligations import BUYER_OBLIGATIONS
from guanzi.diligence.checks.buyer_record import BUYER_RECORD
from guanzi.diligence.checks.capacity_use import CAPACITY_USE
from guanzi.diligence.checks.city_promises import CITY_PROMISES
from guanzi.diligence.checks.competition import COMPETITION
from guanzi.diligence.checks.contribution import CONTRIBUTION
from guanzi.diligence.checks.customers import CUSTOMER_CONCENTRATION
from guanzi.diligence.checks.dependence import DEPENDENCE
from guanzi.diligence.checks.founder import FOUNDER
from guanzi.diligence.checks.founder_identity import FOUNDER_IDENTITY
from guanzi.diligence.checks.funding_window import FUNDING_WINDOW
from guanzi.diligence.checks.going_concern import GOING_CONCERN
from guanzi.diligence.checks.licence import LICENCE
from guanzi.diligence.checks.litigation import LITIGATION
from guanzi.diligence.checks.momentum import MOMENTUM
from guanzi.diligence.checks.orders import ORDERS
from guanzi.diligence.checks.plan_funding import PLAN_FUNDING
from guanzi.diligence.checks.plan_kept import PLAN_KEPT
from guanzi.diligence.checks.plant_before_product import PLANT_BEFORE_PRODUCT
from guanzi.diligence.checks.pledges import PLEDGED_SHARES
from guanzi.diligence.checks.price_payment import PRICE_PAYMENT
from guanzi.diligence.checks.quality import QUALITY
from guanzi.diligence.checks.related_party import RELATED_PARTY
from guanzi.diligence.checks.runway import RUNWAY
from guanzi.diligence.checks.shareholder_support import SHAREHOLDER_SUPPORT
from guanzi.diligence.checks.single_supplier import SINGLE_SUPPLIER
from guanzi.diligence.checks.site_title import SITE_TITLE
from guanzi.diligence.checks.team import TEAM
from guanzi.diligence.checks.technology import TECHNOLOGY
from guanzi.diligence.checks.unit_margin import UNIT_MARGIN
from guanzi.diligence.checks.unvalidated import UNVALIDATED

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
    CAPACITY_USE,
    COMPETITION,
    RELATED_PARTY,
    CUSTOMER_CONCENTRATION,
    ORDERS,
    QUALITY,
    DEPENDENCE,
    PLANT_BEFORE_PRODUCT,
    SINGLE_SUPPLIER,
    CONTRIBUTION,
    TECHNOLOGY,
    FOUNDER,
    FOUNDER_IDENTITY,
    TEAM,
    PLAN_KEPT,
    CITY_PROMISES,
    BUYER_RECORD,
    LITIGATION,
    PLEDGED_SHARES,
    LICENCE,
    SITE_TITLE,
    PRICE_PAYMENT,
    UNVALIDATED,
)

__all__ = ["CHECKS"]
