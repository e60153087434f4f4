"""Facts files (YAML and CSV): from text to validated entries that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanzi.base.core import LANGUAGES, Bilingual, InvalidInput, Message, Place, Problem
from guanzi.base.reading import (
    MOST_YAML_BYTES,
    Cell,
    Report,
    Table,
    TextFile,
    YamlDocument,
    read_table,
    read_text,
    scalar_value,
    scan_yaml,
    sound_fields,
    unknown_field,
)
from guanzi.record.evidence.checking import validate_data
from guanzi.record.evidence.formats import ConfirmedEntry, FactEntry, FactsFormat, IntervalEntry, SourceEntry
from guanzi.record.evidence.sources import Source
from guanzi.record.evidence.vocabulary import RENAMED

MOST_WRONG = 200
"""Facts in a row that are all wrong: what follows is most often wrong in the same way, and is not looked at."""
MOST_KEPT = 20_000
"""Characters of a file that is kept as it was read: no shipped one has more, and 160 of them take some megabytes."""
_SCALAR_COLUMNS = ("value", "low", "high", "period", "known_on", "page")
#: Fields whose Chinese stands in a column of its own.
_BOTH = ("value", "note", "held_because")
_COLUMNS = (*FactEntry.model_fields, "low", "high", *(f"{name}_zh" for name in _BOTH))


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it stands in a file; ``report`` makes a problem from a path within it.

    Attributes:
        entry: The fact; None when a field is missing or wrong.
        fields: Its fields that are right by themselves, defaults included.
    """

    entry: FactEntry | None
    fields: Mapping[str, Any]
    place: Place
    report: Report


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it stands in a file; ``source`` is None when it is not valid."""

    id: str
    source: Source | None
    place: Place
    report: Report


@dataclass(frozen=True, slots=True)
class ConfirmedRow:
    """A reason that confirms facts, as it stands in a file."""

    entry: ConfirmedEntry
    report: Report


@dataclass(slots=True)
class FactFile:
    """What one facts file contains.

    Attributes:
        sources: Its sources, valid or not.
        facts: Its facts, valid or not.
        confirmed: Its valid confirmations.
        problems: Everything that is wrong with it by itself.
        readable: Whether its text could be taken apart; otherwise it may define sources that nobody sees.
        unread: Places of the facts that were not looked at, since so many before them are wrong.
    """

    sources: list[SourceRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    confirmed: list[ConfirmedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True
    unread: list[Place] = field(default_factory=list)


def read_fact_file(path: Path, name: str) -> FactFile:
    """Read a facts file; what is wrong with it is in its ``problems``, and what is right is still there.

    The same text under the same name is one result, which nobody changes.
    """
    try:
        if path.suffix != ".csv":
            text = read_text(path, name, most=MOST_YAML_BYTES)
            return _read_again(text) if len(text.text) <= MOST_KEPT else _read_text(text)
        result = FactFile()
        table = read_table(path, name)
        result.problems.extend(table.source.warnings)
        _read_rows(table, result)
    except InvalidInput as error:
        return FactFile(problems=list(error.problems), readable=False)
    return result


def _read_text(text: TextFile) -> FactFile:
    result = FactFile()
    document, unreadable = scan_yaml(text)
    result.readable = document is not None
    if document is not None:
        _read_document(document, result)
    # a value that could not be read is missing afterwards; say it once
    places = {_position(problem) for problem in unreadable}
    result.problems = [*unreadable, *(p for p in result.problems if _position(p) not in places)]
    return result


_read_again = lru_cache(maxsize=160)(_read_text)


def read_fact_document(document: YamlDocument) -> FactFile:
    """The sources and facts of a document that is at hand. See :func:`read_fact_file`."""
    result = FactFile()
    _read_document(document, result)
    return result


def _position(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


def _read_document(document: YamlDocument, result: FactFile) -> None:
    data = document.data
    if data is None:
        return
    if not isinstance(data, dict):
        result.problems.append(document.problem((), Message.of("reading.format.wrong_file")))
        return
    for key in data:
        if key not in FactsFormat.model_fields:
            result.problems.append(unknown_field((key,), FactsFormat.model_fields, _reporter(document, ())))
    sources = data.get("sources") or {}
    if isinstance(sources, dict):
        for id, entry in sources.items():
            _read_source(document, id, entry, result)
    else:
        result.problems.append(_wrong_shape(document, "sources", "mapping"))
    facts = data.get("facts") or []
    if isinstance(facts, list):
        for index, entry in enumerate(facts):
            path = ("facts", index)
            report = _reporter(document, path)
            _collect(entry, document.place(path), report, result)
        _report_unread(result)
    else:
        result.problems.append(_wrong_shape(document, "facts", "list"))
    confirmed = data.get("confirmed") or []
    if isinstance(confirmed, list):
        for index, entry in enumerate(confirmed):
            _confirm(entry, _reporter(document, ("confirmed", index)), result)
    else:
        result.problems.append(_wrong_shape(document, "confirmed", "list"))


def _confirm(entry: Any, report: Report, result: FactFile) -> None:
    try:
        result.confirmed.append(ConfirmedRow(validate_data(ConfirmedEntry, entry, report), report))
    except InvalidInput as error:
        result.problems.extend(error.problems)


def _wrong_shape(document: YamlDocument, key: str, expected: str) -> Problem:
    cause = Message.of("reading.format.wrong_value", field=key, text="…")
    return document.problem((key,), cause, Message.of(f"reading.format.expects.{expected}"))


def _read_source(document: YamlDocument, id: str, entry: Any, result: FactFile) -> None:
    report = _reporter(document, ("sources",))
    source: Source | None = None
    try:
        valid = validate_data(FactsFormat, {"sources": {id: entry}}, _reporter(document, ())).sources[id]
        source = read_source_entry(id, valid)
    except InvalidInput as error:
        result.problems.extend(error.problems)
    result.sources.append(SourceRow(id, source, document.key_place(("sources", id)), report))


def read_source_entry(id: str, entry: SourceEntry) -> Source:
    """A source from its entry."""
    return Source(
        id=id,
        publisher=entry.publisher,
        title=entry.title,
        date=entry.date,
        address=entry.address,
        mirror=entry.mirror,
        grade=entry.grade,
        note=entry.note,
    )


def _collect(entry: Any, place: Place, report: Report, result: FactFile) -> None:
    if result.unread or _all_wrong(result.facts[-MOST_WRONG:]):
        result.unread.append(place)
        return
    entry = _renamed(entry, report, result)
    try:
        valid = validate_data(FactEntry, entry, report)
    except InvalidInput as error:
        result.problems.extend(error.problems)
        fields = sound_fields(FactEntry, entry)
        if isinstance(value := fields.get("value"), Mapping):
            fields["value"] = Bilingual.read(value) if set(value) <= set(LANGUAGES) else IntervalEntry(**value)
        result.facts.append(FactRow(None, fields, place, report))
    else:
        fields = {name: getattr(valid, name) for name in FactEntry.model_fields}
        result.facts.append(FactRow(valid, fields, place, report))


def _renamed(entry: Any, report: Report, result: FactFile) -> Any:
    """The entry under the name that its fact has now; of an old name there is a warning."""
    was = entry.get("name") if isinstance(entry, Mapping) else None
    if not isinstance(was, str) or was not in RENAMED:
        return entry
    now = RENAMED[was]
    notice = report(("name",), Message.of("evidence.fact.renamed", was=was, now=now), None, False)
    result.problems.append(replace(notice, severity="warning"))
    return {**entry, "name": now}


def _all_wrong(rows: list[FactRow]) -> bool:
    return len(rows) == MOST_WRONG and all(row.entry is None for row in reversed(rows))


def _report_unread(result: FactFile) -> None:
    if result.unread:
        cause = Message.of("evidence.fact.unread", wrong=MOST_WRONG, unread=len(result.unread))
        result.problems.append(Problem(cause, result.unread[0], Message.of("evidence.fact.unread.mend")))


def _reporter(document: YamlDocument, prefix: tuple[str | int, ...]) -> Report:
    def report(path: tuple[str | int, ...], cause: Message, fix: Message | None, at_key: bool) -> Problem:
        return document.problem((*prefix, *path), cause, fix, at_key=at_key)

    return report


def _read_rows(table: Table, result: FactFile) -> None:
    for column in table.columns:
        if column.text not in _COLUMNS:

            def at_column(
                path: tuple[str | int, ...], cause: Message, fix: Message | None, at_key: bool, cell: Cell = column
            ) -> Problem:
                return table.source.problem(cause, cell.place, fix, excerpt=cell.text)

            result.problems.append(unknown_field((column.text,), _COLUMNS, at_column))
    for row in table.rows:
        first = next(iter(row.values()), None)
        if first is None:
            continue
        report = _row_reporter(table, row, first)
        _collect(_row_data(row), Place(first.place.file, first.place.line, first.place.column), report, result)
    _report_unread(result)


def _row_data(row: Mapping[str, Cell]) -> dict[str, Any]:
    words = "unit" in row and row["unit"].text == "text"
    data: dict[str, Any] = {}
    for name, cell in row.items():
        if name in _COLUMNS:
            data[name] = scalar_value(cell.text) if name in _SCALAR_COLUMNS and not words else cell.text
    if words:
        data.update({n: scalar_value(row[n].text) for n in ("period", "known_on", "page") if n in row})
    bounds = {name: data.pop(name) for name in ("low", "high") if name in data}
    if bounds and "value" not in data:
        data["value"] = bounds
    for name in _BOTH:
        if chinese := data.pop(f"{name}_zh", ""):
            data[name] = {"en": data.get(name, ""), "zh": chinese}
    return data


def _row_reporter(table: Table, row: Mapping[str, Cell], first: Cell) -> Report:
    def report(path: tuple[str | int, ...], cause: Message, fix: Message | None, at_key: bool) -> Problem:
        cell = row.get(str(path[-1])) if path else None
        place = (cell or first).place
        field_name = ".".join(str(step) for step in path)
        place = Place(place.file, place.line, place.column, field_name)
        return table.source.problem(cause, place, fix, excerpt=cell.text if cell else "")

    return report
