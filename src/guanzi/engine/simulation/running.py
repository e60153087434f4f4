"""One deal simulated, and how that is run: on which threads, where, before whose eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.program import grid_of
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.machine import PathEvent, assemble, run_path
from guanzi.engine.simulation.cluster import Cluster
from guanzi.engine.simulation.compose import begin, compose
from guanzi.engine.simulation.programs import ready
from guanzi.engine.simulation.remembered import Remembered
from guanzi.engine.simulation.results import SimulationResult
from guanzi.engine.simulation.run import Engine, Job, Threads, result_of


@dataclass(frozen=True, slots=True)
class Running:
    """How simulations are run. Nothing of this changes a result.

    Attributes:
        threads: Number of threads; None: one per processor.
        progress: Called with the number of paths done since the last call.
        engine: Where paths are run; None: on threads of this process.
        memory: What was simulated before, for many runs that differ little; None: nothing is remembered.
    """

    threads: int | None = None
    progress: Callable[[int], None] | None = None
    engine: Engine | None = None
    memory: Remembered | None = None

    def result(self, job: Job) -> SimulationResult:
        """Run a job."""
        return result_of(job, (self.engine or Threads(self.threads)).run(job, self.progress))

    def remembered[T](self, question: tuple[object, ...], answer: Callable[[], T]) -> T:
        """The answer to a question, from memory where it is there; see :meth:`Remembered.of`."""
        return answer() if self.memory is None else self.memory.of(question, answer)

    def each[T, R](self, work: Callable[[T, Running], R], items: Iterable[T]) -> Iterator[R]:
        """What a function makes of each item, in their order: one after the other, or as tasks of a cluster.

        Args:
            work: Depends on its item alone; told how to run what it simulates. It can be pickled, as can the items.
            items: Progress is told with 1 after each.

        Raises:
            InvalidInput: The workers of the cluster are gone, or the function raises it.
        """
        if isinstance(self.engine, Cluster):
            made = self.engine.each(partial(_alone, work), items)
        else:
            made = (work(item, replace(self, progress=None)) for item in items)
        for result in made:
            if self.progress is not None:
                self.progress(1)
            yield result


def _alone[T, R](work: Callable[[T, Running], R], item: T) -> R:
    """What a function makes of an item in a worker, which has one thread."""
    return work(item, Running(threads=1))


HERE = Running()
"""On threads of this process, one per processor; nobody is told, and nothing is remembered."""


def simulate(
    sheet: TermSheet,
    model: CompanyModel,
    policy: Policy,
    *,
    paths: int = 20_000,
    seed: int = 1,
    ids: NDArray[np.uint64] | None = None,
    running: Running = HERE,
) -> SimulationResult:
    """Simulate a deal with and without its money, on common draws.

    Args:
        sheet: The term sheet.
        model: The company model with its parameters.
        policy: Exit and discounting, from the playbook.
        paths: Number of paths.
        seed: Key of the random numbers, 0 to 2**64 - 1.
        ids: Numbers of the paths to run, in place of the first ``paths``; with repetitions they stand for weights (see
            :func:`guanzi.engine.simulation.resampling.resample`). Standard errors take each for a path of its own.
        running: How it is run; it does not change the result.

    Raises:
        InvalidInput: The sheet cannot be simulated; see :func:`guanzi.engine.simulation.compose.check_fit`.
    """
    count = paths if ids is None else len(ids)
    asked = ("run", sheet, model, policy, count, seed, None if ids is None else ids.tobytes())

    def answer() -> SimulationResult:
        return running.result(Job(ready(begin(sheet, model, policy)), grid_of(sheet), count, seed, ids))

    return running.remembered(asked, answer)


def trace(sheet: TermSheet, model: CompanyModel, policy: Policy, *, seed: int, path: int) -> list[PathEvent]:
    """What each clause did on one path, told by the interpreter."""
    return run_path(assemble(compose(sheet, model, policy)), seed, path, trace=True).trace
