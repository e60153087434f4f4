"""What quoted debt pays on each path, and between which ends its mean must lie to agree with the price of the day.

Interest is paid in quarters while no price has failed to clear; in the first distress a lender gets the part of the
claim that the company model gives to lenders (:func:`guanzi.engine.company.lenders_get`); whoever gets through is paid
the face when it is due, or the shares for which it converts, if these are worth more.

A claim is safer than the shares and less safe than the state: what it pays is discounted once at the rate without risk
and once at the return that the shares must earn. The mean of both must lie within half their distance, and half of
that between bid and ask, of the price. Where no rate without risk is held, nought stands for it, and the ends are
wider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from guanzi.advice.appraisal.coherent import DebtPrice
from guanzi.advice.appraisal.failing import distress_step
from guanzi.advice.calibration import LacksTerms, QuotedDebt, quoted_debts
from guanzi.engine.company import CompanyModel
from guanzi.engine.simulation import forecast
from guanzi.record.evidence import View
from guanzi.study.forecasting import LEVELS, Floats

BATCH = 8_192
"""So many paths are run at a time: each leaves several figures for every quarter."""
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Debts:
    """Quoted debt of a company on a day.

    Attributes:
        asked: With a price of the last quarter: the paths must agree with it.
        priced: What each of these pays on every path.
        old: With an older price.
        lacking: With a price and without the terms.
    """

    asked: tuple[QuotedDebt, ...] = ()
    priced: tuple[DebtPrice, ...] = ()
    old: tuple[QuotedDebt, ...] = ()
    lacking: tuple[LacksTerms, ...] = ()


def debts_of(view: View, model: CompanyModel, paths: int, seed: int) -> Debts:
    """The quoted debt of the company, and what it pays on the paths of a quarterly run.

    Args:
        view: What is known.
        model: The company.
        paths: Number of paths.
        seed: Key of the random numbers.
    """
    held = quoted_debts(view)
    priced = [debt for debt in held if isinstance(debt, QuotedDebt)]
    asked = tuple(d for d in priced if d.quoted_within(view.as_of))
    return Debts(
        asked=asked,
        priced=_priced(view, model, asked, paths, seed) if asked else (),
        old=tuple(d for d in priced if d not in asked),
        lacking=tuple(debt for debt in held if isinstance(debt, LacksTerms)),
    )


def _priced(
    view: View, model: CompanyModel, asked: tuple[QuotedDebt, ...], paths: int, seed: int
) -> tuple[DebtPrice, ...]:
    free = view.resolve("risk_free_rate", "market")
    needed = float(np.mean(model.parameters["required_return"].distribution.quantile(LEVELS)))
    rates = (0.0 if free is None else free.value, needed)
    share = float(model.parameters["equity"].distribution.quantile(np.array([0.5]))[0])
    years = {debt.name: debt.years(view.as_of) for debt in asked}
    steps = max(quarters_to(y) for y in years.values())
    parts: dict[tuple[str, float], list[Floats]] = {(d.name, rate): [] for d in asked for rate in rates}
    for start in range(0, paths, BATCH):
        ids = np.arange(start, min(start + BATCH, paths), dtype=np.uint64)
        rows = forecast(model, steps, paths=len(ids), seed=seed, ids=ids, lenders=True).values
        for debt in asked:
            for rate in rates:
                parts[debt.name, rate].append(paid(debt, years[debt.name], rows, share, rate))
    found = []
    for debt in asked:
        safe, risky = (np.concatenate(parts[debt.name, rate]) for rate in rates)
        apart = abs(float(safe.mean()) - float(risky.mean()))
        found.append(DebtPrice(debt.name, (safe + risky) / 2.0, debt.price, (debt.ask - debt.bid + apart) / 2.0))
    return tuple(found)


def quarters_to(years: float) -> int:
    """Quarters until a claim is due; at least one."""
    return max(1, round(4.0 * years))


def paid(debt: QuotedDebt, years: float, rows: Mapping[str, Floats], share: float, rate: float) -> Floats:
    """What a claim of 1 pays on each path, discounted at a rate to the day on which the paths begin.

    Args:
        debt: The claim.
        years: Until it is due.
        rows: ``distress``, ``lenders`` and ``share_price`` of the paths: (quarters, paths).
        share: Value of the shares on the day, in the unit of ``share_price``.
        rate: Of a year.
    """
    steps = quarters_to(years)
    times = np.array([min((t + 1) / 4.0, years) for t in range(steps - 1)] + [years])
    discount = (1.0 + rate) ** -times
    interest = np.concatenate([[0.0], np.cumsum(debt.coupon / 4.0 * discount)])
    first = np.minimum(distress_step(rows["distress"][:steps]), steps).astype(np.int64)
    last = rows["share_price"][steps - 1]
    due = (
        np.ones(last.shape) if debt.conversion is None else np.maximum(1.0, last / max(share * debt.conversion, LEAST))
    )
    at = np.minimum(first, steps - 1)
    rescued = rows["lenders"][at, np.arange(len(at))] * discount[at]
    return interest[first] + np.where(first < steps, rescued, due * discount[-1])
