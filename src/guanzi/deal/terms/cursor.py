"""A place within a YAML document that is being read, and the reading of plain values there.

Reading never stops at the first problem: whatever is wrong is noted, the reader gets None, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import (
    Bilingual,
    InvalidInput,
    Message,
    Place,
    Problem,
    is_slug,
    one_of,
    parse_number,
    parse_ratio,
)
from guanzi.base.reading import YamlDocument, is_no_day, no_such_day
from guanzi.deal.terms.quoting import document_of

_NOTES = ("source", "name", "note")
"""Fields that nearly all forms have; they are named last."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A value in a document, by its path; all cursors of a document share one list of problems."""

    document: YamlDocument
    path: tuple[str | int, ...]
    value: Any
    problems: list[Problem]

    @classmethod
    def root(cls, document: YamlDocument) -> Cursor:
        """The whole document, with no problem yet."""
        return cls(document, (), document.data, [])

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.document.place(self.path)

    @property
    def name(self) -> str:
        """The last key of the path, as the field is called; an item of a list is called by the key of the list."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), self.document.file)

    def at(self, key: str | int) -> Cursor:
        """The value under a key; None when there is none."""
        inside = self.value
        found = inside.get(key) if isinstance(inside, dict) else None
        if isinstance(inside, list) and isinstance(key, int):
            found = inside[key]
        if key == "source":
            found = document_of(found)
        return Cursor(self.document, (*self.path, key), found, self.problems)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def report(
        self, cause: Message, fix: Message | None = None, *, severity: str = "error", at_key: bool = False
    ) -> None:
        """Note a problem with this value."""
        self.problems.append(self.document.problem(self.path, cause, fix, severity=severity, at_key=at_key))

    # -- collections -------------------------------------------------------------------------------------------

    def entries(self) -> Iterator[tuple[str, Cursor]]:
        """Entries of a mapping that has ids as keys; none for an absent one. Notes ids that cannot be used."""
        if self.value is None:
            return
        if not isinstance(self.value, dict):
            self.report(Message.of("terms.sheet.not_mapping", field=self.name), Message.of("terms.mend.mapping"))
            return
        for key in self.value:
            entry = self.at(key)
            if not is_slug(key) or "." in key:
                entry.report(Message.of("terms.sheet.bad_id", id=key), Message.of("terms.mend.id"), at_key=True)
            yield key, entry

    def items(self) -> list[Cursor]:
        """Items of a list; none for an absent one."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            self.report(Message.of("terms.sheet.not_list", field=self.name), Message.of("terms.mend.list"))
            return []
        return [self.at(number) for number in range(len(self.value))]

    def check(self, required: Sequence[str], optional: Sequence[str] = ()) -> bool:
        """Whether this is a mapping with all required keys; notes those that are missing or unknown."""
        if not isinstance(self.value, dict):
            fix = Message.of("terms.mend.keys", keys=tuple(required or optional))
            self.report(Message.of("terms.sheet.not_mapping", field=self.name), fix)
            return False
        valid = (*required, *optional)
        for key in self.value:
            if key not in valid:
                self.at(key).report(Message.of("terms.sheet.unknown_key", key=key), one_of(key, valid), at_key=True)
        missing = tuple(key for key in required if not self.has(key))
        if missing:
            cause = Message.of("terms.sheet.missing", field=self.name, keys=missing)
            self.report(cause, Message.of("terms.mend.add_keys", keys=missing))
        return not missing

    def fits(self, form: Mapping[str, Any]) -> bool:
        """Report keys that a form lacks or asks for; whether none of those asked for is missing.

        Args:
            form: See :func:`guanzi.deal.terms.schema.mapping`.
        """
        required, fields = form["required"], form["properties"]
        optional = [key for key in fields if key not in (*required, *_NOTES)]
        return self.check(required, (*optional, *(key for key in _NOTES if key in fields and key not in required)))

    # -- single values -----------------------------------------------------------------------------------------

    def text(self, default: str = "") -> str:
        """Text on one line; numbers and dates are taken as they are written."""
        if self.value is None:
            return default
        if isinstance(self.value, dict | list):
            self.report(Message.of("terms.sheet.not_text", field=self.name), Message.of("terms.mend.text"))
            return default
        return " ".join(str(self.value).split())

    def words(self, default: str = "") -> Bilingual:
        """Words for readers, on one line: text, or both languages."""
        if not isinstance(self.value, dict):
            return Bilingual(self.text(default))
        try:
            return Bilingual.read(self.value).on_one_line()
        except ValueError:
            self.report(Message.of("terms.sheet.not_text", field=self.name), Message.of("terms.mend.words"))
            return Bilingual(default)

    def number(self) -> float | None:
        """A finite number."""
        return self._parse(parse_number)

    def ratio(self) -> float | None:
        """A percentage or a ratio."""
        return self._parse(parse_ratio)

    def day(self) -> date | None:
        """An ISO date."""
        if isinstance(self.value, date):
            return self.value
        if is_no_day(self.value):
            self.report(*no_such_day(self.value))
        elif self.value is not None:
            cause = Message.of("terms.sheet.not_date", field=self.name, text=str(self.value))
            self.report(cause, Message.of("terms.mend.date"))
        return None

    def flag(self) -> bool:
        """``true`` or ``false``; absent is false."""
        if self.value is not None and not isinstance(self.value, bool):
            cause = Message.of("terms.sheet.not_flag", field=self.name, text=str(self.value))
            self.report(cause, Message.of("terms.mend.flag"))
        return self.value is True

    def choice(self, valid: Sequence[str], default: str) -> str:
        """One of a few words."""
        if self.value is None or self.value in valid:
            return default if self.value is None else str(self.value)
        cause = Message.of("terms.sheet.not_choice", field=self.name, text=str(self.value))
        self.report(cause, one_of(str(self.value), valid))
        return default

    def reference(self, valid: Sequence[str], what: str) -> str | None:
        """The id of something that the sheet defines: ``party``, ``equity``, ``holder``, ``right``."""
        if self.value is None:
            return None
        name = self.text()
        if name in valid:
            return name
        fix = one_of(name, valid) or Message.of("terms.mend.declare", name=name)
        self.report(Message.of(f"terms.sheet.no_such_{what}", field=self.name, name=name), fix)
        return None

    def _parse(self, parse: Callable[[str | int | float], float]) -> float | None:
        if self.value is None:
            return None
        try:
            if isinstance(self.value, bool | dict | list | date):
                raise InvalidInput(())
            return parse(self.value)
        except InvalidInput:
            kind = "number" if parse is parse_number else "ratio"
            text = self.value if isinstance(self.value, str | int | float) else self.name
            cause = Message.of(f"terms.sheet.not_{kind}", field=self.name, text=str(text))
            self.report(cause, Message.of(f"terms.mend.{kind}_value"))
            return None
