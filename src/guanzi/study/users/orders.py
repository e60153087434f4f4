"""Quality of orders: at arm's length, paid, repeated; and what recommendations are worth without their price."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.intake.inputs import Records

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A share k of n, with its 95 % interval (Wilson, 1927)."""

    k: int
    n: int

    @property
    def value(self) -> float:
        """K of n."""
        return self.k / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: it stays between 0 and 1 and does not vanish at the ends.

        >>> tuple(round(x, 3) for x in Share(8, 10).interval)
        (0.49, 0.943)
        """
        p, n, z = self.value, self.n, Z95
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = max(centre - half, 0.0), min(centre + half, 1.0)
        return (0.0 if self.k == 0 else low), (1.0 if self.k == n else high)  # exact where rounding would leave a trace


@dataclass(frozen=True, slots=True)
class Order:
    """One order; None where the list has no such column."""

    user: str
    ordered: date
    amount: float | None
    paid: bool | None
    related: bool | None
    referred: bool | None
    reward: float | None


@dataclass(frozen=True, slots=True)
class Orders:
    """What a list of orders says.

    Attributes:
        orders, users: Numbers.
        arms_length, paid, repeated: Shares of orders; None where the list does not say.
        sound: Share of orders that are at arm's length and paid.
        buyers_again: Share of users with more than one order.
        referred: Share of orders by recommendation.
        reward_share: Rewards paid over the amount of the recommended orders.
        corrected: Recommended orders without reward over all orders: the share that nobody paid for. The truth lies
            between it and ``referred``, as some who were rewarded would have come anyway.
    """

    orders: int
    users: int
    arms_length: Share | None
    paid: Share | None
    sound: Share | None
    repeated: Share
    buyers_again: Share
    referred: Share | None
    corrected: Share | None
    reward_share: float | None


def orders_of(records: Records, day: date) -> tuple[Order, ...]:
    """The orders of a list until a day.

    Raises:
        InvalidInput: A day or number cannot be read, or there is no order until then.
    """
    problems: list[Problem] = []
    found: list[Order] = []
    for row in records.rows:
        ordered = records.day(row, "ordered", problems)
        amount = records.number(row, "amount", problems)
        reward = records.number(row, "reward", problems)
        if ordered is None or ordered > day or not row.get("user"):
            continue
        paid, related, referred = (records.flag(row, name) for name in ("paid", "related", "referred"))
        found.append(Order(row.get("user"), ordered, amount, paid, related, referred, reward))
    if not problems and not found:
        problems.append(Problem(Message.of("diligence.users.no_orders", day=day.isoformat()), records.place))
    if problems:
        raise InvalidInput(problems)
    return tuple(sorted(found, key=lambda o: (o.ordered, o.user)))


def order_quality(orders: Sequence[Order], *, rewards_known: bool) -> Orders:
    """What the orders say.

    Args:
        orders: In the order of their days; at least one.
        rewards_known: The list has a column of rewards, so that an empty cell means none.
    """
    n = len(orders)
    seen: dict[str, int] = {}
    repeated = 0
    for order in orders:
        seen[order.user] = seen.get(order.user, 0) + 1
        repeated += seen[order.user] > 1
    referred = [o for o in orders if o.referred]
    known = orders[0].referred is not None
    paid_for = [o for o in referred if o.reward]
    spent, sales = sum(o.reward or 0.0 for o in referred), sum(o.amount or 0.0 for o in referred)
    both = orders[0].related is not None and orders[0].paid is not None
    return Orders(
        orders=n,
        users=len(seen),
        arms_length=_share([o.related is False for o in orders]) if orders[0].related is not None else None,
        paid=_share([o.paid is True for o in orders]) if orders[0].paid is not None else None,
        sound=_share([o.related is False and o.paid is True for o in orders]) if both else None,
        repeated=Share(repeated, n),
        buyers_again=Share(sum(count > 1 for count in seen.values()), len(seen)),
        referred=Share(len(referred), n) if known else None,
        corrected=Share(len(referred) - len(paid_for), n) if known and rewards_known else None,
        reward_share=spent / sales if rewards_known and sales > 0 else None,
    )


def _share(flags: Sequence[bool]) -> Share:
    return Share(sum(flags), len(flags))
