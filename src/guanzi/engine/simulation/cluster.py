"""Runs a simulation on the workers of a Dask cluster: blocks of leaves are tasks, merged to the same bits as threads.

A task is a pure function of the program and the numbers of its paths. So a worker that dies costs only the repetition
of what it had not handed in, and it does not matter which worker did what, or in which order.

References:
    Rocklin: Dask: parallel computation with blocked algorithms and task scheduling. SciPy (2015).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.machine import Assembled
from guanzi.engine.simulation.asked import AskedValues
from guanzi.engine.simulation.outputs import OutputRows
from guanzi.engine.simulation.run import LEAF, Done, HeldRecords, Job, Leaf, ThreadSpace, merge_leaves, path_numbers
from guanzi.engine.simulation.summaries import OutputTables

MOST_LEAVES = 64
"""Leaves in a block, at most: about a second of work."""
BLOCKS = 64
"""Blocks that a small job is cut into, so that all workers have something to do."""
CONNECT_SECONDS = 10.0
WAIT_SECONDS = 30.0
"""How long to wait for a first worker, and for a task to end before it is asked whether any worker is left."""
NAME = "dask"


@dataclass(frozen=True, slots=True)
class LeafBatch:
    """What a task hands in: its leaves in order, what its records and tables hold, and seconds of CPU time."""

    first: int
    paths: int
    leaves: tuple[Leaf, ...]
    held: HeldRecords
    seconds: float


class Cluster:
    """An engine that runs on a Dask cluster; to be used as a context.

    Args:
        address: Of the scheduler, such as ``tcp://10.0.0.5:8786``; empty: workers are started on this machine.
        workers: How many of those; None: one per processor. They do not change the result.

    Attributes:
        client: The connection, as long as the context is open.

    Raises:
        InvalidInput: Dask is not installed, nobody answers at the address, no worker comes, or workers have another
            version of Guanzi.
    """

    client: Any

    def __init__(self, address: str = "", workers: int | None = None) -> None:
        self.address, self.workers = address, workers or os.cpu_count() or 1

    def __enter__(self) -> Self:
        if find_spec("distributed") is None:
            raise self._refusal("absent")
        import distributed

        self._context = contextlib.ExitStack()
        try:
            if self.address:
                _knock(self.address)
                self.client = distributed.Client(self.address, timeout=CONNECT_SECONDS, set_as_default=False)
            else:
                workers = distributed.LocalCluster(
                    n_workers=self.workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
                self._context.enter_context(workers)
                self.client = distributed.Client(workers, set_as_default=False)
            self._context.enter_context(self.client)
            self._check()
        except InvalidInput:
            self._context.close()
            raise
        except (OSError, ValueError, TimeoutError) as error:
            self._context.close()
            raise self._refusal("no_answer") from error
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.close()

    def run(self, job: Job, progress: Callable[[int], None] | None = None) -> Done:
        """Run a job; see :class:`guanzi.engine.simulation.run.Engine`.

        Raises:
            InvalidInput: All workers are gone, or a block ended every worker that tried it.
        """
        rows = OutputRows(job.program, job.grid)
        tables = OutputTables(rows.names)
        whole = ThreadSpace(job.program, rows, tables)
        leaves: dict[int, tuple[Leaf, ...]] = {}
        seconds = 0.0
        for block in self._blocks(job):
            whole.add(block.held)
            leaves[block.first] = block.leaves
            seconds += block.seconds
            if progress is not None:
                progress(block.paths)
        began = time.process_time()
        sums, shares, exact = merge_leaves(leaf for first in sorted(leaves) for leaf in leaves[first])
        tables.add_sums(sums)
        seconds += time.process_time() - began
        return Done(whole.records, AskedValues(rows.names, tables.summary), shares, exact, seconds)

    def each[T, R](self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """What a function makes of each item, in their order; the workers share them.

        Args:
            work: Depends on its item alone, so that a worker that dies costs only repetition.
            items: They and the results can be pickled.

        Raises:
            InvalidInput: All workers are gone, an item ended every worker that tried it, or the function raises it.
        """
        from distributed import wait

        # An item may hold what compares its own parts: it travels as bytes.
        futures = deque(self.client.submit(_made, pickle.dumps((work, item)), pure=False) for item in items)
        while futures:
            future = futures.popleft()
            while not future.done():
                try:
                    with self.client.as_current():
                        wait([future], timeout=WAIT_SECONDS)
                except TimeoutError:
                    self._check_workers()
            yield self._result(future)
            future.release()

    def _blocks(self, job: Job) -> Iterator[LeafBatch]:
        """Blocks as they are done, in any order."""
        from distributed import wait

        size = LEAF * min(MOST_LEAVES, -(-job.paths // (LEAF * BLOCKS)))
        # What a dead worker held can be computed again only if it came from a task.
        packed = self.client.submit(_packed, pickle.dumps((job.program, job.grid)), pure=False)
        ranges = [(first, min(size, job.paths - first)) for first in range(0, job.paths, size)]
        listed = job.ids is not None
        waiting = {
            self.client.submit(run_block, packed, job.seed, *x, job.numbers(*x) if listed else None, pure=False)
            for x in ranges
        }
        while waiting:
            try:
                with self.client.as_current():
                    done = wait(waiting, timeout=WAIT_SECONDS, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                self._check_workers()
                continue
            waiting -= done
            for future in done:
                yield self._result(future)
                future.release()

    def _result(self, future: Any) -> Any:
        from distributed import CancelledError, KilledWorker

        try:
            return future.result()
        except (KilledWorker, CancelledError) as error:
            raise self._refusal("lost") from error

    def _check(self) -> None:
        """There is a worker, and all of them have the same Guanzi: only then are the bits the same."""
        try:
            self.client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError as error:
            raise self._refusal("no_workers") from error
        try:
            found = set(self.client.run(package_sha256).values())
        except ImportError as error:
            raise self._refusal("other_version") from error
        if found != {package_sha256()}:
            raise self._refusal("other_version")

    def _check_workers(self) -> None:
        if not self.client.scheduler_info().get("workers"):
            raise self._refusal("lost")

    def _refusal(self, why: str) -> InvalidInput:
        cause = Message.of(f"simulation.cluster.{why}", address=self.address or NAME)
        fix = Message.of(f"simulation.cluster.{why}.mend")
        return InvalidInput(Problem(cause, Place("--engine"), fix, excerpt=self.address or NAME))


def _knock(address: str) -> None:
    """Shake hands at an address and leave again: a client itself would wait without end for a server of another kind.

    Raises:
        OSError, TimeoutError, ValueError: Nobody is there, or nobody who speaks as Dask does.
    """
    from distributed import Security
    from distributed.comm import connect

    async def greet() -> None:
        security = Security().get_connection_args("client")
        (await asyncio.wait_for(connect(address, CONNECT_SECONDS, **security), CONNECT_SECONDS)).abort()

    asyncio.run(greet())


def package_sha256(folder: Path = Path(__file__).parents[2]) -> str:
    """Hash of all files of Guanzi, code and library: a task may be a whole case, and reads priors and rules."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    named = (f"{file.relative_to(folder).as_posix()} {sha256(file.read_bytes()).hexdigest()}\n" for file in files)
    return sha256("".join(named).encode()).hexdigest()


