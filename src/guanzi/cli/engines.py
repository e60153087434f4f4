"""Where a simulation runs: on threads of this process, or on the workers of a cluster."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.simulation import Cluster, Engine

LOCAL = "local"


def engine_of(text: str, threads: int | None) -> AbstractContextManager[Engine | None]:
    """The engine that ``--engine`` names, as a context: ``local``, ``dask`` or ``dask:ADDRESS``.

    Args:
        text: What was asked for.
        threads: Number of workers that ``dask`` starts on this machine; None: one per processor.

    Raises:
        InvalidInput: There is no such engine.
    """
    if text == LOCAL:
        return nullcontext()
    kind, _, address = text.partition(":")
    if kind != "dask":
        cause, mend = Message.of("cli.engine.unknown", text=text), Message.of("cli.engine.unknown.mend")
        raise InvalidInput(Problem(cause, Place("--engine"), mend, excerpt=text))
    return Cluster(address, threads)
