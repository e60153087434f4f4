"""Parameters of a company before its first product, from the case's facts."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.calibration.amounts import a_quarter, a_year, balance, from_facts, latest, money, overhead
from guanzi.advice.calibration.making import between, peaked
from guanzi.advice.calibration.yearly import sold_so_far
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import Resolution, View, newest_margin, total_known

NOT_HELD = ("none", "no ", "not ", "no:", "无", "未")
"""How a text begins that says that a certificate is not held."""
STAGE_OF = (("production_certificate", 4.0), ("type_certificate", 3.0), ("certification_basis", 2.0))
"""Certificate, or agreed requirements, to the number of stages that are passed when it is held."""
PLAN_KEPT = (0.1, 0.4, 1.0)
"""Part of a planned capacity that is ever sold; judgement: plans made before certification are rarely met."""


def deep_parameters(view: View) -> Iterator[Parameter]:
    """Parameters that the company's own facts yield, as far as they go."""
    yield from _stage(view)
    yield from balance(view)
    yield from overhead(view)
    yield from _burn(view)
    yield from _product(view)
    yield from _plans(view)


def holds(found: Resolution | None) -> bool | None:
    """Whether a certificate is held; None when nothing is known of it."""
    if found is None:
        return None
    value = found.fact.value
    if isinstance(value, str):
        return not value.strip().lower().startswith(NOT_HELD)
    return bool(found.value)


def _stage(view: View) -> Iterator[Parameter]:
    held = {name: (view.resolve(name), holds(view.resolve(name))) for name, _ in STAGE_OF}
    for name, stage in STAGE_OF:
        found, has = held[name]
        if found is not None and has:
            facts = (found.fact.id,)
            yield from_facts("stage_at_start", Distribution("fixed", (stage,)), facts, "certificate", stage=stage)
            yield from_facts("progress_at_start", between(0.0, 0.5), facts, "certificate", stage=stage)
            return
    known = tuple(found.fact.id for found, has in held.values() if found is not None and has is False)
    if known:
        yield from_facts("stage_at_start", Distribution("fixed", (1.0,)), known, "no_certificate")


def _burn(view: View) -> Iterator[Parameter]:
    """Cash cost a quarter: the operating loss with the gross profit, else free cash flow, else the net loss."""
    loss, revenue, margin = (
        a_quarter(view, "operating_loss"),
        a_quarter(view, "revenue"),
        newest_margin(view, "gross_margin"),
    )
    if loss is not None and loss.value > 0:
        earned = max(revenue.value * margin.value, 0.0) if revenue is not None and margin is not None else 0.0
        cost = loss.value + earned
        facts = (*loss.facts, *(revenue.facts if revenue else ()), *(margin.facts if margin else ()))
        yield from_facts("opex", peaked(0.5 * cost, 0.75 * cost, cost), facts, "burn", held=cost)
        return
    flow = a_quarter(view, "free_cash_flow") or a_quarter(view, "operating_cash_flow")
    spent = -flow.value if flow is not None and flow.value < 0 else 0.0
    other = flow if spent > 0 else a_quarter(view, "net_loss")
    amount = spent or (other.value if other is not None else 0.0)
    if other is not None and amount > 0:
        reason = "flow" if spent else "loss"
        yield from_facts("opex", peaked(0.8 * amount, amount, 1.1 * amount), other.facts, reason, held=amount)


def _product(view: View) -> Iterator[Parameter]:
    sold = a_year(view, "deliveries")
    count, facts = (sold.value, sold.facts) if sold is not None else (0.0, ())
    if count > 0:
        trial = count / 4
        yield from_facts("trial_units", peaked(0.5 * trial, trial, 1.5 * trial), facts, "trials", count=count)
        yield from_facts("launch_units", peaked(trial, 2 * trial, 4 * trial), facts, "launch", count=count)
    made, known = view.resolve("cumulative_deliveries"), total_known(view, "deliveries")
    if made is not None and made.value > 0:
        spread = Distribution("fixed", (made.value,))
        yield from_facts("cumulative_units", spread, (made.fact.id,), "made", count=made.value)
    elif known is not None and known.value > 0:
        yield sold_so_far(known)
    listed = money(view.resolve("unit_price")) or money(view.resolve("list_price"))
    revenue = a_quarter(view, "revenue")
    if listed is not None and listed.value > 0:
        spread = Distribution("lognormal", (listed.value, 0.15))
        yield from_facts("price", spread, listed.facts, "unit_price", price=listed.value)
    elif revenue is not None and revenue.value > 0 and count > 0:
        price = revenue.value / (count / 4)
        spread = Distribution("lognormal", (price, 0.3))
        yield from_facts("price", spread, (*revenue.facts, *facts), "sold_price", price=price)
    margin = newest_margin(view, "gross_margin")
    if margin is not None:
        low, high = margin.value - 0.1, min(margin.value + 0.05, 0.9)
        yield from_facts("margin", peaked(low, margin.value, high), margin.facts, "margin", margin=margin.value)
        if margin.value > 0.25:
            cap = peaked(0.25, margin.value, margin.value + 0.05)
            yield from_facts("margin_cap", cap, margin.facts, "margin_cap", margin=margin.value)


def _plans(view: View) -> Iterator[Parameter]:
    plan = latest(view, "plan_plant_investment", "plan_investment")
    if plan is not None and plan.value > 0:
        spread = peaked(0.5 * plan.value, plan.value, 1.5 * plan.value)
        yield from_facts("plant_capex", spread, plan.facts, "plan_wide", held=plan.value)
    capacity = view.resolve("plan_capacity_first_phase") or view.resolve("plan_capacity")
    if capacity is not None and capacity.fact.unit.endswith("/year") and capacity.value > 0:
        spread = peaked(*(part * capacity.value / 4 for part in PLAN_KEPT))
        yield from_facts("units_ceiling", spread, (capacity.fact.id,), "ceiling", count=capacity.value)
