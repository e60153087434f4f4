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
KEPT, BEATEN = 0.5, 1.2
"""Least and most of the planned jobs that come about, the plan itself being most likely; judgement: a plan is a
promise, kept in half at the least and seldom beaten by more than a fifth."""


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
        beside, facts = _beside(view, planned, sales)
        staff = beside + planned.value
        spread = peaked(*(beside + part * planned.value for part in (KEPT, 1.0, BEATEN)))
        reason = "staff_of_plan" if beside > 0.0 else "staff_of_plan_alone"
        yield from_facts("headcount", spread, facts, reason, n=planned.value, beside=beside)
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
        if counted is not None and counted.value > 0:
            yield _share_beside_counted(view, planned, staff, facts)
        else:
            beside = staff - planned.value
            ends = (part * planned.value / (beside + part * planned.value) for part in (KEPT, 1.0, BEATEN))
            share = planned.value / staff
            yield from_facts("jobs_share_bound", peaked(*ends), facts, "planned_jobs", n=planned.value, share=share)


def _share_beside_counted(view: View, planned: Resolution, staff: float, facts: tuple[str, ...]) -> Parameter:
    """Part of the counted staff that works here once the planned jobs are there.

    The plan itself, half of it to a fifth more, as far as the staff reach: a plan beyond them comes with their growth.
    Where the whole staff are planned, too, the jobs grow with them to the plan.
    """
    whole = view.resolve("plan_headcount")
    share = planned.value / (staff if whole is None else max(whole.value, planned.value))
    spread = peaked(*(min(part * share, 1.0) for part in (KEPT, 1.0, BEATEN)))
    because = (*facts, planned.fact.id, *((whole.fact.id,) if whole is not None else ()))
    reason = "planned_jobs_beyond" if share > 1.0 else "planned_jobs"
    return from_facts("jobs_share_bound", spread, because, reason, n=planned.value, share=min(share, 1.0))


def _beside(view: View, planned: Resolution, sales: Amount | None) -> tuple[float, tuple[str, ...]]:
    """Staff beside the planned jobs where none were counted: of the whole plan, else what sales need; with facts."""
    whole = view.resolve("plan_headcount")
    if whole is not None:
        return max(whole.value - planned.value, 0.0), (planned.fact.id, whole.fact.id)
    if sales is not None and sales.value > 0:
        per_head = SALES_PER_HEAD * home_rate(view, view.currency)
        return sales.value / per_head, (planned.fact.id, *sales.facts)
    return 0.0, (planned.fact.id,)


def _jobs(view: View, name: str) -> Resolution | None:
    """Jobs in the region, whether they were entered for the company or for the region."""
    return view.resolve(name) or view.resolve(name, "region")
