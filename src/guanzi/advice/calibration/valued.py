"""What the shares are worth on the day, how much they move, and what they are expected to earn.

A traded company is worth what the market pays. One that is not traded is worth what the last round said, less what such
rounds overstate, and the older the round, the less is known. The price of the deal under examination is never used: a
buyer would only learn that he agrees with himself.

References:
    Gornall, Strebulaev: Squaring venture capital valuations with reality. J. Financial Economics 135 (2020).
    Cochrane: The risk and return of venture capital. J. Financial Economics 75 (2005).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from guanzi.advice.calibration.amounts import Amount, from_facts, latest, round_dollars, sales_of
from guanzi.base.core import DAYS_OF_YEAR
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import PRIOR, Fact, View, cited_sources, net_assets, priors_on

QUOTE = 0.05
"""Spread (of the logarithm) of a market value that was reported on the day; judgement."""
ROUND = 0.3
"""The same of the value that a round of a day implied, after what such rounds overstate; judgement."""
OVERSTATED = 1.48
"""Reported value over fair value where the study was not out yet; the same figure, then a judgement."""
AGEING = 0.5
"""Annual volatility by which the value of an older quote or round has become uncertain; judgement. The mean stays: age
makes a value uncertain, not greater."""
TALKS = timedelta(days=92)
"""How long before the first version of a term sheet a source that it cites may speak of its own price; judgement."""
BOOK, SALES, RAISED = (1.0, 0.8), (1.5, 0.8), (1.0, 1.0)
"""Value over net assets, over a year's sales, over all capital raised, with the spread of the logarithm; judgements."""
LEAST_BOOK = 0.05
"""Of all assets, what shares are worth at the least whose company owes as much as it owns or more: an option on a
recovery, and never worth more than those of a company that owes less; judgement."""


def valued_parameters(view: View) -> Iterator[Parameter]:
    """Value, volatility and required return, as far as the view tells."""
    yield from _equity(view)
    yield from _volatility(view)
    yield from _return(view)


CLASS = "listed-young-loss-making"
"""Base rate of the volatility of listed young companies with losses, by market value in millions of dollars."""


def _volatility(view: View) -> Iterator[Parameter]:
    """As stated; else of the prices held; else, for a company that the market values, of companies of its size."""
    stated, moved = view.resolve("volatility"), _of_prices(view)
    if stated is not None and stated.value > 0:
        spread = Distribution("lognormal", (stated.value, 0.15))
        yield from_facts("volatility", spread, (stated.fact.id,), "volatility", held=stated.value)
        return
    if moved is not None:
        value, facts = moved
        spread = Distribution("lognormal", (value, 1.0 / math.sqrt(2.0 * (len(facts) - 1))))
        yield from_facts("volatility", spread, facts, "volatility_prices", held=value, count=len(facts))
        return
    traded, table = market_value(view), priors_on(view.as_of).get(CLASS)
    if traded is None or table is None:
        return
    dollars = round_dollars(view, traded.value)
    sizes = {name: tuple(map(float, name.strip("[]").replace("null", "inf").split(", "))) for name in table.rows
             if name.startswith("[")}  # fmt: skip
    name, (least, most) = next((name, ends) for name, ends in sizes.items() if ends[0] <= dollars < ends[1])
    levels = [float(x) for x in table.columns["quantiles"]]
    low, *middle, high = table.rows[name]
    knots = (low * low / middle[0], low, *middle, high, high * high / middle[-1])
    spread = Distribution("piecewise", (0.0, *levels, 1.0, *knots))
    ends = {"low": least} if math.isinf(most) else {"low": least, "high": most}
    said = "class_volatility.over" if math.isinf(most) else "class_volatility"
    made = from_facts("volatility", spread, (*traded.facts, f"{PRIOR}{CLASS}"), said, **ends)
    yield replace(made, origin=replace(made.origin, kind="comparable"))


def _equity(view: View) -> Iterator[Parameter]:
    traded = market_value(view)
    if traded is not None:
        yield _known("market", traded, view, QUOTE, 1.0)
        return
    post = _last_round(view)
    if post is not None and post.value > 0:
        over, study = _overstated(view)
        yield _known("round", replace(post, facts=(*post.facts, *study)), view, ROUND, over)
        return
    net, owned = net_assets(view), latest(view, "total_assets")
    if net is not None and net.value != 0:
        whole = owned.value if owned is not None and owned.value > 0 else abs(net.value)
        least = LEAST_BOOK * whole
        reason = "book" if net.value >= least else "book_least" if owned is not None else "book_lacking"
        facts = (*net.facts, *(owned.facts if owned is not None and reason == "book_least" else ()))
        yield _rough(reason, max(net.value, least), tuple(dict.fromkeys(facts)), BOOK)
        return
    for raised in (latest(view, name) for name in ("raised_to_date", "equity_raised")):
        if raised is not None and raised.value > 0:
            yield _rough("raised", raised.value, raised.facts, RAISED)
            return
    sales = sales_of(view)
    if sales is not None and sales.value > 0:
        yield _rough("sales", sales.value, sales.facts, SALES)


