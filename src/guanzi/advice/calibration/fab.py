"""Parameters of a capacity-cycle fab from the case's facts and from comparable companies."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from guanzi.advice.calibration.amounts import Amount, balance, from_facts, home_rate, latest, overhead, sales_of
from guanzi.advice.calibration.fab_judgements import FAB_JUDGEMENTS
from guanzi.advice.calibration.making import between, peaked
from guanzi.advice.calibration.plant import planned_investment, planned_quarters, planned_start
from guanzi.advice.calibration.scaled import TURNOVER as BOOK_TURNOVER
from guanzi.advice.calibration.scaled import placed_for, scaled_parameters
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import PRIOR, View, margins_of, newest_margin

TURNOVER = (0.3, 0.5, 0.9)
"""Yearly sales of a full plant over the investment in it; judgement: capital turnover of memory and panel makers."""
STARTS = {"wafers/month": 3.0, "substrates/month": 3.0}
"""Starts a quarter for one of the unit."""
NOMINAL = 90_000.0
"""Starts a quarter by which a plant is counted whose capacity was not held: only its sales matter."""
FALL, RISE = -0.15, 0.1
"""Yearly change of the product's price from which a glut or a shortage is inferred; judgement."""
LEAST_CASH, MOST_CASH = 0.5, 0.95
"""Bounds of the part of the full cost that is cash; judgement."""
FIXED_PART = (0.3, 0.6, 0.8)
"""Fixed assets over all assets where only these were held; judgement."""
USUAL_CYCLE = 0.07
"""Middle of the logarithm of the price over the industry's cost over a cycle of the model; computed."""
LEAST_SPREAD = 0.1
"""Least way of the long-run cost to either side; judgement."""
GOOD = 0.9 * 0.87
"""Good units for each start of a full line over a cycle: middle of the judged yields and uses."""


def fab_parameters(view: View, signed: date) -> Iterator[Parameter]:
    """Parameters that the view yields, as far as they go: the plan and what stands.

    Args:
        view: What was known.
        signed: Day of signing; the simulation begins with its quarter.
    """
    yield from _scaled(view)
    yield from balance(view)
    yield from _dated(view, signed)
    yield from _costs(view)
    yield from _plants(view)
    yield from _cycle(view)


def _scaled(view: View) -> Iterator[Parameter]:
    """Money of a company of which no balance was held: as its sales, else as its plan; its debt stays none."""
    sales, plan = sales_of(view), planned_investment(view)
    if sales is not None and sales.value > 0:
        yield from (p for p in scaled_parameters(view) if p.id not in ("debt", "units_ceiling"))
    elif plan is not None:
        yield from placed_for(plan)


def _dated(view: View, signed: date) -> Iterator[Parameter]:
    """Building time such that the first output comes in the planned period."""
    begun = planned_start(view)
    if begun is None:
        return
    quarters = planned_quarters(begun.period, signed)
    whole = quarters / FAB_JUDGEMENTS["first_output"].median
    told: dict[str, float | str] = {"day": str(begun.period), "quarters": quarters}
    yield from_facts("build_quarters", Distribution("fixed", (whole,)), (begun.id,), "planned_start", **told)


def _starts(view: View, *names: str) -> Amount | None:
    counted = replace(view, facts=tuple(fact for fact in view.facts if fact.unit in STARTS))
    for name in names:
        found = counted.resolve(name)
        if found is not None and found.value > 0:
            return Amount(found.value * STARTS[found.fact.unit], (found.fact.id,), found.fact.period)
    return None


def _plants(view: View) -> Iterator[Parameter]:
    """The project, the lines that stand, and the price that makes sense of both."""
    plan = planned_investment(view)
    starts = _starts(view, "plan_capacity_first_phase", "plan_capacity")
    price: float | None = None
    facts: tuple[str, ...] = ()
    if plan is not None:
        spread = peaked(0.85 * plan.value, plan.value, 1.4 * plan.value)
        yield from_facts("project_capex", spread, plan.facts, "plan", held=plan.value)
        count = starts.value if starts is not None else NOMINAL
        low, mode, high = TURNOVER
        price = mode * plan.value / (4 * count * GOOD)
        facts = (*plan.facts, *(starts.facts if starts is not None else ()))
        width = (math.log(high) - math.log(low)) / 4
        params: dict[str, float | str] = {"held": plan.value, "count": count, "turnover": mode}
        yield from_facts("price", Distribution("lognormal", (price, width)), facts, "turnover", **params)
    if starts is not None:
        spread = peaked(0.7 * starts.value, starts.value, starts.value)
        yield from_facts("project_capacity", spread, starts.facts, "starts", count=starts.value)
    elif plan is not None:
        yield from_facts("project_capacity", Distribution("fixed", (NOMINAL,)), plan.facts, "nominal", count=NOMINAL)
    yield from _standing(view, price, planned=plan is not None or starts is not None)


