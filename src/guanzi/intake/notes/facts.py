"""Entries of research notes as facts: name, unit, period, the day they could be held, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from guanzi.base.core import Message, Period, money_form, rate_between, render, suggest_slug
from guanzi.intake.importers import stocks
from guanzi.intake.notes.addresses import AddressSource, source_of
from guanzi.intake.notes.doubts import doubt_of
from guanzi.intake.notes.later import looks_back
from guanzi.intake.notes.names import NoteName, near_name, sure_name
from guanzi.intake.notes.periods import NamedPeriod, period_in
from guanzi.intake.notes.reading import NoteEntry, Notes, day_of, published_in
from guanzi.intake.notes.remarks import Remark, RemarkKind
from guanzi.intake.notes.values import ReadValue, first_day_in, negative, read_value
from guanzi.record.evidence import UNITS_BY_NAME, looks_ahead, unit_fits

_READ = {"name", "value", "unit", "as_of", "source", "note", "availability"}
_CONFIDENCE = {"A": "high", "B": "high", "C": "medium", "D": "low"}

type Part = Literal["facts", "outcome"]


@dataclass(frozen=True, slots=True)
class _NamedValue:
    """A value under its name, with what its name says of time, and the day on which it happened where it is a yes."""

    name: str
    subject: str
    read: ReadValue
    time: NamedPeriod
    day: date | None = None


@dataclass(slots=True)
class FactsDraft:
    """Sources and facts under construction.

    Attributes:
        notes: The notes.
        lang: Language of the sentences that are written into the case.
        sources: Sources by id.
        remarks: What somebody should look at.
        doubts: Kind of doubt and id of each doubtful fact.
        accept: Whether names that are only near are taken over.
        accepted: Names of the notes that were, with what they became.
    """

    notes: Notes
    lang: str
    accept: bool = False
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    accepted: list[tuple[str, str]] = field(default_factory=list)
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

    def fact(self, entry: NoteEntry, part: Part) -> dict[str, Any]:
        """One entry as a fact of ``facts/`` or ``outcome/``."""
        given = str(entry.data["name"])
        read = read_value(entry.data["value"], _text(entry.data.get("unit")))
        source, shown = self.source(entry.data.get("source"), entry.line)
        named = self._named(suggest_slug(given).replace("-", "_"), entry, part, read)
        named = self._taken(named, entry) if part == "facts" else named
        id = self._unique(suggest_slug(given), facts=True)
        held = self._held(entry, id, named, shown, part)
        period = self._about(named, entry, held["known_on"], part)
        remarks = [self._note(entry, part), named.read.remark, self._more(entry)]
        fact: dict[str, Any] = {"id": id}
        if named.subject != "company":
            fact["subject"] = named.subject
        fact |= {"name": named.name, "period": period, "value": named.read.value, "unit": named.read.unit}
        fact |= {**held, "source": source}
        grade = _CONFIDENCE[self.sources[source]["grade"]]
        confidence = "medium" if read.rough and grade == "high" else grade
        if confidence != "high":
            fact["confidence"] = confidence
        if note := "; ".join(part for part in remarks if part):
            fact["note"] = note
        if named.name not in UNITS_BY_NAME:
            self._unknown(entry, named)
        if not read.understood:
            unit = _text(entry.data.get("unit"))
            self.remark("unmapped", entry.line, "evidence.notes.remark.unit", name=given, unit=unit)
        return fact

    def _unknown(self, entry: NoteEntry, named: _NamedValue) -> None:
        near = self._near(named)
        if near is None:
            self.remark("unknown_name", entry.line, "evidence.notes.remark.name", name=named.name)
        else:
            self.remark("unknown_name", entry.line, "evidence.notes.remark.near", name=named.name, near=near.name)

    def _near(self, named: _NamedValue) -> NoteName | None:
        return near_name(named.name, named.read.unit, self.notes.text("company"))

    def _taken(self, named: _NamedValue, entry: NoteEntry) -> _NamedValue:
        """A name that nobody knows as the near one, where that was accepted beforehand."""
        near = self._near(named) if self.accept and named.name not in UNITS_BY_NAME else None
        if near is None:
            return named
        self.accepted.append((named.name, near.name))
        self.remark("check", entry.line, "evidence.notes.remark.accepted", name=named.name, near=near.name)
        read = _replaced(named.read, negative(named.read.value), named.read.unit) if near.outflow else named.read
        return replace(named, name=near.name, subject=near.subject, read=read)

    def _named(self, given: str, entry: NoteEntry, part: Part, read: ReadValue) -> _NamedValue:
        """Name, subject, value and period; for a name that is a yes, also the day on which it happened."""
        company = self.notes.text("company")
        time = NamedPeriod(given) if given in UNITS_BY_NAME else period_in(given)
        rule = sure_name(time.stem, part, read.unit, company)
        if time.open and not time.fiscal and (rule is None or _unplaced(rule.name, read.unit, time, entry)):
            whole = sure_name(given, part, read.unit, company)
            time, rule = NamedPeriod(given), whole
        name = self._by_time(rule, time) if rule is not None else time.stem
        subject = rule.subject if rule is not None else "company"
        if rate_between(name) is not None:
            subject = "fx"
        if not re.match(r"[a-z]", name):
            name = f"n_{name}"
        if rule is not None and rule.loss and isinstance(read.value, float) and read.value < 0:
            name, read = rule.loss, _replaced(read, -read.value, read.unit)
        if rule is not None and rule.outflow:
            read = _replaced(read, negative(read.value), read.unit)
        made = _NamedValue(name, subject, read, time)
        if name not in UNITS_BY_NAME or unit_fits(name, read.unit):
            return made
        return self._fitted(made, entry, part)

    def _by_time(self, rule: NoteName, time: NamedPeriod) -> str:
        """A name that depends on its period: what is a plan, or a sum so far, without one."""
        if time.period is None:
            return rule.name
        if rule.spanned and time.period.months > 12:
            return rule.spanned
        return rule.past if rule.past and time.period.end <= self.notes.decided else rule.name

    def _fitted(self, made: _NamedValue, entry: NoteEntry, part: Part) -> _NamedValue:
        """A value whose unit its name does not have, brought to one that it has, or kept under a name of its own."""
        name, read, allowed = made.name, made.read, UNITS_BY_NAME[made.name]
        for unit, factor in ((f"{read.unit} m", 1e-6), (read.unit.removesuffix(" m"), 1e6)):
            if unit != read.unit and unit_fits(name, unit) and isinstance(read.value, float):
                return replace(made, read=_replaced(read, read.value * factor, unit))
        if name == "company_age" and (year := day_of(entry.data["value"])) and part == "facts":
            told = self.say("evidence.notes.founded", year=str(entry.data["value"]))
            age = float(self.notes.decided.year - year[0].year)
            return replace(made, read=ReadValue(age, "years", told), day=self.notes.decided)
        if "flag" in allowed and read.unit == "text" and part == "outcome":
            day = first_day_in(entry.data["value"])
            return replace(made, read=ReadValue(True, "flag", str(read.value)), day=day)
        return replace(made, name=f"{name}_text" if read.unit == "text" else f"{name}_as_noted")

    def _about(self, named: _NamedValue, entry: NoteEntry, known_on: date, part: Part) -> Any:
        if named.day is not None and named.day <= known_on:
            return named.day
        as_of, name = entry.as_of, named.name
        period = named.time.placed(as_of)
        if period is not None and named.time.period is None:
            self.remark(
                "check", entry.line, "evidence.notes.remark.placed", name=entry.data["name"], period=str(period)
            )
        ahead = looks_ahead(name)
        if period is not None and name in stocks() and not ahead:
            period = Period.of("day", period.end)
        if period is not None and (period.end <= known_on or ahead):
            return _written(period)
        day = min(as_of, known_on) if as_of is not None else known_on
        if named.time.text:
            told, said = named.time.text.replace("_", " "), day.isoformat()
            self.remark(
                "check", entry.line, "evidence.notes.remark.period", name=entry.data["name"], told=told, day=said
            )
        return day

    def _held(
        self, entry: NoteEntry, id: str, named: _NamedValue, shown: AddressSource | None, part: Part
    ) -> dict[str, Any]:
        """The day on which it could first be held, and whether that is doubtful."""
        decided, as_of = self.notes.decided, entry.as_of
        late = shown.published if shown else None
        published = published_in(entry.data.get("note")) or late
        if part == "outcome":
            known_on = max(day for day in (as_of, published, decided) if day is not None)
            if known_on <= decided:
                self.remark("check", entry.line, "evidence.notes.remark.early_outcome", name=str(entry.data["name"]))
            return {"known_on": known_on}
        doubt = doubt_of(entry, named.name, named.time.placed(as_of), decided, published)
        in_time = published is not None and published <= decided and (as_of is None or published >= as_of)
        held: dict[str, Any] = {"known_on": published if in_time and published is not None else decided}
        if doubt is not None:
            held |= {"availability": "doubtful", "held_because": render(doubt.text, self.lang)}
            self.doubts.append((doubt.kind, id))
            name = str(entry.data["name"])
            self.remark("doubtful", entry.line, "evidence.notes.remark.doubtful", name=name, why=doubt.text)
        elif late is not None and late > held["known_on"]:
            held["held_because"] = self.say("evidence.notes.held")
            self.remark("check", entry.line, "evidence.notes.remark.held", name=str(entry.data["name"]))
        return held

    def _note(self, entry: NoteEntry, part: Part) -> str:
        """The note of an entry; one that speaks of what came later is listed, and kept out of what analyses see."""
        note = _text(entry.data.get("note"))
        if part == "facts" and looks_back(note, self.notes.decided):
            self.remark("doubtful", entry.line, "evidence.notes.remark.later_note", name=entry.data["name"], text=note)
            return ""
        return note

    def _more(self, entry: NoteEntry) -> str:
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


def _replaced(read: ReadValue, value: float, unit: str) -> ReadValue:
    return ReadValue(value, unit, read.remark, read.rough, read.understood)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _unplaced(name: str, unit: str, time: NamedPeriod, entry: NoteEntry) -> bool:
    """Whether words such as "12 months" are no period: of something that does not flow, or that no day places."""
    measured = money_form(unit) is not None or unit in (*UNITS_BY_NAME["deliveries"], "ratio")
    return not measured or name not in UNITS_BY_NAME or time.placed(entry.as_of) is None


def _written(period: Period) -> Any:
    """A period as YAML holds it."""
    return period.start if period.kind == "day" else int(str(period)) if period.kind == "year" else str(period)
