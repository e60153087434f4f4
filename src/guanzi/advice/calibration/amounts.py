"""Amounts of facts in millions of the view's currency, and amounts of parameters in the unit of the term sheet.

Rules of calibration see a view whose amounts are told in one currency (:func:`guanzi.record.evidence.converted_to`):
they add and divide amounts without asking for their currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.calibration.making import estimate, peaked
from guanzi.advice.calibration.series import current_quarters
from guanzi.base.core import HOME, InvalidInput, Message, Period, Place, Problem, made_of, money_form
from guanzi.engine.company import PIECEWISE, Distribution, Parameter
from guanzi.record.evidence import (
    Resolution,
    View,
    annual,
    held_rate,
    liquid,
    rate_name,
    rounds,
    shared_months,
    total_known,
)

ROUND_RATES = {
    "CNY": 1.0,
    "USD": 7.0,
    "EUR": 7.8,
    "GBP": 9.0,
    "CHF": 7.0,
    "CAD": 5.3,
    "AUD": 5.0,
    "SGD": 5.0,
    "JPY": 0.06,
    "HKD": 0.9,
    "KRW": 0.0055,
    "TWD": 0.22,
    "INR": 0.1,
    "THB": 0.2,
    "MYR": 1.7,
    "SAR": 1.9,
    "AED": 1.9,
    "SEK": 0.75,
    "NOK": 0.8,
    "DKK": 1.0,
    "PLN": 1.8,
    "CZK": 0.3,
    "HUF": 0.025,
}
"""Yuan for one unit, for amounts that are themselves judged and where no rate of the day was held; judgement, round
figures of 2008 to 2025. The amount of a fact is never changed at such a rate."""
MONEY_UNIT = f"{HOME} m"
MOST_BESIDE = 3.0
"""Overhead over the one part of it that was reported, at the most; judgement."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in millions of the currency of its view, with its facts.

    Attributes:
        value: The amount.
        facts: Ids of the facts.
        period: What it is about.
    """

    value: float
    facts: tuple[str, ...]
    period: Period


def home_rate(view: View, currency: str) -> float:
    """What a yuan is in a currency, for judged amounts: by the latest rates held, or a round one where none is.

    Where only the price of a dollar is held, the yuan is round against the dollar and the rest is as it is held.

    Raises:
        InvalidInput: No rate is held for that currency, and there is no round one.
    """
    held = held_rate(view, HOME, currency)
    if held is not None:
        return held.value
    dollar = held_rate(view, "USD", currency)
    if dollar is not None:
        return dollar.value / ROUND_RATES["USD"]
    if currency not in ROUND_RATES:
        cause = Message.of("appraisal.no_rate", currency=currency)
        fix = Message.of("appraisal.no_rate.mend", name=rate_name(currency, HOME), currency=currency)
        raise InvalidInput(Problem(cause, Place("case.yaml", field="currency"), fix))
    return 1.0 / ROUND_RATES[currency]


def round_dollars(view: View, amount: float) -> float:
    """An amount in the view's currency in dollars, by way of the yuan and a round rate: enough to choose a size."""
    return amount / home_rate(view, view.currency) / ROUND_RATES["USD"]


def money(found: Resolution | None) -> Amount | None:
    """A fact as an amount in millions; None when it is none, or not money."""
    unit = None if found is None else money_form(found.fact.unit)
    if found is None or unit is None or unit[1] not in (" m", ""):
        return None
    size = 1.0 if unit[1] == " m" else 1e-6
    return Amount(found.value * size, (found.fact.id,), found.fact.period)


def latest(view: View, *names: str, subject: str = "company") -> Amount | None:
    """The latest amount of the first of these names that the view holds."""
    for name in names:
        amount = money(view.resolve(name, subject))
        if amount is not None:
            return amount
    return None


def raised(view: View, since: date) -> Amount | None:
    """Money raised in periods that begin after a day, less the public side's own part; None when nothing is held."""
    found = [r for r in rounds(view) if r.period.start > since and r.value > 0]
    if not found:
        return None
    own = latest(view, "public_equity")
    part = own.value if own is not None and own.period.start > since else 0.0
    facts = tuple(f for r in found for f in r.facts)
    return Amount(max(sum(r.value for r in found) - part, 0.0), facts, found[-1].period)


def balance_of_cash(view: View) -> Amount | None:
    """The newest balance of liquid means."""
    held = liquid(view)
    return None if held is None else Amount(held.value, held.facts, held.period)


def a_quarter(view: View, name: str) -> Amount | None:
    """A flow per quarter: the newest quarter that is known, or a quarter of the newest figure of a year."""
    recent, newest = current_quarters(view, name)[-1:], a_year(view, name)
    if recent:
        return Amount(recent[0].value, recent[0].facts, recent[0].period)
    return None if newest is None else replace(newest, value=newest.value / 4)


def a_year(view: View, name: str) -> Amount | None:
    """The newest known figure of a flow, told for twelve months."""
    found = annual(view, name)
    return None if found is None else Amount(found.value, found.facts, found.period)


def sales_of(view: View) -> Amount | None:
    """Sales of a year, in whatever form they came."""
    return a_year(view, "revenue")


def price_of_year(view: View) -> Amount | None:
    """Sales over units sold in the newest months of which both are held."""
    both = next((b for b in shared_months(view, "deliveries", "revenue") if min(r.value for r in b) > 0), None)
    if both is None:
        return None
    units, revenue = both
    return Amount(revenue.value / units.value, (*revenue.facts, *units.facts), units.period)


