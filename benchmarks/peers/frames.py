"""The toy deal in gaspatchio: a frame with a row for each path, its columns written step by step; the same numbers.

Its kernel for roll-forwards has no operation for payments that depend on one another within a step (a put, instalments
on targets), so the columns are formulas of the frame, as its tutorials write them, and run by its engine on Polars. The
frame is collected every few steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from benchmarks.peers import toy as P
from benchmarks.peers.arrays import Floats, draws, rates

COLLECTED = 4
"""Steps of one graph; one at a time is slower."""
STATE = (
    "rev",
    "cash",
    "mark",
    "debt",
    "claim",
    "due",
    "inv",
    "npv",
    "cum",
    "low",
    "jobs",
    "alive",
    "held",
    "listed",
    "k",
)


def frames(seed: int, paths: int, *, irr: bool = True, collected: int = COLLECTED) -> dict[str, Floats]:
    """The toy deal, a column for each quantity."""
    import polars as pl
    from gaspatchio import ActuarialFrame

    ids = np.arange(paths, dtype=np.uint64)
    first = {"rev": P.REVENUE, "cash": P.CASH, "mark": P.VALUE * P.REVENUE}
    held: Any = pl.DataFrame({name: np.full(paths, first.get(name, 0.0)) for name in STATE})
    held = held.with_columns(alive=pl.lit(True), held=pl.lit(True), listed=pl.lit(False), k=pl.lit(0))
    flows: list[Floats] = []
    for start in range(0, P.STEPS, collected):
        steps = range(start, min(start + collected, P.STEPS))
        drawn = {f"{name}{t}": x for t in steps for name, x in zip("zyuw", draws(seed, ids, t, 0), strict=True)}
        af = ActuarialFrame(held.with_columns(**{name: pl.Series(x) for name, x in drawn.items()}))
        for t in steps:
            _step(af, t)
        whole = af.collect()
        flows += [whole[f"flow{t}"].to_numpy() for t in steps]
        held = whole.select(STATE)
    out = {"npv": held["npv"].to_numpy(), "loss": -np.sum(flows, axis=0), "peak": -held["low"].to_numpy()}
    out["jobs"] = held["jobs"].to_numpy() / P.STEPS
    return out | ({"irr": rates(np.array(flows))} if irr else {})


def _step(af: Any, t: int) -> None:
    """The formulas of a step, in the order in which they are paid."""
    from gaspatchio import when

    part = P.SHARE / sum(P.AMOUNTS)
    z, y, u, w = (af[f"{name}{t}"] for name in "zyuw")
    af.rev = af.rev * (z * P.SHOCK + (P.DRIFT - 0.5 * P.SHOCK**2)).exp()
    af.profit = (y * P.MARGIN_SHOCK + float(P.MARGIN[t])) * af.rev
    af.cash = af.cash + af.profit
    af.flow = af.rev * 0.0
    if t <= P.PUT_STEP:
        af.claim = af.claim * P.INTEREST
    if t > P.PUT_STEP:
        af.own = when(af.cash > P.RESERVE).then(af.cash - P.RESERVE).otherwise(0.0)
        af.served = when(af.due < af.own).then(af.due).otherwise(af.own)
        af.cash, af.due, af.flow = af.cash - af.served, af.due - af.served, af.flow + af.served
    if t == P.PUT_STEP:
        af.own = when(af.cash > P.RESERVE).then(af.cash - P.RESERVE).otherwise(0.0)
        af.most = af.own + af.rev * P.LOAN
        af.pays = when(af.claim < af.most).then(af.claim).otherwise(af.most)
        af.puts = af.held & (af.pays > af.inv * af.mark * part)
        af.pays = when(af.puts).then(af.pays).otherwise(0.0)
        af.loan = when(af.pays > af.own).then(af.pays - af.own).otherwise(0.0)
        af.cash, af.debt = af.cash - af.pays + af.loan, af.debt + af.loan
        af.due = when(af.puts).then(af.claim - af.pays).otherwise(0.0)
        af.flow, af.held = af.flow + af.pays, af.held & ~af.puts
    if t >= P.LISTING_FROM:
        af.lists = (af.rev >= P.LISTING_REVENUE) & (w < P.LISTING_CHANCE)
        af.listed = when(af.lists).then(True).otherwise(af.listed)
        af.sold = af.held & af.listed
        af.flow = af.flow + when(af.sold).then(af.inv * af.mark * part).otherwise(0.0)
        af.held = af.held & ~af.sold
    if t < P.PUT_STEP:
        af.paid = af.rev * 0.0
        for i, (due, target, amount) in enumerate(zip(P.DUE, P.TARGETS, P.AMOUNTS, strict=True)):
            if t >= due:
                af.paid = when((af.k == i) & af.held & (af.rev >= target)).then(amount).otherwise(af.paid)
        af.k = when(af.paid > 0.0).then(af.k + 1).otherwise(af.k)
        af.cash, af.claim, af.inv = af.cash + af.paid, af.claim + af.paid, af.inv + af.paid
        af.flow = af.flow - af.paid
    _end(af, t, u, part)


def _end(af: Any, t: int, u: Any, part: float) -> None:
    """Default, what is recovered, and the records of a step."""
    from gaspatchio import when

    af.mark = af.rev * P.VALUE
    af.runway = af.cash / af.profit * 0.25
    af.distress = when(af.runway < 0.0).then(af.runway).otherwise(0.0).exp() * P.DISTRESS
    af.hazard = when(af.profit < 0.0).then(af.distress + P.HAZARD).otherwise(P.HAZARD)
    af.hazard = when(af.cash < 0.0).then(P.BROKE).otherwise(af.hazard)
    af.dead = af.alive & (u < af.hazard)
    af.estate = af.rev * P.SALE + when(af.cash > 0.0).then(af.cash).otherwise(0.0)
    af.owed = af.rev * P.OWED + af.debt + af.due
    af.over = when(af.held & (af.estate > af.owed)).then(af.inv * part * (af.estate - af.owed)).otherwise(0.0)
    af.rate = when(af.estate < af.owed).then(af.estate / af.owed).otherwise(1.0)
    af.flow = af.flow + when(af.dead).then(af.due * af.rate + af.over).otherwise(0.0)
    af.due = when(af.dead).then(0.0).otherwise(af.due)
    af.held, af.alive = af.held & ~af.dead, af.alive & ~af.dead
    if t == P.STEPS - 1:
        af.flow = af.flow + af.due + when(af.held).then(af.inv * af.mark * part).otherwise(0.0)
    af.kept = when(af.alive).then(af.rev).otherwise(0.0)
    af.total = af.flow + af.kept * P.tax_rate(t)
    af.jobs, af.npv = af.jobs + af.kept * P.JOBS, af.npv + af.total * float(P.DISCOUNT[t])
    af.cum = af.cum + af.total
    af.low = when(af.cum < af.low).then(af.cum).otherwise(af.low)
    af[f"flow{t}"] = af.flow
