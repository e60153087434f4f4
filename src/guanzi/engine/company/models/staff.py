"""Staff of a company, and how many of them work in the region: what a promise of jobs looks at.

Staff follow the payroll in real terms: all overhead, and the part of the cost of sales that is labour. So they grow
with volume, fall as cost falls with experience, and are cut when a company that runs out of cash cuts its overhead.
They move to the wanted number by a part of the gap each quarter. The part of them that works in the region moves from
that of the start to that of a company which is there, once its plant runs there or its headquarters have moved; a
signature moves nobody. The people of a planned plant come beside them, as the plant rises.

    payroll(t) = (overhead + labour · cost of sales) / wages(t)
    staff(t)   = staff + pace (staff(0) · payroll(t) / payroll(0) − staff)
    local(t)   = local + pace (share there or share at start − local)
    jobs(t)    = staff(t) · local(t) + people of the planned plant

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
"""Parameters of staff; after them only those of a planned plant, so that the streams of the others stay."""


def declare_staff(e: Emitter) -> None:
    """Step 0: the level of wages, common to both worlds."""
    e.number("m.wages", 1.0)


def step_wages(e: Emitter) -> None:
    """Wages rise as fixed cost does."""
    e.do("COPY", "m.wages", e("MUL", "m.wages", e("EXP", "p.opex_inflation")))


def begin_staff(e: Emitter, w: str) -> None:
    """Step 0: staff and local jobs of one world; where its plant stands here, so do those who work there."""
    for name in ("headcount", "jobs_local", "staff", "payroll", "here"):
        e.number(f"{w}.{name}")
    e.do("COPY", f"{w}.staff", "p.headcount")
    e.do("SEL", f"{w}.here", f"{w}.plant_local", _there(e), "p.jobs_share")
    e.do("COPY", f"{w}.headcount", "p.headcount")
    e.do("MUL", f"{w}.jobs_local", "p.headcount", f"{w}.here")


def employ(e: Emitter, w: str, slots: CompanySlots, t: int, overhead: str, costs: str) -> None:
    """Staff of a step.

    Args:
        e: Emitter.
        w: Prefix of the world.
        slots: Its slots.
        t: Step; what is paid in the first is what the staff of the start cost.
        overhead: Slot of the fixed cost.
        costs: Slot of the cost of sales, without that of a planned plant whose people are counted apart.
    """
    payroll = e("DIV", e("MADD", "p.labour_in_cost", costs, overhead), "m.wages")
    if t == 0:
        e.do("COPY", f"{w}.payroll", payroll)
    wanted = e("MUL", "p.headcount", e("DIV", payroll, f"{w}.payroll"))
    gap = e("SUB", wanted, f"{w}.staff")
    e.do("COPY", f"{w}.staff", e("MADD", "p.staff_pace", gap, f"{w}.staff"))
    there = e("OR", f"{w}.plant_local", f"{w}.hq_local")
    share = e("SEL", there, _there(e), "p.jobs_share")
    way = e("SUB", share, f"{w}.here")
    e.do("COPY", f"{w}.here", e("MADD", "p.staff_pace", way, f"{w}.here"))
    people = e("MUL", "m.plant_people", f"{w}.running")
    e.do("MSK", f"{w}.headcount", slots.solvent, e("ADD", f"{w}.staff", people))
    e.do("MSK", f"{w}.jobs_local", slots.solvent, e("MADD", f"{w}.staff", f"{w}.here", people))


def beside_plant(e: Emitter, costs: str, part: str) -> str:
    """Cost of sales without the part of a planned plant, where the people of that are counted apart.

    Args:
        e: Emitter.
        costs: Slot of the cost of sales.
        part: Slot of the plant's part of what is made.
    """
    apart = e("MSK", e("GTK", "p.plant_jobs", k=0.0), part)
    return e("MUL", costs, e("RSUBK", apart, k=1.0))


def _there(e: Emitter) -> str:
    """Part of the staff in the region once the company is there; never less than at the start."""
    return e("MAX", "p.jobs_share_bound", "p.jobs_share")
