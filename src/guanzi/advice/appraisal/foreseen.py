"""What is foreseen of the company without the deal: weights of the paths, and the ensemble, from a prepared case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.appraisal import ensemble, panel_weights
from guanzi.advice.appraisal.coherent import MOST, Coherent, Prices, Unweighted, weigh
from guanzi.advice.appraisal.ensemble import PooledForecast
from guanzi.advice.appraisal.failing import (
    FailureMember,
    distress_step,
    rating_member,
    reference_member,
    structural_member,
    unclassed,
    weights_of,
)
from guanzi.advice.appraisal.lent import Debts, debts_of
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.calibration import QUOTE_DAYS, Amount, a_year, balance_of_cash, home_rate, market_value, years
from guanzi.base.core import DAYS_OF_YEAR, Message
from guanzi.deal.program import grid_of
from guanzi.engine.company import CompanyModel
from guanzi.engine.simulation import HERE, Running, Sampler, forecast
from guanzi.record.evidence import View, converted_to, priors_on
from guanzi.study.forecasting import LEVELS, MarketView, Quantiles

HELD, DISTRESS = "without.held", "without.distress_step"
ENSEMBLE_PATHS = 8_192
TABLE = "base-rate-book-2016"
QUARTER_MONTHS = 3
MONEY = ("revenue", "cash", "value", "held")


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """What is foreseen of the company without the deal; amounts in millions.

    Attributes:
        coherent: Weights of the paths and curves of failure.
        pooled: The ensemble.
        parents: Of each member but the structural one: quantity and name to ids.
        market: What the market paid, with its fact.
        debts: Quoted debt, with its facts.
        unclassed: What a rating class of the company lacks; None where it has one.
    """

    coherent: Coherent
    pooled: tuple[PooledForecast, ...]
    parents: Mapping[tuple[str, str], tuple[str, ...]]
    market: Amount | None
    debts: Debts
    unclassed: Message | None = None

    def ids(self, paths: int) -> NDArray[np.uint64] | None:
        """Numbers of the paths that are run; None: the first ones."""
        return self.coherent.ids(paths)


@dataclass(frozen=True, slots=True, eq=False)
class _Alone:
    """The company without the deal, as it is asked what it foresees.

    Attributes:
        view: What was known, in the currency of the sheet.
        model: The company model.
        scale: Millions to a unit of the model.
        months: Months of a step of the deal.
    """

    view: View
    model: CompanyModel
    scale: float
    months: int

    @property
    def quarterly(self) -> bool:
        """Whether its paths are those of the deal's other world: of a grid of months the draws are others."""
        return self.months == QUARTER_MONTHS


def foresee(
    prepared: Prepared, paths: int, seed: int, running: Running = HERE, *, pooled: bool = True
) -> Foreseen | None:
    """Weights and ensemble; None when nothing is simulated.

    Args:
        prepared: What is fixed before the simulation.
        paths: Number of simulated paths; weights are learnt on no more than :data:`coherent.MOST` of them.
        seed: Key of the random numbers.
        running: How it is run; it does not change the result.
        pooled: Whether the ensemble is asked for, too; without it there are the weights of the paths alone.
    """
    sheet, model, policy = prepared.sheet, prepared.model, prepared.policy
    if sheet is None or model is None or policy is None:
        return None
    view, scale, grid = converted_to(prepared.view, sheet.currency).view, sheet.unit / 1e6, grid_of(sheet)
    sampler = Sampler((HELD, DISTRESS), paths=min(paths, MOST), seed=seed, threads=running.threads)
    asked_of = (sheet, model, policy, sampler.paths, seed)
    drawn = running.remembered(("prices", *asked_of), lambda: sampler.draw(sheet, model, policy))
    first = np.where(drawn[DISTRESS] < 0.0, np.inf, drawn[DISTRESS])
    others = _others(prepared.view)
    market = price_of_day(view)
    per_year = 12 // grid.months
    members = {"structural": structural_member(first, per_year, grid.count), **others}
    debts = running.remembered(("debts", *asked_of), lambda: debts_of(view, model, sampler.paths, seed))
    company = _Alone(view, model, scale, grid.months)
    # On a grid of months the paths of the company alone are others: then no price of debt is asked of them.
    prices = Prices(None if market is None else market.value, debts.priced if company.quarterly else ())
    run = Unweighted(drawn[HELD] * scale, first, per_year, grid.count)
    found = weigh(run, prices, members, weights_of(prepared.view, panel_weights.FAILURE))
    forecasts, parents = _ensemble(company, found, paths, seed, running) if pooled else ((), {})
    return Foreseen(found, forecasts, parents, market, debts, unclassed(prepared.view))


