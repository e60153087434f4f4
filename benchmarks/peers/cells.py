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
def mark0(t): return VALUE * (REVENUE if t == 0 else rev(t-1))
def earned(t): return (CASH if t == 0 else cash(t-1)) + profit(t)
def due0(t): return np.zeros(n) if t <= PUT_STEP else due(t-1)
def served(t): return np.minimum(due0(t), own(t)) if t > PUT_STEP else np.zeros(n)
def held0(t): return np.ones(n, bool) if t == 0 else held(t-1)
def alive0(t): return np.ones(n, bool) if t == 0 else alive(t-1)
def stake(t): return SHARE / sum(AMOUNTS) * (np.zeros(n) if t == 0 else inv(t-1))
def own(t): return np.maximum(earned(t) - RESERVE, 0.0)
def price(t): return np.zeros(n) if t == 0 else claim(t-1) * INTEREST
def payable(t): return np.minimum(price(t), own(t) + LOAN * rev(t))
def puts(t): return held0(t) & (payable(t) > stake(t) * mark0(t)) if t == PUT_STEP else np.zeros(n, bool)
def put(t): return np.where(puts(t), payable(t), 0.0) if t == PUT_STEP else np.zeros(n)
def loan(t): return np.maximum(put(t) - own(t), 0.0) if t == PUT_STEP else np.zeros(n)
def debt(t): return loan(PUT_STEP) if t >= PUT_STEP else np.zeros(n)
def due1(t): return np.where(puts(t), price(t) - put(t), 0.0) if t == PUT_STEP else due0(t) - served(t)
def lists(t): return (rev(t) >= LISTING_REVENUE) & (z(t)[3] < LISTING_CHANCE)
def listed(t): return listed(t-1) | lists(t) if t >= LISTING_FROM else np.zeros(n, bool)
def sells(t): return held0(t) & ~puts(t) & listed(t)
def sold(t): return np.where(sells(t), stake(t) * mark0(t), 0.0)
def held1(t): return held0(t) & ~puts(t) & ~sells(t)
def count(t): return np.zeros(n, np.int64) if t == 0 else count(t-1) + buys(t-1)
def next(t): return held1(t) & (t >= day[count(t)]) & (rev(t) >= target[count(t)])
def buys(t): return next(t) if t < PUT_STEP else np.zeros(n, bool)
def paid(t): return np.where(buys(t), amount[count(t)], 0.0) if t < PUT_STEP else np.zeros(n)
def inv(t): return paid(t) if t == 0 else inv(t-1) + paid(t) if t < PUT_STEP else inv(PUT_STEP-1)
def claim(t): return price(t) + paid(t)
def cash(t): return earned(t) - served(t) - put(t) + loan(t) + paid(t)
def distress(t): return DISTRESS * np.exp(np.minimum(cash(t) / profit(t) * 0.25, 0.0))
def hazard(t): return np.where(cash(t) < 0.0, BROKE, np.where(profit(t) < 0.0, distress(t), 0.0) + HAZARD)
def dead(t): return alive0(t) & (z(t)[2] < hazard(t))
def alive(t): return alive0(t) & ~dead(t)
def estate(t): return SALE * rev(t) + np.maximum(cash(t), 0.0)
def owed(t): return OWED * rev(t) + debt(t) + due1(t)
def share(t): return SHARE / sum(AMOUNTS) * inv(t)
def rest(t): return np.where(held1(t), share(t) * np.maximum(estate(t) - owed(t), 0.0), 0.0)
def recovered(t): return np.where(dead(t), due1(t) * np.minimum(estate(t) / owed(t), 1.0) + rest(t), 0.0)
def due(t): return np.where(dead(t), 0.0, due1(t))
def held(t): return held1(t) & ~dead(t)
def terminal(t): return due(t) + np.where(held(t), share(t) * VALUE * rev(t), 0.0) if t == STEPS - 1 else 0.0
def flow(t): return served(t) + put(t) + sold(t) - paid(t) + recovered(t) + terminal(t)
def kept(t): return np.where(alive(t), rev(t), 0.0)
def total(t): return flow(t) + tax_rate(t) * kept(t)
def cum(t): return total(t) + (0.0 if t == 0 else cum(t-1))
def low(t): return np.minimum(0.0 if t == 0 else low(t-1), cum(t))
def npv(t): return total(t) * DISCOUNT[t] + (0.0 if t == 0 else npv(t-1))
def loss(t): return (0.0 if t == 0 else loss(t-1)) - flow(t)
def jobs(t): return JOBS * kept(t) + (0.0 if t == 0 else jobs(t-1))
"""


def cells(seed: int, paths: int, *, irr: bool = True) -> dict[str, Floats]:
    """Build the model and read its results."""
    import modelx

    model = modelx.new_model()
    space: Any = model.new_space("Deal")
    names = {name: getattr(P, name) for name in dir(P) if name.isupper()}
    names |= {"np": np, "n": paths, "seed": seed, "ids": np.arange(paths, dtype=np.uint64), "draw": draws}
    names |= {"tax_rate": P.tax_rate, "day": np.append(P.DUE, 10**6)}
    names |= {"target": np.append(P.TARGETS, np.inf), "amount": np.append(P.AMOUNTS, 0.0)}
    for name, value in names.items():
        setattr(space, name, value)
    for line in FORMULAS.strip().splitlines():
        space.new_cells(line[4 : line.index("(")], formula=line)
    last = P.STEPS - 1
    with np.errstate(all="ignore"):
        for t in range(P.STEPS):  # forwards: no deep recursion
            space.cum(t)
        out = {"npv": space.npv(last), "loss": space.loss(last), "peak": -space.low(last)}
        out["jobs"] = space.jobs(last) / P.STEPS
        if irr:
            out["irr"] = rates(np.array([space.flow(t) for t in range(P.STEPS)]))
    model.close()
    return out
