"""What came back of public money so far: multiples, and the rate of return of payments on their days.

DPI, TVPI and XIRR as funds report them (Global Investment Performance Standards, 2020, glossary): no fee is taken off,
so that TVPI is also the multiple on money invested. Of a payment that is known for a longer time the day is not known:
the rate is then given by the two ends that these days allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from guanzi.base.core import DAYS_OF_YEAR
from guanzi.study.monitoring.patience import CashFlow, Realised

HIGHEST = math.log(1e6)
"""Of the logarithm of one plus a rate: a higher one is not looked for."""


def realised(flows: Iterable[CashFlow], day: date, sale: float | None) -> Realised | None:
    """What came back until a day; None where nothing was paid.

    Args:
        flows: What was paid and received.
        day: The day; later flows are not counted.
        sale: What selling all that is held brings on the day; None: not known.
    """
    held = [flow for flow in flows if flow.day <= day]
    paid = -sum(flow.amount for flow in held if flow.amount < 0.0)
    if not paid:
        return None
    returned = sum(flow.amount for flow in held if flow.amount > 0.0)
    whole = None if sale is None else (returned + sale) / paid
    with_sale = None if sale is None else spanned_rate([*held, CashFlow(day, sale)])
    return Realised(returned / paid, whole, spanned_rate(held), with_sale)


def spanned_rate(flows: Sequence[CashFlow]) -> tuple[float, float] | None:
    """Lowest and highest rate a year at which flows are worth nothing, by the days on which each can have come.

    None where money went one way only, or where the days leave several rates.

    >>> low, high = spanned_rate([CashFlow(date(2020, 1, 1), -100.0), CashFlow(date(2021, 1, 1), 110.0)])
    >>> round(low, 3), low == high
    (0.1, True)
    """
    ends = [
        [(flow.since if (flow.amount < 0.0) is early and flow.since else flow.day, flow.amount) for flow in flows]
        for early in (True, False)
    ]
    rates = [rate_of(end) for end in ends]
    found = [rate for rate in rates if rate is not None]
    return (min(found), max(found)) if len(found) == len(rates) else None


def rate_of(flows: Iterable[tuple[date, float]]) -> float | None:
    """The only rate a year at which dated flows are worth nothing; None where there is none, or where several may be.

    There is one where what was paid and received so far changes its sign once (Norstrom 1972).
    """
    dated = sorted((day, amount) for day, amount in flows if amount)
    total, sums = 0.0, []
    for _, amount in dated:
        total += amount
        sums.append(total)
    signs = [value > 0.0 for value in sums if value]
    turns = sum(a is not b for a, b in pairwise(signs))
    amounts = [amount > 0.0 for _, amount in dated]
    once = sum(a is not b for a, b in pairwise(amounts)) == 1
    if not dated or amounts[0] or not (once or (turns == 1 and total > 0.0)):
        return None
    first = dated[0][0]
    years = [((day - first).days / DAYS_OF_YEAR, amount) for day, amount in dated]

    def worth(growth: float) -> float:
        return sum(amount * math.exp(-growth * time) for time, amount in years)

    low, high = -1.0, 1.0
    while worth(low) < 0.0 and low > -HIGHEST:
        low *= 2.0
    while worth(high) > 0.0 and high < HIGHEST:
        high *= 2.0
    if not worth(low) >= 0.0 >= worth(high):
        return None
    from scipy.optimize import brentq  # loads late

    return math.expm1(brentq(worth, low, high, xtol=1e-12))
