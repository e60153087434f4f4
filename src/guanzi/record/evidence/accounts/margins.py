"""Margins: as stated, or made of profit or cost and sales."""

from __future__ import annotations

from guanzi.base.core import CalendarKind, Period, PeriodKind
from guanzi.record.evidence.accounts.flows import calendar, over, together
from guanzi.record.evidence.held import Reading, reading_of, series
from guanzi.record.evidence.view import View

MARGINS = ("vehicle_margin", "gross_margin")
"""Margins in the order in which they are preferred: that on the product before that on everything."""
_KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "half", "year", "span")


def margins(view: View, name: str, kind: CalendarKind, subject: str = "company") -> tuple[Reading, ...]:
    """A margin in every period of a kind: as stated; a gross margin else from gross profit or cost and sales."""
    found = {reading.period: reading for reading in series(view, name, subject, kind)}
    if name == "gross_margin":
        for sales in calendar(view, "revenue", kind, subject):
            if sales.period not in found and sales.value > 0:
                profit = _gross_profit(view, sales, subject)
                if profit is not None:
                    found[sales.period] = _ratio(profit, sales)
    return tuple(found[period] for period in sorted(found))


def newest_margin(view: View, *names: str, subject: str = "company") -> Reading | None:
    """The newest margin under these names (by default those of :data:`MARGINS`).

    Of one end, that of the earlier name counts, then that of the shorter period.
    """
    names = names or MARGINS
    held = [
        (reading.period.end, -place, reading.period.start, reading)
        for place, name in enumerate(names)
        for kind in _KINDS
        for reading in series(view, name, subject, kind)
    ]
    made = _of_profit(view, subject) if "gross_margin" in names else None
    if made is not None:
        held.append((made.period.end, -len(names), made.period.start, made))
    return max(held, key=lambda item: item[:3])[3] if held else None


def margin_over(view: View, period: Period, *names: str) -> Reading | None:
    """A margin of exactly these months, of the first name of which it is known."""
    for name in names:
        stated = reading_of(view, view.resolve(name, period=period))
        if stated is not None:
            return stated
        if name == "gross_margin" and (sales := over(view, "revenue", period)) is not None and sales.value > 0:
            profit = _gross_profit(view, sales, "company")
            if profit is not None:
                return _ratio(profit, sales)
    return None


def _of_profit(view: View, subject: str) -> Reading | None:
    """The gross margin of the newest months of which sales, and profit or cost, are known."""
    for name in ("gross_profit", "cost_of_revenue"):
        both = together(view, "revenue", name, subject=subject)
        if both is not None and both[0].value > 0:
            profit = _gross_profit(view, both[0], subject)
            return None if profit is None else _ratio(profit, both[0])
    return None


def _gross_profit(view: View, sales: Reading, subject: str) -> Reading | None:
    stated = over(view, "gross_profit", sales.period, subject)
    if stated is not None:
        return stated
    cost = over(view, "cost_of_revenue", sales.period, subject)
    return None if cost is None else Reading(sales.value - cost.value, sales.period, cost.facts)


def _ratio(profit: Reading, sales: Reading) -> Reading:
    facts = tuple(dict.fromkeys((*profit.facts, *sales.facts)))
    return Reading(profit.value / sales.value, sales.period, facts)
