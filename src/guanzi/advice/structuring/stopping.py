"""A staged bet with the right to stop: what it is worth to look before each instalment, and to pay no more.

Paths are sampled once for each number of instalments that are paid, on the same draws: ``ended[j]`` is what the deal is
worth to the public side, discounted, when it stops after ``j``. Before each instalment something is seen. Going back
from the last, what going on is worth more than stopping now is regressed on what is seen (least squares); one goes on
where the fitted difference is above nought.

The rule is fitted on one half of the paths and valued on the other. No rule that looks at what is seen can be worth
more than the best of them, so its value there is a *lower bound*, up to the error of the mean.

The *upper bound* is by duality (:mod:`guanzi.advice.structuring.duality`): the value for somebody who sees the future,
less what he could have won by that on something that is worth on average what it was. Without such a thing, or where
it brings the bound no nearer, it is the value for him who sees the future; that is wide, and it is a bound.

References:
    Longstaff, Schwartz: Valuing American options by simulation: a simple least-squares approach. Review of Financial
    Studies 14 (2001).
    Rogers: Monte Carlo valuation of American options. Mathematical Finance 12 (2002).
    Glasserman: Monte Carlo Methods in Financial Engineering (2003), chapter 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.structuring.duality import FairStep, basis_of, penalised
from guanzi.advice.structuring.measures import Estimate
from guanzi.advice.structuring.trees import ADDED, both, condition, number
from guanzi.deal.terms import Equity, Observable, Relation, TermSheet, Tranche, Type
from guanzi.engine.company import CompanyModel

type Floats = NDArray[np.float64]

LEAST = 1e-9
ALWAYS, NEVER = -1.0, 1e30
"""Least number of what is sold or stands, with which a payment is made whatever happens, or not at all."""
COUNTED = ("units", "capacity_local")


@dataclass(frozen=True, slots=True)
class Stopping:
    """What a staged bet is worth.

    Attributes:
        committed: All instalments are paid, come what may.
        lower: With the right to stop, by the fitted rule on paths that it was not fitted to.
        upper: No rule is worth more than this.
        foresight: For somebody who sees the future.
        stops: Share of these paths that stop before each instalment; what is left goes to the end.
    """

    committed: Estimate
    lower: Estimate
    upper: Estimate
    foresight: Estimate
    stops: tuple[float, ...]

    @property
    def bound(self) -> Literal["duality", "foresight"]:
        """What the upper bound rests on: where no martingale brings it nearer, it is that of foresight."""
        return "foresight" if self.upper == self.foresight else "duality"

    @property
    def right(self) -> float:
        """What the right to stop is worth at the least."""
        return max(0.0, self.lower.mean - self.committed.mean)


def stopping(ended: Sequence[Floats], seen: Sequence[Floats], fair: Sequence[FairStep] = ()) -> Stopping:
    """The value of a staged bet with the right to stop before each instalment.

    Args:
        ended: For each number of instalments paid, from none to all, the value of each path.
        seen: For each instalment, what is seen before it is paid: (paths,) or (paths, observables).
        fair: Steps of something that is worth on average what it was, for the upper bound; none: it is that of
            foresight.

    Raises:
        ValueError: There is not one more value than instalments, or paths differ in number.

    >>> sure = stopping([np.zeros(4), np.full(4, -1.0)], [np.zeros(4)])
    >>> sure.committed.mean, sure.lower.mean
    (-1.0, 0.0)
    """
    paths = len(ended[0])
    if len(ended) != len(seen) + 1 or any(len(x) != paths for x in (*ended, *seen)):
        raise ValueError("one value more than instalments is needed, and all of the same paths")
    half = paths // 2
    fit, out = slice(0, half), slice(half, paths)
    value: Floats = ended[-1][fit].copy()
    later: Floats = ended[-1][out].copy()
    going_on: list[NDArray[np.bool_]] = []
    worth = [value.copy()]
    for j in reversed(range(len(seen))):
        basis = basis_of(seen[j])
        rule, *_ = np.linalg.lstsq(basis[fit], value - ended[j][fit], rcond=None)
        here, there = basis[fit] @ rule > LEAST, basis[out] @ rule > LEAST
        value = np.asarray(np.where(here, value, ended[j][fit]), np.float64)
        later = np.asarray(np.where(there, later, ended[j][out]), np.float64)
        going_on.append(there)
        worth.insert(0, value.copy())
    alive, stops = np.ones(paths - half, np.bool_), []
    for there in reversed(going_on):
        stops.append(float((alive & ~there).mean()))
        alive &= there
    best = np.array(ended, np.float64).max(axis=0)
    dual = penalised(ended, worth, seen, fair) if fair else best
    committed, lower = Estimate.of(ended[-1][out]), Estimate.of(later)
    return Stopping(committed, lower, Estimate.of(dual[out]), Estimate.of(best[out]), tuple(stops))


def gate_from(sheet: TermSheet, model: CompanyModel, days: Sequence[date], paid: int) -> TermSheet | None:
    """The deal of which the public side pays what is due on the first ``paid`` of some days, and nothing after.

    All variants are one program with other numbers. None where the model computes nothing that can be counted.
    """
    counted = next((name for name in COUNTED if name in model.provides()), None)
    if counted is None:
        return None
    public, stopped = set(sheet.public), set(days[paid:])

    def gated(tranche: Tranche) -> Tranche:
        if tranche.due not in days or not public & set(tranche.amounts):
            return tranche
        least = number(NEVER if tranche.due in stopped else ALWAYS)
        gate = Relation(">=", Observable(counted, Type.NUMBER, "", ADDED), least, ADDED)
        tree = both(tranche.condition.tree if tranche.condition is not None else None, gate)
        return tranche if tree is None else replace(tranche, condition=condition(tree))

    def staged(equity: Equity) -> Equity:
        return equity.moved(gated)

    return sheet.changed(Equity, staged)
