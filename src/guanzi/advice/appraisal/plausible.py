"""Whether what a company model says of a company lies where companies of its industry were seen.

The company alone is run for ten years on a few paths. Once its plants have risen, the medians of gross margin, revenue
of a unit, growth and cash are held against ranges that named sources give. Outside one of them the model cannot
forecast this company, and no figure of it is shown. The ranges judge the model, not the company: they
enter no figure, so they may be younger than the day; rows of the company itself are left out.

What is drawn of the company with the deal is held to the same ranges day by day, over the whole horizon, in its median
and in its greater twentieth, and ends where it leaves them. The lesser twentieth is held to none: what survives and
reports bounds no loss of those that fail. The greater twentieth of sales neither: no source tells its end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.calibration import ROUND_RATES, growth_range, home_rate, sales_of
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Distribution
from guanzi.engine.simulation import FanData, forecast
from guanzi.record.evidence import (
    CASH_HELD,
    CASH_TO_SALES,
    PRIOR,
    IndustryRow,
    View,
    margins_of,
    newest_margin,
    priors,
    rows_of,
)

PATHS, YEARS, SEED = 256, 10, 1
"""Paths and years of the run; from the eighth year on plants have risen, whatever the cycle of three years does."""
RISEN = 8
LEAST_PATHS = 16
"""Fewer paths that live and sell tell no median."""
UNIT_REVENUE = "revenue_per_unit"
PRICE_NOT_HELD = frozenset(
    {"appraisal.parameter.price.judgement", "appraisal.origin.plant_price", "appraisal.origin.nominal_price"}
)
"""Reasons of a price that no fact tells: what the company itself was seen to get for a unit needs no range."""

TABLE_YEARS = 10
"""Years over which the table of growth was counted."""

type Quantity = Literal["margin", "unit_revenue", "growth", "cash", "held"]
type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Implausible:
    """A median with its range, outside which it is implausible.

    Attributes:
        quantity: Which.
        value: The median, a fraction; of ``unit_revenue`` dollars, of ``held`` millions of dollars.
        low, high: The range; without a lower end minus infinity.
        sources: Ids of the base rates that give it.
        companies: How many companies stand behind it; 0: it is of a table of companies.
        everywhere: They are of any industry.
        day: The as-of date; a range that was published later says so, for it judges the model, not the company.
    """

    KIND: ClassVar[str] = "implausible"
    quantity: Quantity
    value: float
    low: float
    high: float
    sources: tuple[str, ...]
    companies: int = 0
    everywhere: bool = False
    day: date = date.max

    @property
    def message(self) -> Message:
        """The reason, with the range, who publishes it and since when; not the median, which nobody would believe."""
        return self._in_words("implausible")

    def ends(self, day: date) -> Message:
        """That a fan ends before a day, because it would leave the range from then on."""
        return self._in_words("fan_ends", day=day.isoformat())

    @property
    def outside(self) -> bool:
        """Whether the value lies outside the range."""
        return not self.low <= self.value <= self.high

    def _in_words(self, what: str, **more: str) -> Message:
        priors_of = [priors()[id.removeprefix(PRIOR)] for id in self.sources]
        publishers = tuple(dict.fromkeys(prior.source.publisher for prior in priors_of))
        published = max(prior.known_on for prior in priors_of)
        days = {"day": published.isoformat(), "asked": self.day.isoformat()}
        later = Message.of("appraisal.range.later", **days) if published > self.day else ""
        seen = Message.of(f"appraisal.range.seen{'.everywhere' if self.everywhere else ''}", n=self.companies)
        side = "below" if self.value < self.low else "above"
        low = self.low if math.isfinite(self.low) else None
        id = f"appraisal.{what}.{self.quantity}.{side}"
        ends = {"low": low, "high": self.high}
        return Message.of(id, sources=publishers, later=later, seen=seen, currency="USD", **ends, **more)


@dataclass(frozen=True, slots=True)
class RisenMedians:
    """Medians of the company alone once its plants have risen; None where too few paths live and sell.

    Attributes:
        margin: Gross margin over the last three of ten years.
        unit_revenue: Revenue of a unit in the last year, in units of the model's money.
        growth: Of revenue a year from the first year to the last, of paths that sell in the first.
        cash: Over the sales of the last year.
        wide_cash: The greater twentieth of cash over that of sales.
    """

    margin: float | None
    unit_revenue: float | None
    growth: float | None
    cash: float | None
    wide_cash: float | None


def implausible(view: View, model: CompanyModel, unit: float) -> tuple[Implausible, ...]:
    """Medians of a model that lie outside the ranges of its industry.

    Args:
        view: What was known.
        model: The company with its parameters.
        unit: Size of a unit of its money.
    """
    medians = risen_medians(model)
    return tuple(replace(x, day=view.as_of) for x in held_to(view, model, medians, unit) if x.outside)


def left_at(
    view: View, model: CompanyModel, fans: Mapping[str, FanData], sheet: TermSheet
) -> Mapping[str, tuple[int, Implausible]]:
    """The first step at which a fan of the company leaves a range, with what it leaves; nothing of fans that never do.

    Args:
        view: What was known, in the currency of the sheet.
        model: The company with its parameters.
        fans: Quantities of the simulation over its steps, among them ``revenue`` of a step.
        sheet: The term sheet, for the length of a step and the unit of money.
    """
    found: dict[str, tuple[int, Implausible]] = {}
    for name in ("cash", "cash_without", "gross_margin", "revenue"):
        for step, tested in _stepwise(view, model, fans, sheet, name):
            if tested.outside:
                found[name] = (step, replace(tested, day=view.as_of))
                break
    return found


def _stepwise(
    view: View, model: CompanyModel, fans: Mapping[str, FanData], sheet: TermSheet, name: str
) -> Iterator[tuple[int, Implausible]]:
    """Step after step, what a fan says of the company with its range."""
    fan, year = fans[name], 12 // sheet.step
    sums = [np.convolve(row, np.ones(year))[: len(row)] for row in (fans["revenue"].p50, fans["revenue"].p95)]
    test = {"gross_margin": _margins, "revenue": _grown}.get(name, _held)
    for step in range(len(fan.dates)):
        if np.isnan(fan.p50[step]):
            return
        at = _At((step + 1) / year, (fan.p50[step], fan.p95[step]), (sums[0][step], sums[1][step]))
        if name == "gross_margin":  # seasons are no margin: the ranges are of years, or of quarters of all seasons
            last = slice(max(0, step + 1 - year), step + 1)
            at = replace(at, value=(float(np.mean(fan.p50[last])), float(np.mean(fan.p95[last]))))
        yield from ((step, tested) for tested in test(view, model, at, sheet.unit))


@dataclass(frozen=True, slots=True)
class _At:
    """A fan at the end of a step: years gone by, median and greater twentieth, and those of the sales of a year."""

    years: float
    value: tuple[float, float]
    sales: tuple[float, float]


def _held(view: View, model: CompanyModel, at: _At, unit: float) -> Iterator[Implausible]:
    """Cash: no more than any company was seen to hold, and once it sells no more of its sales than makers hold."""
    own = view.company.id
    rows = rows_of(CASH_HELD, own, scale=1.0)
    dollars = at.value[1] * unit * _in_dollars(view) / 1e6
    if rows:  # it is itself the company that was seen to hold most
        yield _at_most("held", dollars, rows)
    if "certified" in model.provides() or at.years < (RISEN if made_by_plant(model) else 1):
        return
    rows = rows_of(CASH_TO_SALES, own)
    for cash, sales in zip(at.value, at.sales, strict=True):
        if sales > 0:
            yield _at_most("cash", cash / sales, rows)


def _margins(view: View, model: CompanyModel, at: _At, unit: float) -> Iterator[Implausible]:
    """Gross margin once plants have risen: the median within the industry, the greater twentieth within all."""
    if at.years < RISEN:
        return
    own = view.company.id
    yield _of_own(view, _of_industry(view, at.value[0]))
    yield _of_own(view, _at_most("margin", at.value[1], margins_of("", own)))


def _grown(view: View, model: CompanyModel, at: _At, unit: float) -> Iterator[Implausible]:
    """Median sales from the year on over which growth was counted."""
    sales = sales_of(view)
    if at.years < TABLE_YEARS or sales is None or sales.value <= 0 or made_by_plant(model):
        return
    low, high, table = growth_range(view, sales)
    growth = (at.sales[0] * unit / 1e6 / sales.value) ** (1.0 / at.years) - 1.0
    yield Implausible("growth", growth, low, high, (table,))


def made_by_plant(model: CompanyModel) -> bool:
    """Whether a planned plant would at least double the company: then it grows by its plan, not as its size does."""
    planned = model.parameters.get("plant_units")
    return planned is not None and planned.distribution.median > 0


def held_to(view: View, model: CompanyModel, medians: RisenMedians, unit: float) -> Iterator[Implausible]:
    """Each median that there is with its range, whether it lies outside or not.

    Args:
        view: What was known.
        model: The company with its parameters.
        medians: What the model says of it.
        unit: Size of a unit of its money.
    """
    own = view.company.id
    if medians.margin is not None:
        yield _of_own(view, _of_industry(view, medians.margin))
    rows = rows_of(UNIT_REVENUE, own, None, view.industry, scale=1.0)
    judged = model.parameters["price"].origin.because.id in PRICE_NOT_HELD
    if medians.unit_revenue is not None and rows and judged:
        yield _against("unit_revenue", medians.unit_revenue * unit * _in_dollars(view), rows)
    sales = sales_of(view)
    if medians.growth is not None and sales is not None and sales.value > 0 and not made_by_plant(model):
        low, high, table = growth_range(view, sales)
        yield Implausible("growth", medians.growth, low, high, (table,))
    if "certified" in model.provides():
        return  # sales of deep tech have hardly begun: its cash is for what is still to come
    rows = rows_of(CASH_TO_SALES, own)
    for value in (medians.cash, medians.wide_cash):
        if value is not None:
            most = max(row.value for row in rows)
            yield Implausible("cash", value, 0.0, most, _named(rows))


def _of_own(view: View, found: Implausible) -> Implausible:
    """What the company itself earns today is no fault of the model; that it loses as much for ever would be."""
    reported = newest_margin(view, "gross_margin")
    return found if reported is None else replace(found, high=max(found.high, reported.value))


def _named(rows: tuple[IndustryRow, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{PRIOR}{row.prior}" for row in rows))


def _of_industry(view: View, margin: float) -> Implausible:
    """A margin with those of the industry; where none of it was seen, with those of all."""
    rows = margins_of(view.industry, view.company.id)
    found = _against("margin", margin, rows or margins_of("", view.company.id))
    return replace(found, everywhere=not rows)


def _against(quantity: Quantity, value: float, rows: tuple[IndustryRow, ...]) -> Implausible:
    seen, companies = [row.value for row in rows], {row.label.split(" ")[0] for row in rows}
    return Implausible(quantity, value, min(seen), max(seen), _named(rows), len(companies))


def _at_most(quantity: Quantity, value: float, rows: tuple[IndustryRow, ...]) -> Implausible:
    """A value with the greatest that was seen, and where."""
    top = max(rows, key=lambda row: row.value)
    return Implausible(quantity, value, -math.inf, top.value, _named((top,)))


def _in_dollars(view: View) -> float:
    """Dollars for one unit of the view's currency, at a round rate where none was held; that tells a car's price."""
    return 1.0 / home_rate(view, view.currency) / ROUND_RATES["USD"]


def risen_medians(model: CompanyModel) -> RisenMedians:
    """Medians of a company alone; the same for models with the same parameters that draw the same."""
    return _medians(_Asked(model))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A model that is equal to another one where what is asked of it cannot differ."""

    model: CompanyModel

    @property
    def key(self) -> tuple[object, ...]:
        """What the medians rest on: the kind of company, its step function, its draws and every distribution."""
        spreads: Mapping[str, Distribution] = {name: p.distribution for name, p in self.model.parameters.items()}
        return (type(self.model), self.model.VERSION, self.model.streams, *spreads.values())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


