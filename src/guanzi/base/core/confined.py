"""Reading what others sent or typed: in a process of its own, which may fail, hang or ask for too much.

At most :data:`MOST` of them work at once for one process, each on one question at a time and under ceilings of time and
memory. They stay warm between questions, but for those that opened a document: what harmed one harms no later answer.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any

from guanzi.base.core.confining import MOST_MEMORY, problem_of_dict, read_line, written
from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

MOST = 2
"""Processes that read at once."""
MOST_WAITING = 2
"""Askers with a name who wait for one of them; who comes after is refused."""
LONGEST_WAIT = 10.0
"""Seconds that an asker with a name waits for one of them."""
MOST_QUESTIONS = 200
"""Questions after which a process is replaced."""
_START = 60.0
_LONGEST_LINE = 200_000_000
_KEPT = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "LD_LIBRARY_PATH")
"""Variables that it is given, beside those of Python and the language: keys and passwords are none of them."""
_ASKER: ContextVar[str] = ContextVar("asker", default="")


class Unfinished(InvalidInput):
    """Something was not read to its end.

    Attributes:
        why: ``late``, ``exhausting``, ``broken`` (the reader fell), ``busy``, or ``newer`` (the asker asked anew).
        reason: The kind of error by which the reader fell.
    """

    def __init__(self, why: str, place: Place, reason: str = "") -> None:
        self.why, self.reason = why, reason
        cause, fix = (Message.of(f"core.confined.{why}{part}") for part in ("", ".mend"))
        super().__init__(Problem(cause, place, fix))


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What one question may take.

    Attributes:
        seconds: From its beginning to its end; of its own work, where there is patience.
        patience: Seconds of its own work without anything new, however busy the machine is; or without any work.
        memory: Bytes.
        alone: The process is used for nothing afterwards.
        replaces: A newer question of the same asker ends this one; otherwise the newer one is refused.
    """

    seconds: float
    patience: float | None = None
    memory: int = MOST_MEMORY
    alone: bool = False
    replaces: bool = False


@contextmanager
def asking_as(asker: str) -> Iterator[None]:
    """Ask in somebody's name: who has one asks one question at a time, and does not wait for long."""
    token = _ASKER.set(asker)
    try:
        yield
    finally:
        _ASKER.reset(token)


def confined(function: str, given: Mapping[str, Any], ceilings: Ceilings, name: str = "") -> Iterator[Any]:
    """What a function of ours yields, run in a process of its own.

    Args:
        function: ``module:function``; it takes ``given`` and yields plain data (and days).
        given: Plain data and days.
        ceilings: What it may take.
        name: How places call what is read.

    Raises:
        InvalidInput: What the function refuses.
        Unfinished: It was ended, fell, or there is no process for it.
    """
    place = Place(name)
    with _queued(ceilings, place) as call:
        worker, clean = _worker(), False
        try:
            with _POOL:
                call.worker = worker
            if call.newer:
                raise Unfinished("newer", place)
            yield from worker.ask(function, given, ceilings, call, place)
            clean = True
        except Unfinished as error:
            raise Unfinished("newer", place) if call.newer else error from None
        except InvalidInput:
            clean = True
            raise
        finally:
            with _POOL:
                call.worker = None
                stays = clean and not (call.newer or ceilings.alone or worker.questions >= MOST_QUESTIONS)
                if stays:
                    _POOL.idle.append(worker)
            if not stays:
                worker.end()


@dataclass(eq=False)
class _QueuedCall:
    """A question that waits or is answered."""

    asker: str
    replaces: bool
    worker: _Worker | None = None
    newer: bool = False


class _Pool(Condition):
    """Who is at work, who waits, and the processes that have nothing to do."""

    def __init__(self) -> None:
        super().__init__()
        self.idle: list[_Worker] = []
        self.working: list[_QueuedCall] = []
        self.waiting: list[_QueuedCall] = []


_POOL = _Pool()


