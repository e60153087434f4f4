"""A company of which nothing is known: every parameter is a judgement, and its size is that of the deal."""

from __future__ import annotations

from dataclasses import replace

from guanzi.advice.calibration import JUDGEMENTS, judged
from guanzi.base.core import HOME
from guanzi.deal.terms import (
    TermSheet,
    Unknown,
    Value,
    public_flows,
)
from guanzi.engine.company import CompanyModel, Distribution, ScaleUpManufacturer

QUARTERS_PAID = 4.0
"""The public money of a deal of unknown size pays the fixed cost of so many quarters. Judgement: a year's support."""


def generic_model(sheet: TermSheet) -> CompanyModel:
    """A scale-up manufacturer for a bare term sheet.

    Amounts are scaled so that the public money of the sheet pays the fixed cost of a year; nothing else is fitted to
    the deal. What comes of it is an illustration of clauses, not a forecast of a company.

    Args:
        sheet: The term sheet.
    """
    scale = public_money(sheet) / (QUARTERS_PAID * JUDGEMENTS["opex"].median)
    parameters = {}
    for name, distribution in JUDGEMENTS.items():
        unit = ScaleUpManufacturer.UNITS[name]
        parameters[name] = replace(
            judged(name, _scaled(distribution, scale) if unit == f"{HOME} m" else distribution), unit=unit
        )
    return ScaleUpManufacturer(parameters)


def _scaled(distribution: Distribution, factor: float) -> Distribution:
    values = distribution.values
    if distribution.kind == "lognormal":
        return replace(distribution, values=(values[0] * factor, values[1]))
    return replace(distribution, values=tuple(value * factor for value in values))


def public_money(sheet: TermSheet) -> float:
    """What the public side can come to pay, lend, give or guarantee: the middle of brackets, in the sheet's unit."""
    return sum(middle_of(flow.amount) for flow in public_flows(sheet)) or 1.0


def middle_of(value: Value) -> float:
    """A value, what is assumed for it, or the middle of its bracket; nothing where none is stated."""
    if not isinstance(value, Unknown):
        return value
    if value.assumed is not None:
        return value.assumed
    return 0.0 if value.low is None or value.high is None else (value.low + value.high) / 2
