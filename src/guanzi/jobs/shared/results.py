"""Writing results: nothing half-written stays behind, and what lies together belongs together.

A run writes its files and then ``manifest.json``, which names them with their hashes. Before the first file takes its
name, those of the run before are taken away: whatever is killed leaves the files of one run, never those of two.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from guanzi.base.core import (
    InvalidInput,
    Message,
    Place,
    Problem,
    dump_json,
    one_writer,
    read_input,
    reason_of,
    scratch_directory,
    sha256_of,
    write_files,
)

MANIFEST = "manifest.json"
_DRAFTS = ".guanzi-"
_MOST_BYTES = 1_000_000


def write_whole(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder: each is complete before it takes its name; others that lie there are let be.

    Args:
        folder: Made when absent.
        files: File name to text, or to its bytes.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    with refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_files(folder, files)


def write_results(folder: Path, files: Mapping[str, str]) -> None:
    """Write what one run found: its files take the place of all files of an earlier run.

    Where the first file, the result itself, is the same as before, pages that were made of it and are not written now
    stay.

    Args:
        folder: Made when absent.
        files: File name to text, the result itself first.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    hashes = {name: sha256_of(text.encode("utf-8")) for name, text in files.items()}
    result = next(iter(files))
    with refusing(folder), _drafts(folder, files) as work, one_writer(folder):
        before = _manifest(folder)
        kept = before if before.get(result) == hashes[result] else {}
        manifest = {"format": 1, "files": {**kept, **hashes}}
        (work / MANIFEST).write_text(dump_json(manifest), encoding="utf-8")
        (folder / MANIFEST).unlink(missing_ok=True)
        for name in () if kept else before or RESULTS:
            (folder / name).unlink(missing_ok=True)
        for name in (*files, MANIFEST):
            os.replace(work / name, folder / name)


def belongs(folder: Path, name: str) -> bool:
    """Whether a file is one of the results that the manifest beside it names, with the bytes that were written."""
    return own_result(folder, name) is not None


def own_result(folder: Path, name: str) -> bytes | None:
    """The bytes of a result that the manifest beside it names; None where there is none, or others lie there now."""
    try:
        content = read_input(folder / name)
    except InvalidInput:
        return None
    return content if _manifest(folder).get(name) == sha256_of(content) else None


def _manifest(folder: Path) -> dict[str, str]:
    """The results of an earlier run with their hashes; none where no manifest can be read."""
    try:
        written = json.loads(read_input(folder / MANIFEST, most=_MOST_BYTES))["files"]
        return {str(name): str(sha256) for name, sha256 in written.items() if Path(name).name == name}
    except (InvalidInput, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


RESULTS = ("appraisal.json", "dossier.html", "brief.html", "hindsight.json", "scan.html", "scan.json")
"""What an appraisal can leave: also taken away where no manifest says what lies there."""


@contextmanager
def _drafts(folder: Path, files: Mapping[str, str]) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with scratch_directory(folder, _DRAFTS) as work:
        for name, text in files.items():
            (work / name).write_text(text, encoding="utf-8", errors="surrogateescape", newline="\n")
        yield work


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Say what cannot be written in a sentence."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            Problem(
                Message.of("desk.output.unwritable", folder=str(folder), reason=reason_of(error)),
                Place(str(folder)),
                Message.of("desk.output.unwritable.mend"),
            )
        ) from error
