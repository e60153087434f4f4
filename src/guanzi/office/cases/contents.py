"""What a case holds, as files: kept by their hash, made into versions, laid out as a folder, and indexed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from django.conf import settings
from django.utils import timezone

from guanzi.base.core import (
    Ceilings,
    InvalidInput,
    Message,
    Place,
    Problem,
    Unfinished,
    canonical_json,
    confined,
    hidden_in_name,
    sha256_of,
)
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.dataroomindexes import DERIVED, share_index, take_along
from guanzi.office.cases.folders import lay_out
from guanzi.office.cases.indexing import index_facts, index_pages, index_watched
from guanzi.office.cases.storage import keep_within, require_number
from guanzi.office.deciding.interests import find_interests
from guanzi.office.deciding.voiding import void_dependents
from guanzi.office.models import CaseVersion, OfficeCase, Person, Sitting
from guanzi.record.evidence import INDEX, WATCHED, Case, kind_of, load_case, open_index, read_index

LEFT_OUT = ("outcome/",)
"""Parts of a folder that never enter the office: what came of a case is not known while it is run."""
LONGEST_NAME = 200
"""Bytes of a name of a file or folder, so that any disk can hold it."""
_OPENED = ("facts/", f"{WATCHED}/", f"documents/{INDEX}")
_READ = (".yaml", ".yml", ".csv", ".json", ".jsonl")
"""Where, and under which endings, files lie that are read with the case, and refused by line where they are wrong."""
LARGE = 300_000
"""Bytes of files that are read with the case: more of them are read in a confined process before the office does."""
_READING = Ceilings(seconds=60.0)
_NOT_EVERYWHERE = re.compile(r'(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*[:*?"<>|].*|.*[. ]')
"""Names that Windows keeps for devices, or does not take; a folder is unpacked there, too."""
TIED = ("entities", "case.yaml")
"""Files that say who is tied to whom, and which company a case is of."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version that was made, and what it made void."""

    version: CaseVersion
    voided: tuple[str, ...]


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a case folder, by their path within it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not is_left_out(name):
            found[name] = path.read_bytes()
    return found


def is_left_out(name: str) -> bool:
    """Whether a path of a folder never enters the office."""
    return name.startswith(LEFT_OUT) or name.startswith(DERIVED)


def check_paths(names: Iterable[str]) -> None:
    """Refuse paths that lead out of the folder, and names that not every disk takes.

    Raises:
        InvalidInput: Some do, or are such.
    """
    wrong = []
    for name in names:
        parts = PurePosixPath(name).parts
        plain = name == PurePosixPath(name).as_posix() and "\\" not in name and not hidden_in_name(name)
        plain = plain and all(len(part.encode()) <= LONGEST_NAME for part in parts)
        if not plain or not parts or name.startswith(("/", *LEFT_OUT)) or ".." in parts:
            wrong.append(Problem(Message.of("office.refused.path", path=name), Place(name)))
        elif any(_NOT_EVERYWHERE.fullmatch(part) for part in parts):
            wrong.append(Problem(Message.of("office.refused.file_name", path=name), Place(name)))
    if wrong:
        raise InvalidInput(wrong)


def _check_tree(names: Iterable[str], new: Container[str]) -> None:
    """Refuse a file that is a folder as well, and a new one that is another by its name on a disk that folds letters.

    Raises:
        InvalidInput: Some are.
    """
    held = dict.fromkeys(names)
    wrong, seen = [], dict[str, str]()
    for name in held:
        if any(str(above) in held for above in PurePosixPath(name).parents):
            wrong.append(Problem(Message.of("office.refused.path", path=name), Place(name)))
        twin = seen.setdefault(normalize("NFC", name).casefold(), name)
        if twin != name and (name in new or twin in new):
            wrong.append(Problem(Message.of("office.refused.file_twin", path=name, other=twin), Place(name)))
    if wrong:
        raise InvalidInput(wrong)


