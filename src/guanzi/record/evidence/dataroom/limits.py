"""What a document may be, before anything opens it: size, and what a packed one may unpack to.

A packed document (DOCX, XLSX) is a ZIP archive of XML parts. A few kilobytes can claim, or hold, gigabytes; parts can
share the same bytes; a part can be an archive again; XML can define entities that multiply. Office programs write
none of this, so that the limits cost nothing. They are judgements: an annual report stays below a tenth of each.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, unreadable
from guanzi.base.reading import METHODS

MOST_BYTES = 200_000_000
MOST_PARTS = 5_000
MOST_UNPACKED = 300_000_000
#: Text deflates to a tenth, a sheet of equal rows to a hundredth; beyond this a large part is made to explode.
MOST_RATIO = 250
_LARGE_PART = 1_000_000
_ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst", ".jar", ".cab")
_ARCHIVE_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")
_EMBEDDED = ("word/embeddings/", "xl/embeddings/")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_PROLOGUE = 4_096


def refusal(name: str, what: str, **params: str | float) -> InvalidInput:
    """The refusal of a document: what is wrong with it and what to do."""
    cause = Message.of(f"room.refused.{what}", **params)
    return InvalidInput(Problem(cause, Place(name), Message.of(f"room.refused.{what}.mend", **params)))


def check_size(path: Path, name: str) -> int:
    """The size of a file in bytes.

    Raises:
        InvalidInput: It cannot be read, is empty, or is larger than a document may be.
    """
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError as error:
        raise unreadable(error, name) from error
    if size < 0:
        raise refusal(name, "no_file")
    if size == 0:
        raise refusal(name, "empty")
    if size > MOST_BYTES:
        raise refusal(name, "too_large", size=size, most=MOST_BYTES)
    return size


def check_archive(path: Path, name: str) -> zipfile.ZipFile:
    """An archive that unpacks within the limits, open; to be closed by the caller.

    Raises:
        InvalidInput: It is damaged or encrypted, unpacks to too much, holds an archive or macros, or defines entities.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refusal(name, "damaged") from error
    try:
        _check_parts(archive, name, path.stat().st_size)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        archive.close()
        raise refusal(name, "damaged") from error
    except InvalidInput:
        archive.close()
        raise
    return archive


def _check_parts(archive: zipfile.ZipFile, name: str, size: int) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise refusal(name, "parts", parts=len(parts), most=MOST_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise refusal(name, "unpacked", size=unpacked, most=MOST_UNPACKED)
    if sum(part.compress_size for part in parts) > size or len({p.filename for p in parts}) < len(parts):
        raise refusal(name, "overlapping")
    for part in parts:
        if part.flag_bits & 1:
            raise refusal(name, "encrypted")
        if part.compress_type not in METHODS:
            raise refusal(name, "damaged")
        if part.file_size > _LARGE_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            ratio = part.file_size / max(part.compress_size, 1)
            raise refusal(name, "ratio", part=part.filename, ratio=round(ratio), most=MOST_RATIO)
        if part.filename.lower().endswith(_MACROS):
            raise refusal(name, "macros")
        _check_start(archive, part, name)


def _check_start(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    lower = part.filename.lower()
    if part.is_dir() or lower.startswith(_EMBEDDED):
        return  # embedded objects are never opened
    with archive.open(part) as stream:
        start = stream.read(_PROLOGUE)
    if lower.endswith(_ARCHIVES) or start.startswith(_ARCHIVE_MARKS):
        raise refusal(name, "nested", part=part.filename)
    if lower.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in start or b"<!ENTITY" in start):
        raise refusal(name, "entities", part=part.filename)