def market_value(view: View) -> Amount | None:
    """What the market pays for all shares: the latest value held, or the price of a share times their number."""
    held, price, number = latest(view, "market_value"), latest(view, "share_price"), view.resolve("shares_outstanding")
    if price is not None and number is not None and (held is None or held.period.end < price.period.end):
        # The price of a share is in units of money, and the number of shares in millions.
        held = Amount(price.value * 1e6 * number.value, (*price.facts, number.fact.id), price.period)
    return held if held is not None and held.value > 0 else None


def price_of_deal(view: View, fact: Fact) -> bool:
    """Whether a value after a round is that of the deal under examination, and so tells only what its buyer thinks.

    So it is from the day on from which a version of the term sheet was held, and somewhat before where it stands in a
    source of the term sheet.
    """
    if fact.name != POST_MONEY or not view.sheets:
        return False
    first = min(sheet.known_on for sheet in view.sheets)
    cited = {source for sheet in view.sheets for _, source in cited_sources(sheet.document.data)}
    return fact.period.end >= (first - TALKS if fact.source in cited else first)


def _last_round(view: View) -> Amount | None:
    """The value after the last round before the deal."""
    return latest(replace(view, facts=tuple(f for f in view.facts if not price_of_deal(view, f))), POST_MONEY)


def _known(reason: str, amount: Amount, view: View, spread: float, over: float) -> Parameter:
    days = max((view.as_of - amount.period.end).days, 0)
    width = math.hypot(spread, AGEING * math.sqrt(days / DAYS_OF_YEAR))
    fair = Distribution("lognormal", (amount.value / over * math.exp(-0.5 * width**2), width))
    params: dict[str, float | str] = {"held": amount.value, "over": over, "day": str(amount.period), "width": width}
    return from_facts("equity", fair, amount.facts, reason, **params)


def _rough(reason: str, amount: float, facts: tuple[str, ...], judged: tuple[float, float]) -> Parameter:
    factor, spread = judged
    fair = Distribution("lognormal", (factor * amount, spread))
    return from_facts("equity", fair, facts, reason, held=amount, factor=factor)


def _overstated(view: View) -> tuple[float, tuple[str, ...]]:
    """By how much such values overstate, with the study that was out."""
    known = priors_on(view.as_of)
    for id in ("unicorns-2020", "unicorns-2017"):
        if id in known:
            return 1.0 + known[id].value["mean"] / 100.0, (f"{PRIOR}{id}",)
    return OVERSTATED, ()


PREMIUMS = ("implied-premium-2020-03", "implied-premium-2020")
BETA = (1.0, 1.6)
"""Sensitivity of young makers and technology companies to the market; judgement."""


POST_MONEY = "post_money"
PRICES = ("share_price", "ads_price")
LEAST_PRICES, LOOK_BACK = 8, 730
"""Prices needed for a volatility, and days before the day of the view within which they count; judgement."""


def _of_prices(view: View) -> tuple[float, tuple[str, ...]] | None:
    """Realised volatility: squares of the logarithms of changes in price over the years that they took."""
    for name in PRICES:
        held = [r for r in view.series(name, "company", "day") if r.value > 0]
        held = [r for r in held if (view.as_of - r.fact.period.end).days <= LOOK_BACK]
        if len(held) < LEAST_PRICES:
            continue
        squares = sum(math.log(b.value / a.value) ** 2 for a, b in pairwise(held))
        days = (held[-1].fact.period.end - held[0].fact.period.end).days
        if squares > 0 and days > 0:
            return math.sqrt(squares / (days / DAYS_OF_YEAR)), tuple(r.fact.id for r in held)
    return None


def _return(view: View) -> Iterator[Parameter]:
    """The rate without risk and the market's premium of the day, where both are held."""
    rate = view.resolve("risk_free_rate", "market")
    premium = _premium(view.as_of)
    if rate is None or premium is None:
        return
    low, high = (rate.value + beta * premium for beta in BETA)
    spread = Distribution("uniform", (low, high))
    yield from_facts("required_return", spread, (rate.fact.id,), "premium", rate=rate.value, premium=premium)


def _premium(day: date) -> float | None:
    known = priors_on(day)
    for id in PREMIUMS:
        if id in known:
            dated: Mapping[str, float] = known[id].value
            return dated[max(dated)] / 100.0
    return None
