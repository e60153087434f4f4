"""Users: retention by cohort, quality of orders, recommendations and their price."""

from guanzi.study.users.orders import Orders, order_quality, orders_of
from guanzi.study.users.retention import Cohort, Retention, retention, stays_of

__all__ = [
    "Cohort",
    "Orders",
    "Retention",
    "order_quality",
    "orders_of",
    "retention",
    "stays_of",
]
