"""Outputs of paths that follow from others: annual rates, values on a condition, shares of events."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.terms import Grid
from guanzi.engine.machine import NO_RATE, SEVERAL_ROOTS, Assembled
from guanzi.engine.simulation.errors import is_kept
from guanzi.engine.simulation.summaries import Floats

CONDITIONAL = {
    "{put}.price": "{put}.exercised",
    "{put}.received": "{put}.exercised",
    "{put}.price_open": "{put}.opened",
    "{put}.payable_open": "{put}.opened",
}
"""Values of a put that are told for the paths of a condition only."""
DISTRESS_YEARS = (1, 3, 5)
"""Years within which distress is counted: the horizons of rating statistics."""
AHEAD = {"budget.ahead": "account.budget", "public.value_ahead": "account.public", "cluster.ahead": "net.jobs"}
"""Event to the output that is above zero: an account ends better with the deal than without it."""
PROMISED = "promised."
"""Beginning of the outputs of payments that wait for a condition: ``promised.<clause>.paid`` and ``.whole``."""
ROUNDING = 1e-9
"""By what part a sum of equal payments may fall short of their product."""
NOT_SUMMARISED = ("failed_step", "distress_step", "irr_status", ".whole")
"""Outputs that only serve to derive others."""


class OutputRows:
    """Rows of values of a leaf: first the outputs of the program, then what is derived from them.

    Attributes:
        names: Outputs that are summarised.
        places: Their rows.
        size: Rows in all.
        kept: Outputs whose values are kept for their errors, and their rows.
    """

    def __init__(self, program: Assembled, grid: Grid) -> None:
        self._per_year = 12 // grid.months
        self._puts = tuple(n.removesuffix(".price_open") for n in program.outputs if n.endswith(".price_open"))
        self._rows = {name: i for i, name in enumerate(program.outputs)}
        derived = [f"{a}|{b}".format(put=put) for put in self._puts for a, b in CONDITIONAL.items()]
        derived += ["fund.npv|failed", "fund.npv|survived"]
        derived += ["fund.claim_at_failure|failed", "fund.recovered_at_failure|failed"]
        for name in derived:
            self._rows[name] = len(self._rows)
        self.names = tuple(n for n in self._rows if not n.endswith(NOT_SUMMARISED))
        self.places: NDArray[np.int64] = np.array([self._rows[n] for n in self.names], np.int64)
        self.size = len(self._rows)
        self.kept = {name: row for name, row in self._rows.items() if is_kept(name)}

    def derive(self, values: Floats) -> dict[str, NDArray[np.bool_]]:
        """Fill the derived rows of a leaf; returns for each event on which paths it happened.

        The rate of return becomes an annual one, the payback a number of years.
        """
        rows = {name: values[i] for name, i in self._rows.items()}
        payback, failed = rows["fund.payback"], rows["with.failed_step"] >= 0.0
        repaid = payback >= 0.0
        _annual(rows["fund.irr"], self._per_year)
        payback += 1.0
        payback /= self._per_year
        payback[~repaid] = math.nan
        events = {"failed": failed, "fund.repaid": repaid}
        for put in self._puts:
            events[f"{put}.exercised"] = rows[f"{put}.price"] > 0.0
            events[f"{put}.opened"] = rows[f"{put}.price_open"] > 0.0
            for name, given in CONDITIONAL.items():
                a, b = name.format(put=put), given.format(put=put)
                _where(rows[f"{a}|{b}"], rows[a], events[b])
        _where(rows["fund.npv|failed"], rows["fund.npv"], failed)
        _where(rows["fund.npv|survived"], rows["fund.npv"], ~failed)
        for name in ("fund.claim_at_failure", "fund.recovered_at_failure"):
            _where(rows[f"{name}|failed"], rows[name], failed)
        events |= self._failures(rows)
        events["fund.loss"] = rows["fund.net"] < 0.0
        events["fund.irr_several"] = rows["fund.irr_status"] == SEVERAL_ROOTS
        events["fund.irr_none"] = rows["fund.irr_status"] == NO_RATE
        events["fund.ahead"] = rows["fund.npv"] > 0.0
        events["public.ahead"] = rows["public.npv"] > 0.0
        for account, row in AHEAD.items():
            if row in rows:
                events[account] = rows[row] > 0.0
        events["fund.invested"] = rows["fund.paid"] > 0.0
        return events | _promises(rows)

    def _failures(self, rows: dict[str, Floats]) -> dict[str, NDArray[np.bool_]]:
        events: dict[str, NDArray[np.bool_]] = {}
        for world, suffix in (("with", ""), ("without", "_without")):
            step = rows[f"{world}.failed_step"]
            events[f"company.failed{suffix}"] = step >= 0.0
            events[f"company.failed_5y{suffix}"] = (step >= 0.0) & (step < 5.0 * self._per_year)
            hit = rows[f"{world}.distress_step"]
            for years in DISTRESS_YEARS:
                events[f"company.distress_{years}y{suffix}"] = (hit >= 0.0) & (hit < years * self._per_year)
        events["company.rescued"] = events["company.failed_without"] & ~events["company.failed"]
        return events


def _promises(rows: dict[str, Floats]) -> dict[str, NDArray[np.bool_]]:
    """Of each payment that waits for a condition: whether any of it is paid, and of all of them whether in full."""
    events: dict[str, NDArray[np.bool_]] = {}
    whole: NDArray[np.bool_] | None = None
    for name in (n for n in rows if n.startswith(PROMISED) and n.endswith(".paid")):
        paid, stem = rows[name], name.removesuffix(".paid")
        events[f"{stem}.any"] = paid > 0.0
        full = paid >= rows[f"{stem}.whole"] * (1.0 - ROUNDING)
        whole = full if whole is None else whole & full
    if whole is not None:
        events["promised.in_full"] = whole
    return events


def _where(out: Floats, x: Floats, given: NDArray[np.bool_]) -> None:
    """Values on a condition; NaN elsewhere."""
    out.fill(math.nan)
    np.copyto(out, x, where=given)


def _annual(rate: Floats, steps: int) -> None:
    """A rate per step becomes one per year, by repeated multiplication: the same bits on every machine."""
    rate += 1.0
    factor = rate.copy()
    for _ in range(steps - 1):
        rate *= factor
    rate -= 1.0
