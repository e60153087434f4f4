"""What an entry of the log holds, in words: names of people, labels and codes of the office, days, short hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from guanzi.base.core import Message, catalogue, render
from guanzi.jobs.shared import day as day_words
from guanzi.office.auditlog.log import MACHINE
from guanzi.office.models import OfficeCase, Organisation, Person
from guanzi.office.pages.log_lines import LogLine
from guanzi.office.pages.rendering import in_language, named

_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBERED = re.compile(r"(\w+)\.(\d+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODES = {
    "part": "part", "vote": "vote", "result": "result", "purpose": "purpose", "advice": "advice", "stream": "stream",
    "from": "stage", "to": "stage", "scopes": "scope", "roles": "role", "answer": "money.answer",
}  # fmt: skip
"""Label -> the kind of the code that stands there."""


@dataclass(frozen=True, slots=True)
class HeldWords:
    """Something that an entry holds: ``kind`` is ``who``, ``said`` (words of a person) or ``data``."""

    label: str
    text: str
    kind: Literal["who", "said", "data"]


@dataclass(frozen=True, slots=True)
class EntryWords:
    """An entry as it is read: who did it, in which case, and what it holds."""

    line: LogLine
    actor: str
    title: str
    held: tuple[HeldWords, ...]


def in_words(lines: Iterable[LogLine], of: Organisation | OfficeCase, lang: str) -> list[EntryWords]:
    """Entries of an organisation, or of a case, in words; what was forgotten stays unsaid."""
    read = list(lines)
    names = {name for one in read for name in (one.actor, *one.who.values()) if name}
    where = of if isinstance(of, Organisation) else of.organisation
    people = {p.username: p for p in Person.objects.filter(organisation=where, username__in=names)}
    slugs = {one.case for one in read if one.case}
    cases = where.cases.filter(slug__in=slugs) if isinstance(of, Organisation) else [of]
    titles = {case.slug: in_language(case, "title", lang) for case in cases}
    return [
        EntryWords(
            one, _person(one.actor, people, lang), titles.get(one.case, one.case), tuple(_held(one, people, lang))
        )
        for one in read
    ]


def _person(name: str | None, people: Mapping[str, Person], lang: str) -> str:
    if name in (None, MACHINE):
        return _localised("log.forgotten" if name is None else "change.keeper", lang)
    return named(people[name], lang) if name in people else name


def _held(line: LogLine, people: Mapping[str, Person], lang: str) -> Iterator[HeldWords]:
    for label, who in line.who.items():
        yield HeldWords(_label(label, lang), _person(who, people, lang), "who")
    for label, words in line.words.items():
        text = _localised("log.forgotten", lang) if words is None else _code(label, words, lang)
        yield HeldWords(_label(label, lang), text, "said" if label != "vote" else "data")
    for label, value in line.data.items():
        if value is not None and value != [] and value != {}:
            yield HeldWords(_label(label, lang), _value(label, value, lang), "data")


def _label(label: str, lang: str) -> str:
    numbered = _NUMBERED.fullmatch(label)
    name = numbered.group(1) if numbered else label
    told = _localised(f"entry.{name}", lang) if f"office.entry.{name}" in catalogue("office", "en") else name
    return f"{told} {numbered.group(2)}" if numbered else told


def _value(label: str, value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return _localised("yes" if value else "no", lang)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ("、" if lang == "zh" else ", ").join(_code(label, one, lang) for one in value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, str):
        return _code(label, value, lang)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _code(label: str, text: str, lang: str) -> str:
    """A code of the office in words, a day in words, a hash by its first digits; anything else as it stands."""
    id = f"{_CODES[label]}.{text}" if label in _CODES else ""
    if label == "voided" and (said := _voided(text, lang)):
        return said
    if id and f"office.{id}" in catalogue("office", "en"):
        return _localised(id, lang)
    if _DAY.fullmatch(text):
        return day_words(date.fromisoformat(text), lang)
    return text[:12] if _HASH.fullmatch(text) else text


def _voided(text: str, lang: str) -> str:
    """Something that became void, in words; empty: it has none."""
    kind, _, of = text.partition(".")
    match kind:
        case "stream":
            return _localised(f"stream.{of}", lang)
        case "sitting":
            return _localised("entry.of_sitting", lang, n=int(of))
        case "verification":
            return _localised("entry.of_verification", lang, fact=of)
        case "payment":
            return _localised("entry.of_payment", lang, tranche=of)
    return ""


def _localised(id: str, lang: str, /, **params: Any) -> str:
    return render(Message.of(f"office.{id}", **params), lang)
