"""The turn to write is held for writing alone: what takes long is found between two tries, never within one.

SQLite lets one write at a time, so that whoever holds the turn lets everybody else wait. What an action needs of files
(a document read, a case opened, a deal tested) depends on their contents and nothing else. Where it is not known yet,
the action is taken back as if it had not begun, the turn is given up, the result is found, and the action is tried
again: :func:`guanzi.office.keeping.beforehand.beforehand` says what is found so, :func:`take` tries.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guanzi.office.keeping.beforehand import NotReady, Tries, trying
from guanzi.office.keeping.log import turn
from guanzi.record.ledger import Log

LONG = 0.1
"""Seconds: a turn that was held for longer is told of in the log of the machine."""
LONGEST: dict[str, float] = {}
"""What was done -> seconds of the longest turn of this process."""
_TRIES = 20
"""After so many, what is still not known is found within the turn: others were faster each time."""
_told = logging.getLogger("guanzi.office")


def take[T](what: str, do: Callable[[Log], T]) -> T:
    """Do something whole, within a turn to write, as often as it takes until all that it needs is known.

    Args:
        what: The action, for the measure of the turns.
        do: Does it, with the log; what a try wrote that was not ready is taken back.
    """
    with trying() as tries:
        for number in range(_TRIES + 1):
            tries.patient = number < _TRIES
            try:
                with turn() as log, _holding(what, tries):
                    return do(log)
            except NotReady as needed:
                needed.find_out()
        raise RuntimeError("the last try waits for nothing")


@contextmanager
def _holding(what: str, tries: Tries) -> Iterator[None]:
    """Hold the turn, and measure for how long."""
    begun = time.monotonic()
    tries.held = True
    try:
        yield
    finally:
        tries.held = False
        held = time.monotonic() - begun
        LONGEST[what] = max(held, LONGEST.get(what, 0.0))
        if held > LONG:
            _told.warning("%s held the turn to write for %d ms", what, round(held * 1000))
