"""Runs a composed program: leaves of 4,096 paths on threads, merged in leaf order, the same bits for any number."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from guanzi.simulation.assembler import HISTOGRAM_BINS, HISTOGRAM_SIDE, Assembled, assemble
from guanzi.simulation.compose import compose
from guanzi.simulation.interpreter import Entry, run_path
from guanzi.simulation.models import CompanyModel
from guanzi.simulation.policy import Policy
from guanzi.simulation.results import SimulationResult
from guanzi.simulation.summaries import BY_TURNS, Counts, FanData, Floats, OutputTables, quantiles
from guanzi.terms import Grid, TermSheet, grid_of

LEAF = 4096
WORLDS = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one leaf of paths yields: values of the outputs, (outputs, paths), and shares of events as (k, n)."""

    outputs: Floats
    shares: dict[str, tuple[int, int]]


class Records:
    """Records of one thread and its scratch space. Records are integers: they merge exactly, in any order."""

    def __init__(self, program: Assembled) -> None:
        from guanzi.simulation.machine import BITS, CHUNK, LANES, ROW, SPARE

        rows = max(len(program.histograms), 1)
        self.padded: NDArray[np.uint32] = np.zeros((rows, HISTOGRAM_BINS + SPARE), np.uint32)
        self.tallies: Counts = np.zeros(max(len(program.tallies), 1), np.uint64)
        self.bins: NDArray[np.uint16] = np.empty((rows, CHUNK * LANES), np.uint16)
        self.numbers: Floats = _aligned(program.lanes.numbers * ROW).view(np.float64)
        self.truths = _aligned(program.lanes.truths * BITS)

    def histogram(self, row: int) -> Counts:
        """Counts of a histogram."""
        counts: Counts = self.padded[row, :HISTOGRAM_BINS].astype(np.uint64)
        counts[HISTOGRAM_SIDE] += np.uint64(self.padded[row, -BY_TURNS:].sum())
        return counts

    @property
    def histograms(self) -> Counts:
        """Counts of all histograms: (histograms, bins)."""
        return np.array([self.histogram(row) for row in range(len(self.padded))])


