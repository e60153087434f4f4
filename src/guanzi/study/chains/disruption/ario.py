"""ARIO: how a stop of one sector travels through the others by orders and stocks, day by day.

The adaptive regional input-output model with inventories of Hallegatte (2008, 2014), for one region: sectors produce
what is ordered, as far as capacity and stocks of inputs go; what is short is rationed in proportion; stocks are
ordered back up over some weeks; who cannot serve his orders works over time, slowly, and up to a limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.study.chains.multipliers.leontief import Matrix, Vector, coefficients

DAYS = 365
_WHOLE = 1e-9
"""Part of a quantity below which a lack is rounding."""


@dataclass(frozen=True, slots=True)
class ShockSettings:
    """Parameters; the defaults are those of Hallegatte (2014).

    Attributes:
        stock_days: Days of use of each input that a sector keeps.
        restock_days: Over which a missing stock is ordered back.
        need: Part of the stock that is kept from which on its lack holds production back.
        overtime: Highest output over the usual one.
        overtime_days: That it takes to get there.
    """

    stock_days: float = 90.0
    restock_days: float = 60.0
    need: float = 0.8
    overtime: float = 1.25
    overtime_days: float = 365.0


@dataclass(frozen=True, slots=True)
class Stop:
    """Capacity of a sector that is gone for a while.

    Attributes:
        sector: Its number.
        part: Of the capacity, 0 to 1.
        start: First day, counted from 0.
        days: For which all of the part is gone.
        recovery: Days after that over which it comes back, in a straight line; 0: at once.
    """

    sector: int
    part: float
    start: int
    days: int
    recovery: int = 0

    def gone(self, day: int) -> float:
        """Part of the capacity that is gone on a day."""
        since = day - self.start
        if since < 0:
            return 0.0
        if since < self.days:
            return self.part
        if since - self.days < self.recovery:
            return self.part * (1.0 - (since - self.days) / self.recovery)
        return 0.0


@dataclass(frozen=True, eq=False)
class Course:
    """What happened day by day.

    Attributes:
        output: Of each sector (column) on each day (row), a day's worth.
        usual: Output of each sector on a usual day.
        unserved: Final demand of each day that was not served, all products together.
        least_stock: Lowest stock of each input (column) at any sector, as a part of what is kept, over all days.
    """

    output: Matrix
    usual: Vector
    unserved: Vector
    least_stock: Vector

    @property
    def part(self) -> Vector:
        """All output of each day as a part of the usual one."""
        found: Vector = self.output.sum(axis=1) / self.usual.sum()
        return found

    @property
    def lost_days(self) -> float:
        """Output that was lost in all, in days of usual output; negative where more than usual was made."""
        return float((1.0 - self.part).sum())


def ario(
    flows: Matrix,
    final: Vector,
    output: Vector,
    stops: Sequence[Stop],
    days: int = DAYS,
    settings: ShockSettings | None = None,
) -> Course:
    """Run the model.

    Args:
        flows: What sector j (column) buys of product i (row) a year; products of the region.
        final: Final demand for each product a year, exports included.
        output: Of each sector a year.
        stops: Of capacity.
        days: How long.
        settings: Parameters.
    """
    s = settings or ShockSettings()
    usual = output / DAYS
    inputs, demand = coefficients(flows, output), np.maximum(final, 0.0) / DAYS
    n = len(output)
    used = inputs > 0.0
    kept = s.stock_days * inputs * usual
    stock, orders = kept.copy(), inputs * usual
    overtime = np.ones(n)
    made, unserved, least = np.zeros((days, n)), np.zeros(days), np.ones(n)
    for day in range(days):
        gone = np.zeros(n)
        for stop in stops:
            gone[stop.sector] = max(gone[stop.sector], stop.gone(day))
        wanted = orders.sum(axis=1) + demand
        if day:  # what is ordered today is held against what was made yesterday
            scarce = np.divide(wanted - made[day - 1], wanted, out=np.zeros(n), where=wanted > 0.0)
            up = (s.overtime - overtime) * scarce / s.overtime_days
            down = (1.0 - overtime) / s.overtime_days
            overtime = np.clip(overtime + np.where(scarce > _WHOLE, up, down), 1.0, s.overtime)
        possible = np.minimum(wanted, overtime * (1.0 - gone) * usual)
        # Lack of an input holds back in proportion once its stock is below the part that is needed of what is kept.
        needed = s.need * s.stock_days * inputs * possible
        short = used & (stock < needed * (1.0 - _WHOLE))
        ratio = np.divide(stock, needed, out=np.ones_like(stock), where=short)
        actual = possible * ratio.min(axis=0)
        made[day] = actual
        served = np.divide(actual, wanted, out=np.ones(n), where=wanted > 0.0)
        unserved[day] = float(((1.0 - served) * demand).sum())
        stock = np.maximum(stock + orders * served[:, None] - inputs * actual, 0.0)
        goal = s.stock_days * inputs * possible
        gap = np.maximum(goal - stock, 0.0)
        orders = inputs * actual + gap / s.restock_days
        level = np.divide(stock, kept, out=np.ones_like(stock), where=kept > 0.0)
        least = np.minimum(least, level.min(axis=1))
    return Course(made, usual, unserved, least)
