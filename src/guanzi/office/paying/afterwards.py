"""What becomes known after signing: facts in ``monitoring/``, and the deal watched by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from guanzi.base.core import InvalidInput, Message, Place, Problem, sha256_of
from guanzi.base.reading import yaml_text
from guanzi.jobs.following import monitoring, subject_of
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.contents import NewVersion, new_version, within
from guanzi.office.cases.folders import lay_out
from guanzi.office.cases.termsheets import signed_tree
from guanzi.office.models import OfficeCase, Person
from guanzi.record.evidence import WATCHED, DataRoomEntry, read_index

type FactRow = Mapping[str, Any]


def watched_deal(case: OfficeCase, day: date) -> monitoring.Watched:
    """The signed deal on a day, by the term sheet as it was signed.

    Raises:
        InvalidInput: It is not signed, or facts after signing cannot be.
    """
    return of_signed(case, day, ("watched",), lambda folder: monitoring.watch(_request(case, day, folder)))


def monitored(case: OfficeCase, day: date) -> monitoring.Result:
    """What is to be seen of the signed deal on a day; nothing is simulated.

    Raises:
        InvalidInput: See :func:`watched_deal`.
    """
    watched = watched_deal(case, day)
    return of_signed(case, day, ("monitored",), lambda folder: monitoring.look(watched, _request(case, day, folder)))


def _request(case: OfficeCase, day: date, folder: Path) -> monitoring.Request:
    return monitoring.Request(str(folder), day, case.playbook, paths=0)


def of_signed[T](case: OfficeCase, day: date, what: tuple[str, ...], find: Callable[[Path], T]) -> T:
    """What is found of the files of a signed deal, found once for the same files, playbook and day.

    Args:
        case: The signed case.
        day: The day.
        what: What is found, and all on which it depends besides.
        find: Finds it of the files as a folder.

    Raises:
        InvalidInput: It is not signed, or the files do not allow it.
    """
    slug, tree = case.slug, signed_tree(case)

    def found() -> T:
        folder = lay_out(slug, tree)
        try:
            return find(folder)
        except InvalidInput as error:
            raise InvalidInput([within(problem, folder) for problem in error.problems]) from error

    return prefetch((*what, str(settings.DATA), slug, sha256_of(tree), day, case.playbook), found)


def add_watched(
    case: OfficeCase, name: str, sources: Mapping[str, FactRow], facts: Sequence[FactRow], person: Person, field: str
) -> NewVersion:
    """Write facts into a file of ``monitoring/``: the decision that was signed stands.

    Args:
        case: The signed case.
        name: Of the file, without its ending.
        sources, facts: As a file of facts has them.
        person: Who makes the version.
        field: Of the form: where problems of these facts are told.

    Raises:
        InvalidInput: The file is there already, or these facts cannot be.
    """
    signed_tree(case)
    path = f"{WATCHED}/{name}.yaml"
    if path in case.tree:
        raise InvalidInput(Problem(Message.of("office.refused.reported_already"), Place(field)))
    text = yaml_text({"sources": dict(sources), "facts": [dict(fact) for fact in facts]})
    made = new_version(case, {path: text.encode()}, person, name)
    day = max(fact["known_on"] for fact in facts)
    try:
        watched_deal(case, day)
    except InvalidInput as error:
        raise InvalidInput([_of_field(problem, path, field) for problem in error.problems]) from error
    return made


def milestone_fact(id: str, stand: str, milestone: str, reached: bool, day: date, known_on: date) -> dict[str, Any]:
    """A fact that says of a milestone that it is reported or verified, or that it is not."""
    return {
        "id": id,
        "subject": subject_of(milestone),
        "name": f"milestone_{stand}",
        "period": day,
        "value": reached,
        "unit": "flag",
        "known_on": known_on,
        "source": id,
    }


def source_row(publisher: str, title: str, day: date, grade: str = "A") -> dict[str, Any]:
    """A source as a file of facts has it."""
    return {"publisher": publisher, "title": title, "date": day, "grade": grade}


def proof_document(case: OfficeCase, document: str, field: str = "document") -> DataRoomEntry:
    """A document of the data room by its id.

    Raises:
        InvalidInput: There is none.
    """
    head = case.head
    entries = read_index(lay_out(case.slug, head.tree)) if head is not None else ()
    for entry in entries:
        if document in (entry.id, entry.sha256, entry.file):
            return entry
    ids = tuple(entry.id for entry in entries)
    if not ids:
        raise InvalidInput(Problem(Message.of("office.refused.no_documents"), Place(field)))
    raise InvalidInput(Problem(Message.of("office.refused.no_document", id=document[:100], ids=ids), Place(field)))


def _of_field(problem: Problem, path: str, field: str) -> Problem:
    """A problem of facts that do not stay: its place is the field of the form."""
    return replace(problem, place=Place(field), line="") if problem.place.file.endswith(path) else problem
