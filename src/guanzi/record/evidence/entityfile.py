"""The entities of a case (``entities.ftm.json``): each with its source and the day from which it could be known.

Beside ``id``, ``schema`` and ``properties`` an object carries the fields of a fact that say since when and from whom it
is known: ``known_on`` and ``source``, and where needed ``known_to``, ``confidence``, ``availability``, ``note`` and
``held_because``. Further fields are those of other tools, and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from guanzi.base.core import Bilingual, InvalidInput, Message, Period, Place, Problem, meant
from guanzi.base.reading import Format, Report, TextFile, is_no_day, no_such_day, read_text, scalar_value, sound_fields
from guanzi.record.evidence.checking import validate_data
from guanzi.record.evidence.entities import ENDS_OF_TIE, Entity, scan_entities
from guanzi.record.evidence.factchecks import DefinedSources, source_problems
from guanzi.record.evidence.factfiles import FactRow
from guanzi.record.evidence.formats import Slug
from guanzi.record.evidence.links import stays_in
from guanzi.record.evidence.sources import Source

#: The file in the folder of a case.
ENTITIES = "entities.ftm.json"
#: Its largest size in bytes: some 100,000 companies, people and ties.
MOST_ENTITIES_BYTES = 50_000_000
#: Properties that say when something came to an end: what lies after the day of a view was not known on it.
_ENDINGS = ("endDate", "dissolutionDate", "deathDate")
_DAYS = ("startDate", *_ENDINGS)


class Stamp(Format):
    """Since when and from whom an entity is known."""

    known_on: Annotated[date, Field(description="First day on which the deal team could hold it")]
    source: Slug
    known_to: Literal["public", "parties"] = "public"
    confidence: Literal["high", "medium", "low"] = "high"
    availability: Literal["confirmed", "doubtful"] = "confirmed"
    note: Bilingual = Bilingual()
    held_because: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class DatedEntity:
    """An entity of a case, with its stamp and its place in the file."""

    entity: Entity
    stamp: Stamp
    place: Place

    def as_known_on(self, day: date) -> DatedEntity | None:
        """What was known of it on a day: None before ``known_on``, and no end that had not come yet."""
        if self.stamp.known_on > day:
            return None
        properties = {
            name: tuple(v for v in values if name not in _ENDINGS or period_of(v).end <= day)
            for name, values in self.entity.properties.items()
        }
        kept = {name: values for name, values in properties.items() if values}
        return replace(self, entity=replace(self.entity, properties=kept))

    def content(self) -> dict[str, Any]:
        """It as plain data, without its place and without the fields of other tools."""
        stamp = self.stamp.model_dump(mode="json", exclude_defaults=True)
        properties = {name: list(values) for name, values in self.entity.properties.items()}
        return {"id": self.entity.id, "schema": self.entity.schema, "properties": properties, **stamp}


def period_of(text: str) -> Period:
    """The year, month or day of a date in FollowTheMoney form; the time of day is passed over.

    Raises:
        InvalidInput: It is none.
    """
    return Period.parse(text.strip()[:10])


def read_dated_entities(
    folder: Path,
    company: str,
    facts: Mapping[str, Place],
    sources: Mapping[str, Source],
    defined: DefinedSources,
) -> tuple[tuple[DatedEntity, ...], list[Problem]]:
    """The entities of a case that say since when and from whom they are known, in the order of their ids.

    Args:
        folder: The folder of the case.
        company: Id of the company of the case, which is also its id among the entities.
        facts: Ids of the facts of the case and where they stand; a tie becomes a fact, and needs an id of its own.
        sources: The valid sources of the case.
        defined: The sources that can be cited.

    Returns:
        The entities, and everything that is wrong with them.
    """
    path = folder / ENTITIES
    if not path.exists() and not path.is_symlink():
        return (), []
    if not stays_in(path, folder):
        cause, fix = Message.of("evidence.entities.outside"), Message.of("evidence.entities.outside.mend")
        return (), [Problem(cause, Place(ENTITIES), fix)]
    try:
        file = read_text(path, ENTITIES, most=MOST_ENTITIES_BYTES)
    except InvalidInput as error:
        return (), list(error.problems)
    entities, problems = scan_entities(file, ENTITIES)
    whole = not problems  # an end that stands on a line that could not be read is not loose
    found: list[DatedEntity] = []
    for entity in entities:
        report = _reporter(file, entity)
        stamp = _stamp(entity, report, sources, defined, problems)
        problems.extend(_wrong_days(entity, report))
        problems.extend(_loose_ends(entity, {e.id for e in entities}, report) if whole else ())
        if entity.schema in ENDS_OF_TIE and entity.id in facts:
            cause = Message.of("evidence.fact.duplicate", id=entity.id, place=str(facts[entity.id]))
            problems.append(report(("id",), cause, Message.of("evidence.fact.duplicate.mend"), False))
        if stamp is not None:
            found.append(DatedEntity(entity, stamp, Place(ENTITIES, entity.line)))
    ids = {entity.id for entity in entities}
    if whole and company not in ids and any(entity.schema in ENDS_OF_TIE for entity in entities):
        cause, fix = Message.of("evidence.entities.no_company", id=company), _near(company, ids)
        problems.append(Problem(cause, Place(ENTITIES), fix, "warning"))
    return tuple(sorted(found, key=lambda dated: dated.entity.id)), problems


def _near(id: str, ids: set[str]) -> Message:
    return meant(id, ids, Message.of("evidence.entities.no_company.mend", id=id))


def _reporter(file: TextFile, entity: Entity) -> Report:
    line = file.lines[entity.line - 1]

    def report(path: tuple[str | int, ...], cause: Message, fix: Message | None, at_key: bool) -> Problem:
        field = str(path[-1]) if path else ""
        column = line.find(f'"{field}"') + 1 or 1
        return file.problem(cause, Place(ENTITIES, entity.line, column, field), fix)

    return report


def _stamp(
    entity: Entity,
    report: Report,
    sources: Mapping[str, Source],
    defined: DefinedSources,
    problems: list[Problem],
) -> Stamp | None:
    """Since when and from whom; None, with a warning, when the object does not say so, or with what is wrong in it."""
    data = {name: entity.rest[name] for name in Stamp.model_fields if name in entity.rest}
    lacking = tuple(name for name in ("known_on", "source") if name not in data)
    if lacking:
        cause = Message.of("evidence.entities.undated", id=entity.id, fields=lacking)
        warning = report(("id",), cause, Message.of("evidence.entities.undated.mend", fields=lacking), False)
        problems.append(replace(warning, severity="warning"))
        return None
    if isinstance(data["known_on"], str):
        data["known_on"] = scalar_value(data["known_on"])
    row = FactRow(None, sound_fields(Stamp, data), Place(ENTITIES, entity.line), report)
    problems.extend(source_problems(row, sources, defined))
    try:
        return validate_data(Stamp, data, report)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


def _wrong_days(entity: Entity, report: Report) -> Iterator[Problem]:
    for name in _DAYS:
        for value in entity.properties.get(name, ()):
            try:
                period_of(value)
            except InvalidInput:
                cause, fix = (
                    no_such_day(value)
                    if is_no_day(value)
                    else (Message.of("evidence.entities.day", field=name, text=value), None)
                )
                yield report((name,), cause, fix or Message.of("evidence.entities.day.mend"), False)


def _loose_ends(entity: Entity, ids: set[str], report: Report) -> Iterator[Problem]:
    """A tie that lacks an end, or names one that is not in the file, ties nothing: most often a slip."""
    for name in ENDS_OF_TIE.get(entity.schema, ()):
        end = entity.first(name)
        if not end:
            cause, fix = Message.of("evidence.entities.no_end", id=entity.id, field=name), None
        elif end not in ids:
            cause, fix = Message.of("evidence.entities.loose_end", id=end, field=name), meant(end, ids, None)
        else:
            continue
        problem = report((name,), cause, fix or Message.of("evidence.entities.loose_end.mend"), False)
        yield replace(problem, severity="warning")