def balance(view: View) -> Iterator[Parameter]:
    """Cash, debt, other liabilities and fixed assets of the last balance sheet, as far as held."""
    held = balance_of_cash(view)
    placed = _placed(view, held)
    loss = a_quarter(view, "net_loss") or a_quarter(view, "operating_loss")
    if held is not None and held.value >= 0:
        burn = max(loss.value, 0.0) if loss is not None else 0.0
        # a burn beyond what is held makes nobody richer
        spread = peaked(max(held.value - burn, 0.0), held.value, held.value + min(burn, held.value) / 2)
        facts = (*held.facts, *(loss.facts if loss is not None else ()))
        yield from_facts("cash", spread, facts, "cash", held=held.value, burn=burn, day=str(held.period))
    elif placed is not None:
        low, high, facts = placed
        yield from_facts("cash", peaked(low, (low + high) / 2, high), facts, "placed", low=low, high=high)
    traded = view.resolve("share_price")
    if traded is not None:
        yield from_facts("listed_at_start", Distribution("fixed", (1.0,)), (traded.fact.id,), "traded")
    yield from fixed_assets(view)
    debt = latest(view, "total_debt")
    if debt is not None and debt.value >= 0:
        yield from_facts("debt", _near(debt.value, 0.05), debt.facts, "held", held=debt.value, day=str(debt.period))
    owned, current = latest(view, "total_assets"), latest(view, "current_assets")
    if owned is not None and current is not None and owned.value > current.value:
        fixed = owned.value - current.value
        yield from_facts("assets", _near(fixed, 0.05), (*owned.facts, *current.facts), "assets", value=fixed)


def fixed_assets(view: View) -> Iterator[Parameter]:
    """What stands, where current assets do not tell it: a part of all assets, else of what was invested."""
    held, spent = latest(view, "total_assets"), latest(view, "invested_to_date") or _spent(view)
    if held is not None and held.value > 0:
        spread = peaked(0.3 * held.value, 0.6 * held.value, 0.8 * held.value)
        yield from_facts("assets", spread, held.facts, "total", held=held.value, day=str(held.period))
    elif spent is not None and spent.value > 0:
        spread = peaked(0.6 * spent.value, spent.value, 2 * spent.value)
        last = str(spent.period)
        yield estimate("assets", spread, "trend", spent.facts, "spent", invested=spent.value, last=last)


def _spent(view: View) -> Amount | None:
    found = total_known(view, "capex")
    return None if found is None else Amount(found.value, found.facts, found.period)


def overhead(view: View) -> Iterator[Parameter]:
    """Overhead from its newest parts: development, and sales with administration; of one alone a range above it."""
    parts = [x for x in (a_quarter(view, "r_and_d"), a_quarter(view, "sga")) if x is not None and x.value > 0]
    cost, facts = sum(x.value for x in parts), tuple(f for x in parts for f in x.facts)
    if len(parts) == 2:
        yield from_facts("opex", peaked(0.8 * cost, cost, 1.1 * cost), facts, "overhead", held=cost)
    elif parts:
        yield from_facts("opex", peaked(0.8 * cost, cost, MOST_BESIDE * cost), facts, "part_of_overhead", held=cost)


def _placed(view: View, held: Amount | None) -> tuple[float, float, tuple[str, ...]] | None:
    """Equity placed, or approved to be, less the public side's part, where no balance says what of it arrived."""
    raised, own = view.resolve("equity_raised"), latest(view, "public_equity")
    amount = money(raised)
    if held is not None or raised is None or amount is None or not amount.value > 0:
        return None
    part = own.value if own is not None else 0.0
    low, high = (max(x - part, 0.0) for x in raised.interval)
    return low, high, (*amount.facts, *(own.facts if own is not None else ()))


def _near(value: float, width: float) -> Distribution:
    return peaked((1 - width) * value, value, (1 + width) * value)


def from_facts(
    name: str, distribution: Distribution, facts: tuple[str, ...], reason: str, /, **params: float | str
) -> Parameter:
    """A parameter that rests on the case's facts; the reason is ``appraisal.origin.<reason>``."""
    made = estimate(name, distribution, "trend", facts)
    because = Message.of(f"appraisal.origin.{reason}", **params)
    return replace(made, origin=replace(made.origin, because=because))


def at_rate(parameter: Parameter, unit: str, rate: float) -> Parameter:
    """A parameter that was judged in yuan, in another currency; one that is no money stays."""
    if unit != MONEY_UNIT or rate == 1.0:
        return parameter
    return replace(parameter, distribution=_scaled(parameter.distribution, rate))


def in_units_of(parameter: Parameter, unit: str, currency: str, size: float, product: str) -> Parameter:
    """A parameter with its unit, and its reason in the currency and by the name of the product.

    An amount in millions of a currency becomes one in the unit in which the term sheet counts.
    """
    because = made_of(parameter.origin.because.counted_in(currency), product)
    parameter = replace(parameter, origin=replace(parameter.origin, because=because))
    if unit != MONEY_UNIT:
        return replace(parameter, unit=unit)
    factor = 1e6 / size
    distribution = parameter.distribution if factor == 1.0 else _scaled(parameter.distribution, factor)
    labels = {1e3: " k", 1e6: " m", 1e9: " bn"}
    return replace(parameter, unit=f"{currency}{labels.get(size, '')}", distribution=distribution)


def _scaled(d: Distribution, factor: float) -> Distribution:
    if d.kind == "lognormal":
        return Distribution(d.kind, (d.values[0] * factor, d.values[1]))
    if d.kind in PIECEWISE:
        levels, knots = d.knots
        return Distribution(d.kind, (*levels, *(x * factor for x in knots)))
    return Distribution(d.kind, tuple(v * factor for v in d.values))
