"""How long figures of accounts stay the newest: after that they are stale.

Half-year reports of listed companies are due within two months, annual ones within four (China Securities Regulatory
Commission, order 182 of 18 March 2021; the four months are also those of article 4 of directive 2004/109/EC). That
shorter periods are given as long as a half, and that a balance is followed by one of half a year later, or of as many
months as the company's accounts up to the same day cover where these are fewer, are judgements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from guanzi.base.core import Duration, Period
from guanzi.record.evidence.accounts.forms import flow_of, names_of
from guanzi.record.evidence.view import View

HALF_YEAR_DELAY, YEAR_DELAY = 60, 120
"""Days after the end of a period of up to half a year, and of a longer one, until which its figures may be awaited."""
FLOWS = frozenset(
    {
        "deliveries", "revenue", "vehicle_sales", "cost_of_revenue", "gross_profit", "r_and_d", "sga", "operating_loss",
        "net_loss", "free_cash_flow", "operating_cash_flow", "capex",
    }
)  # fmt: skip
"""What accounts state over a time."""
ACCOUNTS = FLOWS | {
    "gross_margin", "vehicle_margin", "accumulated_deficit", "retained_earnings", "equity", "total_assets",
    "total_liabilities", "current_assets", "current_liabilities", "total_debt", "cash",
    "cash_and_short_term_investments",
}  # fmt: skip
"""What accounts state anew with each period, by the names of flows."""
LEAST_MONTHS = 3
"""Months below which a part of a year is not taken for the whole where a longer one ended within a year before;
judgement: companies report by quarter at the shortest, and one month is mostly season."""
LEAST_YEARS = 2
"""Years of twelve months that end in the same month show that the fiscal year ends in it; judgement."""


def awaited_by(period: Period, balance: int = 6) -> date:
    """The first day on which the figures of the period after this one should have been out.

    More than half a year, and less than a year, is followed by the year.

    >>> awaited_by(Period.parse("2019")), awaited_by(Period.parse("2019Q4")), awaited_by(Period.parse("2019-12-31"))
    (datetime.date(2021, 5, 1), datetime.date(2020, 5, 31), datetime.date(2020, 8, 30))
    >>> awaited_by(Period.parse("2019-01/2019-09"))
    datetime.date(2020, 4, 30)
    """
    months = min(max(period.months, LEAST_MONTHS), 12) if period.months else balance
    further = months if months <= 6 or months == 12 else 12 - months
    next_end = Duration(further).after(period.end + timedelta(days=1)) - timedelta(days=1)
    return next_end + timedelta(days=(HALF_YEAR_DELAY if months <= 6 else YEAR_DELAY) + 1)


def awaited_of(view: View, period: Period) -> date:
    """As :func:`awaited_by`; who tells a quarter up to a day gives a balance, and other figures, every quarter.

    So all that is told of parts of a year that end on one day is awaited anew on one day.
    """
    held = [fact.period for name in FLOWS for form in names_of(name) for fact in view.named(form)]
    ending = [one for one in held if one.end == period.end and one.months >= LEAST_MONTHS]
    if not period.months:
        return awaited_by(period, min(max((one.months for one in ending), default=6), 6))
    if period.months >= 12:
        return awaited_by(period)
    return min(awaited_by(one) for one in (period, *(one for one in ending if one.months < 12)))


def is_stale(view: View, period: Period) -> bool:
    """Whether newer figures than those of a period should have been out by the day of a view."""
    return view.as_of >= awaited_of(view, period)


def stale_periods(view: View, facts: Iterable[str]) -> tuple[tuple[str, Period], ...]:
    """The company's accounts among some facts, each with its newest period, where that is stale.

    An older figure than the newest that is held is looked at on purpose, and is not stale.
    """
    found: dict[str, Period] = {}
    for fact in (view.fact(id) for id in facts):
        flow = flow_of(fact.name)
        if fact.subject == "company" and flow in ACCOUNTS and fact.period.end == _newest_end(view, flow):
            held = found.get(flow)
            if held is None or fact.period.months > held.months:
                found[flow] = fact.period
    return tuple((name, period) for name, period in found.items() if is_stale(view, period))


def entered_as(view: View, flow: str, period: Period) -> str:
    """The name under which accounts state a flow of a period: that of a profit where they are entered as one."""
    names = (name for name in names_of(flow) for fact in view.named(name) if fact.period == period)
    return next(names, flow).removesuffix("_to_date")


def _newest_end(view: View, flow: str) -> date:
    return max(fact.period.end for name in names_of(flow) for fact in view.named(name))


def year_ends(view: View) -> int:
    """Month (1 to 12) in which the company's fiscal year ends: as told, else December."""
    return stated_year_ends(view) or 12


def stated_year_ends(view: View) -> int | None:
    """Month (1 to 12) in which the company's fiscal year ends, as stated, else as two of its years show; None: untold.

    Twelve months up to a quarter are told of companies of any year, so one such figure shows nothing, and what is held
    of years of the calendar outweighs as many others.
    """
    if view.company.year_ends is not None:
        return view.company.year_ends
    told = (fact.period for name in FLOWS for form in names_of(name) for fact in view.named(form))
    months = Counter(period.end.month for period in {period for period in told if period.months == 12})
    month = max(months, key=lambda month: (months[month], month), default=12)
    return month if months[month] >= LEAST_YEARS else None


def year_awaited(view: View) -> Period:
    """The last fiscal year whose figures should have been out: of who tells parts of a year, with its last."""
    told = (fact.period.months for name in FLOWS for form in names_of(name) for fact in view.named(form))
    delay = HALF_YEAR_DELAY if any(LEAST_MONTHS <= n <= 6 for n in told) else YEAR_DELAY
    return last_year_out(view.as_of, delay, year_ends(view))


def own_period(day: date, months: int, ends: int = 12) -> Period:
    """The year (12 months), half (6) or quarter (3) of a company whose fiscal year ends in a month, around a day.

    >>> str(own_period(date(2024, 5, 2), 12, ends=3)), str(own_period(date(2024, 5, 2), 3, ends=1))
    ('2024-04/2025-03', '2024-05/2024-07')
    """
    after = (day.year * 12 + day.month - 1 - ends) % months
    return Period.until(Duration(months - 1 - after).after(day.replace(day=1)), months)


def last_year_out(day: date, delay: int = YEAR_DELAY, ends: int = 12) -> Period:
    """The last fiscal year whose accounts should have been out by a day, so many days after its end.

    Args:
        day: The day.
        delay: Days from the end of a year to its accounts.
        ends: Month in which the fiscal year ends.

    >>> str(last_year_out(date(2024, 1, 15))), str(last_year_out(date(2024, 5, 1)))
    ('2022', '2023')
    >>> str(last_year_out(date(2024, 9, 1), ends=3))
    '2023-04/2024-03'
    """
    year = own_period(day, 12, ends).shift(-1)
    return year if day > year.end + timedelta(days=delay) else year.shift(-1)
