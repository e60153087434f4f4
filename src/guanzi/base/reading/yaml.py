"""YAML documents with positions, read by the rules of the YAML 1.2 core schema.

Different from YAML 1.1: only ``true`` and ``false`` are booleans (``yes``, ``no``, ``on``, ``off`` are words), and
there are no sexagesimal or octal-by-zero numbers. Beyond the core schema, ISO dates become dates and numbers may group
thousands with underscores. Anchors, aliases and tags are refused (a short file could expand without bound), as are
duplicate keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading.text import TextFile, read_text

type DataPath = tuple[str | int, ...]

_MAX_DEPTH = 50
MOST_YAML_BYTES = 10_000_000
"""Size of a YAML file; the largest of the library has a hundredth of it."""
MOST_VALUES = 200_000
"""Values of a YAML file: some 20,000 facts. Each takes up to 3 kB while it is read."""
_MOST_DIGITS = 18
_UNCLOSED = ("while parsing a flow ", "while scanning a quoted ")
_INT = re.compile(r"[-+]?[0-9]+")
_GROUPED_INT = re.compile(r"[-+]?[0-9]{1,3}(?:_[0-9]{3})+")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Places(Mapping[DataPath, Place]):
    """Where the values of a file stand: lines and columns by path; a place is made when it is asked for.

    Args:
        file: Name of the file.
        marks: Line and column of each path, counted from 0.
    """

    __slots__ = ("_file", "_marks")

    def __init__(self, file: str, marks: Mapping[DataPath, tuple[int, int]]) -> None:
        self._file, self._marks = file, marks

    def __getitem__(self, path: DataPath) -> Place:
        line, column = self._marks[path]
        return Place(self._file, line + 1, column + 1, field_name(path))

    def __iter__(self) -> Iterator[DataPath]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, path: object) -> bool:
        return path in self._marks


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A YAML file as plain Python data that remembers where everything stands.

    Attributes:
        file: Name of the file, as places give it.
        data: Dictionaries (keys are always text), lists, text, numbers, booleans, dates, None.
        places: Where each value stands, by its path of keys and list indices; the root is ``()``.
        key_places: Where the key of each mapping entry stands, by the path of its value.
        source: The text itself.
        product: What the company of its case delivers, as facts count it; empty where it lies in no case.
    """

    file: str
    data: Any
    places: Mapping[DataPath, Place]
    key_places: Mapping[DataPath, Place]
    source: TextFile
    product: str = ""

    def place(self, path: Sequence[str | int] = ()) -> Place:
        """The place of the value at a path; of the nearest value around it when there is none, with the full field."""
        return self._nearest_place(self.places, path)

    def key_place(self, path: Sequence[str | int]) -> Place:
        """The place of the key at a path; that of the nearest value around it when there is none."""
        path = tuple(path)
        return self.key_places[path] if path in self.key_places else self._nearest_place(self.places, path)

    def problem(
        self,
        path: Sequence[str | int],
        cause: Message,
        fix: Message | None = None,
        *,
        severity: str = "error",
        at_key: bool = False,
    ) -> Problem:
        """A problem with the value (or the key) at a path, with its line and the text that offends."""
        place = self.key_place(path) if at_key else self.place(path)
        excerpt = ""
        if at_key and path:
            excerpt = str(path[-1])
        elif (value := self.get(path)) is not None and not isinstance(value, dict | list):
            excerpt = str(value)
        return self.source.problem(cause, place, fix, severity=severity, excerpt=excerpt)

    def get(self, path: Sequence[str | int]) -> Any:
        """The value at a path, None when there is none."""
        value = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def _nearest_place(self, places: Mapping[DataPath, Place], path: Sequence[str | int]) -> Place:
        path = tuple(path)
        for length in range(len(path), -1, -1):
            if (place := places.get(path[:length])) is not None:
                return replace(place, field=field_name(path))
        return Place(self.file, field=field_name(path))


def field_name(path: Sequence[str | int]) -> str:
    """A path as dotted text, e.g. ``facts.3.unit``."""
    return ".".join(str(step) for step in path)


def read_yaml(path: Path, name: str | None = None) -> YamlDocument:
    """Read one YAML file.

    Args:
        path: The file.
        name: How places should call it; its path by default.

    Raises:
        InvalidInput: Everything in the file that keeps it from being read.
    """
    return parse_yaml(read_text(path, name or str(path), most=MOST_YAML_BYTES))


def parse_yaml(source: TextFile) -> YamlDocument:
    """Read YAML from text that is at hand. See :func:`read_yaml`."""
    document, problems = scan_yaml(source)
    if document is None or problems:
        raise InvalidInput(problems)
    return document


def scan_yaml(source: TextFile) -> tuple[YamlDocument | None, list[Problem]]:
    """Read what can be read of a YAML text, for a reader that wants to report all problems at once.

    Returns:
        The document with None in place of values that cannot be read, or None when its syntax is broken; and the
        problems.
    """
    builder = _Builder(source)
    try:
        data = builder.document(iter(yaml.CSafeLoader(source.text).get_event, None))
    except yaml.MarkedYAMLError as error:
        # where a bracket or quotation mark opens that never closes, not where that is noticed
        unclosed = (error.context or "").startswith(_UNCLOSED)
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        place = Place(source.name, mark.line + 1, mark.column + 1) if mark else Place(source.name)
        cause = Message.of("reading.yaml.syntax", reason=error.problem or error.context or "")
        builder.problems.append(source.problem(cause, place, Message.of("reading.yaml.syntax.mend")))
        return None, builder.problems
    except _TooMany as many:
        cause = Message.of("reading.yaml.too_many", most=MOST_VALUES)
        builder.problems = [source.problem(cause, many.place, Message.of("reading.yaml.too_many.mend"))]
        return None, builder.problems
    except yaml.YAMLError as error:
        return None, [*builder.problems, _character_problem(source, error)]
    places, keys = Places(source.name, builder.marks), Places(source.name, builder.key_marks)
    return YamlDocument(source.name, data, places, keys, source), builder.problems


