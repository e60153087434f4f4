"""The plant that a plan promises: when it opens, how it rises, and what of the plan comes about.

Plans are kept as such plans have been kept: months of delay, slow starts and jobs that never came are read from
published classes. Where a study was not out on the day, the same figure is a judgement.

References:
    The classes lie in ``library/priors/plants.yaml``, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from guanzi.advice.calibration.amounts import Amount, from_facts, latest
from guanzi.advice.calibration.making import estimate, fixed
from guanzi.base.core import DAYS_OF_YEAR, Period
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import PRIOR, Fact, View, priors_on, there

LATE, RISE, KEPT = "plants-late-bauman", "plants-output-rand-1981", "jobs-promised-north-carolina"
"""Base rates of delay, of output in the first year, and of what is kept of promised jobs."""
OF_CLASS = {"plant_late": LATE, "plant_ramp": RISE, "plant_kept": KEPT}
DATED, IN_WORDS = "plan_production_start", "plan_start"
"""Facts whose period is that in which production is to begin; words may also be dated by the day on which they fell."""
NEVER = 0.35
"""Part of the plans of which nothing comes: more than a third."""

PLANT_JUDGEMENTS: Mapping[str, Distribution] = {
    "plant_quarters": Distribution("triangular", (5.0, 8.0, 14.0)),
    "plant_late": Distribution("piecewise", (0.0, 0.06, 0.35, 0.72, 1.0, -1.0, 0.0, 1.0 / 3.0, 2.0, 4.0)),
    "plant_ramp": Distribution("uniform", (2.0, 8.0)),
    "plant_kept": Distribution("piecewise", (0.0, NEVER, NEVER + 0.0001, 0.675, 1.0, 0.0, 0.0, 0.5, 1.0, 1.2)),
    "plant_jobs": Distribution("fixed", (0.0,)),
}
"""What holds for every kind of company when nothing better is known."""


def plant_parameters(view: View, signed: date) -> Iterator[Parameter]:
    """Delay, rise and part kept from their classes; planned start and jobs from the facts.

    Args:
        view: What was known.
        signed: Day of signing; the simulation begins with its quarter.
    """
    known = priors_on(view.as_of)
    for name, study in OF_CLASS.items():
        if study in known:
            made = from_facts(name, PLANT_JUDGEMENTS[name], (f"{PRIOR}{study}",), f"{name}_class")
            yield replace(made, origin=replace(made.origin, kind="comparable"))
    begun = planned_start(view)
    if begun is not None:
        quarters = planned_quarters(begun.period, signed)
        spread = Distribution("fixed", (quarters,))
        told: dict[str, float | str] = {"day": str(begun.period), "quarters": quarters}
        yield from_facts("plant_quarters", spread, (begun.id,), "planned_start", **told)
    plant, capacity = there(view, "local_plant"), view.resolve("local_plant_capacity")
    if plant is not None:
        yield estimate("plant_local", fixed(1.0), "trend", plant[1], plant=plant[0])
    elif capacity is not None and capacity.value > 0:
        yield from_facts("plant_local", fixed(1.0), (capacity.fact.id,), "plant_of_capacity", day=str(capacity.period))
    planned = view.resolve("plan_jobs") or view.resolve("plan_jobs", "region")
    if planned is not None and planned.value > 0:
        spread = Distribution("fixed", (planned.value,))
        yield from_facts("plant_jobs", spread, (planned.fact.id,), "plant_jobs", n=planned.value)


def planned_start(view: View) -> Fact | None:
    """The fact that dates the planned start: one that states it, else words whose period lies ahead of them."""
    stated = view.resolve(DATED)
    if stated is not None:
        return stated.fact
    ahead = [f for f in view.named(IN_WORDS) if f.period.kind != "day" and f.period.end > f.known_on]
    return max(ahead, key=lambda fact: fact.known_on, default=None)


def planned_quarters(begun: Period, signed: date) -> float:
    """Quarters from signing to the end of the period in which production is to begin; at least one."""
    start = Period.of("quarter", signed)
    return max(float(round((begun.end - start.start).days / (DAYS_OF_YEAR / 4))), 1.0)


def planned_investment(view: View) -> Amount | None:
    """What the plant of the plan is to cost."""
    found = latest(view, "plan_plant_investment", "plan_investment")
    return found if found is not None and found.value > 0 else None
