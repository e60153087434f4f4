"""Debt service of the investing platform, if it borrows: a conditional figure, never a fact of the record.

A platform rarely says how it pays for a deal. What can be said is: if a stated part of the money were borrowed at a
stated rate and not repaid before a stated day, this would be the interest of every year, and this the money that the
platform needs in that year in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guanzi.base.core import HOME, Message


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """One calendar year of a deal that is partly borrowed, CNY m.

    Attributes:
        own: Payments that are not borrowed.
        drawn: Payments that are borrowed.
        repaid: Debt repaid from what came back; not part of the burden.
        outstanding: Debt at the end of the year.
        interest: Interest of the year.
        share: Burden, of a year's budget revenue; None: the revenue is not known.
    """

    year: int
    own: float
    drawn: float
    repaid: float
    outstanding: float
    interest: float
    share: float | None

    @property
    def burden(self) -> float:
        """Money that the platform must find in the year: payments not borrowed, and interest."""
        return self.own + self.interest


@dataclass(frozen=True, slots=True)
class DebtService:
    """Debt service under a stated assumption.

    Attributes:
        borrowed: Part of every payment that is borrowed, as a ratio.
        rate: Interest a year, as a ratio.
        until: Last day for which interest is counted.
        years: Every year from the first payment to ``until``.
        interest: Of all years.
        worst: Year with the largest burden (the earliest of equals); None when nothing is paid.
        message: The condition and what follows from it.
    """

    borrowed: float
    rate: float
    until: date
    years: tuple[ServiceYear, ...]
    interest: float
    worst: ServiceYear | None
    message: Message


def service_if_borrowed(
    payments: Iterable[tuple[date, float]],
    borrowed: float,
    rate: float,
    until: date,
    repayments: Iterable[tuple[date, float]] = (),
    budget_revenue: float | None = None,
    currency: str = HOME,
) -> DebtService:
    """Interest by year if a part of the public money were borrowed.

    Interest is simple and paid every year (it is not added to the debt), and runs by days: the actual days of a year
    over the days of that year. Payments after ``until`` are left out. Repayments lower the debt until it is zero.

    Args:
        payments: Due date and amount, CNY m.
        borrowed: Part of every payment that is borrowed, as a ratio.
        rate: Interest a year, as a ratio, e.g. the discount rate of the playbook.
        until: Last day for which interest is counted.
        repayments: Day and amount, CNY m, with which debt is repaid.
        budget_revenue: A year's budget revenue, CNY m; None: a gap.
        currency: Of all amounts.

    Raises:
        ValueError: An amount or the rate is negative, the part is not between 0 and 1, or the revenue is not positive.

    >>> service = service_if_borrowed([(date(2021, 1, 1), 100.0)], 0.5, 0.04, date(2022, 12, 31))
    >>> [(y.year, y.own, round(y.interest, 6)) for y in service.years]
    [(2021, 50.0, 2.0), (2022, 0.0, 2.0)]
    """
    if not 0 <= borrowed <= 1:
        raise ValueError(f"the borrowed part is {borrowed}, not between 0 and 1")
    if not rate >= 0:
        raise ValueError(f"the rate is {rate}; it must not be negative")
    if budget_revenue is not None and not budget_revenue > 0:
        raise ValueError(f"the budget revenue is {budget_revenue}, it must be above zero or None")
    paid, back = _in_order(payments, until), _in_order(repayments, until)
    years = tuple(_years(paid, back, borrowed, rate, until, budget_revenue))
    worst = max(years, key=lambda year: year.burden, default=None)
    interest = sum(year.interest for year in years)
    message = Message.of("fiscal.service.nothing")
    if worst is not None:
        peak = max(years, key=lambda year: year.interest)
        message = Message.of_money(
            currency,
            "fiscal.service.conditional",
            borrowed=borrowed,
            rate=f"{100 * rate:.10g}",
            until=until.isoformat(),
            interest=interest,
            peak=peak.interest,
            year=peak.year,
        )
    return DebtService(borrowed, rate, until, years, interest, worst, message)


def _in_order(amounts: Iterable[tuple[date, float]], until: date) -> list[tuple[date, float]]:
    found = sorted((day, amount) for day, amount in amounts if day <= until)
    for day, amount in found:
        if not amount >= 0:
            raise ValueError(f"the amount of {day} is {amount}; amounts are not negative")
    return found


def _years(
    paid: Sequence[tuple[date, float]],
    back: Sequence[tuple[date, float]],
    borrowed: float,
    rate: float,
    until: date,
    revenue: float | None,
) -> Iterable[ServiceYear]:
    if not paid:
        return
    debt = 0.0
    for year in range(paid[0][0].year, until.year + 1):
        first, end = date(year, 1, 1), min(date(year + 1, 1, 1), until + timedelta(days=1))
        days_of_year = (date(year + 1, 1, 1) - first).days
        changes = sorted(
            [(day, amount * borrowed) for day, amount in paid if day.year == year]
            + [(day, -amount) for day, amount in back if day.year == year]
        )
        interest, drawn, repaid, since = 0.0, 0.0, 0.0, first
        for day, change in [*changes, (end, 0.0)]:
            interest += debt * rate * (day - since).days / days_of_year
            change = max(change, -debt)
            drawn, repaid, debt, since = drawn + max(change, 0.0), repaid - min(change, 0.0), debt + change, day
        own = sum(amount for day, amount in paid if day.year == year) * (1 - borrowed)
        share = None if revenue is None else (own + interest) / revenue
        yield ServiceYear(year, own, drawn, repaid, debt, interest, share)
