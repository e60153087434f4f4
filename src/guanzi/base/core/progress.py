"""Progress of long work: how far, how fast, how long still — in a terminal, a notebook and a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from shutil import get_terminal_size
from threading import Lock
from types import TracebackType
from typing import Self, TextIO

from guanzi.base.core.messages import Message
from guanzi.base.core.text import render

_QUIET_SECONDS = 2.0
_LEAST_SECONDS = 0.5
"""Over which a rate is measured: parts that end together would make it millions a second."""
_TERMINAL_SECONDS = 0.2
_LOG_SECONDS = 10.0


class Progress:
    """Shows progress on standard error, and only for work that takes longer than two seconds.

    A terminal or a notebook gets one line that renews itself; a pipe or a log file gets a line every ten seconds.

    Args:
        what: What is being done, as it is shown.
        total: Number of steps in all, as far as is known; 0: not known. Where more come, what is done is told alone.
        lang: Language of the line.
        stream: Where to write; standard error by default.
        clock: Seconds that only grow.

    >>> with Progress(Message.of("core.text.none"), total=3) as progress:
    ...     progress.advance(3)
    """

    def __init__(
        self,
        what: Message,
        total: int,
        *,
        lang: str = "en",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.what = what
        self.total = total
        self.done = 0
        self._lang = lang
        self._stream = stream if stream is not None else sys.stderr
        self._clock = clock
        self._renews = self._stream.isatty() or _in_notebook()
        self._lock = Lock()
        self._shown = False

    def __enter__(self) -> Self:
        self._started = self._clock()
        self._next = self._started + _QUIET_SECONDS
        self._first: tuple[float, int] | None = None
        return self

    def __exit__(
        self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._shown:
            return
        seconds = self._clock() - self._started
        line = Message.of("core.progress.finished", what=self.what, done=self.done, time=_clock_time(seconds))
        self._write(line, last=True)

    def advance(self, steps: int = 1) -> None:
        """Report that ``steps`` more are done; safe to call from several threads."""
        with self._lock:
            self.done += steps
            now = self._clock()
            if self._first is None:  # what came before the first step, such as compiling, says nothing of the rate
                self._first = (now, self.done)
            since, before = now - self._first[0], self.done - self._first[1]
            if now < self._next or self.done == self.total or since < _LEAST_SECONDS:
                return
            self._next = now + (_TERMINAL_SECONDS if self._renews else _LOG_SECONDS)
            self._write(self._so_far(before / since))
            self._shown = True

    def _so_far(self, rate: float) -> Message:
        if self.done > self.total:
            return Message.of("core.progress.done", what=self.what, done=self.done, rate=rate)
        left = _clock_time((self.total - self.done) / rate if rate else 0.0)
        share = self.done / self.total
        return Message.of(
            "core.progress.done_of",
            what=self.what,
            done=self.done,
            total=self.total,
            share=share,
            rate=rate,
            left=left,
        )

    def _write(self, line: Message, *, last: bool = False) -> None:
        text = render(line, self._lang)
        if self._renews:
            width = get_terminal_size().columns - 1
            text = "\r" + text[:width].ljust(width)
        self._stream.write(text + ("\n" if last or not self._renews else ""))
        self._stream.flush()


def _clock_time(seconds: float) -> Message:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return Message.of("core.progress.minutes", minutes=minutes, seconds=rest)
    return Message.of("core.progress.seconds", seconds=rest)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
