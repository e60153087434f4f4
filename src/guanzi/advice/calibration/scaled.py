"""Amounts that are judged follow the size of the company: its sales, or the plant of its plan.

A judgement in yuan fits one size of company. Where sales are held, or a plan whose plant would make the company, cash,
debt, assets and overhead that nobody reported are judged as parts of these; facts of the company come after and count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.advice.calibration.amounts import Amount, a_year, from_facts, home_rate, latest, price_of_year, sales_of
from guanzi.advice.calibration.making import between, peaked
from guanzi.advice.calibration.plant import planned_investment
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import UNITS_BY_NAME, View, annual, product_unit

TURNOVER = (0.5, 1.05, 1.7)
"""Yearly sales of a maker's full plant over the investment in it; judgement, after sales over invested capital of
makers of vehicles (1.05), electrical equipment (1.47) and electronics (1.68), ``prior.turnover-damodaran-2024``."""
CASH = (0.44, 0.6)
"""Cash over a year's sales, with the spread of the logarithm; judgement, after ``prior.cash-globalfoundries-2021``."""
AMOUNT_PER_UNIT = (0.0, 2.0)
"""Debt over a year's sales of a company that reported none; judgement."""
OVERHEAD = (0.08, 0.12, 0.2)
"""Overhead over a year's sales; judgement, the range of ``opex_share``."""
OF_PLAN = (0.03, 0.06, 0.12)
"""Overhead of a year over the yearly sales of the full plant before it opens; judgement: half of what sales bear."""
PLACED = (0.4, 0.8)
"""Cash at the start over the investment of a plan whose money was not reported; judgement: own money of such projects
is 40 to 70 % of it, and some of it comes later."""
GROWN = (2.0, 8.0, 40.0)
"""Volume at which growth ends over that of today, where nothing tells it; judgement."""
OF_CARS = "vehicles"
"""The product in whose numbers volumes are judged."""
ZERO = Distribution("fixed", (0.0,))


@dataclass(frozen=True, slots=True)
class FirstPlant:
    """The plant that makes a company which sells nothing yet, or less than half of what the plant would sell.

    Attributes:
        units: Volume of a quarter at full output.
        price: Of a unit, in millions.
        facts: Of the plan and the price.
        investment: What it costs; None: not held.
        planned: Whether capacity or investment were held; else its size is judged.
    """

    units: float
    price: float
    facts: tuple[str, ...]
    investment: Amount | None
    planned: bool

    @property
    def sales(self) -> float:
        """Of a year at full output."""
        return 4.0 * self.units * self.price


def scaled_parameters(view: View) -> Iterator[Parameter]:
    """The end of its growth, and of a company with sales cash, debt, assets and overhead that are not held."""
    yield from _ceiling(view)
    sales = sales_of(view)
    if sales is None or sales.value <= 0:
        return
    year, facts = sales.value, sales.facts
    yield from_facts("cash", Distribution("lognormal", (CASH[0] * year, CASH[1])), facts, "scaled_cash", held=year)
    yield from_facts("debt", between(*(x * year for x in AMOUNT_PER_UNIT)), facts, "scaled_debt", held=year)
    yield from_facts("assets", peaked(*(year / x for x in TURNOVER)), facts, "sold_assets", held=year)
    overhead = peaked(*(x * year / 4 for x in OVERHEAD))
    loss = a_year(view, "net_loss")
    if loss is not None and loss.value > 0:
        spent = peaked(0.6 * loss.value / 4, 0.9 * loss.value / 4, 1.1 * loss.value / 4)
        yield from_facts("opex", spent, loss.facts, "scaled_loss", held=loss.value)
    else:
        yield from_facts("opex", overhead, facts, "scaled_overhead", held=year)


def _ceiling(view: View) -> Iterator[Parameter]:
    """The volume at which growth ends, of a maker of anything but cars: by the plant that stands, or by what it sells.

    The judgement counts plants for cars; no other product is made in their numbers.
    """
    sold, stands = annual(view, "deliveries"), view.resolve("local_plant_capacity")
    if sold is None or sold.value <= 0 or product_unit(view) == OF_CARS:
        return
    units = sold.value / 4
    if stands is not None and stands.value / 4 > units:
        plant = stands.value / 4
        spread = peaked(plant, 1.5 * plant, 3 * plant)
        yield from_facts("units_ceiling", spread, (*sold.facts, stands.fact.id), "standing_ceiling")
    else:
        spread = peaked(*(times * units for times in GROWN))
        yield from_facts("units_ceiling", spread, sold.facts, "delivered_ceiling")


