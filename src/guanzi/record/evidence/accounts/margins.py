"""Margins: as stated, or made of profit or cost and sales."""

from __future__ import annotations

from guanzi.base.core import CalendarKind, PeriodKind
from guanzi.record.evidence.accounts.flows import calendar, over, together
from guanzi.record.evidence.held import Reading, series
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
                    facts = tuple(dict.fromkeys((*profit.facts, *sales.facts)))
                    found[sales.period] = Reading(profit.value / sales.value, sales.period, facts)
    return tuple(found[period] for period in sorted(found))


def newest_margin(view: View, subject: str = "company") -> Reading | None:
    """The newest margin: of one end that on the product first, then that of the shorter period."""
    held = [
        (reading.period.end, -place, reading.period.start, reading)
        for place, name in enumerate(MARGINS)
        for kind in _KINDS
        for reading in series(view, name, subject, kind)
    ]
    made = _of_profit(view, subject)
    if made is not None:
        held.append((made.period.end, -len(MARGINS), made.period.start, made))
    return max(held, key=lambda item: item[:3])[3] if held else None


def _of_profit(view: View, subject: str) -> Reading | None:
    """The gross margin of the newest months of which sales, and profit or cost, are known."""
    for name, sign, base in (("gross_profit", 1, 0.0), ("cost_of_revenue", -1, 1.0)):
        both = together(view, "revenue", name, subject=subject)
        if both is not None and both[0].value > 0:
            facts = tuple(dict.fromkeys((*both[1].facts, *both[0].facts)))
            return Reading(base + sign * both[1].value / both[0].value, both[0].period, facts)
    return None


def _gross_profit(view: View, sales: Reading, subject: str) -> Reading | None:
    stated = over(view, "gross_profit", sales.period, subject)
    if stated is not None:
        return stated
    cost = over(view, "cost_of_revenue", sales.period, subject)
    return None if cost is None else Reading(sales.value - cost.value, sales.period, cost.facts)
