"""The toy deal in modelx: one cell for each quantity, an array over paths for each step; the same random numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from benchmarks.peers import toy as P
from benchmarks.peers.arrays import Floats, draws, rates

FORMULAS = """
def z(t): return draw(seed, ids, t, 0)
def rev(t): return (REVENUE if t == 0 else rev(t-1)) * np.exp(SHOCK * z(t)[0] + (DRIFT - 0.5 * SHOCK**2))
def profit(t): return (MARGIN_SHOCK * z(t)[1] + MARGIN[t]) * rev(t)
def count(t): return np.zeros(n, np.int64) if t == 0 else count(t-1) + pays(t-1)
def held0(t): return np.ones(n, bool) if t == 0 else held(t-1)
def alive0(t): return np.ones(n, bool) if t == 0 else alive(t-1)
def next(t): return held0(t) & (t >= due[count(t)]) & (rev(t) >= target[count(t)])
def pays(t): return next(t) if t < PUT_STEP else np.zeros(n, bool)
def paid(t): return np.where(pays(t), amount[count(t)], 0.0)
def inv(t): return paid(t) + (0.0 if t == 0 else inv(t-1))
def claim(t): return (np.zeros(n) if t == 0 else claim(t-1)) * INTEREST + paid(t)
def cash(t): return (CASH if t == 0 else cash_end(t-1)) + profit(t) + paid(t)
def cash_end(t): return cash(t) - put(t)
def distress(t): return DISTRESS * np.exp(np.minimum(cash(t) / profit(t) * 0.25, 0.0))
def hazard(t): return np.where(cash(t) < 0.0, BROKE, np.where(profit(t) < 0.0, distress(t), 0.0) + HAZARD)
def dead(t): return alive0(t) & (z(t)[2] < hazard(t))
def alive(t): return alive0(t) & ~dead(t)
def lists(t): return (rev(t) >= LISTING_REVENUE) & (z(t)[3] < LISTING_CHANCE) & (t >= LISTING_FROM)
def listed(t): return held0(t) & ~dead(t) & lists(t)
def puts(t): return held0(t) & ~dead(t) & ~listed(t) if t == PUT_STEP else np.zeros(n, bool)
def put(t): return np.where(puts(t), np.minimum(claim(t) * 1.0, np.maximum(cash(t) + PAYABLE * rev(t), 0.0)), 0.0)
def held(t): return held0(t) & ~dead(t) & ~listed(t) & ~puts(t)
def recovered(t): return np.where(dead(t) & held0(t), RECOVERY * inv(t), 0.0)
def received(t): return recovered(t) + np.where(listed(t), STAKE_VALUE * rev(t), 0.0) + put(t)
def flow(t): return received(t) - paid(t)
def kept(t): return np.where(alive(t), rev(t), 0.0)
def total(t): return flow(t) + tax_rate(t) * kept(t)
def cum(t): return total(t) + (0.0 if t == 0 else cum(t-1))
def low(t): return np.minimum(0.0 if t == 0 else low(t-1), cum(t))
def npv(t): return total(t) * DISCOUNT[t] + (0.0 if t == 0 else npv(t-1))
def got(t): return received(t) + (0.0 if t == 0 else got(t-1))
def jobs(t): return JOBS * kept(t) + (0.0 if t == 0 else jobs(t-1))
"""


def cells(seed: int, paths: int, *, irr: bool = True) -> dict[str, Floats]:
    """Build the model and read its results."""
    import modelx

    model = modelx.new_model()
    space: Any = model.new_space("Deal")
    names = {name: getattr(P, name) for name in dir(P) if name.isupper()}
    names |= {"np": np, "n": paths, "seed": seed, "ids": np.arange(paths, dtype=np.uint64), "draw": draws}
    names |= {"tax_rate": P.tax_rate, "due": np.append(P.DUE, 10**6)}
    names |= {"target": np.append(P.TARGETS, np.inf), "amount": np.append(P.AMOUNTS, 0.0)}
    for name, value in names.items():
        setattr(space, name, value)
    for line in FORMULAS.strip().splitlines():
        space.new_cells(line[4 : line.index("(")], formula=line)
    last = P.STEPS - 1
    with np.errstate(all="ignore"):
        for t in range(P.STEPS):  # forwards: no deep recursion
            space.cum(t)
        out = {"npv": space.npv(last), "loss": space.inv(last) - space.got(last), "peak": -space.low(last)}
        out["jobs"] = space.jobs(last) / P.STEPS
        if irr:
            out["irr"] = rates(np.array([space.flow(t) for t in range(P.PUT_STEP + 1)]))
    model.close()
    return out
