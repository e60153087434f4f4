"""Term sheets of a case: those of its newest version, and the case with one of them alone."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import TermSheet, read_sheet
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.drafts import check_length
from guanzi.office.cases.folders import lay_out
from guanzi.office.deciding.gates import barred
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import Blob, OfficeCase, Person, SheetApproval, Signing

TERMS = "terms/"
_NAME = re.compile(r"terms/[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.yaml")
_DAYS = 4_096
"""Term sheets of which the day is remembered."""

_days: OrderedDict[str, int | None] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class SheetOfCase:
    """A term sheet of the newest version of a case.

    Attributes:
        path: Within the folder.
        sha256: Of its content.
        sheet: What it says; None: it has errors.
        problems: Its errors.
        approved_by: Who has approved this content, and has no interest.
        needed: How many people must.
        signed: It is the one that was signed.
    """

    path: str
    sha256: str
    sheet: TermSheet | None
    problems: tuple[Problem, ...]
    approved_by: tuple[Person, ...]
    needed: int
    signed: bool

    @property
    def name(self) -> str:
        """Its name as a file."""
        return self.path.removeprefix(TERMS)

    @property
    def approved(self) -> bool:
        """Whether enough people have approved it."""
        return len(self.approved_by) >= self.needed


def check_sheet_path(path: str) -> None:
    """Refuse what is no path of a term sheet.

    Raises:
        InvalidInput: It is none.
    """
    if not _NAME.fullmatch(path) or ".." in path:
        raise InvalidInput(Problem(Message.of("office.refused.sheet_path", path=path[:200]), Place("path")))


def as_written(text: str) -> str:
    """A text as a file holds it: line ends of one kind, one at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


def sheet_of(path: str, text: str) -> TermSheet:
    """The term sheet of a text.

    Raises:
        InvalidInput: All that is wrong with it, with lines.
    """
    check_length(path, text)
    found = read_sheet(parse_yaml(TextFile(path, text, tuple(text.split("\n")))))
    if found.sheet is None:
        raise InvalidInput([problem for problem in found.problems if problem.severity == "error"])
    return found.sheet


def kept_sheet(path: str, sha256: str) -> TermSheet:
    """The term sheet of a kept text, read once by a process.

    Raises:
        InvalidInput: All that is wrong with it, with lines.
    """
    found = _kept_sheet(path, sha256)
    if isinstance(found, InvalidInput):
        raise InvalidInput(found.problems)
    return found


@lru_cache(maxsize=256)
def _kept_sheet(path: str, sha256: str) -> TermSheet | InvalidInput:
    try:
        return sheet_of(path, text_of(sha256))
    except InvalidInput as error:
        return InvalidInput(error.problems)


def with_sheet(tree: Mapping[str, str], path: str, sha256: str) -> dict[str, str]:
    """The files of a version in which this term sheet is the only one."""
    kept = {name: held for name, held in tree.items() if not name.startswith(TERMS)}
    return dict(sorted((kept | {path: sha256}).items()))


def signed_tree(case: OfficeCase) -> dict[str, str]:
    """The newest files of a signed case with the term sheet as it was signed: what is edited since binds nobody.

    Raises:
        InvalidInput: It is not signed.
    """
    signing: Signing | None = getattr(case, "signing", None)
    if signing is None or case.head is None:
        raise InvalidInput(Problem(Message.of("office.refused.not_signed"), Place("case")))
    return with_sheet(case.tree, signing.path, signing.sha256)


def signed_folder(case: OfficeCase) -> Path:
    """The same as a folder."""
    return lay_out(case.slug, signed_tree(case))


def sheets_of(case: OfficeCase) -> tuple[SheetOfCase, ...]:
    """The term sheets of the newest version, the newest day first; those with errors last."""
    tree = case.tree
    approvals: dict[str, list[Person]] = {}
    given = SheetApproval.objects.filter(case=case).exclude(person__in=barred(case))
    for row in given.select_related("person").order_by("at"):
        approvals.setdefault(row.sha256, []).append(row.person)
    signing: Signing | None = getattr(case, "signing", None)
    found = []
    for path, sha256 in tree.items():
        if not _NAME.fullmatch(path):
            continue
        sheet: TermSheet | None = None
        problems: tuple[Problem, ...] = ()
        try:
            sheet = kept_sheet(path, sha256)
        except InvalidInput as error:
            problems = tuple(error.problems)
        signed = signing is not None and (signing.path, signing.sha256) == (path, sha256)
        by = tuple(approvals.get(sha256, ()))
        found.append(SheetOfCase(path, sha256, sheet, problems, by, workflow().sheet_approvals, signed))
    return tuple(sorted(found, key=lambda one: (one.sheet is None, -_day(one), one.path)))


def newest_sheets(trees: Sequence[Mapping[str, str]]) -> list[tuple[str, str] | None]:
    """Path and hash of the newest term sheet of each version, among those without errors; None: it has none.

    What a text says is remembered by its hash, and those that are not yet known are asked for together.
    """
    hashes = {sha256 for tree in trees for path, sha256 in tree.items() if _NAME.fullmatch(path)}
    with _lock:
        known = {sha256: _days[sha256] for sha256 in hashes if sha256 in _days}
    for blob in Blob.objects.filter(sha256__in=hashes - known.keys()):
        known[blob.sha256] = _day_of(bytes(blob.content).decode("utf-8", errors="replace"))
    with _lock:
        for sha256, day in known.items():
            _days[sha256] = day
            _days.move_to_end(sha256)
        while len(_days) > _DAYS:
            _days.popitem(last=False)
    found: list[tuple[str, str] | None] = []
    for tree in trees:
        dated = [
            (-day, path, sha256)
            for path, sha256 in tree.items()
            if _NAME.fullmatch(path) and (day := known[sha256]) is not None
        ]
        found.append(min(dated)[1:] if dated else None)
    return found


def _day_of(text: str) -> int | None:
    """The day on which a sheet was known; None: it has errors."""
    try:
        return sheet_of(TERMS, text).known_on.toordinal()
    except InvalidInput:
        return None


def text_of(sha256: str) -> str:
    """A kept text."""
    return content_of(sha256).decode("utf-8", errors="replace")


def _day(one: SheetOfCase) -> int:
    return 0 if one.sheet is None else one.sheet.known_on.toordinal()
