"""Cash calls: what the public side has to pay in which year, against what the city takes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class YearCall:
    """Planned payments of one calendar year.

    Attributes:
        planned: CNY m.
        share: Of a year's budget revenue; None when the revenue is not known.
    """

    year: int
    planned: float
    share: float | None


@dataclass(frozen=True, slots=True)
class CashPlan:
    """Planned payments by year.

    Attributes:
        years: Every year from the first payment to the last, those without payment included.
        total: CNY m.
        worst: The year with the largest payments (the earliest of equals); None when nothing is paid.
    """

    years: tuple[YearCall, ...]
    total: float
    worst: YearCall | None


def planned_calls(payments: Iterable[tuple[date, float]], budget_revenue: float | None) -> CashPlan:
    """Add dated payments up by calendar year, and hold them against the budget.

    Args:
        payments: Due date and amount, CNY m, of the parties whose budget is meant.
        budget_revenue: Latest general public budget revenue known at the as-of date, CNY m; None: a gap.

    Raises:
        ValueError: An amount is negative (a receipt is not a negative payment), or the revenue is not positive.

    >>> plan = planned_calls([(date(2020, 6, 30), 30.0), (date(2022, 3, 31), 10.0)], 600.0)
    >>> [(y.year, y.planned, y.share) for y in plan.years]
    [(2020, 30.0, 0.05), (2021, 0.0, 0.0), (2022, 10.0, 0.016666666666666666)]
    """
    if budget_revenue is not None and not budget_revenue > 0:
        raise ValueError(f"the budget revenue is {budget_revenue}, it must be above zero or None")
    by_year: defaultdict[int, float] = defaultdict(float)
    for due, amount in payments:
        if not amount >= 0:
            raise ValueError(f"the payment of {due} is {amount}; payments are not negative")
        by_year[due.year] += amount
    years = tuple(
        YearCall(year, by_year[year], None if budget_revenue is None else by_year[year] / budget_revenue)
        for year in range(min(by_year, default=0), max(by_year, default=-1) + 1)
    )
    worst = max(years, key=lambda call: call.planned, default=None)
    return CashPlan(years, sum(call.planned for call in years), worst)
