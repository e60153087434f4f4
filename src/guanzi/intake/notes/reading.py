"""Reading research notes: their fields with places, and everything that is wrong with them at once."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Period, Problem, nearest, suggest_slug
from guanzi.base.reading import DataPath, YamlDocument, is_no_day, missing_field, no_such_day, read_yaml

#: Fields that are read; others are listed for the editor, never dropped.
FIELDS = (
    "id",
    "company",
    "region",
    "country",
    "industry",
    "decision_date",
    "decision_note",
    "instrument",
    "amount",
    "counterparties",
    "tranches",
    "covenants",
    "facts_known_at_decision",
    "later_evidence",
    "risks_known",
    "assets_known",
    "outcome_facts",
    "outcome_label",
    "outcome_reason",
    "hindsight_warnings",
    "missing",
    "counts",
)
_REQUIRED = ("id", "company", "region", "industry", "decision_date", "facts_known_at_decision")
_WORDS = ("id", "company", "region", "industry")
_LISTS = (
    "counterparties",
    "tranches",
    "covenants",
    "facts_known_at_decision",
    "later_evidence",
    "risks_known",
    "assets_known",
    "outcome_facts",
    "hindsight_warnings",
    "missing",
)
_FACTS = ("facts_known_at_decision", "later_evidence", "outcome_facts")


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One entry of a list, with the line on which it stands.

    Attributes:
        path: Where it stands in the notes.
        data: Its fields; words alone are its ``text``.
        line: Line of the notes.
    """

    path: DataPath
    data: Mapping[str, Any]
    line: int

    @property
    def as_of(self) -> date | None:
        """The day of which it speaks; the last of a month or year when only that is given."""
        found = day_of(self.data.get("as_of"))
        return found[0] if found else None


@dataclass(slots=True)
class Notes:
    """Research notes whose outer form is right.

    Attributes:
        document: The file with its positions.
        decided: Day of the decision; the last day of the month when only that is known.
        exact: Whether the day is known.
        lists: The entries of each list.
    """

    document: YamlDocument
    decided: date
    exact: bool
    lists: dict[str, list[NoteEntry]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A field as text; empty when it is not there."""
        value = self.document.data.get(key)
        return "" if value is None else str(value).strip()

    def line(self, *path: str | int) -> int:
        """Line on which a value stands."""
        return self.document.place(path).line


def read_notes(path: Path, name: str) -> Notes:
    """Read a file of research notes.

    Args:
        path: The file.
        name: How places call it.

    Raises:
        InvalidInput: It cannot be read, or its form is not that of research notes; everything at once.
    """
    document = read_yaml(path, name)
    if not isinstance(document.data, dict):
        cause = Message.of("reading.format.wrong_file")
        raise InvalidInput(document.problem((), cause, Message.of("evidence.notes.form.mend", fields=_REQUIRED)))
    problems: list[Problem] = []
    for key in _REQUIRED:
        if document.data.get(key) is None:
            problems.append(_missing(document, key))
    for key in _WORDS:
        value = document.data.get(key)
        if value is not None and (
            not isinstance(value, str) or not value.strip() or (key == "id" and not suggest_slug(value))
        ):
            problems.append(_wrong(document, (key,), value, "text"))
    lists = {key: _entries(document, key, problems) for key in _LISTS}
    for key in _FACTS:
        _check_facts(document, lists[key], problems)
    decided = _decided(document, problems)
    if problems or decided is None:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place))
    return Notes(document, decided[0], decided[1], lists)


def day_of(value: Any) -> tuple[date, bool] | None:
    """A day, or the last day of a month, quarter or year, with whether the day itself was given; None for neither."""
    if isinstance(value, date):
        return value, True
    if value is None or isinstance(value, bool | float | list | dict):
        return None
    try:
        period = Period.parse(value if isinstance(value, int) else str(value).strip())
    except InvalidInput:
        return None
    return period.end, period.kind == "day"


def _missing(document: YamlDocument, key: str) -> Problem:
    near = nearest(key, [k for k in document.data if k not in FIELDS])
    cause, fix = missing_field(key)
    if near is not None:
        return document.problem((near,), cause, Message.of("evidence.notes.renamed", found=near, key=key), at_key=True)
    return document.problem((), cause, fix)


def _wrong(document: YamlDocument, path: DataPath, value: Any, expected: str) -> Problem:
    shown = "…" if isinstance(value, list | dict) else str(value)[:60]
    cause = Message.of("reading.format.wrong_value", field=str(path[-1]), text=shown)
    return document.problem(path, cause, Message.of(f"reading.format.expects.{expected}"))


def _entries(document: YamlDocument, key: str, problems: list[Problem]) -> list[NoteEntry]:
    value = document.data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        problems.append(_wrong(document, (key,), value, "list"))
        return []
    found = []
    for index, item in enumerate(value):
        path: DataPath = (key, index)
        if isinstance(item, dict):
            found.append(NoteEntry(path, item, document.place(path).line))
        elif key in _FACTS or isinstance(item, list):
            cause = Message.of("reading.format.wrong_value", field=key, text=str(item)[:60])
            problems.append(document.problem(path, cause, Message.of("reading.format.expects.mapping")))
        elif item is not None:
            found.append(NoteEntry(path, {"text": str(item)}, document.place(path).line))
    return found


def _check_facts(document: YamlDocument, entries: list[NoteEntry], problems: list[Problem]) -> None:
    for entry in entries:
        name, value = entry.data.get("name"), entry.data.get("value")
        if not isinstance(name, str) or not suggest_slug(name):
            problems.append(
                document.problem(entry.path, *missing_field("name"))
                if name is None
                else _wrong(document, (*entry.path, "name"), name, "name")
            )
        if isinstance(value, str) and not value.strip():
            value = None
        if value is None or isinstance(value, list | dict):
            problems.append(
                document.problem(entry.path, *missing_field("value"))
                if value is None
                else _wrong(document, (*entry.path, "value"), value, "value")
            )
        as_of = entry.data.get("as_of")
        if as_of is not None and day_of(as_of) is None:
            problems.append(_not_a_day(document, (*entry.path, "as_of"), as_of))


def _not_a_day(document: YamlDocument, path: DataPath, value: Any) -> Problem:
    if is_no_day(value):
        return document.problem(path, *no_such_day(str(value)))
    return _wrong(document, path, value, "date")


def _decided(document: YamlDocument, problems: list[Problem]) -> tuple[date, bool] | None:
    value = document.data.get("decision_date")
    if value is None:
        return None
    found = day_of(value)
    if found is None:
        problems.append(_not_a_day(document, ("decision_date",), value))
    return found


_PUBLISHED = re.compile(
    r"published (?:on )?(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]* (\d{4})|published (?:on )?(\d{4}-\d{2}-\d{2})"
)
_MONTHS = [name for name in month_abbr if name]


def published_in(note: Any) -> date | None:
    """The day on which something was published, as words say it; the last of the month when only that is said.

    >>> published_in("published 30 Dec 2019"), published_in("rounded")
    (datetime.date(2019, 12, 30), None)
    """
    found = _PUBLISHED.search("" if note is None else str(note))
    if found is None or (found[2] and found[2] not in _MONTHS):
        return None
    day = f"-{int(found[1]):02d}" if found[1] else ""
    read = day_of(found[4] or f"{found[3]}-{_MONTHS.index(found[2]) + 1:02d}{day}")
    return read[0] if read else None
