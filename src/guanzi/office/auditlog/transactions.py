"""The write transaction is held for writing alone: what takes long is found between two tries, never within one.

SQLite lets one write at a time, so that whoever holds the transaction lets everybody else wait. What an action needs of
files (a document read, a case opened, a deal tested) depends on their contents and nothing else. Where it is not known
yet, the action is taken back as if it had not begun, the transaction is given up, the result is found, and the action
is tried again: :func:`guanzi.office.auditlog.prefetching.prefetch` says what is found so, :func:`take` tries.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guanzi.office.auditlog.log import write_transaction
from guanzi.office.auditlog.prefetching import NotReady, Tries, trying
from guanzi.record.ledger import Log

LONG = 0.1
"""Seconds: a transaction that was held for longer is told of in the log of the machine."""
LONGEST: dict[str, float] = {}
"""What was done -> seconds of the longest transaction of this process."""
_TRIES = 20
"""After so many, what is still not known is found within the transaction: others were faster each time."""
_logger = logging.getLogger("guanzi.office")


def take[T](what: str, do: Callable[[Log], T]) -> T:
    """Do something whole, within a write transaction, as often as it takes until all that it needs is known.

    Args:
        what: The action, for the measure of the turns.
        do: Does it, with the log; what a try wrote that was not ready is taken back.
    """
    with trying() as tries:
        for number in range(_TRIES + 1):
            tries.patient = number < _TRIES
            try:
                with write_transaction() as log, _holding(what, tries):
                    return do(log)
            except NotReady as needed:
                needed.find_out()
        raise RuntimeError("the last try waits for nothing")


@contextmanager
def _holding(what: str, tries: Tries) -> Iterator[None]:
    """Hold the transaction, and measure for how long."""
    begun = time.monotonic()
    tries.held = True
    try:
        yield
    finally:
        tries.held = False
        held = time.monotonic() - begun
        LONGEST[what] = max(held, LONGEST.get(what, 0.0))
        if held > LONG:
            _logger.warning("%s held the write transaction for %d ms", what, round(held * 1000))
