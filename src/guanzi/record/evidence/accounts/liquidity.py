"""Liquid means, and what they are spent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from guanzi.record.evidence.accounts.flows import AnnualFigure, annual, months_of, over
from guanzi.record.evidence.held import Reading, at, reading_of
from guanzi.record.evidence.view import View

type BurnFlow = Literal["free_cash_flow", "operating_cash_flow", "net_loss"]

CASH = ("cash_and_short_term_investments", "cash")
"""Liquid means, the wider figure first."""
_BURNS: tuple[tuple[BurnFlow, int], ...] = (("free_cash_flow", -1), ("operating_cash_flow", -1), ("net_loss", 1))


def newest(view: View, *names: str, subject: str = "company") -> Reading | None:
    """The newest of figures under several names, e.g. of a balance; of one day, that of the first name."""
    held = [found for name in names if (found := reading_of(view, view.resolve(name, subject))) is not None]
    return max(held, key=lambda r: r.period.end, default=None)


def liquid(view: View, subject: str = "company") -> Reading | None:
    """The newest balance of liquid means."""
    return newest(view, *CASH, subject=subject)


def liquid_at(view: View, day: date, subject: str = "company") -> Reading | None:
    """Liquid means at the end of a day."""
    return next((found for name in CASH if (found := at(view, name, day, subject)) is not None), None)


def burn(view: View) -> tuple[AnnualFigure, BurnFlow] | None:
    """Cash that twelve months take, from the newest flow that is known, and which flow it is; negative: it brings cash.

    Of one end, cash flow comes before the net loss, which stands for it; plant is added to the cash flow of operations.
    """
    found: list[tuple[AnnualFigure, BurnFlow]] = []
    for flow, sign in _BURNS:
        held = annual(view, flow)
        if held is not None:
            found.append((held if sign > 0 else held.opposite, flow))
    if not found:
        return None
    figure, name = max(found, key=lambda item: item[0].period.end)
    plant = over(view, "capex", figure.period) if name == "operating_cash_flow" else None
    if plant is None:
        return figure, name
    more, scale = abs(plant.value), 12 / months_of(figure.period)
    facts = (*figure.facts, *plant.facts)
    return replace(figure, value=figure.value + more * scale, amount=figure.amount + more, facts=facts), name
