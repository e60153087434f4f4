"""Which kind of document a file is: by what it holds, never by its name alone."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

from guanzi.record.evidence.dataroom.limits import check_archive, check_size, refusal

type DocumentKind = Literal["pdf", "docx", "xlsx", "html", "text", "image"]

#: File ending under which a document of each kind is stored, and the endings by which its sender may name it.
ENDINGS: dict[DocumentKind, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "html": (".html", ".htm", ".xhtml"),
    "text": (".txt", ".csv", ".md", ".tsv", ".json", ".yaml", ".yml", ".xml", ".log"),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".bmp"),
}
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam", ".docm", ".dotm")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_START = 4_096


def kind_of(path: Path, name: str) -> DocumentKind:
    """The kind of a document, by its content.

    Args:
        path: The file.
        name: How places should call it.

    Raises:
        InvalidInput: It is of no kind that the room keeps, its name says another kind, or it is not safe to open.
    """
    check_size(path, name)
    with path.open("rb") as file:
        start = file.read(_START)
    kind = _recognise(path, name, start)
    ending = path.suffix.lower()
    named = next((k for k, endings in ENDINGS.items() if ending in endings), None)
    if named is not None and named != kind and {named, kind} != {"text", "html"}:
        raise refusal(name, "other_kind", ending=ending)
    return kind


def decode(content: bytes) -> str | None:
    """Text in an encoding that documents come in: UTF-8, UTF-16 with a mark, GB18030; None for none of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _recognise(path: Path, name: str, start: bytes) -> DocumentKind:
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK"):
        return _packed_kind(path, name)
    if start.startswith(_OLD_OFFICE):
        raise refusal(name, "old_office")
    webp, bitmap = start[:4] == b"RIFF" and start[8:12] == b"WEBP", start[:2] == b"BM" and start[6:10] == bytes(4)
    if start.startswith(_IMAGES) or webp or bitmap:
        return "image"
    if decode(path.read_bytes()) is None:
        raise refusal(name, "unknown_kind")
    return "html" if _HTML.search(start) else "text"


def _packed_kind(path: Path, name: str) -> DocumentKind:
    if path.suffix.lower() in _MACRO_ENDINGS:
        raise refusal(name, "macros")
    with check_archive(path, name) as archive:
        parts = {part.lower() for part in archive.namelist()}
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "word/document.xml" in parts:
        return "docx"
    raise refusal(name, "unknown_archive")
