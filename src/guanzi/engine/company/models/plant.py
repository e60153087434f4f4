"""The plant that a plan promises: it opens late, rises over quarters, and brings what part of the plan comes about.

A company that the deal draws builds from then on. The plant opens after the planned quarters and the delay; from there
on it rises in equal steps to what of the plan comes about, which may be nothing. Before it opens nobody works in it.

    site(t)    = site(t-1) + 1 while the deal draws the company
    opens      = max(planned quarters + delay, 2) quarters after the company is drawn
    running(t) = min(running(t-1) + 1 / ramp, 1) once open
    people(t)  = planned jobs · part kept · running(t)

References:
    Merrow, Phillips, Myers: Understanding cost growth and performance shortfalls in pioneer process plants. RAND
        (1981) (over half of new plants miss their output in the second half of their first year).
    Bauman: Estimating time of construction. Industrial & Engineering Chemistry (months by which plants were late).
"""

from __future__ import annotations

from guanzi.deal.program import CompanySlots, Emitter

PLANT_UNITS: dict[str, str] = {
    "plant_quarters": "quarters",
    "plant_late": "quarters",
    "plant_ramp": "quarters",
    "plant_kept": "ratio",
    "plant_jobs": "people",
}
"""Parameters of a planned plant; they stand last, so that the streams of the others stay."""
SOONEST = 2.0
"""Quarters before which no plant opens that is not there yet."""


def declare_plant(e: Emitter) -> None:
    """Step 0: when a plant opens that is begun now, and what of the planned jobs comes about."""
    for name in ("plant_opens", "plant_step", "plant_people"):
        e.number(f"m.{name}")
    e.do("MAXK", "m.plant_opens", e("ADD", "p.plant_quarters", "p.plant_late"), k=SOONEST)
    e.do("DIV", "m.plant_step", e("SET", k=1.0), "p.plant_ramp")
    e.do("MUL", "m.plant_people", "p.plant_jobs", "p.plant_kept")


def begin_plant(e: Emitter, w: str) -> None:
    """Step 0: nothing is built in one world."""
    for name in ("site", "running"):
        e.number(f"{w}.{name}")


def step_plant(e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
    """A quarter of building and rising in the region.

    Args:
        e: Emitter.
        w: Prefix of the world.
        slots: Its slots.
        bound: Truth that the deal has drawn the company to the region; None: there is no deal, and nothing is built.
    """
    if bound is None:
        return
    builds = e("AND", bound, slots.solvent)
    e.do("ADD", f"{w}.site", e("COPY", f"{w}.site"), e("MSK", builds, e("SET", k=1.0)))
    comes = e("GTK", "p.plant_kept", k=0.0)
    opened = e.all(builds, comes, e("GE", f"{w}.site", "m.plant_opens"))
    e.do("LATCH", f"{w}.plant_local", opened)
    e.do("KEEP", f"{w}.running", opened, e("MINK", e("ADD", f"{w}.running", "m.plant_step"), k=1.0))
