"""What is done of a document in a process of its own: its pages are read; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guanzi.record.evidence.room.kinds import ENDINGS
from guanzi.record.evidence.room.readers import DocumentReading, read_pages


def pages(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The pages of a document one after the other, then the remarks.

    Args:
        given: ``kind``, ``path`` and ``name`` of the document.
    """
    reading = DocumentReading(Path(given["path"]), given["name"])
    kind = next(kind for kind in ENDINGS if kind == given["kind"])
    for page in read_pages(kind, reading):
        yield {"page": page.content()}
    yield {"remarks": reading.remarks}