def scalar_value(text: str) -> Any:
    """The value of an unquoted scalar: None, a boolean, a number, an ISO date, or the text itself.

    What looks like a date and is no day of the calendar stays text (see :func:`is_no_day`): whether a day is asked
    for is known where the field is read.

    >>> scalar_value("1e6"), scalar_value("20_000"), scalar_value("on"), scalar_value("2020-04-29")
    (1000000.0, 20000, 'on', datetime.date(2020, 4, 29))
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) or _GROUPED_INT.fullmatch(text):
        # more digits are those of a registry, or a slip: as text they are right for the one, and refused for the other
        return int(text.replace("_", "")) if len(text.lstrip("+-").replace("_", "")) <= _MOST_DIGITS else text
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL_FLOAT.fullmatch(text):
        return float(text.replace(".", "", 1))
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def is_no_day(value: Any) -> bool:
    """Whether a value is written like an ISO date, but no calendar has that day.

    >>> is_no_day("2020-04-31"), is_no_day("2020-04-30"), is_no_day("2020")
    (True, False, False)
    """
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return True
    return False


def no_such_day(text: str) -> tuple[Message, Message]:
    """Cause and fix of a date that is no day of the calendar."""
    return Message.of("reading.yaml.no_such_day", text=text), Message.of("reading.yaml.no_such_day.mend")


def _character_problem(source: TextFile, error: yaml.YAMLError) -> Problem:
    # libyaml names a forbidden control character, but not its line.
    for number, line in enumerate(source.lines, start=1):
        for column, character in enumerate(line, start=1):
            if not (character.isprintable() or character in "\t\x85\xa0\u2028\u2029\u3000\ufeff"):
                cause = Message.of("reading.yaml.character", code=f"U+{ord(character):04X}")
                fix = Message.of("reading.yaml.character.mend")
                return source.problem(cause, Place(source.name, number, column), fix)
    return source.problem(Message.of("reading.yaml.syntax", reason=str(error)), Place(source.name))


class _TooMany(Exception):
    """A file of more values than any may have."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


def _mark(event: Any) -> tuple[int, int]:
    """Line and column where something begins, counted from 0."""
    return event.start_mark.line, event.start_mark.column


class _Builder:
    """Builds plain data from parser events, noting places and problems."""

    def __init__(self, source: TextFile) -> None:
        self.source = source
        self.marks: dict[DataPath, tuple[int, int]] = {}
        self.key_marks: dict[DataPath, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(Message.of("reading.yaml.second_document"), event, ())
                    break
                data = self._value(next(events), events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], path: DataPath) -> Any:
        self.marks[path] = _mark(event)
        if len(self.marks) > MOST_VALUES:
            raise _TooMany(self._place(event, path))
        if isinstance(event, yaml.AliasEvent):
            self._report(Message.of("reading.yaml.alias", name=event.anchor), event, path)
            return None
        if event.anchor is not None:
            self._report(Message.of("reading.yaml.alias", name=event.anchor), event, path)
        if event.tag is not None:
            self._report(Message.of("reading.yaml.tag", tag=event.tag), event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= _MAX_DEPTH:
            self._report(Message.of("reading.yaml.too_deep", depth=_MAX_DEPTH), event, path)
            self._skip(events)
            return None
        return self._list(events, path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(events, path)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        return event.value if event.style else scalar_value(event.value)

    def _list(self, events: Iterator[Any], path: DataPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: DataPath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None:
                self._report(Message.of("reading.yaml.key_not_text"), event, path)
                if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                    self._skip(events)
                self._value(next(events), events, (*path, "?"))
                continue
            key = event.value
            entry_path = (*path, key)
            if key in entries:
                first = self.key_marks[entry_path][0] + 1
                cause = Message.of("reading.yaml.duplicate_key", key=key, line=first)
                self._report(cause, event, entry_path, Message.of("reading.yaml.duplicate_key.mend"), key)
                self._ignore(events)
                continue
            self.key_marks[entry_path] = _mark(event)
            entries[key] = self._value(next(events), events, entry_path)
        return entries

    def _ignore(self, events: Iterator[Any]) -> None:
        event = next(events)
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._skip(events)

    def _skip(self, events: Iterator[Any]) -> None:
        """Consume the rest of a collection whose start has been consumed."""
        depth = 1
        while depth:
            event = next(events)
            if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                depth += 1
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                depth -= 1

    def _place(self, event: Any, path: DataPath) -> Place:
        line, column = _mark(event)
        return Place(self.source.name, line + 1, column + 1, field_name(path))

    def _report(
        self, cause: Message, event: Any, path: DataPath, fix: Message | None = None, excerpt: str = ""
    ) -> None:
        self.problems.append(self.source.problem(cause, self._place(event, path), fix, excerpt=excerpt))
