"""Staff and their place from the facts of the case: what a promise of jobs is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guanzi.advice.calibration.amounts import from_facts, home_rate, sales_of
from guanzi.advice.calibration.making import between
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import Resolution, View

STAFF_JUDGEMENTS: Mapping[str, Distribution] = {
    "headcount": Distribution("lognormal", (1500.0, 1.0)),
    "labour_in_cost": Distribution("uniform", (0.05, 0.2)),
    "staff_pace": Distribution("uniform", (0.2, 0.6)),
    "jobs_share": Distribution("fixed", (0.0,)),
    "jobs_share_bound": Distribution("triangular", (0.1, 0.3, 0.8)),
}
"""What holds for every kind of company when nothing better is known."""
SALES_PER_HEAD = 1.2
"""Yearly sales for each of the staff of a maker, CNY m; judgement: a round figure, good to a factor of two."""
SPREAD = 0.6
NOBODY = Distribution("fixed", (0.0,))
OF_PLAN = (0.1, 1.0)
"""Staff before the plant over the planned jobs, with the spread of the logarithm, where none were counted and nothing
is sold; judgement: those who plan and build it."""


def staff_parameters(view: View) -> Iterator[Parameter]:
    """Headcount from the facts, the whole plan or sales; the local share from the jobs that were counted.

    Planned jobs are no staff of today: they come with the plant (:mod:`guanzi.advice.calibration.plant`).
    """
    counted, sales = view.resolve("headcount"), sales_of(view)
    local, planned, whole = _jobs(view, "jobs_local"), _jobs(view, "plan_jobs"), view.resolve("plan_headcount")
    staff: float | None = None
    facts: tuple[str, ...] = ()
    if counted is not None and counted.value > 0:
        staff, facts = counted.value, (counted.fact.id,)
        yield from_facts("headcount", between(*counted.interval), facts, "counted", n=staff, day=str(counted.period))
    elif sales is not None and sales.value > 0:
        per_head = SALES_PER_HEAD * home_rate(view, view.currency)
        staff, facts = sales.value / per_head, sales.facts
        spread = Distribution("lognormal", (staff, SPREAD))
        yield from_facts("headcount", spread, facts, "staff_of_sales", held=sales.value, each=per_head)
    elif planned is not None and whole is not None and whole.value > planned.value > 0:
        staff, facts = whole.value - planned.value, (planned.fact.id, whole.fact.id)
        yield from_facts("headcount", Distribution("fixed", (staff,)), facts, "staff_beside_plan", n=staff)
    elif (plan := planned or whole) is not None and plan.value > 0:
        staff, facts = OF_PLAN[0] * plan.value, (plan.fact.id,)
        spread = Distribution("lognormal", (staff, OF_PLAN[1]))
        yield from_facts("headcount", spread, facts, "staff_before_plan", n=plan.value)
    if local is not None and staff is not None:
        share = min(local.value / staff, 1.0)
        because = (*facts, local.fact.id)
        yield from_facts("jobs_share", between(share, share), because, "local_jobs", n=local.value, share=share)
    elif planned is not None and planned.value > 0:
        yield from_facts("jobs_share", NOBODY, (planned.fact.id,), "nobody_yet")
    if planned is not None and planned.value > 0:
        yield from_facts("jobs_share_bound", NOBODY, (planned.fact.id,), "planned_apart", n=planned.value)


def _jobs(view: View, name: str) -> Resolution | None:
    """Jobs in the region, whether they were entered for the company or for the region."""
    return view.resolve(name) or view.resolve(name, "region")
