"""Users: retention by cohort, quality of orders, recommendations and their price."""

from guanzi.study.users.orders import Order, Orders, Share, order_quality, orders_of
from guanzi.study.users.retention import Cohort, Kept, Retention, Stay, retention, stays_of

__all__ = [
    "Cohort",
    "Kept",
    "Order",
    "Orders",
    "Retention",
    "Share",
    "Stay",
    "order_quality",
    "orders_of",
    "retention",
    "stays_of",
]
