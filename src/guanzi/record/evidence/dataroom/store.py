"""The data room of a case: its documents, stored once under the hash of their bytes, and the list of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from guanzi.base.core import (
    InvalidInput,
    Message,
    Place,
    Problem,
    hash_of_file,
    one_writer,
    open_input,
    read_input,
    reason_of,
    scratch_directory,
    suggest_slug,
    unreadable,
    write_file,
)
from guanzi.base.reading import Format
from guanzi.record.evidence.dataroom.extraction import Extracted, extract
from guanzi.record.evidence.dataroom.limits import MOST_BYTES, check_size, refusal
from guanzi.record.evidence.formats import Slug, Words
from guanzi.record.evidence.links import outside, stays_in

INDEX = "index.jsonl"
DOCUMENTS = "documents"
_MOST_INDEX_BYTES = 50_000_000
_PART = 1_000_000


class DataRoomEntry(Format):
    """A document of the room: a line of ``documents/index.jsonl``.

    Attributes:
        id: Id by which facts cite it.
        file: Its name below ``documents/``: the hash of its bytes and its ending.
        sha256: The hash.
        bytes: Its size.
        kind: What it is.
        title: Its title.
        original: The name it came with.
        known_on: First day on which the team held it.
        source: Id of its source, if it has one.
        pages: Number of pages.
        characters: Number of characters of text; 0 when it holds none.
        tables: Number of tables.
        remarks: What a reader should know: names of the sentences ``room.remark.…``.
    """

    id: Slug
    file: Annotated[str, Field(pattern=r"^[0-9a-f]{64}\.[a-z0-9]{2,5}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=1)]
    kind: Literal["pdf", "docx", "xlsx", "html", "text", "image"]
    title: Words
    original: str
    known_on: date
    source: Slug | None = None
    pages: Annotated[int, Field(ge=0)]
    characters: Annotated[int, Field(ge=0)]
    tables: Annotated[int, Field(ge=0)]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file that was to be added: its entry, what it says, and whether it is new to the room."""

    entry: DataRoomEntry
    extracted: Extracted | None
    is_new: bool


def read_index(folder: Path, problems: list[Problem] | None = None) -> tuple[DataRoomEntry, ...]:
    """The documents of a case's room, in the order in which they came; none when there is no room.

    Args:
        folder: The folder of the case.
        problems: Where to note what is wrong with single lines; None: it is raised.

    Raises:
        InvalidInput: The list cannot be read, or lines of it are wrong and nobody notes it.
    """
    path = folder / DOCUMENTS / INDEX
    if not path.exists():
        return ()
    name = f"{DOCUMENTS}/{INDEX}"
    found: list[DataRoomEntry] = []
    wrong: list[Problem] = []
    try:
        if not stays_in(path, folder, DOCUMENTS):
            raise InvalidInput(outside(name, DOCUMENTS))
        lines = read_input(path, name, _MOST_INDEX_BYTES).decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidInput(Problem(Message.of("room.index.unreadable"), Place(name))) from error
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = DataRoomEntry.model_validate_json(line)
        except ValidationError as error:
            field = ".".join(str(step) for step in error.errors()[0]["loc"])
            cause = Message.of("room.index.line", field=field or "…")
            wrong.append(Problem(cause, Place(name, number), Message.of("room.index.line.mend")))
            continue
        if not entry.file.startswith(f"{entry.sha256}."):
            wrong.append(Problem(Message.of("room.index.name", id=entry.id), Place(name, number)))
        if seen & {entry.id, entry.sha256}:
            wrong.append(Problem(Message.of("room.index.twice", id=entry.id), Place(name, number)))
        seen |= {entry.id, entry.sha256}
        found.append(entry)
    if problems is not None:
        problems.extend(wrong)
    elif wrong:
        raise InvalidInput(wrong)
    return tuple(found)


