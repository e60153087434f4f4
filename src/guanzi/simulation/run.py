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
from guanzi.simulation.outputs import OutputRows
from guanzi.simulation.policy import Policy
from guanzi.simulation.results import SimulationResult
from guanzi.simulation.summaries import BY_TURNS, Counts, FanData, Floats, OutputTables, quantiles
from guanzi.terms import Grid, TermSheet, grid_of

LEAF = 4096
WORLDS = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one leaf of paths yields: sums of the outputs and of their squares, and shares of events as (k, n)."""

    sums: Floats
    shares: dict[str, tuple[int, int]]


class Records:
    """Records of one thread and its scratch space. Records are integers: they merge exactly, in any order."""

    def __init__(self, program: Assembled) -> None:
        from guanzi.simulation.machine import BITS, CHUNK, LANES, ROW, SPARE

        rows = len(program.histograms)
        self.padded: NDArray[np.uint32] = np.zeros((rows, HISTOGRAM_BINS + SPARE), np.uint32)
        self.tallies: Counts = np.zeros(max(len(program.tallies), 1), np.uint64)
        self.bins: NDArray[np.uint16] = np.zeros((rows, CHUNK * LANES), np.uint16)
        self.numbers: Floats = _aligned(program.lanes.numbers * ROW).view(np.float64)
        self.truths = _aligned(program.lanes.truths * BITS)
        self.words = _aligned(4 * ROW + 20 * 8).view(np.uint64)
        self.flows: Floats = np.empty((program.lanes.flows, LANES))

    def histogram(self, row: int) -> Counts:
        """Counts of a histogram."""
        counts: Counts = self.padded[row, :HISTOGRAM_BINS].astype(np.uint64)
        counts[HISTOGRAM_SIDE] += np.uint64(self.padded[row, -BY_TURNS:].sum())
        return counts

    @property
    def histograms(self) -> Counts:
        """Counts of all histograms: (histograms, bins)."""
        return np.array([self.histogram(row) for row in range(len(self.padded))]).reshape(-1, HISTOGRAM_BINS)


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
    rows = OutputRows(program, grid)
    _load(program, rows)
    shares: dict[str, list[int]] = {}
    threads_done: list[Bench] = []
    sums: list[Floats] = []
    began = time.process_time()
    for leaf in _leaves(program, rows, paths, seed, threads, threads_done, progress):
        sums.append(leaf.sums)
        for name, (k, n) in leaf.shares.items():
            total = shares.setdefault(name, [0, 0])
            total[0] += k
            total[1] += n
    whole = _merge(threads_done, sums)
    seconds = time.process_time() - began
    return _result(program, grid, paths, seed, shares, whole, seconds)


def trace(sheet: TermSheet, model: CompanyModel, policy: Policy, *, seed: int, path: int) -> list[Entry]:
    """What each clause did on one path, told by the interpreter."""
    return run_path(assemble(compose(sheet, model, policy)), seed, path, trace=True).trace


NO_INPUTS: Floats = np.empty((0, 0))


def run_leaf(program: Assembled, records: Records, seed: int, first: int, count: int) -> Floats:
    """Run ``count`` paths from ``first``; returns (outputs, count) and adds to the records."""
    return run_numbered(program, records, seed, np.arange(first, first + count, dtype=np.uint64), NO_INPUTS)


def run_numbered(
    program: Assembled, records: Records, seed: int, ids: NDArray[np.uint64], inputs: Floats, out: Floats | None = None
) -> Floats:
    """Run the paths of these numbers, with values that the caller gives for ``INPUT``: (rows, paths).

    Returns:
        (outputs, paths): the first rows of ``out`` where that is given.
    """
    from guanzi.simulation.machine import LANES, run_paths  # loads late: the command line starts quickly

    count, lanes = len(ids), program.lanes
    filled = np.pad(ids, (0, -count % LANES), mode="edge")
    given = np.pad(inputs, ((0, 0), (0, -count % LANES)), mode="edge") if inputs.size else inputs
    if out is None:
        out = np.empty((max(len(program.outputs), 1), count))
    run_paths(
        np.uint64(seed), filled, count, lanes.words, records.numbers, lanes.constants(program), records.truths,
        records.words, records.flows, given, records.bins, records.padded, records.tallies, out,
    )  # fmt: skip
    return out


def _aligned(size: int) -> NDArray[np.uint8]:
    """Bytes that begin on the boundary of a cache line."""
    space = np.empty(size + 64, np.uint8)
    start = -space.ctypes.data % 64
    return space[start : start + size]


class Bench:
    """What one thread works with: records, tables of outputs, and space for the values of a leaf."""

    def __init__(self, program: Assembled, rows: OutputRows) -> None:
        self.records = Records(program)
        self.tables = OutputTables(rows.names)
        self.values: Floats = np.empty((rows.size, LEAF))

    def leaf(self, program: Assembled, rows: OutputRows, seed: int, first: int, count: int) -> Leaf:
        """Run a leaf and add it to records and tables."""
        ids = np.arange(first, first + count, dtype=np.uint64)
        run_numbered(program, self.records, seed, ids, NO_INPUTS, self.values)
        shares = rows.derive(self.values[:, :count])
        return Leaf(self.tables.add(self.values, rows.places, count), shares)


def _load(program: Assembled, rows: OutputRows) -> None:
    """Load the compiled code, before a clock starts and before threads do."""
    Bench(program, rows).leaf(program, rows, 0, 0, 1)


def _leaves(
    program: Assembled, rows: OutputRows, paths: int, seed: int, threads: int | None, benches: list[Bench],
    progress: Callable[[int], None] | None,
) -> Iterator[Leaf]:  # fmt: skip
    local = threading.local()
    lock = threading.Lock()

    def work(first: int) -> tuple[Leaf, int]:
        if not hasattr(local, "bench"):
            local.bench = Bench(program, rows)
            with lock:
                benches.append(local.bench)
        count = min(LEAF, paths - first)
        return local.bench.leaf(program, rows, seed, first, count), count

    workers = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        for leaf, count in pool.map(work, range(0, paths, LEAF)):
            if progress is not None:
                progress(count)
            yield leaf


def _merge(benches: list[Bench], sums: list[Floats]) -> Bench:
    """Records and tables of all threads together, in the first; sums of leaves in leaf order."""
    first, *others = benches
    for bench in others:
        first.records.padded += bench.records.padded
        first.records.tallies += bench.records.tallies
        first.tables.merge(bench.tables)
    for x in sums:
        first.tables.add_sums(x)
    return first


def _result(
    program: Assembled, grid: Grid, paths: int, seed: int, shares: dict[str, list[int]], whole: Bench, seconds: float,
) -> SimulationResult:  # fmt: skip
    fans: dict[str, list[tuple[int, int]]] = {}
    for row, name in enumerate(program.histograms):
        quantity, step = name.split("@")
        fans.setdefault(quantity, []).append((int(step), row))
    tallies: dict[str, list[float]] = {}
    for name, k in zip(program.tallies, whole.records.tallies, strict=False):
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
        scalars={name: whole.tables.summary(name) for name in whole.tables.names},
        fans={name: _fan(ends, whole.records, rows) for name, rows in fans.items()},
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
