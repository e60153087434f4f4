"""The boundary to the terminal: whatever is printed, and by whomever, cannot give it orders."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from guanzi.base.core import safe_text

#: Colours and weight of letters, which the toolkit uses on a terminal; none hides words or moves the cursor.
_COLOURS = re.compile(r"(\x1b\[(?:0|1|2|3|4|3[0-7]|39|9[0-7])?(?:;(?:0|1|2|3|4|3[0-7]|39|9[0-7]))*m)")


class SafeStream:
    """A text stream that writes what a terminal would obey as its code; all else is the stream behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text; it may begin with a carriage return, as progress does, and have colours on a terminal."""
        begin = "\r" if text.startswith("\r") else ""
        rest = text.removeprefix("\r").replace("\r\n", "\n")
        if self._stream.isatty():
            parts = _COLOURS.split(rest)
            safe = "".join(part if number % 2 else safe_text(part) for number, part in enumerate(parts))
        else:
            safe = safe_text(rest)
        self._stream.write(begin + safe)
        return len(text)

    def writelines(self, lines: Iterator[str]) -> None:
        """Write lines, each as :meth:`write` does."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def safe_console() -> Iterator[None]:
    """Standard output and error of this process, made safe."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if hasattr(stream, "reconfigure"):  # a console that lacks a character shows "?" instead of failing
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = SafeStream(before[0]), SafeStream(before[1])
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def silence(stream: TextIO) -> None:
    """Let what is left of an output that nobody takes go nowhere: the interpreter would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
