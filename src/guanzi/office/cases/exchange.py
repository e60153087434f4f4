"""Cases as folders outside the office: out as a ZIP file or onto a disk, and in again, without loss."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256 as hash_of
from pathlib import Path, PurePosixPath

from guanzi.base.core import InvalidInput, Message, Place, Problem, publish, scratch_directory
from guanzi.base.reading import Excess, Unpacked, excess_of, read_members
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.contents import is_left_out
from guanzi.office.models import CaseVersion

MOST_UNPACKED = 200_000_000
MOST_FILES = 5_000
MOST_LEVELS = 20
"""Folders within one another, with the file itself."""
LONGEST_NAME = 255
"""Bytes of the name of a file or folder, as disks take them."""
LONGEST_PATH = 500
"""Characters of the name of a file with all its folders."""
EPOCH = (1980, 1, 1, 0, 0, 0)
_UNICODE = 0x800
"""Flag of a file in a ZIP file whose name is UTF-8."""
_STRAY = ("__MACOSX/",)
_STRAY_NAMES = (".DS_Store", "Thumbs.db")


def packed(version: CaseVersion) -> bytes:
    """A version as a ZIP file with one folder, named after the case; the same version gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, sha256 in sorted(version.tree.items()):
            entry = zipfile.ZipInfo(f"{version.case.slug}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            box.writestr(entry, content_of(sha256))
    return out.getvalue()


def members_of(archive: bytes, field: str, *, asian: bool = False) -> dict[str, bytes]:
    """The files of a ZIP file by their names in it, without what computers add by themselves.

    Args:
        archive: The ZIP file.
        field: Where a person gave it, as places should call it.
        asian: Names that are not marked as Unicode are read as UTF-8 or GB18030, as Chinese systems write them.

    Raises:
        InvalidInput: It is none, holds too much, or the same name twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as box:
            entries = [entry for entry in box.infolist() if not entry.is_dir() and not _is_stray(entry.filename)]
            for entry in entries if asian else ():
                entry.filename = _asian_name(entry)
            _check_names(entries)
            _check_size(entries, field)
            _check_packing(excess_of(box.infolist(), len(archive), 2 * MOST_FILES, MOST_UNPACKED), field)
            return dict(read_members(box, entries, MOST_UNPACKED))
    except Unpacked:
        raise InvalidInput(Problem(Message.of("office.refused.archive_large"), Place(field))) from None
    except InvalidInput:
        raise
    except Exception:  # whatever a damaged file makes of the reader: names, sums, lengths, encryption, unpacking
        raise InvalidInput(Problem(Message.of("office.refused.archive"), Place(field))) from None


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of a case folder as a ZIP file, whose one folder, if it has one, is left away.

    Raises:
        InvalidInput: See :func:`members_of`.
    """
    files = members_of(archive, "archive")
    heads = {name.partition("/")[0] for name in files}
    if len(heads) == 1 and "case.yaml" not in files:
        head = heads.pop()
        files = {name.removeprefix(f"{head}/"): content for name, content in files.items()}
    return {name: content for name, content in files.items() if not is_left_out(name)}


def taken_out(archive: bytes) -> Mapping[str, bytes]:
    """The files of a ZIP file that an action was given, unpacked before its write transaction.

    Raises:
        InvalidInput: See :func:`unpacked`.
    """
    return prefetch(("archive", hash_of(archive).hexdigest()), lambda: unpacked(archive), keep=False)


def folder_files(folder: Path) -> Mapping[str, int]:
    """Files of a folder that would enter the office, with their sizes in bytes; links are not followed."""
    return {
        name: path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not is_left_out(name := path.relative_to(folder).as_posix())
        and not _is_stray(name)
    }


def pack_folder(folder: Path) -> bytes:
    """A folder on a disk as a ZIP file that :func:`unpacked` reads.

    Raises:
        InvalidInput: It holds no ``case.yaml``, or too much.
    """
    files = folder_files(folder)
    if "case.yaml" not in files:
        raise InvalidInput(Problem(Message.of("office.refused.no_header"), Place(str(folder))))
    if sum(files.values()) > MOST_UNPACKED or len(files) > MOST_FILES:
        raise InvalidInput(Problem(Message.of("office.refused.archive_large"), Place(str(folder))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for name in files:
            box.writestr(zipfile.ZipInfo(name, EPOCH), (folder / name).read_bytes())
    return out.getvalue()


def write_out(version: CaseVersion, folder: Path) -> int:
    """Write a version onto a disk as a folder that appears whole or not at all.

    Returns:
        Number of files.

    Raises:
        InvalidInput: The folder is there already.
        OSError: It cannot be written.
    """
    write_new(folder, {name: content_of(sha256) for name, sha256 in version.tree.items()})
    return len(version.tree)


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder that appears whole or not at all.

    Raises:
        InvalidInput: The folder is there already.
        OSError: It cannot be written.
    """
    if folder.exists():
        cause, fix = Message.of("office.refused.folder_there"), Message.of("office.refused.folder_there.mend")
        raise InvalidInput(Problem(cause, Place(str(folder)), fix))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with scratch_directory(folder.parent, ".guanzi-case-") as work:
        draft = work / folder.name
        draft.mkdir()
        for name, content in files.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        publish(draft, folder)


def _is_stray(name: str) -> bool:
    return name.startswith(_STRAY) or PurePosixPath(name).name in _STRAY_NAMES


def _asian_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in a ZIP file, read anew where it is not marked as Unicode."""
    if entry.flag_bits & _UNICODE or entry.filename.isascii():
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode(encoding)
    return entry.filename


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """See that the name of every file fits onto any disk.

    Raises:
        InvalidInput: One does not.
    """
    for entry in entries:
        steps = entry.filename.split("/")
        longest = max(len(step.encode("utf-8", "surrogateescape")) for step in steps)
        if len(steps) > MOST_LEVELS or longest > LONGEST_NAME or len(entry.filename) > LONGEST_PATH:
            most = {"levels": MOST_LEVELS, "bytes": LONGEST_NAME, "path": LONGEST_PATH}
            raise InvalidInput(
                Problem(Message.of("office.refused.archive_names", **most), Place(_short(entry.filename)))
            )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_PATH else f"{name[:60]}…"


def _check_packing(excess: Excess | None, field: str) -> None:
    if excess is None:
        return
    kind = {"members": "large", "unpacked": "large", "method": "method"}.get(excess.kind, "exhausting")
    fix = Message.of("office.refused.archive_method.mend") if kind != "large" else None
    raise InvalidInput(Problem(Message.of(f"office.refused.archive_{kind}"), Place(excess.member or field), fix))


def _check_size(entries: list[zipfile.ZipInfo], field: str) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise InvalidInput(Problem(Message.of("office.refused.archive_large"), Place(field)))
    names = [entry.filename for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise InvalidInput([Problem(Message.of("office.refused.name_twice", path=name), Place(name)) for name in twice])
