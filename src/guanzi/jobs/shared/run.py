"""How a service is run: paths, seed, threads, engine, and whom progress is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console import EngineName, Paths, Seed, Threads

if TYPE_CHECKING:
    from guanzi.engine.simulation import Engine, Running

LOCAL = "local"
PATHS = 20_000
"""Paths of an appraisal unless asked otherwise."""
SEED = 1

Advance = Callable[[int], None]
"""Told how many steps are done since the last call."""
Watch = Callable[[Message, int], AbstractContextManager[Advance]]
"""Told what begins and how many steps it has; gives what is told of each step. May be called from several threads."""


def unwatched(what: Message, total: int) -> AbstractContextManager[Advance]:
    """Progress that nobody looks at."""
    return nullcontext(_pass)


def _pass(steps: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a service is run; of this only ``paths`` and ``seed`` change a result.

    Attributes:
        paths: Simulated paths.
        seed: Key of the random numbers.
        threads: None: as many as there are cores.
        engine: Where paths are run: ``local``, ``dask`` or ``dask:ADDRESS``.
        watch: Whom progress is told.
    """

    paths: Paths = PATHS
    seed: Seed = SEED
    threads: Threads = None
    engine: EngineName = LOCAL
    watch: Watch = unwatched

    def working(self, what: str, total: int) -> AbstractContextManager[Advance]:
        """Tell that work begins.

        Args:
            what: Last part of the id of the message that names its steps.
            total: Number of steps.
        """
        return self.watch(Message.of(f"desk.progress.{what}"), total)

    @contextmanager
    def simulating(self, total: int, what: str = "paths") -> Iterator[Running]:
        """How so many steps in all are run; see :meth:`working`.

        Raises:
            InvalidInput: There is no such engine.
        """
        from guanzi.engine.simulation import Running  # what is asked is declared without what computes

        with engine_of(self.engine, self.threads) as where, self.working(what, total) as advance:
            yield Running(self.threads, advance, where)


USUAL = Run()
"""How an appraisal is run unless asked otherwise."""
SEARCHING = Run(paths=16_384)
"""How variants of a deal are run unless asked otherwise."""


def engine_of(text: str, threads: int | None) -> AbstractContextManager[Engine | None]:
    """The engine of a name, as a context: ``local``, ``dask`` or ``dask:ADDRESS``.

    Args:
        text: What was asked for.
        threads: Number of workers that ``dask`` starts on this machine; None: one per processor.

    Raises:
        InvalidInput: There is no such engine.
    """
    if text == LOCAL:
        return nullcontext()
    from guanzi.engine.simulation import Cluster

    kind, _, address = text.partition(":")
    if kind != "dask":
        cause, fix = Message.of("desk.engine.unknown", text=text), Message.of("desk.engine.unknown.mend")
        raise InvalidInput(Problem(cause, Place("--engine"), fix, excerpt=text))
    return Cluster(address, threads)
