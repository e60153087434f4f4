"""Staff of a company, and how many of them work in the region: what a promise of jobs looks at.

Staff follow the payroll in real terms: all overhead, and the part of the cost of sales that is labour. So they grow
with volume, fall as cost falls with experience, and are cut when a company that runs out of cash cuts its overhead.
They move to the wanted number by a part of the gap each quarter. The part of them that works in the region moves from
that of the start to that of a bound company once a plant stands there or the deal has drawn the company.

    payroll(t) = (overhead + labour · cost of sales) / wages(t)
    staff(t)   = staff + pace (staff(0) · payroll(t) / payroll(0) − staff)
    local(t)   = local + pace (share bound or share at start − local)

References:
    Hamermesh: Labor Demand (1993) (labour demand follows output, and adjusts by a part of the gap a quarter).
"""

from __future__ import annotations

from guanzi.deal.program import CompanySlots, Emitter

STAFF_UNITS: dict[str, str] = {
    "headcount": "people",
    "labour_in_cost": "ratio",
    "staff_pace": "ratio",
    "jobs_share": "ratio",
    "jobs_share_bound": "ratio",
}
"""Parameters of staff; they stand last, so that the streams of the others stay."""


def declare_staff(e: Emitter) -> None:
    """Step 0: the level of wages, common to both worlds."""
    e.number("m.wages", 1.0)


def step_wages(e: Emitter) -> None:
    """Wages rise as fixed cost does."""
    e.do("COPY", "m.wages", e("MUL", "m.wages", e("EXP", "p.opex_inflation")))


def begin_staff(e: Emitter, w: str) -> None:
    """Step 0: staff and local jobs of one world; where its plant stands here, so do those of a bound one."""
    for name in ("headcount", "jobs_local", "staff", "payroll", "here"):
        e.number(f"{w}.{name}")
    e.do("COPY", f"{w}.staff", "p.headcount")
    e.do("SEL", f"{w}.here", f"{w}.plant_local", "p.jobs_share_bound", "p.jobs_share")
    e.do("COPY", f"{w}.headcount", "p.headcount")
    e.do("MUL", f"{w}.jobs_local", "p.headcount", f"{w}.here")


def employ(e: Emitter, w: str, slots: CompanySlots, t: int, overhead: str, costs: str, bound: str | None) -> None:
    """Staff of a step.

    Args:
        e: Emitter.
        w: Prefix of the world.
        slots: Its slots.
        t: Step; what is paid in the first is what the staff of the start cost.
        overhead: Slot of the fixed cost.
        costs: Slot of the cost of sales.
        bound: Truth that the deal has drawn the company to the region; None: there is no deal.
    """
    payroll = e("DIV", e("MADD", "p.labour_in_cost", costs, overhead), "m.wages")
    if t == 0:
        e.do("COPY", f"{w}.payroll", payroll)
    wanted = e("MUL", "p.headcount", e("DIV", payroll, f"{w}.payroll"))
    gap = e("SUB", wanted, f"{w}.staff")
    e.do("COPY", f"{w}.staff", e("MADD", "p.staff_pace", gap, f"{w}.staff"))
    drawn = f"{w}.plant_local" if bound is None else e("OR", f"{w}.plant_local", bound)
    share = e("SEL", drawn, "p.jobs_share_bound", "p.jobs_share")
    way = e("SUB", share, f"{w}.here")
    e.do("COPY", f"{w}.here", e("MADD", "p.staff_pace", way, f"{w}.here"))
    e.do("MSK", f"{w}.headcount", slots.solvent, e("COPY", f"{w}.staff"))
    e.do("MSK", f"{w}.jobs_local", slots.solvent, e("MUL", f"{w}.staff", f"{w}.here"))