@lru_cache(maxsize=256)
def _medians(asked: _Asked) -> RisenMedians:
    values = forecast(asked.model, 4 * YEARS, paths=PATHS, seed=SEED).values
    revenue, units = (_years(values[name]) for name in ("revenue", "units"))
    sells = (values["solvent"][-1] > 0) & (revenue[-1] > 0)
    if sells.sum() < LEAST_PATHS:
        return RisenMedians(None, None, None, None, None)
    late = slice(4 * (RISEN - 1), None)
    sold = values["revenue"][late][:, sells]
    margin = (values["gross_margin"][late][:, sells] * sold).sum(axis=0) / sold.sum(axis=0)
    cash = values["cash"][-1][sells]
    began = sells & (revenue[0] > 0)
    grown = (revenue[-1][began] / revenue[0][began]) ** (1.0 / (YEARS - 1)) - 1.0
    return RisenMedians(
        margin=float(np.median(margin)),
        unit_revenue=float(np.median(revenue[-1][sells] / units[-1][sells])),
        growth=float(np.median(grown)) if began.sum() >= LEAST_PATHS else None,
        cash=float(np.median(cash / revenue[-1][sells])),
        wide_cash=float(np.quantile(cash, 0.95) / np.quantile(revenue[-1][sells], 0.95)),
    )


def _years(rows: Floats) -> Floats:
    """Sums of four quarters: (years, paths)."""
    return np.asarray(rows.reshape(YEARS, 4, -1).sum(axis=1), np.float64)
