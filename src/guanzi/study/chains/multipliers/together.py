"""All provinces together: what a plant in one sets off in the others, through what they buy from one another.

The tables say how much of each product a province buys from the other provinces, and how much it sells to them, but not
from whom to whom. So a figure is told for one assumption (a product comes from all other provinces that sell it, by
what they sell: the pool) with the bounds that hold whoever sells it.

References:
    Chenery: Regional analysis (1953); Moses: The stability of interregional trading patterns, AER 45(5), 1955.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from guanzi.base.core import Bilingual
from guanzi.intake.inputoutput import ProvinceTables, Span
from guanzi.study.chains.multipliers.economy import bought_share
from guanzi.study.chains.multipliers.leontief import Matrix, NotProductive, coefficients, factor

type Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
SPILL_MEASURES = ("output", "value_added", "wages", "taxes")
_ROUNDS = 10_000
_STILL = 1e-12


@dataclass(frozen=True, eq=False)
class Together:
    """The provinces as one system.

    Attributes:
        tables: Of the provinces.
        local: What sector *j* of a province buys of product *i* made there, per unit of output.
        inflow: The same of products of other provinces; what no other province sells is left out.
        part: Which part of all outflow of a product comes from each province.
        direct: Per unit of output of each sector, by measure; see :data:`SPILL_MEASURES`.
        factors: Sparse factors of the system: a node for each sector of each province, and one pool for each product.
    """

    tables: ProvinceTables
    local: Cube
    inflow: Cube
    part: Matrix
    direct: Mapping[str, Matrix]
    factors: Any

    def output(self, demand: Matrix) -> Matrix:
        """Output of all sectors that a final demand for products calls for, both as (provinces, sectors)."""
        padded = np.append(demand.ravel(), np.zeros(self.part.shape[1]))
        found: Matrix = self.factors.solve(padded)[: demand.size].reshape(demand.shape)
        return found

    def multipliers(self, direct: Matrix) -> Matrix:
        """What a unit of final demand for each product of each province sets off in all provinces."""
        padded = np.append(direct.ravel(), np.zeros(self.part.shape[1]))
        found: Matrix = self.factors.solve(padded, "T")[: direct.size].reshape(direct.shape)
        return found


@dataclass(frozen=True, slots=True)
class SpillOver:
    """One measure of what a unit of final demand sets off, in the province and outside it.

    Attributes:
        measure: One of :data:`SPILL_MEASURES`.
        alone: In the province, by its own table alone.
        here: In the province, with what comes back from the others; by the pool.
        elsewhere: In all other provinces; by the pool.
        bounds: Of ``elsewhere``, whichever provinces sell what is bought from others.
    """

    measure: str
    alone: float
    here: float
    elsewhere: float
    bounds: Span


@dataclass(frozen=True, slots=True)
class Spill:
    """What a sector of a province sets off in all provinces.

    Attributes:
        province: Where the plant stands.
        sector: Code of its sector.
        measures: What is counted; none where the province made nothing of the sector in the year of the tables.
        receivers: Other provinces and their part of the output set off outside, greatest first; by the pool.
    """

    province: Bilingual
    sector: str
    measures: tuple[SpillOver, ...]
    receivers: tuple[tuple[Bilingual, float], ...]


def together(tables: ProvinceTables) -> Together:
    """The provinces as one system, factored once.

    Raises:
        NotProductive: The provinces use up more than they make.
    """
    bought, sold = tables.imports + tables.inflow, tables.exports + tables.outflow
    outside = bought_share(tables.output, bought, sold)  # type: ignore[arg-type]  # the rule goes cell by cell
    others = np.divide(tables.inflow, bought, out=np.zeros_like(bought), where=bought > 0.0)
    all_sold = tables.outflow.sum(axis=0)
    part = np.divide(tables.outflow, all_sold, out=np.zeros_like(tables.outflow), where=all_sold > 0.0)
    sellers = (part > 0.0).sum(axis=0) - (part > 0.0)
    inputs: Cube = np.array([coefficients(f, x) for f, x in zip(tables.flows, tables.output, strict=True)])
    local = inputs * (1.0 - outside)[:, :, None]
    inflow = inputs * np.where(sellers > 0, outside * others, 0.0)[:, :, None]
    direct = {"output": np.ones_like(tables.output)}
    for measure, amount in {"value_added": tables.value_added, **tables.earned}.items():
        if measure in SPILL_MEASURES:
            direct[measure] = np.divide(amount, tables.output, out=np.zeros_like(amount), where=tables.output > 0.0)
    found = Together(tables, local, inflow, part, direct, _factored(local, inflow, part))
    if not found.multipliers(direct["output"]).min() > 0.0:
        raise NotProductive
    return found


def _factored(local: Cube, inflow: Cube, part: Matrix) -> Any:
    """Sparse factors: blocks of the provinces, bordered by the pools.

    A pool buys from all provinces that sell. Who buys from the others leaves its own part of the pool out: it buys
    1 / (1 − w) of the pool and gives w / (1 − w) back to its own sector.
    """
    from scipy.sparse import block_diag, csc_array, diags_array, eye_array, hstack, vstack
    from scipy.sparse.linalg import splu

    rest = 1.0 - part
    of_pool = np.divide(inflow, rest[:, :, None], out=np.zeros_like(inflow), where=rest[:, :, None] > 0.0)
    own = block_diag([csc_array(block) for block in local - part[:, :, None] * of_pool])
    buys, sells = hstack([csc_array(p) for p in of_pool]), hstack([diags_array(p) for p in part]).T
    none = csc_array((part.shape[1], part.shape[1]))
    whole = eye_array(own.shape[0] + part.shape[1]) - vstack([hstack([own, sells]), hstack([buys, none])])
    # Provinces first, pools last: so the blocks stay apart, and only the border fills up.
    return splu(whole.tocsc(), permc_spec="NATURAL", diag_pivot_thresh=0.0, options={"SymmetricMode": True})


def bounds(system: Together, direct: Cube) -> tuple[Cube, Cube]:
    """Least and most that a unit of demand for each product sets off, whichever provinces sell to the others.

    Each product that a province buys from others may come from any of them that sells it. The most follows from
    everybody's buying where most is set off, the least from the opposite; both are fixed points of an iteration that
    contracts, because every sector buys less than it makes.

    Args:
        system: The provinces.
        direct: Per unit of output: (provinces, sectors, questions).

    Raises:
        NotProductive: Some choice of sellers would set off more without end.
    """
    low, high = np.zeros_like(direct), np.zeros_like(direct)
    local, inflow = system.local.transpose(0, 2, 1), system.inflow.transpose(0, 2, 1)
    sells = (system.part > 0.0)[:, :, None]
    for _ in range(_ROUNDS):
        least = -_best(np.where(sells, -low, -np.inf))
        most = _best(np.where(sells, high, -np.inf))
        new_low, new_high = (direct + local @ of + inflow @ got for of, got in ((low, least), (high, most)))
        still = float(np.abs(new_high - high).max()) <= _STILL * float(new_high.max())
        still = still and float(np.abs(new_low - low).max()) <= _STILL * float(new_high.max())
        low, high = new_low, new_high
        if still:
            return low, high
    raise NotProductive


def _best(values: Cube) -> Cube:
    """The greatest value among all other provinces; nought where no other one sells."""
    order = np.sort(values, axis=0)
    best = np.where(values == order[-1], order[-2], order[-1])
    found: Cube = np.where(np.isfinite(best), best, 0.0)
    return found


def spill_over(system: Together, province: Bilingual, sector: str) -> Spill:
    """What a unit of final demand for a sector of a province sets off there and in the other provinces.

    Args:
        system: The provinces.
        province: One of its names.
        sector: One of its codes.
    """
    at, column = system.tables.names.index(province), system.tables.codes.index(sector)
    if system.tables.output[at, column] <= 0.0:
        return Spill(province, sector, (), ())
    demand = np.zeros_like(system.part)
    demand[at, column] = 1.0
    made = system.output(demand)
    alone = factor(system.local[at]).output(demand[at])
    away = np.stack([system.direct[measure] for measure in SPILL_MEASURES], axis=2)
    away[at] = 0.0
    low, high = bounds(system, away)
    measures = []
    for i, measure in enumerate(SPILL_MEASURES):
        of_each = (system.direct[measure] * made).sum(axis=1)
        span = Span(float(low[at, column, i]), float(high[at, column, i]))
        elsewhere = float(of_each.sum() - of_each[at])
        by_own = float(system.direct[measure][at] @ alone)
        measures.append(SpillOver(measure, by_own, float(of_each[at]), elsewhere, span))
    outputs = made.sum(axis=1)
    outputs[at] = 0.0
    parts = outputs / outputs.sum() if outputs.sum() > 0.0 else outputs
    ranked = sorted(zip(system.tables.names, parts.tolist(), strict=True), key=lambda pair: (-pair[1], str(pair[0])))
    return Spill(province, sector, tuple(measures), tuple((n, p) for n, p in ranked if p > 0.0))
