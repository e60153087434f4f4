"""Importing statements on the command line: facts with source and day, in a file of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug, suggest_slug
from guanzi.cli.room import check_source, own_case
from guanzi.cli.speech import say
from guanzi.intake.importers import ImportDraft, Terms, read_edgar, read_statements, write_import
from guanzi.record.evidence import add_documents, enter_added

FORMATS = ("edgar", "cn", "csv")
GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says so and since when: the id of a source, or what makes one.

    Attributes:
        known_on: First day on which the team could hold the figures.
        source: Id of a source of the case.
        publisher: Who published the statement, for a new source.
        title: Its title.
        published: Its day.
        grade: Its grade.
    """

    known_on: date | None
    source: str | None
    publisher: str | None
    title: str | None
    published: date | None
    grade: str


def import_statements(
    text: str,
    path: Path,
    form: str,
    origin: Origin,
    name: str | None,
    currency: str,
    quarters: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Read a statement, write its facts into the case, and say what was left out."""
    if form not in FORMATS:
        cause, mend = Message.of("cli.import.format", text=form), Message.of("reading.format.choices", choices=FORMATS)
        raise InvalidInput(Problem(cause, Place("--format"), mend, excerpt=form))
    folder = own_case(text)
    file = check_slug(name) if name is not None else f"{form}-{suggest_slug(path.stem) or 'statement'}"
    if not path.is_file():
        cause, mend = Message.of("room.refused.no_file"), Message.of("room.refused.no_file.mend")
        raise InvalidInput(Problem(cause, Place(str(path)), mend))
    if form == "edgar":
        draft = read_edgar(path, str(path), quarters=quarters)
    else:
        draft = _read_table(folder, path, file, origin, currency)
    written = write_import(folder, file, draft)
    corrections = sum(fact.supersedes is not None for fact in draft.facts)
    if as_json:
        facts = [{**fact.content(), "known_on": fact.known_on.isoformat()} for fact in draft.facts]
        found = {"file": str(written), "facts": facts, "sources": sorted({fact.source for fact in draft.facts})}
        remarks = [remark.as_dict() for remark in draft.remarks]
        print(json.dumps({**found, "remarks": remarks}, ensure_ascii=False, indent=1, default=str))
        return
    sources = len({fact.source for fact in draft.facts})
    counts = {"facts": len(draft.facts), "sources": sources, "corrections": corrections}
    print(say("cli.import.done", lang, file=str(written), **counts))
    for remark in draft.remarks:
        print(say("cli.evidence.remark", lang, remark=remark))


def _read_table(folder: Path, path: Path, file: str, origin: Origin, currency: str) -> ImportDraft:
    """The facts of a table, each with the row in which it stands: the file goes into the evidence room."""
    if origin.known_on is None:
        cause, mend = Message.of("cli.import.known_on"), Message.of("cli.import.known_on.mend")
        raise InvalidInput(Problem(cause, Place("--known-on"), mend))
    source, entry = _source(folder, file, origin)
    read_statements(path, str(path), Terms(file, source, origin.known_on, currency))  # refused before it is taken in
    (added,) = add_documents(folder, [path], origin.known_on, source=origin.source)
    enter_added(folder, [added])
    draft = read_statements(path, str(path), Terms(file, source, origin.known_on, currency, added.entry.id))
    draft.sources.update(entry)
    return draft


def _source(folder: Path, file: str, origin: Origin) -> tuple[str, dict[str, dict[str, object]]]:
    if origin.source is not None:
        check_source(folder, origin.source)
        return origin.source, {}
    if origin.publisher is None or origin.title is None:
        cause, mend = Message.of("cli.import.source"), Message.of("cli.import.source.mend")
        raise InvalidInput(Problem(cause, Place("--source"), mend))
    if origin.grade not in GRADES:
        cause = Message.of("cli.import.grade", text=origin.grade)
        mend = Message.of("reading.format.choices", choices=GRADES)
        raise InvalidInput(Problem(cause, Place("--grade"), mend, excerpt=origin.grade))
    entry: dict[str, object] = {"publisher": origin.publisher, "title": origin.title}
    if origin.published is not None:
        entry["date"] = origin.published
    return file, {file: {**entry, "grade": origin.grade}}