def first_plant(view: View, judged_units: float, judged_price: float) -> FirstPlant | None:
    """The plant that would at least double the company, from the plan; None where its sales carry it already.

    Where neither a plan nor a fact says that nothing is sold, nothing is known of it, and the company is judged.

    Args:
        view: What was known.
        judged_units: Volume of a quarter that is judged where the plan tells no size.
        judged_price: Price of a unit that is judged, in yuan, where none was held.
    """
    sales = sales_of(view)
    made = view.resolve("cumulative_deliveries")
    sold = sales.value if sales is not None else 0.0
    if sales is None and (view.named("deliveries") or (made is not None and made.value > 0)):
        return None
    listed = latest(view, "unit_price", "list_price")
    held = listed if listed is not None and listed.value > 0 else price_of_year(view)
    price = held.value if held is not None else judged_price * home_rate(view, view.currency)
    facts = held.facts if held is not None else ()
    investment = planned_investment(view)
    capacity = view.resolve("plan_capacity_first_phase") or view.resolve("plan_capacity")
    if capacity is not None and capacity.fact.unit in UNITS_BY_NAME["local_plant_capacity"] and capacity.value > 0:
        units = capacity.value / 4
        facts = (*facts, capacity.fact.id)
    elif investment is not None:
        units = TURNOVER[1] * investment.value / price / 4
        facts = (*facts, *investment.facts)
    else:
        units = judged_units
    planned = investment is not None or len(facts) > (0 if held is None else len(held.facts))
    if not planned and (sold > 0 or (sales is None and made is None)):
        return None
    whole = (*facts, *(sales.facts if sales is not None else ()), *((made.fact.id,) if made is not None else ()))
    plant = FirstPlant(units, price, tuple(dict.fromkeys(whole)), investment, planned)
    return plant if plant.sales > sold else None


def first_plant_parameters(view: View, judged_units: float, judged_price: float) -> Iterator[Parameter]:
    """Volume, price and money of a company that its planned plant would make; nothing where sales carry it."""
    plant = first_plant(view, judged_units, judged_price)
    sales = sales_of(view)
    if plant is None:
        if sales is not None and sales.value > 0 and not view.named("deliveries"):
            yield from _sold(view, sales, judged_price)
        return
    facts, year = plant.facts, plant.sales
    told = {"sales": year, "units": 4 * plant.units}
    yield from_facts("price", Distribution("fixed", (plant.price,)), facts, "plant_price", price=plant.price)
    yield from_facts("plant_units", _spread(plant), facts, "plant_units", **told)
    yield from_facts("units_ceiling", peaked(plant.units, 1.5 * plant.units, 3 * plant.units), facts, "plant_ceiling")
    yield from_facts("cumulative_units", Distribution("fixed", (plant.units,)), facts, "plant_made")
    cost = plant.investment.value if plant.investment is not None else year / TURNOVER[1]
    reason = "plan" if plant.investment is not None else "plant_cost"
    yield from_facts("plant_investment", peaked(0.85 * cost, cost, 1.4 * cost), facts, reason, held=cost)
    if sales is not None and sales.value > 0:
        units = sales.value / plant.price / 4
        yield from_facts("units", Distribution("lognormal", (units, 0.1)), sales.facts, "sold_units", held=sales.value)
        return
    yield from_facts("units", ZERO, facts, "nothing_sold")
    yield from_facts("debt", ZERO, facts, "nothing_owed")
    yield from_facts("assets", ZERO, facts, "nothing_built")
    yield from_facts("opex", peaked(*(x * year / 4 for x in OF_PLAN)), facts, "plant_overhead", held=year)
    if plant.investment is not None:
        yield from placed_for(plant.investment)


def placed_for(plan: Amount) -> Iterator[Parameter]:
    """Cash at the start, and what the shares are worth, of a company whose money for its plan was not reported."""
    cash = Distribution("lognormal", (PLACED[0] * plan.value, PLACED[1]))
    yield from_facts("cash", cash, plan.facts, "placed_for", held=plan.value)
    worth = Distribution("lognormal", (PLACED[0] * plan.value, 1.0))
    yield from_facts("equity", worth, plan.facts, "worth_of_plan", held=plan.value)


def _sold(view: View, sales: Amount, judged_price: float) -> Iterator[Parameter]:
    """Volume of a company of which only sales are held, at a price that is held or only counts its sales."""
    listed = latest(view, "unit_price", "list_price")
    held = listed is not None and listed.value > 0
    price = listed.value if listed is not None and held else judged_price * home_rate(view, view.currency)
    facts = listed.facts if listed is not None and held else sales.facts
    yield from_facts("price", Distribution("fixed", (price,)), facts, "nominal_price", price=price)
    units = sales.value / price / 4
    yield from_facts("units", Distribution("lognormal", (units, 0.3)), sales.facts, "sold_units", held=sales.value)
    yield from_facts("cumulative_units", Distribution("lognormal", (4 * units, 0.5)), sales.facts, "sold_made")
    ceiling = peaked(*(times * units for times in GROWN))
    yield from_facts("units_ceiling", ceiling, sales.facts, "sold_ceiling", held=sales.value)


def _spread(plant: FirstPlant) -> Distribution:
    """The planned volume; where the plan tells only money, as wide as such plants turn it over; else as judged."""
    if not plant.planned:
        return Distribution("lognormal", (plant.units, 1.0))
    if plant.investment is None:
        return Distribution("fixed", (plant.units,))
    return peaked(*(x / TURNOVER[1] * plant.units for x in TURNOVER))
