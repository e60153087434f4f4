"""A toy deal for comparisons: five instalments on revenue targets, a put with interest, a listing, jumps to default.

All numbers are invented. Here it is a program of the intermediate representation, as a lowering would write it.
"""

from __future__ import annotations

import numpy as np

from guanzi.simulation.assembler import Assembled, assemble
from guanzi.terms import Emitter

STEPS, PUT_STEP, PER_YEAR = 60, 20, 4
REVENUE, CASH = 100.0, 150.0
DRIFT, SHOCK, MARGIN_SHOCK = 0.03, 0.15, 0.05
HAZARD, DISTRESS, BROKE = 0.004, 0.06, 0.5
AMOUNTS = (60.0, 80.0, 80.0, 100.0, 120.0)
DUE = (0, 3, 6, 9, 12)
TARGETS = (0.0, 105.0, 115.0, 130.0, 150.0)
STAKE_VALUE = 0.18 * 3.0 * 4.0
"""Value of the stake for each unit of quarterly revenue."""
LISTING_FROM, LISTING_REVENUE, LISTING_CHANCE = 8, 180.0, 0.06
INTEREST, RATE = 1.085**0.25, 1.04**0.25
RECOVERY, PAYABLE = 0.10, 0.5 * 4.0
TAX, REBATE, BUT_FOR, JOBS = 0.06, 0.5, 0.25, 2.0
MARGIN = np.minimum(-0.22 + 0.02 * np.arange(STEPS), 0.12)
DISCOUNT = RATE ** -np.arange(STEPS)
OUTPUTS = ("npv", "loss", "peak", "jobs", "irr")


def tax_rate(t: int) -> float:
    """Tax kept for each unit of revenue, of what would not be there without the deal."""
    return TAX * (REBATE if t < PUT_STEP else 1.0) * BUT_FOR


def toy_program(*, irr: bool = True) -> Assembled:
    """The deal as arrays for both back-ends."""
    e = Emitter()
    for name, first in (("z", 0.0), ("y", 0.0), ("u", 0.0), ("w", 0.0), ("rev", REVENUE), ("cash", CASH)):
        e.number(f"d.{name}" if name in "zyuw" else name, first)
    for name in ("claim", "inv", "got", "npv", "cum", "low", "jobs", "irr.rate", "irr.status"):
        e.number(name)
    for i in range(len(AMOUNTS)):
        e.truth(f"paid.{i}")
    e.truth("alive", True)
    e.truth("open", True)
    for t in range(STEPS):
        e.do("DRAW", "d.z", k=0.0)
        growth = e("EXP", e("AFF", "d.z", k=(SHOCK, DRIFT - 0.5 * SHOCK * SHOCK)))
        e.do("COPY", "rev", e("MUL", "rev", growth))
        profit = e("MUL", e("AFF", "d.y", k=(MARGIN_SHOCK, float(MARGIN[t]))), "rev")
        e.do("ACC", "cash", profit)
        flow = e("SET", k=0.0)
        if t < PUT_STEP:
            e.do("COPY", "claim", e("MULK", "claim", k=INTEREST))
            flow = _instalment(e, t, flow)
        dead = _default(e, profit)
        if t <= PUT_STEP:
            flow = _end_of_position(e, t, flow, dead)
            e.flow(t, flow)
        kept = e("MSK", "alive", "rev")
        total = e("ADD", flow, e("MULK", kept, k=tax_rate(t)))
        e.do("ACCK", "jobs", kept, k=JOBS)
        e.do("ACCK", "npv", total, k=float(DISCOUNT[t]))
        e.do("ACC", "cum", total)
        e.do("LOWER", "low", e("COPY", "cum"))
        e.end_step()
    e.output("npv", "npv")
    e.output("loss", e("SUB", "inv", "got"))
    e.output("peak", e("NEG", "low"))
    e.output("jobs", e("MULK", "jobs", k=1.0 / STEPS))
    if irr:
        e.do("IRR", "irr.rate")
        e.output("irr", "irr.rate")
    e.end_step()
    return assemble(e.program)


def _instalment(e: Emitter, t: int, flow: str) -> str:
    """One instalment a step, in their order: the next one that is due pays when revenue has reached its target."""
    pays = []
    for i in reversed(range(len(AMOUNTS))):
        if t < DUE[i]:
            continue
        due = e("ANDN", e("AND", "open", e("GEK", "rev", k=TARGETS[i])), f"paid.{i}")
        if i:
            due = e("AND", due, f"paid.{i - 1}")
        pays.append((i, due))
    for i, due in pays:
        amount = e("MSK", due, e("SET", k=AMOUNTS[i]))
        e.do("LATCH", f"paid.{i}", due)
        for name in ("cash", "claim", "inv"):
            e.do("ACC", name, amount)
        flow = e("SUB", flow, amount)
    return flow


def _default(e: Emitter, profit: str) -> str:
    loses, broke = e("LTK", profit, k=0.0), e("LTK", "cash", k=0.0)
    distress = e("MULK", e("EXP", e("MINK", e("MULK", e("DIV", "cash", profit), k=0.25), k=0.0)), k=DISTRESS)
    hazard = e("ADDK", e("MSK", loses, distress), k=HAZARD)
    dead = e("AND", e("GT", e("SEL", broke, e("SET", k=BROKE), hazard), "d.u"), "alive")
    e.do("DROP", "alive", dead)
    return dead


def _end_of_position(e: Emitter, t: int, flow: str, dead: str) -> str:
    lost = e("AND", dead, "open")
    received = e("MSK", lost, e("MULK", "inv", k=RECOVERY))
    e.do("DROP", "open", lost)
    if t >= LISTING_FROM:
        listed = e("AND", e("AND", "open", e("GEK", "rev", k=LISTING_REVENUE)), e("LTK", "d.w", k=LISTING_CHANCE))
        received = e("ADD", received, e("MSK", listed, e("MULK", "rev", k=STAKE_VALUE)))
        e.do("DROP", "open", listed)
    if t == PUT_STEP:
        able = e("MAXK", e("ADD", "cash", e("MULK", "rev", k=PAYABLE)), k=0.0)
        put = e("MSK", "open", e("MIN", e("MULK", "claim", k=INTEREST), able))
        e.do("COPY", "cash", e("SUB", "cash", put))
        received = e("ADD", received, put)
        e.do("DROP", "open", e("COPYT", "open"))
    e.do("ACC", "got", received)
    return e("ADD", flow, received)