def _made(packed: bytes) -> Any:
    """What a function makes of an item, in a worker; both as bytes."""
    work, item = pickle.loads(packed)
    return work(item)


def _packed(job: bytes) -> bytes:
    """The program as bytes: unpacked in the process that runs it, its arrays are as the compiled code wants them."""
    return job


@lru_cache(maxsize=1)
def _unpacked(job: bytes) -> tuple[Assembled, OutputRows]:
    """What a worker process runs, and its compiled code in memory, before a clock starts."""
    program, grid = pickle.loads(job)
    rows = OutputRows(program, grid)
    ThreadSpace(program, rows, OutputTables(rows.names)).leaf(program, rows, 0, path_numbers(None, 0, 1))
    return program, rows


def run_block(packed: bytes, seed: int, first: int, paths: int, ids: NDArray[np.uint64] | None = None) -> LeafBatch:
    """Run a block of leaves in a worker: the paths from ``first`` on, or those of the numbers that are handed over."""
    program, rows = _unpacked(packed)
    began = time.thread_time()
    bench = ThreadSpace(program, rows, OutputTables(rows.names))
    numbers = path_numbers(None, first, paths) if ids is None else ids
    leaves = tuple(bench.leaf(program, rows, seed, numbers[i : i + LEAF], first + i) for i in range(0, paths, LEAF))
    return LeafBatch(first, paths, leaves, bench.held(), time.thread_time() - began)
