"""Liquid means, and what they are spent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from guanzi.base.core import Period
from guanzi.record.evidence.accounts.flows import AnnualFigure, annual, months_of, over
from guanzi.record.evidence.held import Reading, at, reading_of
from guanzi.record.evidence.view import View

type BurnFlow = Literal["free_cash_flow", "operating_cash_flow", "net_loss", "fall"]

CASH = ("cash_and_short_term_investments", "cash")
"""Liquid means, the wider figure first."""
LONGEST_FALL = 18
"""Months between two balances beyond which they say little of present spending: a year and its report (judgement)."""
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


def net_assets(view: View) -> Reading | None:
    """What the company owns less what it owes by its newest balance: as stated, else its assets less liabilities."""
    stated, sides = newest(view, "equity"), ("total_assets", "total_liabilities")
    day = max(set.intersection(*({f.period.end for f in view.named(name)} for name in sides)), default=None)
    assets, liabilities = (None if day is None else at(view, name, day) for name in sides)
    if assets is None or liabilities is None or (stated is not None and stated.period.end >= assets.period.end):
        return stated
    return Reading(assets.value - liabilities.value, assets.period, assets.facts + liabilities.facts)


def burn(view: View) -> tuple[AnnualFigure, BurnFlow] | None:
    """Cash that twelve months take, from the newest flow that is known, and which flow it is; negative: it brings cash.

    Of one end, cash flow comes before the net loss, which stands for it; plant is added to the cash flow of operations.
    A loss leaves out what is built: where liquid means fell by more, they are what was spent at least (``fall``).
    """
    found: list[tuple[AnnualFigure, BurnFlow]] = []
    for flow, sign in _BURNS:
        held = annual(view, flow)
        if held is not None:
            found.append((held if sign > 0 else held.opposite, flow))
    if not found:
        return None
    figure, name = max(found, key=lambda item: item[0].period.end)
    fall = _fall(view, figure) if name == "net_loss" else None
    if fall is not None and fall.value > max(figure.value, 0.0):
        return fall, "fall"
    plant = over(view, "capex", figure.period) if name == "operating_cash_flow" else None
    if plant is None:
        return figure, name
    more, scale = abs(plant.value), 12 / months_of(figure.period)
    facts = (*figure.facts, *plant.facts)
    return replace(figure, value=figure.value + more * scale, amount=figure.amount + more, facts=facts), name


def _fall(view: View, loss: AnnualFigure) -> AnnualFigure | None:
    """By how much the newest balance lies below the one before, for a year; None where it is older than the loss."""
    last = liquid(view)
    if last is None or last.period.end < loss.period.end:
        return None
    name = next(name for name in CASH if at(view, name, last.period.end) is not None)
    earlier = max((f.period.end for f in view.named(name) if f.period.end < last.period.end), default=None)
    before = None if earlier is None else at(view, name, earlier)
    if earlier is None or before is None:
        return None
    start = earlier + timedelta(days=1)
    between = Period.parse(f"{start:%Y-%m}/{last.period.end:%Y-%m}")
    months = months_of(between)
    if months > LONGEST_FALL:
        return None
    drop = before.value - last.value
    return replace(
        loss,
        value=drop * 12 / months,
        amount=drop,
        period=between,
        form="annualised",
        facts=(*before.facts, *last.facts),
    )
