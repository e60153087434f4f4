"""Workbooks as cases: what one makes of a case, with the documents and answers that the office holds beside it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256 as hash_of
from pathlib import Path

from django.conf import settings

from guanzi.base.core import Ceilings, InvalidInput, Problem, confined, problem_of_dict, scratch_directory, sha256_of
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.contents import TIED, read_folder
from guanzi.office.cases.exchange import taken_out
from guanzi.office.cases.folders import lay_out
from guanzi.office.deciding.panels import FOLDER
from guanzi.record.evidence import PRECEDENTS, WATCHED, Fact, facts_of

NAME = "workbook.xlsx"
"""How the cells of a workbook are named, whatever its file was called."""
DOCUMENTS = "documents/"
BESIDE = (DOCUMENTS, FOLDER, f"{WATCHED}/", TIED[0], PRECEDENTS)
"""Parts of a case that no workbook holds: documents, answers of experts, what was reported, ties, ended cases."""
_CEILINGS = Ceilings(seconds=60.0, patience=30.0, replaces=True)
_PART = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """A workbook read as a case.

    Attributes:
        files: Path -> content, without the parts of :data:`BESIDE`.
        facts: Its facts by id.
        remarks: What its reader should know, by cell.
    """

    files: Mapping[str, bytes]
    facts: Mapping[str, Fact]
    remarks: tuple[Problem, ...]


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook, which is a ZIP file too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            return _PART in box.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def read_workbook(content: bytes, tree: Mapping[str, str]) -> WorkbookRead:
    """A workbook as a case, read in a process of its own; nothing is kept.

    Args:
        content: The workbook.
        tree: Files of the case that is held, whose documents the workbook may cite; empty: it is a new case.

    Raises:
        InvalidInput: Everything that is wrong with it, by cell.
    """
    held = {name: found for name, found in tree.items() if name.startswith(DOCUMENTS)}
    key = ("workbook", str(settings.DATA), hash_of(content).hexdigest(), sha256_of(held))
    return prefetch(key, lambda: _read(content, held), keep=False)


def files_of(archive: bytes) -> Mapping[str, bytes]:
    """The files of a new case, from a workbook or from its folder as a ZIP file.

    Raises:
        InvalidInput: Neither can be read.
    """
    return read_workbook(archive, {}).files if is_workbook(archive) else taken_out(archive)


def changes_by(archive: bytes, tree: Mapping[str, str]) -> dict[str, bytes | None]:
    """What a workbook, or a folder as a ZIP file, puts in place of the files of a case; None: the file is gone.

    A workbook leaves what it cannot hold as it is (:data:`BESIDE`).

    Raises:
        InvalidInput: Neither can be read.
    """
    files: Mapping[str, bytes]
    stays: tuple[str, ...] = ()
    if is_workbook(archive):
        files, stays = read_workbook(archive, tree).files, BESIDE
    else:
        files = taken_out(archive)
    gone = (name for name in tree if name not in files and not name.startswith(stays))
    return {**files, **dict.fromkeys(gone)}


def _read(content: bytes, held: Mapping[str, str]) -> WorkbookRead:
    with scratch_directory(settings.DATA, ".workbook-") as held_by_us:
        work = held_by_us / "given"
        book, made = work / NAME, work / "made"
        work.mkdir()
        book.write_bytes(content)
        if held:
            shutil.copytree(lay_out("held", held) / DOCUMENTS, work / DOCUMENTS)
        given = {"workbook": str(book), "folder": str(made)}
        try:
            told = list(confined("guanzi.jobs.evidence.workbookfolder:make_folder", given, _CEILINGS, NAME))
        except InvalidInput as error:
            if type(error) is not InvalidInput:
                raise
            raise InvalidInput([_named(problem, work) for problem in error.problems]) from error
        remarks = [_named(problem_of_dict(one), work) for one in told[0]["remarks"]]
        files = {name: found for name, found in read_folder(made).items() if not name.startswith(BESIDE)}
        facts, _ = facts_of(made, [])
        return WorkbookRead(files, {fact.id: fact for fact in facts}, tuple(remarks))


def _named(problem: Problem, work: Path) -> Problem:
    """A problem whose place names the workbook and its cell, and not where the office read it."""
    file = problem.place.file.replace(f"{work}/", "")
    return replace(problem, place=replace(problem.place, file=file))
