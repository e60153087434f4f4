"""Documents that are sent together, alone or as a ZIP file: what becomes of each, and all of them as one change."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256 as hash_of
from pathlib import Path, PurePosixPath

from django.conf import settings

from guanzi.base.core import InvalidInput, Message, Place, Problem, scratch_directory
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.prefetching import remember
from guanzi.office.cases.contents import check_paths
from guanzi.office.cases.dataroomindexes import DERIVED, take_index
from guanzi.office.cases.exchange import EPOCH, members_of
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import OfficeCase
from guanzi.record.evidence import INDEX, DataRoomEntry, add_documents, enter_added, read_index

LARGEST = 50_000_000
"""Bytes of a document, or of a ZIP file of documents, that is sent by a browser."""
MOST = 200
"""Documents that are sent together."""
LONGEST = 300.0
"""Seconds after which no further document of an upload is read."""
ZIP = ".zip"
_DOCUMENTS = "documents"
_FIELD = "file"


@dataclass(frozen=True, slots=True)
class DocumentUpload:
    """A file that was sent: a document, or a ZIP file of documents.

    Attributes:
        title: Of a single document; several are titled by their names.
        without: Hashes of contents in the ZIP file that are left out.
    """

    content: bytes
    filename: str
    known_on: date
    title: str = ""
    source: str = ""
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """What becomes of one file of an upload.

    Attributes:
        pages: Pages that were read; None: it is not taken.
        held: Title under which the case has it already.
        twin: Name of the file of the same upload that has the same content.
        problems: Why it is refused.
    """

    name: str
    sha256: str
    bytes: int
    pages: int | None = None
    held: str = ""
    twin: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenDocuments:
    """Lines of new documents in the list of a case, and the files that change."""

    entries: tuple[DataRoomEntry, ...]
    changes: Mapping[str, bytes]


def zipped(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Name and content of one file as it came, or of a ZIP file of several, the same bytes whenever it is made."""
    if len(files) == 1:
        return files[0]
    out, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for name, content in files:
            own, number, path = name, 1, PurePosixPath(name)
            while own in taken:
                number += 1
                own = f"{path.stem} ({number}){path.suffix}"
            taken.add(own)
            box.writestr(zipfile.ZipInfo(own, EPOCH), content)
    return f"{_DOCUMENTS}{ZIP}", out.getvalue()


def preview_documents(case: OfficeCase, upload: DocumentUpload) -> Iterator[DocumentPreview]:
    """What becomes of each file of an upload; it is read, and nothing of it is kept.

    Raises:
        InvalidInput: The upload as a whole cannot be taken: no ZIP file, too large, too many, or no document in it.
    """
    files = _documents_in(upload)
    titles = {entry.sha256: entry.title for entry in read_index(lay_out(case.slug, case.tree), [])}
    names: dict[str, str] = {}
    in_time = _clock()
    for number, (name, content) in enumerate(files.items()):
        hash = hash_of(content).hexdigest()
        found = DocumentPreview(name, hash, len(content))
        if hash in titles:
            yield replace(found, held=titles[hash])
            continue
        if (twin := names.setdefault(hash, name)) != name:
            yield replace(found, twin=twin)
            continue
        try:
            in_time(name)
            _check(upload, {name: content})
            with scratch_directory(settings.DATA, ".room-") as work:
                room, given = work / case.slug, _written(work, {name: content}, number)
                room.mkdir()
                with _naming(given):
                    (added,) = add_documents(room, list(given), upload.known_on)
            yield replace(found, pages=added.entry.pages)
        except InvalidInput as error:
            yield replace(found, problems=error.problems)