def _standing(view: View, price: float | None, *, planned: bool) -> Iterator[Parameter]:
    """Lines that stand, from their capacity or from what the company sells; without a plan nothing is built."""
    sales = sales_of(view)
    yearly, facts = (sales.value, sales.facts) if sales is not None else (0.0, ())
    standing = _starts(view, "capacity")
    if yearly > 0:
        if standing is not None:
            count, own = standing.value, yearly / (4 * standing.value * GOOD)
            spread = Distribution("lognormal", (own, 0.15))
            yield from_facts("price", spread, (*facts, *standing.facts), "revenue_price", held=yearly, count=count)
        else:
            listed = latest(view, "unit_price")
            held = listed.value if listed is not None and listed.value > 0 else price
            own = held if held is not None else FAB_JUDGEMENTS["price"].median * home_rate(view, view.currency)
            count = yearly / (4 * own * GOOD)
            if listed is not None and held == listed.value:
                spread = Distribution("lognormal", (own, 0.05))
                yield from_facts("price", spread, listed.facts, "unit_price", price=own)
            elif held is None:
                yield from_facts("price", Distribution("fixed", (own,)), facts, "nominal_price", price=own)
        yield from_facts("capacity", Distribution("lognormal", (count, 0.1)), facts, "sold_capacity", held=yearly)
        yield _cash_share(view, yearly, facts)
    elif standing is not None:
        spread = peaked(0.8 * standing.value, standing.value, standing.value)
        yield from_facts("capacity", spread, standing.facts, "starts", count=standing.value)
    if not planned and (yearly > 0 or standing is not None):
        evidence = facts or (standing.facts if standing is not None else ())
        for name in ("project_capex", "project_capacity"):
            yield from_facts(name, Distribution("fixed", (0.0,)), evidence, "no_project")


def _cash_share(view: View, yearly: float, facts: tuple[str, ...]) -> Parameter:
    """Part of the full cost that is cash: the rest is the depreciation of what stands, as the sales turn it over."""
    wear = 4 * FAB_JUDGEMENTS["depreciation"].median
    total, current = latest(view, "total_assets"), latest(view, "current_assets")
    if total is not None and current is not None and total.value > current.value:
        stands = tuple(x * (total.value - current.value) / yearly for x in (0.9, 1.0, 1.1))
    elif total is not None:
        stands = tuple(x * total.value / yearly for x in FIXED_PART)
    else:
        stands = tuple(1.0 / x for x in BOOK_TURNOVER)
    share = peaked(*(min(max(1.0 - wear * x, LEAST_CASH), MOST_CASH) for x in stands))
    return from_facts("cash_share", share, facts, "cash_share", wear=wear, held=yearly)


def _costs(view: View) -> Iterator[Parameter]:
    yield from overhead(view)
    yield from _long_run(view)
    margin = newest_margin(view, "gross_margin")
    if margin is not None and margin.value < 1:
        start = FAB_JUDGEMENTS["cycle_at_start"].median
        gap = (1 - margin.value) * math.exp(start)
        spread = peaked(max(0.9 * gap, 0.3), max(gap, 0.3), max(1.1 * gap, 0.35))
        yield from_facts("cost_gap", spread, margin.facts, "margin_gap", margin=margin.value)


def _long_run(view: View) -> Iterator[Parameter]:
    """Cost against the industry's in the long run: it earns what companies of the industry were seen to earn."""
    rows = margins_of(view.industry, view.company.id, view.as_of)
    if not rows:
        return
    seen = sorted(row.value for row in rows)
    ends = (1.0 - seen[-1], 1.0 - seen[len(seen) // 2], 1.0 - seen[0])
    low, mode, high = (x * math.exp(USUAL_CYCLE) for x in ends)
    spread = peaked(min(low, mode - LEAST_SPREAD), mode, max(high, mode + LEAST_SPREAD))
    studies = tuple(dict.fromkeys(f"{PRIOR}{row.prior}" for row in rows))
    made = from_facts("cost_gap_long", spread, studies, "industry_margin", low=seen[0], high=seen[-1], n=len(seen))
    yield replace(made, origin=replace(made.origin, kind="comparable"))


def _cycle(view: View) -> Iterator[Parameter]:
    change = view.resolve("product_price_change") or view.resolve("product_price_change", "market")
    if change is None:
        return
    facts = (change.fact.id,)
    params: dict[str, float | str] = {"change": change.value, "day": str(change.fact.period)}
    if change.value <= FALL:
        yield from_facts("hot_at_start", between(0.0, 0.15), facts, "glut", **params)
        yield from_facts("cycle_at_start", peaked(-0.3, -0.05, 0.15), facts, "glut", **params)
    elif change.value >= RISE:
        yield from_facts("hot_at_start", between(0.85, 1.0), facts, "shortage", **params)
        yield from_facts("cycle_at_start", peaked(0.0, 0.3, 0.7), facts, "shortage", **params)
