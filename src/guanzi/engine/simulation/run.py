"""Runs a composed program: leaves of 4,096 paths on threads, merged in leaf order, the same bits for any number."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.terms import Grid
from guanzi.engine.machine import (
    HISTOGRAM_BINS,
    HISTOGRAM_SIDE,
    Assembled,
    Given,
    LaneCounts,
    Loaded,
    Space,
    lanes_of,
    sparse_zeros,
)
from guanzi.engine.simulation.asked import AskedValues, KeptValues
from guanzi.engine.simulation.errors import KEPT_CHUNKS, PathValues, joined, quantile_error, repeats_of
from guanzi.engine.simulation.outputs import OutputRows
from guanzi.engine.simulation.results import SimulationResult
from guanzi.engine.simulation.summaries import (
    BY_BLOCKS,
    Counts,
    FanData,
    Floats,
    HeldTables,
    OutputSummary,
    OutputTables,
    quantiles,
)

if TYPE_CHECKING:
    from guanzi.engine.machine import LaneCode

LEAF = 4096
FEW = 2
"""Leaves whose values are kept, and counted when a distribution is asked for; of more, every value is counted."""
WORLDS = 2

_loaded = threading.Event()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one leaf of paths yields: sums of the outputs and of their squares, and shares of events as (k, n).

    Where there are few leaves, their values are kept in place of the sums. Of the first leaves a run keeps what the
    errors of its figures are estimated from.
    """

    sums: Floats
    shares: dict[str, tuple[int, int]]
    values: Floats | None = None
    exact: PathValues | None = None


class Scratch:
    """What the lane machine works with: rows for the values of a block of lanes, and places for records."""

    def __init__(self, code: LaneCode, program: Assembled) -> None:
        from guanzi.engine.machine import BITS, CHUNK, LANES, ROW, SPARE

        rows = len(program.histograms)
        self.code = code
        self.padded: NDArray[np.uint32] = sparse_zeros((rows, HISTOGRAM_BINS + SPARE), np.uint32)
        self.tallies: Counts = np.zeros(max(len(program.tallies), 1), np.uint64)
        self.space = Space(
            numbers=_aligned(code.numbers * ROW).view(np.float64),
            truths=_aligned(code.truths * BITS),
            words=_aligned(4 * ROW + 20 * 8).view(np.uint64),
            flows=_aligned(code.flows * ROW).view(np.float64).reshape(-1, LANES),
            bins=np.zeros((rows, CHUNK * LANES), np.uint16),
        )