def simulate(
    sheet: TermSheet,
    model: CompanyModel,
    policy: Policy,
    *,
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> SimulationResult:
    """Simulate a deal with and without its money, on common draws.

    Args:
        sheet: The term sheet.
        model: The company model with its parameters.
        policy: Exit and discounting, from the playbook.
        paths: Number of paths.
        seed: Key of the random numbers, 0 to 2**64 - 1.
        threads: Number of threads; None: one per processor. It does not change the result.
        progress: Called with the number of paths done since the last call.

    Raises:
        InvalidInput: The sheet cannot be simulated; see :func:`guanzi.simulation.compose.check_fit`.
    """
    program = assemble(compose(sheet, model, policy))
    grid = grid_of(sheet)
    outputs = OutputTables(output_names(program))
    outputs.add(np.empty((len(outputs.names), 0)))
    run_leaf(program, Records(program), seed, 0, 1)  # the compiled code is loaded before the clock starts
    shares: dict[str, list[int]] = {}
    records: list[Records] = []
    began = time.process_time()
    for leaf in _leaves(program, grid, paths, seed, threads, records, progress):
        outputs.add(leaf.outputs)
        for name, (k, n) in leaf.shares.items():
            total = shares.setdefault(name, [0, 0])
            total[0] += k
            total[1] += n
    seconds = time.process_time() - began
    return _result(program, grid, paths, seed, outputs, shares, _merge(records), seconds)


def trace(sheet: TermSheet, model: CompanyModel, policy: Policy, *, seed: int, path: int) -> list[Entry]:
    """What each clause did on one path, told by the interpreter."""
    return run_path(assemble(compose(sheet, model, policy)), seed, path, trace=True).trace


NO_INPUTS: Floats = np.empty((0, 0))


def run_leaf(program: Assembled, records: Records, seed: int, first: int, count: int) -> Floats:
    """Run ``count`` paths from ``first``; returns (outputs, count) and adds to the records."""
    return run_numbered(program, records, seed, np.arange(first, first + count, dtype=np.uint64), NO_INPUTS)


def run_numbered(program: Assembled, records: Records, seed: int, ids: NDArray[np.uint64], inputs: Floats) -> Floats:
    """Run the paths of these numbers, with values that the caller gives for ``INPUT``: (rows, paths)."""
    from guanzi.simulation.machine import LANES, run_paths  # loads late: the command line starts quickly

    count, lanes = len(ids), program.lanes
    filled = np.pad(ids, (0, -count % LANES), mode="edge")
    given = np.pad(inputs, ((0, 0), (0, -count % LANES)), mode="edge") if inputs.size else inputs
    out: Floats = np.empty((max(len(program.outputs), 1), count))
    run_paths(
        np.uint64(seed), filled, count, lanes.words, records.numbers, lanes.constants(program), records.truths,
        lanes.flows, given, records.bins, records.padded, records.tallies, out,
    )  # fmt: skip
    return out


def _aligned(size: int) -> NDArray[np.uint8]:
    """Bytes that begin on the boundary of a cache line."""
    space = np.empty(size + 64, np.uint8)
    start = -space.ctypes.data % 64
    return space[start : start + size]


def _leaves(
    program: Assembled, grid: Grid, paths: int, seed: int, threads: int | None, records: list[Records],
    progress: Callable[[int], None] | None,
) -> Iterator[Leaf]:  # fmt: skip
    local = threading.local()
    lock = threading.Lock()

    def work(first: int) -> tuple[Leaf, int]:
        if not hasattr(local, "records"):
            local.records = Records(program)
            with lock:
                records.append(local.records)
        count = min(LEAF, paths - first)
        out = run_leaf(program, local.records, seed, first, count)
        return reduce_leaf(program, grid, out), count

    workers = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        for leaf, count in pool.map(work, range(0, paths, LEAF)):
            if progress is not None:
                progress(count)
            yield leaf


CONDITIONAL = {
    "{put}.price": "{put}.exercised",
    "{put}.received": "{put}.exercised",
    "{put}.price_open": "{put}.opened",
    "{put}.payable_open": "{put}.opened",
}


def puts_of(program: Assembled) -> tuple[str, ...]:
    """Ids of the puts whose records the program puts out."""
    return tuple(n.removesuffix(".price_open") for n in program.outputs if n.endswith(".price_open"))


def output_names(program: Assembled) -> tuple[str, ...]:
    """Names of all summarised outputs, derived ones included."""
    names = [n for n in program.outputs if not n.endswith(("failed_step", "irr_status"))]
    for put in puts_of(program):
        names += [f"{a.format(put=put)}|{b.format(put=put)}" for a, b in CONDITIONAL.items()]
    names += [
        "fund.npv|failed",
        "fund.npv|survived",
        "fund.claim_at_failure|failed",
        "fund.recovered_at_failure|failed",
    ]
    return tuple(names)


def reduce_leaf(program: Assembled, grid: Grid, out: Floats) -> Leaf:
    """Summaries of one leaf; annual rates from rates per step, and conditional outputs."""
    rows = dict(zip(program.outputs, out, strict=True))
    per_year = 12.0 / grid.months
    status = rows.pop("fund.irr_status")
    rows["fund.irr"] = (1.0 + rows["fund.irr"]) ** per_year - 1.0
    payback = rows["fund.payback"]
    rows["fund.payback"] = np.where(payback >= 0.0, (payback + 1.0) / per_year, np.nan)
    failed = {w: rows.pop(f"{w}.failed_step") for w in ("with", "without")}
    masks: dict[str, NDArray[np.bool_]] = {"failed": failed["with"] >= 0.0}
    for put in puts_of(program):
        masks[f"{put}.exercised"] = rows[f"{put}.price"] > 0.0
        masks[f"{put}.opened"] = rows[f"{put}.price_open"] > 0.0
        for name, given in CONDITIONAL.items():
            a, b = name.format(put=put), given.format(put=put)
            rows[f"{a}|{b}"] = np.where(masks[b], rows[a], np.nan)
    rows["fund.npv|failed"] = np.where(masks["failed"], rows["fund.npv"], np.nan)
    rows["fund.npv|survived"] = np.where(masks["failed"], np.nan, rows["fund.npv"])
    for name in ("claim", "recovered"):
        rows[f"fund.{name}_at_failure|failed"] = np.where(masks["failed"], rows[f"fund.{name}_at_failure"], np.nan)
    n = out.shape[1]
    shares = {name: (int(mask.sum()), n) for name, mask in masks.items()}
    five = 5 * per_year
    for w, steps in failed.items():
        suffix = "" if w == "with" else "_without"
        shares[f"company.failed_5y{suffix}"] = (int(((steps >= 0.0) & (steps < five)).sum()), n)
        shares[f"company.failed{suffix}"] = (int((steps >= 0.0).sum()), n)
    shares["company.rescued"] = (int(((failed["without"] >= 0.0) & (failed["with"] < 0.0)).sum()), n)
    shares["fund.loss"] = (int((rows["fund.net"] < 0.0).sum()), n)
    shares["fund.repaid"] = (int((payback >= 0.0).sum()), n)
    shares["fund.irr_several"] = (int((status == 2.0).sum()), n)
    shares["fund.invested"] = (int((rows["fund.paid"] > 0.0).sum()), n)
    return Leaf(np.array([rows[name] for name in output_names(program)]), shares)


def _merge(records: list[Records]) -> Records:
    """Histograms and tallies of all threads together, in the first."""
    first, *others = records
    for r in others:
        first.padded += r.padded
        first.tallies += r.tallies
    return first


def _result(
    program: Assembled, grid: Grid, paths: int, seed: int, outputs: OutputTables,
    shares: dict[str, list[int]], merged: Records, seconds: float,
) -> SimulationResult:  # fmt: skip
    fans: dict[str, list[tuple[int, int]]] = {}
    for row, name in enumerate(program.histograms):
        quantity, step = name.split("@")
        fans.setdefault(quantity, []).append((int(step), row))
    tallies: dict[str, list[float]] = {}
    for name, k in zip(program.tallies, merged.tallies, strict=False):
        tallies.setdefault(name.split("@")[0], []).append(float(k) / paths)
    dates = tuple(grid.first_day(t) for t in range(grid.count))
    ends = tuple(grid.first_day(t + 1) - timedelta(days=1) for t in range(grid.count))
    return SimulationResult(
        paths=paths,
        seed=seed,
        steps=grid.count,
        worlds=WORLDS,
        dates=dates,
        years=grid.years,
        scalars={name: outputs.summary(name) for name in outputs.names},
        fans={name: _fan(ends, merged, rows) for name, rows in fans.items()},
        shares={name: (k, n) for name, (k, n) in shares.items()},
        tier_shares={n.removeprefix("tier."): tuple(v) for n, v in tallies.items() if n.startswith("tier.")},
        solvent=tuple(tallies["solvent"]),
        solvent_without=tuple(tallies["solvent_without"]),
        cpu_seconds=seconds,
        path_steps_per_cpu_second=paths * grid.count / max(seconds, 1e-9),
    )


def _fan(ends: tuple[date, ...], records: Records, rows: list[tuple[int, int]]) -> FanData:
    found = [records.histogram(row) for _, row in rows]
    p5, p25, p50, p75, p95 = zip(*(quantiles(x, (0.05, 0.25, 0.5, 0.75, 0.95)) for x in found), strict=True)
    dates = tuple(ends[step] for step, _ in rows)
    return FanData(dates, p5, p25, p50, p75, p95, tuple(int(x.sum()) for x in found))
