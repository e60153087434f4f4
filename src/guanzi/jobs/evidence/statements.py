"""Make facts of a statement: with source and day, in a file of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug, suggest_slug
from guanzi.intake.importers import IMPORTERS, ImportDraft, TableForm, TaggedForm, Terms, write_import
from guanzi.jobs.evidence.dataroom import check_source, own_case
from guanzi.record.evidence import add_documents, enter_added

GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class StatedOrigin:
    """Who says so and since when: the id of a source, or what makes one.

    Attributes:
        known_on: First day on which the team could hold the figures.
        source: Id of a source of the case.
        publisher: Who published the statement, for a new source.
        title: Its title.
        published: Its day.
        grade: Its grade.
    """

    known_on: date | None = None
    source: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    grade: str = "B"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        case: Folder of a case.
        file: The statement.
        form: A name of :data:`guanzi.intake.importers.IMPORTERS`.
        origin: Who says so.
        name: Of the file of facts; None: made of the form and the name of the statement.
        currency: Of a table.
        quarters: Also take quarters of a tagged file.
    """

    case: str
    file: Path
    form: str
    origin: StatedOrigin = field(default_factory=StatedOrigin)
    name: str | None = None
    currency: str = "CNY"
    quarters: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The file of facts that was written, and what stands in it."""

    file: Path
    draft: ImportDraft

    @property
    def corrections(self) -> int:
        """How many facts take the place of an earlier one."""
        return sum(fact.supersedes is not None for fact in self.draft.facts)

    @property
    def sources(self) -> list[str]:
        """The sources of the facts."""
        return sorted({fact.source for fact in self.draft.facts})


def import_statement(request: Request) -> Result:
    """Read a statement and write its facts into the case.

    Raises:
        InvalidInput: The form or the source is none, the statement cannot be read, or the case refuses its facts.
    """
    form, path = request.form, request.file
    reader = IMPORTERS.get(form)
    if reader is None:
        fix = Message.of("reading.format.choices", choices=tuple(IMPORTERS))
        cause = Message.of("desk.import.format", text=form)
        raise InvalidInput(Problem(cause, Place("--format"), fix, excerpt=form))
    folder = own_case(request.case)
    file = check_slug(request.name) if request.name is not None else f"{form}-{suggest_slug(path.stem) or 'statement'}"
    if not path.is_file():
        cause, fix = Message.of("room.refused.no_file"), Message.of("room.refused.no_file.mend")
        raise InvalidInput(Problem(cause, Place(str(path)), fix))
    if isinstance(reader, TaggedForm):
        draft = reader.read(path, str(path), request.quarters)
    else:
        draft = _read_table(folder, reader, request, file)
    written = write_import(folder, file, draft)
    return Result(Path(written), draft)


def data(result: Result) -> dict[str, Any]:
    """The facts as plain data, with remarks on all that was left out or decided."""
    facts = [{**fact.content(), "known_on": fact.known_on.isoformat()} for fact in result.draft.facts]
    return {
        "file": str(result.file),
        "facts": [{key: _plain(value) for key, value in fact.items()} for fact in facts],
        "sources": result.sources,
        "remarks": [remark.as_dict() for remark in result.draft.remarks],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read_table(folder: Path, form: TableForm, request: Request, file: str) -> ImportDraft:
    """The facts of a table, each with the row in which it stands: the file goes into the data room."""
    path, origin, read = request.file, request.origin, form.read
    if origin.known_on is None:
        cause, fix = Message.of("desk.import.known_on"), Message.of("desk.import.known_on.mend")
        raise InvalidInput(Problem(cause, Place("--known-on"), fix))
    source, entry = _source(folder, file, origin)
    read(path, str(path), Terms(file, source, origin.known_on, request.currency))  # refused before it is taken in
    (added,) = add_documents(folder, [path], origin.known_on, source=origin.source)
    enter_added(folder, [added])
    draft = read(path, str(path), Terms(file, source, origin.known_on, request.currency, added.entry.id))
    draft.sources.update(entry)
    return draft


def _source(folder: Path, file: str, origin: StatedOrigin) -> tuple[str, dict[str, dict[str, object]]]:
    if origin.source is not None:
        check_source(folder, origin.source)
        return origin.source, {}
    if origin.publisher is None or origin.title is None:
        cause, fix = Message.of("desk.import.source"), Message.of("desk.import.source.mend")
        raise InvalidInput(Problem(cause, Place("--source"), fix))
    if origin.grade not in GRADES:
        cause = Message.of("desk.import.grade", text=origin.grade)
        fix = Message.of("reading.format.choices", choices=GRADES)
        raise InvalidInput(Problem(cause, Place("--grade"), fix, excerpt=origin.grade))
    entry: dict[str, object] = {"publisher": origin.publisher, "title": origin.title}
    if origin.published is not None:
        entry["date"] = origin.published
    return file, {file: {**entry, "grade": origin.grade}}