def add_documents(
    folder: Path,
    files: Sequence[Path],
    known_on: date,
    *,
    source: str | None = None,
    title: str | None = None,
    advance: Callable[[int], None] | None = None,
) -> tuple[Added, ...]:
    """Take files into the room of a case: all of them, or none when one is refused.

    Args:
        folder: The folder of the case.
        files: The files; one whose bytes are in the room already is not stored again.
        known_on: First day on which the team held them.
        source: Id of the source of all of them.
        title: Title, for a single file; the name of the file without one.
        advance: Told of every file that is read.

    Raises:
        InvalidInput: Everything that is wrong with any of the files.
    """
    held = {entry.sha256 for entry in read_index(folder)}
    read: list[_Read] = []
    problems: list[Problem] = []
    with _scratch(folder) as work:
        for number, path in enumerate(files):
            try:
                copy = _copy(path, work / str(number))
                sha256 = hash_of_file(copy)
                read.append(_Read(path, copy, sha256, None if sha256 in held else extract(copy, str(path))))
                held.add(sha256)
            except InvalidInput as error:
                problems.extend(error.problems)
            finally:
                if advance is not None:
                    advance(1)
        if problems:
            raise InvalidInput(problems)
        try:
            with one_writer(folder):
                return _taken_in(folder, work, read, known_on, source, title)
        except OSError as error:
            raise _unwritable(folder, error) from error


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that is to be added: its scratch copy, and what it says unless the room has it already."""

    path: Path
    copy: Path
    sha256: str
    extracted: Extracted | None


def _taken_in(
    folder: Path, work: Path, read: Iterable[_Read], known_on: date, source: str | None, title: str | None
) -> tuple[Added, ...]:
    """Enter what was read, by the list as it is now: others may have added to it while the files were read."""
    entries = list(read_index(folder))
    by_hash = {entry.sha256: entry for entry in entries}
    ids = {entry.id for entry in entries}
    inside = folder / DOCUMENTS
    inside.mkdir(exist_ok=True)
    results: list[Added] = []
    for one in read:
        if one.sha256 in by_hash:
            _restore(inside / by_hash[one.sha256].file, one.copy, one.sha256)
            results.append(Added(by_hash[one.sha256], None, is_new=False))
            continue
        extracted = one.extracted or extract(one.copy, str(one.path))
        entry = _entry(one, extracted, known_on, source, title, ids)
        ids.add(entry.id)
        by_hash[one.sha256] = entry
        results.append(Added(entry, extracted, is_new=True))
    new = [(added.entry, one.copy) for added, one in zip(results, read, strict=True) if added.is_new]
    for entry, copy in new:
        os.replace(copy, inside / entry.file)
    if new:
        _write_index(inside, [*entries, *(entry for entry, _ in new)])
    return tuple(results)


def _restore(stored: Path, copy: Path, sha256: str) -> None:
    """Put the original back in place of a stored document that is gone or changed."""
    if not stored.is_file() or hash_of_file(stored) != sha256:
        os.replace(copy, stored)


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files as they are, folders as the files below them in the order of their names; hidden files are left out.

    Raises:
        InvalidInput: A folder has no such file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inner = sorted(p for p in path.rglob("*") if p.is_file())
            seen = [p for p in inner if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            if not seen:
                raise refusal(str(path), "empty_folder")
            found.extend(seen)
        else:
            found.append(path)
    return tuple(found)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            work = stack.enter_context(scratch_directory(folder, ".room-"))
        except OSError as error:
            raise _unwritable(folder, error) from error
        yield work


def _unwritable(folder: Path, error: OSError) -> InvalidInput:
    cause = Message.of("room.unwritable", reason=reason_of(error))
    return InvalidInput(Problem(cause, Place(str(folder)), Message.of("room.unwritable.mend")))


def _copy(path: Path, work: Path) -> Path:
    """A copy to work on; what cannot be read is told apart from a place that cannot be written."""
    check_size(path, str(path))
    try:
        work.mkdir()
        copy = work / f"incoming{path.suffix.lower()}"
        draft = copy.open("wb")
    except OSError as error:
        raise _unwritable(work.parent.parent, error) from error
    with open_input(path, most=MOST_BYTES) as file, draft:
        while True:
            try:
                part = file.read(_PART)
            except OSError as error:
                raise unreadable(error, str(path)) from error
            try:
                draft.write(part)
                if not part:
                    draft.flush()
                    return copy
            except OSError as error:
                raise _unwritable(work.parent.parent, error) from error


def _entry(
    one: _Read,
    extracted: Extracted,
    known_on: date,
    source: str | None,
    title: str | None,
    ids: set[str],
) -> DataRoomEntry:
    path, sha256 = one.path, one.sha256
    ending = _ending(path, extracted)
    return DataRoomEntry(
        id=_free_id(path.stem, sha256, ids),
        file=f"{sha256}.{ending}",
        sha256=sha256,
        bytes=one.copy.stat().st_size,
        kind=extracted.kind,
        title=title or path.stem,
        original=path.name,
        known_on=known_on,
        source=source,
        pages=len(extracted.pages),
        characters=extracted.characters,
        tables=sum(len(page.tables) for page in extracted.pages),
        remarks=extracted.remarks,
    )


def _ending(path: Path, extracted: Extracted) -> str:
    if extracted.kind in ("pdf", "docx", "xlsx"):
        return extracted.kind
    own = path.suffix.lower().removeprefix(".")
    fallback = {"html": "html", "text": "txt", "image": "img"}[extracted.kind]
    return own if own.isascii() and own.isalnum() and 2 <= len(own) <= 5 else fallback


def _free_id(stem: str, sha256: str, ids: set[str]) -> str:
    proposal = (suggest_slug(stem) or "document")[:60].strip("-") or "document"
    if proposal not in ids and proposal != "document":
        return proposal
    length = 8
    while (id := f"{proposal}-{sha256[:length]}") in ids:
        length += 8
    return id


def _write_index(inside: Path, entries: Iterable[DataRoomEntry]) -> None:
    write_file(inside / INDEX, "".join(json.dumps(_plain(entry), ensure_ascii=False) + "\n" for entry in entries))


def _plain(entry: DataRoomEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json")
