"""Entries of research notes as facts: name, unit, period, the day they could be held, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from guanzi.core import Message, Period, render, suggest_slug
from guanzi.evidence.notes.addresses import AddressSource, source_of
from guanzi.evidence.notes.mapping import name_rule
from guanzi.evidence.notes.reading import Entry, Notes, day_of
from guanzi.evidence.notes.remarks import Remark, RemarkKind
from guanzi.evidence.notes.values import ReadValue, first_day_in, period_in, read_value
from guanzi.evidence.vocabulary import UNITS_BY_NAME, looks_ahead

_READ = {"name", "value", "unit", "as_of", "source", "note", "availability"}
_AVAILABLE = re.compile(r"(ok|yes|true|public|confirmed|available)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"published (\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LATER = re.compile(r"\b(later|afterwards|actual|turned out|in the end|eventually|hindsight)\b", re.IGNORECASE)
_CONFIDENCE = {"A": "high", "B": "high", "C": "medium", "D": "low"}

type Part = Literal["facts", "outcome"]


@dataclass(slots=True)
class FactsDraft:
    """Sources and facts under construction.

    Attributes:
        notes: The notes.
        lang: Language of the sentences that are written into the case.
        sources: Sources by id.
        remarks: What somebody should look at.
    """

    notes: Notes
    lang: str
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    _by_address: dict[str, tuple[str, AddressSource | None]] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def say(self, id: str, /, **params: Any) -> str:
        """A sentence of this package in the language of the import."""
        return render(Message.of(id, **params), self.lang)

    def remark(self, kind: RemarkKind, line: int, id: str, /, **params: Any) -> None:
        """Note something for the editor."""
        self.remarks.append(Remark(kind, Message.of(id, **params), line))

    def source(self, address: Any, line: int) -> tuple[str, AddressSource | None]:
        """Id of the source at an address, and what the address shows; the notes themselves when there is none."""
        text = "" if address is None else str(address).strip()
        if text in self._by_address:
            return self._by_address[text]
        if not re.fullmatch(r"https?://[^/\s]\S*", text):
            entry = {"publisher": self.say("evidence.notes.own"), "title": self.notes.text("id"), "grade": "D"}
            note = (
                self.say("evidence.notes.source_missing")
                if not text
                else self.say("evidence.notes.source_is", text=text)
            )
            found: tuple[str, AddressSource | None] = (self._unique("notes"), None)
            self.sources[found[0]] = {**entry, "note": note}
            self.remark("check", line, "evidence.notes.remark.no_address", text=text or "–")
        else:
            shown = source_of(text, self.lang)
            found = (self._unique(shown.id), shown)
            self.sources[found[0]] = shown.data
            self.remark("check", line, "evidence.notes.remark.source", id=found[0], address=text)
        self._by_address[text] = found
        return found

    def fact(self, entry: Entry, part: Part) -> dict[str, Any]:
        """One entry as a fact of ``facts/`` or ``outcome/``."""
        given = str(entry.data["name"])
        stem, period = period_in(suggest_slug(given).replace("-", "_"))
        read = read_value(entry.data["value"], _text(entry.data.get("unit")))
        source, shown = self.source(entry.data.get("source"), entry.line)
        as_of = day_of(entry.data.get("as_of"))
        name, subject, read, event = self._named(stem, entry, part, read)
        held = self._held(entry, as_of[0] if as_of else None, shown, part)
        about = self._about(period, event, as_of[0] if as_of else None, held["known_on"], name)
        remarks = [self._note(entry, part), read.remark, self._more(entry)]
        fact: dict[str, Any] = {"id": self._unique(suggest_slug(given), facts=True)}
        if subject != "company":
            fact["subject"] = subject
        fact |= {"name": name, "period": about, "value": read.value, "unit": read.unit, **held, "source": source}
        grade = _CONFIDENCE[self.sources[source]["grade"]]
        confidence = "medium" if read.rough and grade == "high" else grade
        if confidence != "high":
            fact["confidence"] = confidence
        if note := "; ".join(part for part in remarks if part):
            fact["note"] = note
        if name not in UNITS_BY_NAME:
            self.remark("unknown_name", entry.line, "evidence.notes.remark.name", name=name)
        if not read.understood:
            unit = _text(entry.data.get("unit"))
            self.remark("unmapped", entry.line, "evidence.notes.remark.unit", name=given, unit=unit)
        return fact

    def _named(self, stem: str, entry: Entry, part: Part, read: ReadValue) -> tuple[str, str, ReadValue, date | None]:
        """Name, subject and value; for a name that is a yes, also the day on which it happened."""
        first = suggest_slug(self.notes.text("company")).partition("-")[0]
        rule = name_rule(stem, part) or name_rule(stem.removeprefix(f"{first}_"), part)
        name, subject = (rule.name, rule.subject) if rule else (stem, "company")
        if not re.match(r"[a-z]", name):
            name = f"n_{name}"
        allowed = UNITS_BY_NAME.get(name)
        if allowed is None or read.unit in allowed:
            return name, subject, read, None
        if f"{read.unit} m" in allowed and isinstance(read.value, float):
            return name, subject, _replaced(read, read.value / 1e6, f"{read.unit} m"), None
        if name == "company_age" and (year := day_of(entry.data["value"])) and part == "facts":
            told = self.say("evidence.notes.founded", year=str(entry.data["value"]))
            return name, subject, ReadValue(float(self.notes.decided.year - year[0].year), "years", told), None
        if "flag" in allowed and read.unit == "text" and part == "outcome":
            day = first_day_in(entry.data["value"])
            return name, subject, ReadValue(True, "flag", str(read.value)), day
        return (f"{name}_text" if read.unit == "text" else f"{name}_as_noted"), subject, read, None

    def _about(self, period: Period | None, event: date | None, as_of: date | None, known_on: date, name: str) -> Any:
        if event is not None and event <= known_on:
            return event
        if period is not None and (period.end <= known_on or name.startswith("plan_")):
            return period.start if period.kind == "day" else int(str(period)) if period.kind == "year" else str(period)
        return min(as_of, known_on) if as_of is not None else known_on

    def _held(self, entry: Entry, as_of: date | None, shown: AddressSource | None, part: Part) -> dict[str, Any]:
        """The day on which it could first be held, and whether that is doubtful."""
        decided = self.notes.decided
        published = shown.published if shown else None
        published = _published_in(entry.data.get("note")) or published
        if part == "outcome":
            known_on = max(day for day in (as_of, published, decided) if day is not None)
            if known_on <= decided:
                self.remark("check", entry.line, "evidence.notes.remark.early_outcome", name=str(entry.data["name"]))
            return {"known_on": known_on}
        doubts = self._doubts(entry, as_of, published)
        in_time = published is not None and published <= decided and (as_of is None or published >= as_of)
        known_on = published if in_time and published is not None else decided
        held: dict[str, Any] = {"known_on": known_on}
        if doubts:
            held["availability"] = "doubtful"
            self.remark(
                "doubtful", entry.line, "evidence.notes.remark.doubtful", name=str(entry.data["name"]), why=doubts
            )
        late = shown.published if shown else None
        if late is not None and late > known_on:
            held["held_because"] = doubts or self.say("evidence.notes.held")
            if not doubts:
                self.remark("check", entry.line, "evidence.notes.remark.held", name=str(entry.data["name"]))
        return held

    def _doubts(self, entry: Entry, as_of: date | None, published: date | None) -> str:
        stated = _text(entry.data.get("availability"))
        decided = self.notes.decided
        if stated and not _AVAILABLE.match(stated):
            return self.say("evidence.notes.doubt.stated", text=" ".join(stated.split()))
        if as_of is not None and as_of > decided:
            return self.say("evidence.notes.doubt.as_of", day=as_of.isoformat())
        value, name = entry.data.get("value"), str(entry.data["name"])
        if isinstance(value, str) and not _is_plan(name) and looks_back(value, decided):
            return self.say("evidence.notes.doubt.later")
        told = _published_in(entry.data.get("note"))
        if told is not None and told > decided:
            return self.say("evidence.notes.doubt.published", day=told.isoformat())
        if not stated and (published is None or published > decided):
            return self.say("evidence.notes.doubt.silent")
        return ""

    def _note(self, entry: Entry, part: Part) -> str:
        """The note of an entry; one that speaks of what came later is listed, and kept out of what analyses see."""
        note = _text(entry.data.get("note"))
        if part == "facts" and looks_back(note, self.notes.decided):
            self.remark("doubtful", entry.line, "evidence.notes.remark.later_note", name=entry.data["name"], text=note)
            return ""
        return note

    def _more(self, entry: Entry) -> str:
        """Fields that no rule reads, as words; nothing is dropped."""
        more = {k: v for k, v in entry.data.items() if k not in _READ}
        return ", ".join(f"{key}: {value}" for key, value in more.items())

    def _unique(self, base: str, facts: bool = False) -> str:
        taken: Mapping[str, Any] | set[str] = self._ids if facts else self.sources
        id, n = base, 1
        while id in taken:
            n += 1
            id = f"{base}-{n}"
        if facts:
            self._ids.add(id)
        return id


def looks_back(text: str, decided: date) -> bool:
    """Whether words speak of a time after the decision, or of what came of it.

    >>> looks_back("actual: under 250,000 sold", date(2009, 8, 31)), looks_back("rounded", date(2009, 8, 31))
    (True, False)
    """
    years = (int(year) for year in re.findall(r"(?<![\d.,])((?:19|20)\d{2})(?![\d,]|\.\d)", text))
    days = (day_of(found) for found in re.findall(r"\d{4}-\d{2}-\d{2}", text))
    late = any(year > decided.year for year in years) or any(day is not None and day[0] > decided for day in days)
    return late or _LATER.search(text) is not None


def _is_plan(name: str) -> bool:
    rule = name_rule(name, "facts")
    return looks_ahead(name) or (rule is not None and looks_ahead(rule.name))


def _replaced(read: ReadValue, value: float, unit: str) -> ReadValue:
    return ReadValue(value, unit, read.remark, read.rough, read.understood)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _published_in(note: Any) -> date | None:
    found = _PUBLISHED.search(_text(note))
    if found is None or found[2] not in _MONTHS:
        return None
    day = day_of(f"{found[3]}-{_MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}")
    return day[0] if day else None
