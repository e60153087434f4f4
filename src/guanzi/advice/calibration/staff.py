"""Staff and their place from the facts of the case: what a promise of jobs is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guanzi.advice.calibration.amounts import Amount, a_year, from_facts, home_rate
from guanzi.advice.calibration.making import between, peaked
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import Resolution, View

STAFF_JUDGEMENTS: Mapping[str, Distribution] = {
    "headcount": Distribution("lognormal", (1500.0, 1.0)),
    "labour_in_cost": Distribution("uniform", (0.05, 0.2)),
    "staff_pace": Distribution("uniform", (0.2, 0.6)),
    "jobs_share": Distribution("uniform", (0.0, 0.02)),
    "jobs_share_bound": Distribution("triangular", (0.1, 0.3, 0.8)),
}
"""What holds for every kind of company when nothing better is known."""
SALES_PER_HEAD = 1.2
"""Yearly sales for each of the staff of a maker, CNY m; judgement: a round figure, good to a factor of two."""
SPREAD = 0.6
PLAN_STARTED = 0.1
"""Staff of a company of which nothing but a plan is held, at the least, as a part of the planned jobs; judgement."""


def staff_parameters(view: View) -> Iterator[Parameter]:
    """Headcount from the facts or from sales; local shares from the jobs that were counted and that were planned."""
    counted, sales = view.resolve("headcount"), a_year(view, "revenue")
    local, planned = _jobs(view, "jobs_local"), _jobs(view, "plan_jobs")
    staff: float | None = None
    facts: tuple[str, ...] = ()
    if counted is not None and counted.value > 0:
        staff, facts = counted.value, (counted.fact.id,)
        yield from_facts("headcount", between(*counted.interval), facts, "counted", n=staff, day=str(counted.period))
    elif planned is not None and planned.value > 0:
        staff, spread, facts = _staff_of_plan(view, planned, sales)
        yield from_facts("headcount", spread, facts, "staff_of_plan", n=planned.value)
    elif sales is not None and sales.value > 0:
        per_head = SALES_PER_HEAD * home_rate(view, view.currency)
        staff, facts = sales.value / per_head, sales.facts
        spread = Distribution("lognormal", (staff, SPREAD))
        yield from_facts("headcount", spread, facts, "staff_of_sales", held=sales.value, each=per_head)
    if local is not None and staff is not None:
        share = min(local.value / staff, 1.0)
        because = (*facts, local.fact.id)
        yield from_facts("jobs_share", between(share, share), because, "local_jobs", n=local.value, share=share)
    if planned is not None and staff is not None and planned.value > 0:
        whole = view.resolve("plan_headcount")
        existing = 0.0 if counted is None and planned.fact.id in facts and len(facts) == 1 else staff
        total = existing + planned.value if whole is None else max(whole.value, planned.value)
        share = planned.value / total
        spread = peaked(share / 2, share, min(1.2 * share, 1.0))
        because = (*facts, planned.fact.id, *((whole.fact.id,) if whole is not None else ()))
        yield from_facts("jobs_share_bound", spread, because, "planned_jobs", n=planned.value, share=share)


def _staff_of_plan(
    view: View, planned: Resolution, sales: Amount | None
) -> tuple[float, Distribution, tuple[str, ...]]:
    """Staff where only a plan of jobs is held: from a tenth of it, or what sales need, to both together."""
    of_sales = 0.0
    facts: tuple[str, ...] = (planned.fact.id,)
    if sales is not None and sales.value > 0:
        of_sales, facts = sales.value / (SALES_PER_HEAD * home_rate(view, view.currency)), (*facts, *sales.facts)
    low, high = max(PLAN_STARTED * planned.value, of_sales), of_sales + planned.value
    spread = Distribution("log_piecewise", (0.0, 1.0, low, high))
    return spread.median, spread, facts


def _jobs(view: View, name: str) -> Resolution | None:
    """Jobs in the region, whether they were entered for the company or for the region."""
    return view.resolve(name) or view.resolve(name, "region")
