"""Forecasts of the panel: every member for every company and day, without a look at outcomes.

``python benchmarks/panel/foresee.py FILE`` writes them as one file of arrays. With ``--earlier`` only what the company
model of the installed Guanzi says is written: for a version of before, whose path is set by PYTHONPATH.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from companies import CompanyDay, company_days, model_of, view_of

from guanzi.engine.simulation import forecast

LEVELS = (np.arange(100) + 0.5) / 100
YEARS = (1, 3, 5)
PATHS, SEED, STEPS = 8_192, 1, 20
LEAST = 0.01
"""Levels below this part of the figure of the day count as that part (see the protocol)."""
YUAN = 7.0
"""For a dollar: at a round rate, for the earlier model alone."""
EARLIER = ("revenue", "cash", "equity_value", "solvent")
FIELDS = {"revenue": "revenue", "cash": "cash_and_short_term_investments", "value": "market_value"}


def floor_of(c: CompanyDay, quantity: str) -> float:
    """The floor of a quantity: a hundredth of the figure of the day."""
    level = c.last(FIELDS[quantity])
    return LEAST * max(level if level is not None else 0.0, 0.1)


def logs(values: np.ndarray, floor: float) -> np.ndarray:
    """Logarithms of what lies above the floor."""
    return np.log(np.maximum(values, floor))


def earlier(c: CompanyDay) -> dict[str, np.ndarray]:
    """The model of before: sales, cash, value and failure."""
    view = view_of(c, "CNY", YUAN)
    vars(sys.modules["guanzi.engine.simulation.forecast"])["QUANTITIES"] = EARLIER
    found = forecast(model_of(c, view), STEPS, paths=PATHS, seed=SEED).values
    out: dict[str, np.ndarray] = {}
    for years in YEARS:
        end = 4 * years
        rows = {"revenue": found["revenue"][end - 4 : end].sum(axis=0), "cash": found["cash"][end - 1],
                "value": found["equity_value"][end - 1]}  # fmt: skip
        for name, sample in rows.items():
            out[f"{c.id}|{name}|{years}|earlier"] = logs(
                np.quantile(sample, LEVELS, method="hazen") / YUAN, floor_of(c, name)
            )
        out[f"{c.id}|failure|{years}|earlier"] = np.array([1.0 - found["solvent"][end - 1].mean()])
    return out


def present(c: CompanyDay) -> dict[str, np.ndarray]:
    """All members, the pools with equal weights, and what coherence cost."""
    from guanzi.advice.appraisal import ensemble, failing
    from guanzi.advice.appraisal.coherent import Prices, Unweighted, weigh
    from guanzi.record.evidence import priors_on
    from guanzi.study.forecasting import FailureCurve, MarketView

    view = view_of(c)
    model = model_of(c, view)
    found = forecast(model, STEPS, paths=PATHS, seed=SEED).values
    steps = failing.distress_step(found["distress"])
    members = {"structural": failing.structural_member(steps, 4, STEPS)}
    for name, member in (("rating", failing.rating_member(view)), ("reference", failing.reference_member(view))):
        if member is not None:
            members[name] = member
    market_value = c.last("market_value")
    paths = Unweighted(found["held"][-1], steps, 4, STEPS)
    fitted = weigh(paths, Prices(market_value), members, failing.weights_of(view))
    out: dict[str, np.ndarray] = {f"{c.id}|cost": np.array(cost_of(fitted))}
    liquidated = np.where((found["solvent"] < 0.5).any(axis=0), (found["solvent"] < 0.5).argmax(axis=0), np.inf)
    for years in YEARS:
        for name, member in members.items():
            out[f"{c.id}|failure|{years}|{name}"] = member.curve.at([years])
        out[f"{c.id}|failure|{years}|pooled"] = fitted.pool.curve.at([years])
        out[f"{c.id}|failure|{years}|liquidated"] = np.array([float(np.mean(liquidated < 4 * years))])
    drawn = {n: model.parameters[n].distribution for n in ("required_return", "volatility")}
    rate = float(np.mean(drawn["required_return"].quantile(LEVELS)))
    volatility = float(drawn["volatility"].quantile(np.array([0.5]))[0])
    table = priors_on(c.as_of).get("base-rate-book-2016")
    never = FailureCurve((1.0,), (0.0,))
    for quantity in ensemble.QUANTITIES:
        level, floor = c.last(FIELDS[quantity]), floor_of(c, quantity)
        for years in YEARS:
            told: dict[str, Any] = {
                "structural": ensemble.structural(found, quantity, years, fitted.weights),
                "raw": ensemble.structural(found, quantity, years),
            }
            if level is not None and level > 0.0:
                told["naive"] = ensemble.naive(level, years, c.sales if quantity == "revenue" else ())
            if quantity == "revenue" and table is not None and level is not None:
                told["reference"] = ensemble.reference(table, level, level, years)
            if quantity == "value" and level is not None:
                told["market"] = ensemble.market_implied(level, rate, volatility, fitted.pool.curve).at(years)
                told["lognormal"] = MarketView(level, math.log1p(rate), volatility, volatility, 1.0, never).at(years)
            for name, q in told.items():
                out[f"{c.id}|{quantity}|{years}|{name}"] = logs(q.at(LEVELS), floor)
    return out


def cost_of(fitted: Any) -> list[float]:
    """Effective sample size as a share, divergence, and value of the shares held over what the market paid."""
    value = fitted.value / fitted.market
    cost = fitted.coherence
    return [0.0, 0.0, value] if cost is None else [cost.ess_share, cost.divergence, value]


def main(arguments: list[str]) -> int:
    """Write the forecasts of all companies and days."""
    made = earlier if "--earlier" in arguments else present
    file = Path(next(a for a in arguments if not a.startswith("--")))
    found: dict[str, np.ndarray] = {}
    for n, c in enumerate(company_days()):
        found |= made(c)
        if n % 50 == 0:
            print(n, c.id, file=sys.stderr, flush=True)
    np.savez_compressed(file, allow_pickle=False, **found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