@contextmanager
def _queued(ceilings: Ceilings, place: Place) -> Iterator[_QueuedCall]:
    call = _QueuedCall(_ASKER.get(), ceilings.replaces)
    with _POOL:
        if call.asker:
            _make_way(call, place)
        _POOL.waiting.append(call)
        end = time.monotonic() + LONGEST_WAIT
        try:
            while len(_POOL.working) >= MOST and not call.newer:
                left = end - time.monotonic() if call.asker else None
                if left is not None and left <= 0:
                    raise Unfinished("busy", place)
                _POOL.wait(left)
            if call.newer:
                raise Unfinished("newer", place)
            _POOL.working.append(call)
        finally:
            _POOL.waiting.remove(call)
    try:
        yield call
    finally:
        with _POOL:
            _POOL.working.remove(call)
            _POOL.notify_all()


def _make_way(call: _QueuedCall, place: Place) -> None:
    """End the older question of the same asker, or refuse the newer one.

    Raises:
        Unfinished: The older one may not be ended, or too many wait.
    """
    own = [one for one in (*_POOL.working, *_POOL.waiting) if one.asker == call.asker]
    if not all(one.replaces and call.replaces for one in own):
        raise Unfinished("busy", place)
    for one in own:
        one.newer = True
        if one.worker is not None:
            one.worker.kill()
    _POOL.notify_all()
    named = sum(bool(one.asker) and not one.newer for one in _POOL.waiting)
    if len(_POOL.working) >= MOST and named >= MOST_WAITING:
        raise Unfinished("busy", place)


def _worker() -> _Worker:
    """A process that has nothing to do, or a new one."""
    with _POOL:
        while _POOL.idle:
            if (worker := _POOL.idle.pop()).process.poll() is None:
                return worker
            worker.end()
    return _Worker()


@dataclass(eq=False)
class _Worker:
    """One process, and how many questions it has answered."""

    questions: int = 0
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("PYTHON")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from guanzi.base.core.confining import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
        )
        self._ready = False

    def ask(
        self, function: str, given: Mapping[str, Any], ceilings: Ceilings, call: _QueuedCall, place: Place
    ) -> Iterator[Any]:
        """Ask one question; see :func:`confined`."""
        if not self._ready:
            self._ready = bool(self._heard(_START, place).get("ready"))
        self.questions += 1
        what = {"function": function, "given": given, "memory": ceilings.memory, "seconds": ceilings.seconds}
        stream = self.process.stdin
        assert stream is not None
        try:
            stream.write(written(what).encode())
            stream.flush()
        except OSError:
            raise Unfinished("broken", place) from None
        end = time.monotonic() + ceilings.seconds
        while True:
            said = self._heard(end - time.monotonic(), place, ceilings.patience)
            if "found" in said:
                yield said["found"]
            elif "refused" in said:
                raise InvalidInput([problem_of_dict(problem) for problem in said["refused"]])
            elif "stopped" in said:
                raise Unfinished(said["stopped"], place, str(said.get("reason", "")))
            else:
                return

    def _heard(self, seconds: float, place: Place, patience: float | None = None) -> dict[str, Any]:
        """The next line that it says; it is ended where it says nothing for so long, or works so long for nothing."""
        stream, late, heard = self.process.stdout, [], Event()
        assert stream is not None
        end = time.monotonic() + seconds

        def watch() -> None:
            begun = last = self._worked()
            while not heard.wait(max(seconds if patience is None else patience, 0.0)):
                now = self._worked()
                if patience is None or now == last or now - begun >= patience:
                    late.append(True)
                    self.kill()
                    return
                last = now

        Thread(target=watch, daemon=True).start()
        try:
            line = stream.readline(_LONGEST_LINE)
        finally:
            heard.set()
        if late or (patience is None and time.monotonic() >= end):
            raise Unfinished("late", place)
        if not line.endswith(b"\n"):  # it ended before it said so
            raise Unfinished("exhausting", place)
        try:
            return read_line(line)
        except ValueError:
            raise Unfinished("broken", place) from None

    def _worked(self) -> float:
        """Seconds of a processor that it has used; always the same where the system does not tell."""
        try:
            spent = Path(f"/proc/{self.process.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()

    def end(self) -> None:
        """End it, and close what led to it."""
        with self.process:
            self.process.kill()


@atexit.register
def end_idle() -> None:
    """End the processes that have nothing to do."""
    with _POOL:
        idle, _POOL.idle = _POOL.idle, []
    for worker in idle:
        worker.end()
