"""What is done of a document in a process of its own: its pages are read, or what stands where; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guanzi.record.evidence.dataroom.gridding import place_docx, place_html, place_text, place_xlsx
from guanzi.record.evidence.dataroom.kinds import ENDINGS, DocumentKind, decode
from guanzi.record.evidence.dataroom.placed import PlacedPage
from guanzi.record.evidence.dataroom.placing import place_image, place_pdf
from guanzi.record.evidence.dataroom.readers import DocumentReading, read_pages


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


def placed(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The pages of a document with what stands where, one after the other.

    Args:
        given: ``kind``, ``path``, ``name`` and ``first``, the number of the first page that is wanted.
    """
    for page in _placed(given["kind"], Path(given["path"]), given["name"], given["first"]):
        if page.number >= given["first"]:
            yield page.content()


def _placed(kind: DocumentKind, path: Path, name: str, first: int) -> Iterator[PlacedPage]:
    if kind == "pdf":
        return place_pdf(path.read_bytes(), name, first)
    if kind == "docx":
        return place_docx(path)
    if kind == "xlsx":
        return place_xlsx(path, name)
    if kind == "html":
        return place_html(path.read_bytes(), name)
    if kind == "image":
        return place_image(path, name)
    return place_text(decode(path.read_bytes()) or "")