class ThreadRecords(Scratch):
    """Records of one thread and its scratch space. Records are integers: they merge exactly, in any order."""

    def __init__(self, program: Assembled) -> None:
        super().__init__(lanes_of(program), program)

    def histogram(self, row: int) -> Counts:
        """Counts of a histogram."""
        counts: Counts = np.zeros(HISTOGRAM_BINS, np.uint64)
        places, held = self.filled(row)
        counts[places] = held
        return counts

    def filled(self, row: int) -> tuple[NDArray[np.int64], Counts]:
        """The bins of a histogram that are not empty, in order, and their counts."""
        counts = self.padded[row, :HISTOGRAM_BINS]
        zeros = int(self.padded[row, -BY_BLOCKS:].sum())
        places = np.flatnonzero(counts != 0)  # truths are searched many times faster than numbers
        at = int(np.searchsorted(places, HISTOGRAM_SIDE))
        if zeros and not counts[HISTOGRAM_SIDE]:
            places = np.insert(places, at, HISTOGRAM_SIDE)
        held: Counts = counts[places].astype(np.uint64)
        if zeros:
            held[at] += np.uint64(zeros)
        return places, held

    @property
    def histograms(self) -> Counts:
        """Counts of all histograms: (histograms, bins)."""
        return np.array([self.histogram(row) for row in range(len(self.padded))]).reshape(-1, HISTOGRAM_BINS)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What is to be run: these paths of a program under this key, on this grid of steps.

    Attributes:
        program: The assembled program.
        grid: Steps of the simulation.
        paths: How many paths are run.
        seed: Key of the random numbers.
        ids: Their numbers, one for each; a number that stands there twice is run and counted twice (see
            :func:`guanzi.engine.simulation.resampling.resample`). None: 0, 1, 2 …
    """

    program: Assembled
    grid: Grid
    paths: int
    seed: int
    ids: NDArray[np.uint64] | None = None

    def __post_init__(self) -> None:
        if self.ids is not None and len(self.ids) != self.paths:
            raise ValueError(f"{len(self.ids)} path numbers for {self.paths} paths")

    def numbers(self, first: int, count: int) -> NDArray[np.uint64]:
        """Numbers of ``count`` paths, from place ``first`` on."""
        return path_numbers(self.ids, first, count)


@dataclass(frozen=True, slots=True)
class Done:
    """What a job yields: records of all paths, and distributions of outputs and shares of events.

    Attributes:
        exact: Values of the first paths, for the errors.
        seconds: CPU time.
    """

    records: ThreadRecords
    summaries: Mapping[str, OutputSummary]
    shares: dict[str, tuple[int, int]]
    exact: PathValues
    seconds: float


class Engine(Protocol):
    """Where leaves are run. Every engine yields the same bits: integers merge exactly, sums in leaf order."""

    def run(self, job: Job, progress: Callable[[int], None] | None = None) -> Done:
        """Run a job; ``progress`` is called with the number of paths done since the last call."""


NO_INPUTS: Floats = np.empty((0, 0))
NOTHING_HELD: NDArray[np.uint64] = np.empty((0, 0, 0), np.uint64)


def path_numbers(ids: NDArray[np.uint64] | None, first: int, count: int) -> NDArray[np.uint64]:
    """Numbers of ``count`` paths, from place ``first`` of a list on; without a list the place is the number."""
    return np.arange(first, first + count, dtype=np.uint64) if ids is None else ids[first : first + count]


def run_leaf(program: Assembled, records: ThreadRecords, seed: int, first: int, count: int) -> Floats:
    """Run ``count`` paths from ``first``; returns (outputs, count) and adds to the records."""
    return run_numbered(program, records, seed, path_numbers(None, first, count), NO_INPUTS)


def run_numbered(
    program: Assembled,
    records: ThreadRecords,
    seed: int,
    ids: NDArray[np.uint64],
    inputs: Floats,
    out: Floats | None = None,
) -> Floats:
    """Run the paths of these numbers, with values that the caller gives for ``INPUT``: (rows, paths).

    Returns:
        (outputs, paths): the first rows of ``out`` where that is given.
    """
    if out is None:
        out = np.empty((max(len(program.outputs), 1), len(ids)))
    run_lanes(program, records, seed, ids, inputs, NOTHING_HELD, out)
    return out


def run_lanes(
    program: Assembled,
    scratch: Scratch,
    seed: int,
    ids: NDArray[np.uint64],
    inputs: Floats,
    held: NDArray[np.uint64],
    out: Floats,
) -> None:
    """Run the paths of these numbers by the lane code of a scratch space: that of a program, or of a part of one.

    ``held``: (blocks of lanes, rows, lanes), what a part stores or loads.
    """
    from guanzi.engine.machine import LANES, run_paths  # loads late: the command line starts quickly

    count, code = len(ids), scratch.code
    filled = np.pad(ids, (0, -count % LANES), mode="edge")
    given = np.pad(inputs, ((0, 0), (0, -count % LANES)), mode="edge") if inputs.size else inputs
    loaded = Loaded(code.words, code.constants(program))
    counted = LaneCounts(scratch.padded, scratch.tallies)
    run_paths(np.uint64(seed), count, loaded, Given(filled, given, held), scratch.space, counted, out)


def _aligned(size: int) -> NDArray[np.uint8]:
    """Bytes that begin on the boundary of a cache line."""
    space = np.empty(size + 64, np.uint8)
    start = -space.ctypes.data % 64
    return space[start : start + size]


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """What the records and tables of a bench hold: the bins that are not empty, to be added to those of another."""

    places: NDArray[np.int64]
    counts: NDArray[np.uint32]
    tallies: Counts
    tables: HeldTables


class ThreadSpace:
    """What one thread works with: records, tables of outputs that it may share, and space for the values of a leaf.

    Without tables the values of each leaf are handed back.
    """

    def __init__(self, program: Assembled, rows: OutputRows, tables: OutputTables | None) -> None:
        self.records = ThreadRecords(program)
        self.tables = tables
        self.values: Floats = np.empty((0 if tables is None else rows.size, LEAF))

    def leaf(self, program: Assembled, rows: OutputRows, seed: int, ids: NDArray[np.uint64], first: int = 0) -> Leaf:
        """Run the paths of the leaf that begins at place ``first``, and add them to records and tables."""
        count = len(ids)
        values: Floats = np.empty((rows.size, count)) if self.tables is None else self.values
        run_numbered(program, self.records, seed, ids, NO_INPUTS, values)
        events = rows.derive(values[:, :count])
        shares = {name: (int(np.count_nonzero(happened)), count) for name, happened in events.items()}
        exact = None
        if first < KEPT_CHUNKS * LEAF:
            exact = PathValues({name: values[row, :count].copy() for name, row in rows.kept.items()}, events, count)
        if self.tables is None:
            return Leaf(np.zeros(()), shares, values, exact)
        return Leaf(self.tables.add(values, rows.places, count), shares, None, exact)

    def held(self) -> HeldRecords:
        """What records and tables hold, without the empty bins."""
        counts = self.records.padded.reshape(-1)
        places = np.flatnonzero(counts)
        assert self.tables is not None  # who hands records over has tables of its own
        return HeldRecords(places, counts[places], self.records.tallies, self.tables.held())

    def add(self, held: HeldRecords) -> None:
        """Add what another bench held."""
        self.records.padded.reshape(-1)[held.places] += held.counts
        self.records.tallies += held.tallies
        assert self.tables is not None
        self.tables.add_held(held.tables)


class Threads:
    """Runs leaves on threads of this process; None: one per processor."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or os.cpu_count() or 1

    def run(self, job: Job, progress: Callable[[int], None] | None = None) -> Done:
        """Run a job; see :class:`Engine`."""
        rows = OutputRows(job.program, job.grid)
        lanes_of(job.program)
        if not _loaded.is_set():  # compiled code loads before the clock starts
            ThreadSpace(job.program, rows, OutputTables(rows.names)).leaf(
                job.program, rows, 0, path_numbers(None, 0, 1)
            )
            _loaded.set()
        kept = KeptValues(rows.names, rows.places)
        tables = OutputTables(rows.names) if job.paths > FEW * LEAF else None
        benches: list[ThreadSpace] = []
        began = time.process_time()
        sums, shares, exact = merge_leaves(self._leaves(job, rows, tables, benches, progress), kept)
        records = merge_records(bench.records for bench in benches)
        if tables is not None:
            tables.add_sums(sums)
        summaries = AskedValues(rows.names, kept.summary if tables is None else tables.summary)
        return Done(records, summaries, shares, exact, time.process_time() - began)

    def _leaves(
        self,
        job: Job,
        rows: OutputRows,
        tables: OutputTables | None,
        benches: list[ThreadSpace],
        progress: Callable[[int], None] | None,
    ) -> Iterator[Leaf]:
        local = threading.local()
        lock = threading.Lock()

        def work(first: int) -> tuple[Leaf, int]:
            if not hasattr(local, "bench"):
                local.bench = ThreadSpace(job.program, rows, tables)
                with lock:
                    benches.append(local.bench)
            count = min(LEAF, job.paths - first)
            return local.bench.leaf(job.program, rows, job.seed, job.numbers(first, count), first), count

        with ThreadPoolExecutor(self.threads) as pool:
            for leaf, count in pool.map(work, range(0, job.paths, LEAF)):
                if progress is not None:
                    progress(count)
                yield leaf


