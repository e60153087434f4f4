"""Reading a document from outside: in a process of its own, which may fail, hang or ask for too much."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

from guanzi.record.evidence.room.kinds import DocumentKind, kind_of
from guanzi.record.evidence.room.limits import refusal
from guanzi.record.evidence.room.pages import Page
from guanzi.record.evidence.room.readers import DocumentReading, read_pages

#: Seconds without a page after which a document is given up.
PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a document says: its kind, its pages, and remarks (names of the sentences ``room.remark.…``)."""

    kind: DocumentKind
    pages: tuple[Page, ...]
    remarks: tuple[str, ...]

    @property
    def characters(self) -> int:
        """Characters of text in all."""
        return sum(len(page.text) for page in self.pages)


def extract(
    path: Path, name: str, advance: Callable[[int], None] | None = None, patience: float = PATIENCE
) -> Extracted:
    """Read a document.

    Args:
        path: The file.
        name: How places should call it.
        advance: Told of every page that is read.
        patience: Seconds without a page after which it is given up.

    Raises:
        InvalidInput: It is of a kind that is not kept, not safe to open, damaged, encrypted or too long.
    """
    kind = kind_of(path, name)
    if kind == "text":  # nothing of it is interpreted
        reading = DocumentReading(path, name)
        return Extracted(kind, tuple(read_pages(kind, reading)), tuple(reading.remarks))
    command = [sys.executable, "-m", "guanzi.record.evidence.room.worker", kind, str(path.resolve()), name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            return _listen(kind, name, process, process.stdout, advance or _ignore, patience)
        finally:
            process.kill()


def _listen(
    kind: DocumentKind,
    name: str,
    process: subprocess.Popen[bytes],
    stream: IO[bytes],
    advance: Callable[[int], None],
    patience: float,
) -> Extracted:
    pages: list[Page] = []
    while True:
        watch = Timer(patience, process.kill)
        watch.start()
        line = stream.readline()
        watch.cancel()
        if not line.endswith(b"\n"):  # it ended, or was ended, before it said so
            raise refusal(name, "exhausting")
        said = json.loads(line)
        if "refused" in said:
            raise refusal(name, said["refused"], **said["params"])
        if "remarks" in said:
            return Extracted(kind, tuple(pages), tuple(said["remarks"]))
        pages.append(Page.from_content(said["page"]))
        advance(1)


def _ignore(steps: int) -> None:
    pass
