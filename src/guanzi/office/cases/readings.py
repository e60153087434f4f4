"""Documents of a case while they are read for the facts that they state: one at a time, behind what people do."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from django.conf import settings

from guanzi.base.core import scratch_directory
from guanzi.jobs.evidence import confirming, proposals
from guanzi.office.auditlog.blobs import content_of

_KEPT = 32
"""Readings that a process keeps; pages stay on the disk."""
_readers = ThreadPoolExecutor(1, "reading")
_kept: OrderedDict[str, DocumentRun] = OrderedDict()
_lock = Lock()


class DocumentRun:
    """A document that is being read or was.

    Attributes:
        pages: How many pages were read so far.
        future: The reading, when it is there.
    """

    def __init__(self, sha256: str, ending: str) -> None:
        self.pages = 0
        content = content_of(sha256)
        self.future: Future[proposals.ReadDocument] = _readers.submit(self._read, content, f"{sha256[:16]}.{ending}")

    def _read(self, content: bytes, name: str) -> proposals.ReadDocument:
        with scratch_directory(settings.DATA, ".reading-") as work:
            path = work / name
            path.write_bytes(content)
            return confirming.read_pages(path, name, Path(settings.DATA) / "pages", self._progress)

    def _progress(self, page: int) -> None:
        self.pages = page


def reading_of(sha256: str, ending: str) -> DocumentRun:
    """The run that reads a document; the first to ask begins it.

    Args:
        sha256: Of its bytes.
        ending: Of its file, without the point.

    Raises:
        Blob.DoesNotExist: No such document is held.
    """
    with _lock:
        run = _kept.get(sha256)
        if run is None or (run.future.done() and run.future.exception() is not None):
            run = _kept[sha256] = DocumentRun(sha256, ending)
        _kept.move_to_end(sha256)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return run