def take_documents(case: OfficeCase, upload: DocumentUpload) -> TakenDocuments:
    """Read what was sent, and lay the coming version out with an index that holds its pages already.

    Raises:
        InvalidInput: A document cannot be read, or the case has it already; none is taken then.
    """
    tree, files = dict(case.tree), _documents_in(upload)
    once: dict[str, str] = {}
    for name, content in files.items():
        once.setdefault(hash_of(content).hexdigest(), name)
    files = {name: files[name] for hash, name in once.items() if hash not in upload.without}
    if not files:
        raise InvalidInput(Problem(Message.of("office.refused.nothing_to_upload"), Place(_FIELD)))
    _check(upload, files)
    with scratch_directory(settings.DATA, ".room-") as work:
        room, index = work / case.slug, f"{_DOCUMENTS}/{INDEX}"
        (room / _DOCUMENTS).mkdir(parents=True)
        if index in tree:
            (room / index).write_bytes(content_of(tree[index]))
        laid = lay_out(case.slug, tree)
        if (laid / DERIVED).is_file():
            shutil.copyfile(laid / DERIVED, room / DERIVED)
        given, in_time = _written(work, files), _clock()
        title = upload.title if len(files) == 1 else ""
        with _naming(given):
            added = add_documents(
                room,
                list(given),
                upload.known_on,
                source=upload.source or None,
                title=title or None,
                advance=lambda _: in_time(_FIELD),
            )
        places = [name if _is_zip(upload) else _FIELD for name in given.values()]
        twice = [(one.entry.title, place) for one, place in zip(added, places, strict=True) if not one.is_new]
        if twice:
            raise InvalidInput([_twice(title, place) for title, place in twice])
        enter_added(room, added)
        contents = (f"{_DOCUMENTS}/{one.entry.file}" for one in added)
        changes = {index: (room / index).read_bytes(), **dict(zip(contents, files.values(), strict=True))}
        coming = tree | {name: _kept_as(content) for name, content in changes.items()}
        if (room / DERIVED).is_file():
            take_index(room / DERIVED, lay_out(case.slug, dict(sorted(coming.items()))))
        return TakenDocuments(tuple(one.entry for one in added), changes)


def _is_zip(upload: DocumentUpload) -> bool:
    return upload.filename.lower().endswith(ZIP)


def _documents_in(upload: DocumentUpload) -> Mapping[str, bytes]:
    """The documents of an upload by their names."""
    if len(upload.content) > LARGEST:
        raise InvalidInput(_large(_FIELD))
    if not _is_zip(upload):
        return {upload.filename: upload.content}
    files = members_of(upload.content, _FIELD, asian=True)
    if not files:
        raise InvalidInput(Problem(Message.of("office.refused.nothing_to_upload"), Place(_FIELD)))
    if len(files) > MOST:
        cause = Message.of("office.refused.documents_many", n=len(files), most=MOST)
        raise InvalidInput(Problem(cause, Place(_FIELD)))
    return files


def _check(upload: DocumentUpload, files: Mapping[str, bytes]) -> None:
    """Refuse names of a ZIP file that lead elsewhere, and documents that are too large.

    Raises:
        InvalidInput: Some do, or are.
    """
    large = [name for name, content in files.items() if len(content) > LARGEST]
    if large:
        raise InvalidInput([_large(name) for name in large])
    if _is_zip(upload):
        check_paths(files)


def _large(place: str) -> Problem:
    return Problem(Message.of("office.refused.document_large"), Place(place))


def _twice(title: str, place: str) -> Problem:
    return Problem(Message.of("office.refused.document_twice", title=title), Place(place))


def _written(work: Path, files: Mapping[str, bytes], first: int = 0) -> dict[Path, str]:
    """Files as they lie to be read, each in a folder of its own, with the names by which they came."""
    plain = {name: _plain_name(name) for name in files}
    often = Counter(plain.values())
    found = {}
    for number, (name, content) in enumerate(files.items(), first):
        own = plain[name] if often[plain[name]] == 1 else _plain_name(name.replace("/", " – "))
        path = work / "given" / str(number) / own
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        found[path] = name
    return found


@contextmanager
def _naming(given: Mapping[Path, str]) -> Iterator[None]:
    """Let problems name documents as they came, and not where the office read them."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(list(_named(error.problems, given))) from error


def _named(problems: Iterable[Problem], given: Mapping[Path, str]) -> Iterator[Problem]:
    for problem in problems:
        file = problem.place.file
        for path, name in given.items():
            file = file.replace(str(path), name)
        yield replace(problem, place=replace(problem.place, file=file))


def _clock() -> Callable[[str], None]:
    """What refuses to go on, at a place, once the time of an upload is over."""
    end = time.monotonic() + LONGEST

    def in_time(place: str) -> None:
        if time.monotonic() > end:
            cause = Message.of("office.refused.documents_late", minutes=round(LONGEST / 60))
            raise InvalidInput(Problem(cause, Place(place)))

    return in_time


def _kept_as(content: bytes) -> str:
    """The hash of a content that the coming version holds."""
    found = hash_of(content).hexdigest()
    remember(found, content)
    return found


def _plain_name(filename: str) -> str:
    """The name of a file without folders, short enough for any disk."""
    name = PurePosixPath(filename.replace("\\", "/").replace("\0", "")).name.lstrip(".") or "document"
    ending = PurePosixPath(name).suffix[:10]
    stem = name.removesuffix(PurePosixPath(name).suffix).encode("utf-8")[:150].decode("utf-8", "ignore")
    return f"{stem or 'document'}{ending}"