def price_of_day(view: View) -> Amount | None:
    """What the market paid for all shares; None where that was not held, or is older than a quarter.

    It is the value on which calibration rests: as stated, or the price of a share times their number.
    """
    held = market_value(view)
    return None if held is None or (view.as_of - held.period.end).days > QUOTE_DAYS else held


def _others(view: View) -> dict[str, FailureMember]:
    found = {"rating": rating_member(view), "reference": reference_member(view)}
    return {name: member for name, member in found.items() if member is not None}


def _ensemble(
    company: _Alone, found: Coherent, paths: int, seed: int, running: Running
) -> tuple[tuple[PooledForecast, ...], dict[tuple[str, str], tuple[str, ...]]]:
    """The members at one, three and five years; the paths of the company alone are those of the deal's other world."""
    view, model = company.view, company.model
    steps, count = 4 * max(ensemble.YEARS), min(paths, ENSEMBLE_PATHS)
    # On a grid of months the same number means other draws: then the company alone is weighted anew.
    ids = found.ids(count) if company.quarterly else None
    key = ("alone", model, steps, count, seed, None if ids is None else ids.tobytes())
    alone = running.remembered(key, lambda: forecast(model, steps, paths=count, seed=seed, ids=ids)).values
    values = {name: rows * company.scale if name in MONEY else rows for name, rows in alone.items()}
    weights = None
    if not company.quarterly:
        first = distress_step(values["distress"])
        members = {**found.members, "structural": structural_member(first, 4, steps)}
        run, prices = Unweighted(values["held"][-1], first, 4, steps), Prices(found.market)
        weights = weigh(run, prices, members, weights_of(view, panel_weights.FAILURE)).weights
    market = price_of_day(view)
    cash, sales = balance_of_cash(view), a_year(view, "revenue")
    parents: dict[tuple[str, str], tuple[str, ...]] = {}
    pooled = []
    start = _level_of(market, cash, sales)
    for quantity in ensemble.QUANTITIES:
        level = start[quantity]
        for ahead in ensemble.YEARS:
            told: dict[str, Quantiles | None] = {"structural": ensemble.structural(values, quantity, ahead, weights)}
            if level is not None:
                gone = max((view.as_of - level.period.end).days, 0) / DAYS_OF_YEAR if quantity != "value" else 0.0
                history = [p.value for p in years(view, "revenue")] if quantity == "revenue" else []
                told["naive"] = ensemble.naive(level.value, ahead + gone, history)
                parents[quantity, "naive"] = level.facts
                if quantity == "revenue" and (table := priors_on(view.as_of).get(TABLE)) is not None:
                    dollars = level.value * home_rate(view, "USD") / home_rate(view, view.currency)
                    told["reference"] = ensemble.reference(table, dollars, level.value, ahead + gone)
                    parents[quantity, "reference"] = (*level.facts, f"prior.{TABLE}")
                if quantity == "value":
                    told["market"] = _market(model, level.value, found).at(ahead)
                    parents[quantity, "market"] = (*level.facts, "company.distress_5y_without.pooled")
            held = {name: q for name, q in told.items() if q is not None}
            if held:
                pooled.append(ensemble.pooled(quantity, ahead, held, panel_weights.LEVELS))
    return tuple(pooled), parents


def _level_of(market: Amount | None, cash: Amount | None, sales: Amount | None) -> dict[str, Amount | None]:
    found = {"revenue": sales, "cash": cash, "value": market}
    return {name: x if x is not None and x.value > 0.0 else None for name, x in found.items()}


def _market(model: CompanyModel, value: float, found: Coherent) -> MarketView:
    drawn = model.parameters
    rate = float(np.mean(drawn["required_return"].distribution.quantile(LEVELS)))
    volatility = float(drawn["volatility"].distribution.quantile(np.array([0.5]))[0])
    return ensemble.market_implied(value, rate, volatility, found.pool.curve)