def new_version(
    case: OfficeCase,
    changes: Mapping[str, bytes | None],
    person: Person,
    why: str = "",
    concerns: Iterable[str] = (),
    upholds: Sitting | None = None,
) -> NewVersion:
    """Make the next version of a case within the transaction of an action, check it, and void what rested on the old.

    Args:
        case: The case.
        changes: Path -> new content; None: the file is taken away.
        person: Who makes it.
        why: In a few words.
        concerns: Work-streams that a new document concerns; none: all of them.
        upholds: The decision that demands the change, which stands on the new version.

    Raises:
        InvalidInput: The folder would be no case, or another one (places name files within it), or more than the
            quota of the organisation.
    """
    check_paths(changes)
    require_number(case)
    head = case.head
    tree = dict(head.tree) if head is not None else {}
    for name, content in changes.items():
        if content is None:
            tree.pop(name, None)
        else:
            tree[name] = keep_blob(content)
    tree = dict(sorted(tree.items()))
    _check_tree(tree, changes)
    before = head.tree if head is not None else {}
    changed = sorted(name for name in {*tree, *before} if tree.get(name) != before.get(name))
    version = CaseVersion(
        case=case,
        number=head.number + 1 if head is not None else 1,
        tree=tree,
        sha256=sha256_of(tree),
        changed=changed,
        made_at=timezone.now(),
        made_by=person,
        why=why,
    )
    sizes = {tree[name]: len(content) for name, content in changes.items() if content is not None}
    keep_within(case.organisation, sizes | {version.sha256: len(canonical_json(tree))})
    large = sum(len(content or b"") for name, content in changes.items() if name.endswith(_READ)) > LARGE
    read = read_tree(case.slug, tree, None if head is None else head.tree, beside=large)
    if read.id != case.slug:
        cause = Message.of("office.refused.other_case", case=case.slug, other=read.id)
        raise InvalidInput(Problem(cause, Place("case.yaml", field="case")))
    prefetch(("kinds", str(read.folder), *changed), lambda: _check_kinds(read.folder, changed))
    version.save()
    case.head = version
    case.save(update_fields=["head"])
    if upholds is not None:
        upholds.upheld = version
        upholds.save(update_fields=["upheld"])
    touched = index_facts(case, read)
    if any(name.startswith(f"{WATCHED}/") for name in changed):
        index_watched(case, read)
    if any(name.startswith("documents/") for name in changed):
        prefetch(("pages", str(read.folder)), lambda: _read_pages(read.folder), keep=False)
        index_pages(case, read.folder)
    voided = void_dependents(case, changed, touched, concerns) if head is not None else ()
    if head is None or any(name.startswith(TIED) for name in changed):
        find_interests(case, read)
    return NewVersion(version, voided)


def look_for_interests(case: OfficeCase, people: Iterable[Person] | None = None) -> None:
    """Look for interests in the newest version of a case, within the transaction of an action.

    Args:
        case: The case.
        people: Whom to look at; None: everybody of the organisation.
    """
    tree = case.tree
    if any(name.startswith(TIED[0]) for name in tree):
        find_interests(case, read_tree(case.slug, tree), people)


def _check_kinds(folder: Path, names: Iterable[str]) -> bool:
    """See that documents and what else no reader of cases opens are what their names say; always true.

    Raises:
        InvalidInput: Some are not, or of no kind that the office keeps.
    """
    problems: list[Problem] = []
    for name in names:
        path = folder / name
        opened = name.startswith(_OPENED) or (path.suffix.lower() in _READ and not name.startswith("documents/"))
        if not opened and path.is_file():
            try:
                kind_of(path, name)
            except InvalidInput as error:
                problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return True


def _read_pages(folder: Path) -> int:
    """Read the documents that no index holds yet; their number is told."""
    if not (entries := read_index(folder)):
        return 0
    with open_index(folder, entries):
        pass
    share_index(folder)
    return len(entries)


def read_tree(
    slug: str, tree: Mapping[str, str], before: Mapping[str, str] | None = None, *, beside: bool = False
) -> Case:
    """The case of a version, read once for each content by a process.

    Args:
        slug: Of the case.
        tree: Its files.
        before: Files of the version before, whose index of the data room is taken along.
        beside: It is read in a confined process first, which may take too long or too much.

    Raises:
        InvalidInput: The folder is no case; places name files within it.
        Unfinished: It could not be read under the ceilings.
    """

    def read() -> Case:
        folder = lay_out(slug, tree)
        if before is not None:
            take_along(lay_out(slug, before), folder)
        try:
            if beside:
                list(confined("guanzi.record.evidence.beside:try_case", {"folder": str(folder)}, _READING, slug))
            return load_case(folder)
        except Unfinished:
            raise
        except InvalidInput as error:
            raise InvalidInput([within(problem, folder) for problem in error.problems]) from error

    found = prefetch(("case", str(settings.DATA), slug, sha256_of(dict(tree))), read)
    lay_out(slug, tree)  # what is remembered may be of a folder that was cleared away meanwhile
    return found


def within(problem: Problem, folder: Path) -> Problem:
    """A problem whose place does not tell where the office lies on its machine."""
    file = problem.place.file.removeprefix(f"{folder}/")
    return replace(problem, place=replace(problem.place, file=file))