def merge_records(records: Iterable[ThreadRecords]) -> ThreadRecords:
    """Add up the records of threads, row by row: that takes no space."""
    whole, *others = records
    for other in others:
        for mine, theirs in zip(whole.padded, other.padded, strict=True):
            places = np.flatnonzero(theirs)
            mine[places] += theirs[places]
        whole.tallies += other.tallies
    return whole


def merge_leaves(
    leaves: Iterable[Leaf], kept: KeptValues | None = None
) -> tuple[Floats, dict[str, tuple[int, int]], PathValues]:
    """Sums, shares and kept values of leaves that come in leaf order; all values that they hand back are kept."""
    sums: Floats = np.zeros(())
    shares: dict[str, tuple[int, int]] = {}
    exact: list[PathValues] = []
    for leaf in leaves:
        sums = sums + leaf.sums
        if kept is not None and leaf.values is not None:
            kept.add(leaf.values)
        if leaf.exact is not None:
            exact.append(leaf.exact)
        for name, (k, n) in leaf.shares.items():
            so_far = shares.get(name, (0, 0))
            shares[name] = (so_far[0] + k, so_far[1] + n)
    return sums, shares, joined(exact, next(iter(shares.values()))[1])


def result_of(job: Job, done: Done) -> SimulationResult:
    """The distributions that a job yielded."""
    program, grid, paths, records = job.program, job.grid, job.paths, done.records
    fans: dict[str, list[tuple[int, int]]] = {}
    for row, name in enumerate(program.histograms):
        quantity, step = name.split("@")
        fans.setdefault(quantity, []).append((int(step), row))
    tallies: dict[str, list[float]] = {}
    for name, k in zip(program.tallies, records.tallies, strict=False):
        tallies.setdefault(name.split("@")[0], []).append(float(k) / paths)
    repeats = repeats_of(job.ids)
    dates = tuple(grid.first_day(t) for t in range(grid.count))
    ends = tuple(grid.first_day(t + 1) - timedelta(days=1) for t in range(grid.count))
    return SimulationResult(
        paths=paths,
        seed=job.seed,
        steps=grid.count,
        worlds=WORLDS,
        dates=dates,
        years=grid.years,
        scalars=done.summaries if paths <= FEW * LEAF else dict(done.summaries),  # tables of many paths are large
        fans=AskedValues(fans, lambda name: _fan(ends, records, fans[name], repeats)),
        shares=done.shares,
        exact=done.exact,
        tier_shares={n.removeprefix("tier."): tuple(v) for n, v in tallies.items() if n.startswith("tier.")},
        solvent=tuple(tallies["solvent"]),
        solvent_without=tuple(tallies["solvent_without"]),
        cpu_seconds=done.seconds,
        path_steps_per_cpu_second=paths * grid.count / max(done.seconds, 1e-9),
    )


def _fan(ends: tuple[date, ...], records: ThreadRecords, rows: list[tuple[int, int]], repeats: float) -> FanData:
    found = [records.filled(row) for _, row in rows]
    p5, p25, p50, p75, p95 = zip(*(quantiles(n, (0.05, 0.25, 0.5, 0.75, 0.95), at) for at, n in found), strict=True)
    dates = tuple(ends[step] for step, _ in rows)
    errors = tuple(quantile_error(n, 0.95, at, repeats) for at, n in found)
    return FanData(dates, p5, p25, p50, p75, p95, tuple(int(n.sum()) for _, n in found), errors)
