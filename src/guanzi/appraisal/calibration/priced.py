"""What the price of the deal says of a company whose value nothing else tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guanzi.appraisal.calibration.amounts import from_facts
from guanzi.appraisal.calibration.fab import GOOD, TURNOVER
from guanzi.appraisal.calibration.making import peaked
from guanzi.simulation import CapacityCycleFab, Distribution, Parameter, PreRevenueDeepTech
from guanzi.terms import Equity, TermSheet, Unknown, Value

SPREAD = 0.4
"""Spread (of the logarithm) of the value around the price; judgement: a price is agreed, not measured."""


@dataclass(frozen=True, slots=True)
class Price:
    """What the first equity of a sheet pays, and the value of all shares that this means, low to high.

    Amounts are in millions of the currency of the sheet.
    """

    paid: float
    low: float
    high: float
    clause: str


def priced_parameters(model: str, found: Mapping[str, Parameter], sheet: TermSheet) -> Iterator[Parameter]:
    """Fixed assets of a fab, or what a business before its first product is worth, from the price of its shares.

    Used only where no fact tells the value; it takes the price to be fair, and says so.

    Args:
        model: Id of the company model.
        found: Parameters found so far, amounts in millions of the currency of the sheet.
        sheet: The term sheet.
    """
    price = _price(sheet)
    if price is None:
        return
    cash = found["cash"].distribution.median
    before = [max(x - price.paid - cash, 0.0) for x in (price.low, price.high)]
    middle = sum(before) / 2
    said: dict[str, float | str] = {"low": price.low, "high": price.high}
    if model == PreRevenueDeepTech.ID and found["worth"].origin.kind == "judgement" and middle > 0:
        yield from_facts("worth", Distribution("lognormal", (middle, SPREAD)), (price.clause,), "price", **said)
    if model == CapacityCycleFab.ID and _nothing_stands(found) and middle > 0:
        yield from_facts("assets", peaked(before[0], middle, before[1]), (price.clause,), "price", **said)
        starts = TURNOVER[1] * middle / (4 * found["price"].distribution.median * GOOD)
        spread = Distribution("lognormal", (starts, SPREAD))
        yield from_facts("capacity", spread, (price.clause,), "price_lines", turnover=TURNOVER[1])


def _nothing_stands(found: Mapping[str, Parameter]) -> bool:
    return all(found[name].origin.kind == "judgement" for name in ("assets", "capacity"))


def _price(sheet: TermSheet) -> Price | None:
    """The price of the first equity with a known or bracketed share; money in kind does not count."""
    for equity in sheet.equities:
        share, paid = _range(equity.share), _paid(equity)
        if share is not None and paid > 0 and share[0] > 0:
            size = sheet.unit / 1e6
            return Price(paid * size, paid * size / share[1], paid * size / share[0], f"terms.{equity.id}")
    return None


def _paid(equity: Equity) -> float:
    total = 0.0
    for tranche in equity.tranches:
        for amount in tranche.amounts.values():
            found = _range(amount)
            total += sum(found) / 2 if found is not None else 0.0
    return total


def _range(value: Value) -> tuple[float, float] | None:
    if not isinstance(value, Unknown):
        return value, value
    if value.low is not None and value.high is not None:
        return value.low, value.high
    return None if value.assumed is None else (value.assumed, value.assumed)
