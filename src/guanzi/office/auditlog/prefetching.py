"""What takes long and depends on contents alone: found outside the write transaction, and kept by what it is made of.

See :mod:`guanzi.office.auditlog.transactions`: within a transaction, what is not known yet takes the action back; it is
tried again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from guanzi.office.auditlog.weighing import weight_of

_KEPT = 512
"""Results that a process keeps, those that were asked for last."""
_HEAVIEST = 1_000_000
"""What they weigh together at the most: some 300 MB; a case of 10,000 facts weighs a tenth of it."""
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_weights: dict[Hashable, int] = {}
_lock = Lock()


class NotReady(Exception):
    """Something is needed that takes long to find; it is found between two tries."""

    def __init__(self, key: Hashable, find: Callable[[], Any], *, keep: bool) -> None:
        self.key, self.find, self.keep = key, find, keep

    def find_out(self) -> None:
        """Find it for the next try; what goes wrong is raised there, where the action looks for it."""
        tries = _TRIES.get()
        try:
            _find(self.key, self.find, keep=self.keep)
        except Exception as error:
            if tries is None:
                raise
            tries.wrong[self.key] = error


@dataclass
class Tries:
    """The tries of one action: what was found between them, contents that they kept, whether the transaction is held.

    Attributes:
        found: What was found.
        wrong: What could not be found, with the error.
        contents: By their hash.
        patient: What is not known is found between two tries.
        undo: What takes away what the tries left on the disk, where the action fails.
    """

    found: dict[Hashable, Any] = field(default_factory=dict)
    wrong: dict[Hashable, Exception] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    held: bool = False
    patient: bool = True
    undo: list[Callable[[], None]] = field(default_factory=list)


_TRIES: ContextVar[Tries | None] = ContextVar("tries", default=None)


def prefetch[T](key: Hashable, find: Callable[[], T], *, keep: bool = True) -> T:
    """What is found from contents that its key names; within a transaction it is found between two tries.

    Args:
        key: Names everything that the result depends on.
        find: Finds it; it writes nothing into the database.
        keep: Others may need it too; otherwise it lasts for the tries of this action.

    Raises:
        NotReady: It is not known yet, and somebody waits for the transaction.
        Exception: What went wrong when it was looked for.
    """
    tries = _TRIES.get()
    if tries is not None and key in tries.wrong:
        raise tries.wrong[key]
    if tries is not None and key in tries.found:
        found: T = tries.found[key]
        return found
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            kept: T = _kept[key]
            return kept
    if tries is not None and tries.held and tries.patient:
        raise NotReady(key, find, keep=keep)
    return _find(key, find, keep=keep)


def _find[T](key: Hashable, find: Callable[[], T], *, keep: bool) -> T:
    found = find()
    tries = _TRIES.get()
    if tries is not None:
        tries.found[key] = found
    if keep:
        with _lock:
            _kept[key] = found
            _weights[key] = weight_of(found)
            while len(_kept) > 1 and (len(_kept) > _KEPT or sum(_weights[one] for one in _kept) > _HEAVIEST):
                _weights.pop(_kept.popitem(last=False)[0])
    return found


def remember(sha256: str, content: bytes) -> None:
    """Remember a content that a try keeps: between two tries the database does not hold it."""
    tries = _TRIES.get()
    if tries is not None:
        tries.contents[sha256] = content


def remembered() -> Mapping[str, bytes]:
    """Contents that the tries of this action kept, by their hash."""
    tries = _TRIES.get()
    return {} if tries is None else tries.contents


def on_failure(undo: Callable[[], None]) -> None:
    """Let something be undone where the action fails: what it left on the disk is of no version then."""
    tries = _TRIES.get()
    if tries is not None:
        tries.undo.append(undo)


@contextmanager
def trying() -> Iterator[Tries]:
    """Tries of an action, from the first to the last."""
    token = _TRIES.set(tries := Tries())
    try:
        yield tries
    except BaseException:
        for undo in tries.undo:
            with suppress(Exception):  # the action's own error is told
                undo()
        raise
    finally:
        _TRIES.reset(token)
