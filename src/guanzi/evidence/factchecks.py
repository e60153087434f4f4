"""What must hold for facts beyond their format: units, periods, sources, days, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guanzi.core import UNITS, InvalidInput, Message, Period, Problem, UnitKind, nearest
from guanzi.evidence.factfiles import FactFile, FactRow, SourceRow
from guanzi.evidence.facts import Fact, FactValue
from guanzi.evidence.formats import FactEntry, IntervalEntry
from guanzi.evidence.sources import Source
from guanzi.evidence.vocabulary import UNITS_BY_NAME, looks_ahead

#: A ratio beyond this looks like a percentage that was not converted (2 = 200 %).
_LARGE_RATIO = 2.0


@dataclass(frozen=True, slots=True)
class DefinedSources:
    """The ids that can be cited: all that are defined, valid or not; any id when a file could not be read.

    A mistake in a source is reported once, where it stands, and not again at every citation.
    """

    ids: frozenset[str]
    complete: bool

    @classmethod
    def of(cls, files: Sequence[FactFile]) -> DefinedSources:
        """The sources that some files define."""
        valid = {row.source.id for file in files for row in file.sources}
        invalid = {id for file in files for id in file.invalid_source_ids}
        return cls(frozenset(valid | invalid), all(file.readable for file in files))

    def __contains__(self, id: str) -> bool:
        return id in self.ids or not self.complete

    def unknown(self, id: str) -> tuple[Message, Message]:
        """Cause and mend of a citation of an id that is not defined."""
        near = nearest(id, self.ids)
        mend = (
            Message.of("evidence.format.did_you_mean", proposal=near)
            if near
            else Message.of("evidence.fact.unknown_source.mend", source=id)
        )
        return Message.of("evidence.fact.unknown_source", source=id), mend


def collect_sources(files: Iterable[FactFile]) -> tuple[dict[str, Source], list[Problem]]:
    """All sources by id; an id must be defined once."""
    rows: dict[str, SourceRow] = {}
    problems: list[Problem] = []
    for row in (row for file in files for row in file.sources):
        id = row.source.id
        if id in rows:
            first = rows[id].place
            cause = Message.of("evidence.source.duplicate", id=id, place=str(first))
            problems.append(row.report((id,), cause, Message.of("evidence.source.duplicate.mend"), True))
        else:
            rows[id] = row
    return {id: row.source for id, row in rows.items()}, problems


def collect_facts(
    files: Iterable[FactFile], sources: Mapping[str, Source], defined: DefinedSources
) -> tuple[tuple[Fact, ...], list[Problem]]:
    """All facts of the files, in the order of their ids, and everything that is wrong with them."""
    rows: dict[str, FactRow] = {}
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    for row in (row for file in files for row in file.facts):
        id = row.entry.id
        if id in rows:
            cause = Message.of("evidence.fact.duplicate", id=id, place=str(rows[id].place))
            problems.append(row.report(("id",), cause, Message.of("evidence.fact.duplicate.mend"), False))
            continue
        rows[id] = row
        problems.extend(_source_problems(row, sources, defined))
        problems.extend(_value_problems(row))
        try:
            period = Period.parse(row.entry.period)
        except InvalidInput as error:
            problems.extend(row.report(("period",), p.cause, p.mend, False) for p in error.problems)
            continue
        problems.extend(_day_problems(row, period))
        facts[id] = _fact(row, period)
    problems.extend(_correction_problems(rows, facts))
    return tuple(facts[id] for id in sorted(facts)), problems


def _fact(row: FactRow, period: Period) -> Fact:
    entry = row.entry
    return Fact(
        id=entry.id,
        subject=entry.subject,
        name=entry.name,
        value=_value(entry),
        unit=entry.unit,
        period=period,
        known_on=entry.known_on,
        known_to=entry.known_to,
        source=entry.source,
        confidence=entry.confidence,
        note=entry.note,
        held_because=entry.held_because,
        supersedes=entry.supersedes,
        place=row.place,
    )


def _value(entry: FactEntry) -> FactValue:
    value = entry.value
    if isinstance(value, IntervalEntry):
        return (value.low, value.high)
    # 5 and 5.0 are one content, so numbers are always floats
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _warning(problem: Problem) -> Problem:
    return replace(problem, severity="warning")


def _source_problems(row: FactRow, sources: Mapping[str, Source], defined: DefinedSources) -> Iterator[Problem]:
    entry = row.entry
    source = sources.get(entry.source)
    if source is None:
        if entry.source not in defined:
            yield row.report(("source",), *defined.unknown(entry.source), False)
    elif source.date is not None and source.date > entry.known_on and not entry.held_because.strip():
        cause = Message.of(
            "evidence.fact.source_is_later",
            source=source.id,
            published=source.date.isoformat(),
            known_on=entry.known_on.isoformat(),
        )
        mend = Message.of("evidence.fact.source_is_later.mend", published=source.date.isoformat())
        yield row.report(("known_on",), cause, mend, False)


def _value_problems(row: FactRow) -> Iterator[Problem]:
    entry = row.entry
    kind = UNITS[entry.unit]
    value = entry.value
    allowed = UNITS_BY_NAME.get(entry.name)
    if allowed is None:
        near = nearest(entry.name, UNITS_BY_NAME)
        mend = Message.of("evidence.format.did_you_mean", proposal=near) if near else None
        yield _warning(row.report(("name",), Message.of("evidence.fact.unknown_name", name=entry.name), mend, False))
    elif entry.unit not in allowed:
        cause = Message.of("evidence.fact.unit_of_name", name=entry.name, unit=entry.unit)
        yield row.report(("unit",), cause, Message.of("evidence.format.choices", choices=allowed), False)
    fits = {
        UnitKind.FLAG: isinstance(value, bool),
        UnitKind.TEXT: isinstance(value, str) and bool(value.strip()),
    }.get(kind, isinstance(value, int | float | IntervalEntry) and not isinstance(value, bool))
    if not fits:
        is_percent = kind is UnitKind.RATIO and isinstance(value, str) and value.strip().endswith("%")
        mend = Message.of("evidence.format.percent.mend" if is_percent else f"evidence.fact.value_of.{kind}")
        shown = "…" if isinstance(value, IntervalEntry) else value
        cause = Message.of("evidence.fact.value_of", value=shown, unit=entry.unit)
        yield row.report(("value",), cause, mend, False)
        return
    if isinstance(value, IntervalEntry) and value.low > value.high:
        cause = Message.of("evidence.fact.interval_order", low=value.low, high=value.high)
        yield row.report(("value",), cause, None, False)
    if kind is UnitKind.RATIO and max(abs(v) for v in _bounds(value)) > _LARGE_RATIO:
        cause = Message.of("evidence.fact.large_ratio", value=_bounds(value)[-1])
        yield _warning(row.report(("value",), cause, Message.of("evidence.format.percent.mend"), False))


def _bounds(value: bool | float | str | IntervalEntry) -> tuple[float, ...]:
    return (value.low, value.high) if isinstance(value, IntervalEntry) else (float(value),)


def _day_problems(row: FactRow, period: Period) -> Iterator[Problem]:
    entry = row.entry
    if entry.known_on < period.end and not looks_ahead(entry.name) and UNITS[entry.unit] is not UnitKind.TEXT:
        cause = Message.of(
            "evidence.fact.known_before_end", known_on=entry.known_on.isoformat(), end=period.end.isoformat()
        )
        yield _warning(row.report(("known_on",), cause, Message.of("evidence.fact.known_before_end.mend"), False))


def _correction_problems(rows: Mapping[str, FactRow], facts: Mapping[str, Fact]) -> Iterator[Problem]:
    for fact in facts.values():
        if fact.supersedes is None:
            continue
        report = rows[fact.id].report
        old = facts.get(fact.supersedes)
        if old is None:
            if fact.supersedes not in rows:
                near = nearest(fact.supersedes, rows)
                mend = Message.of("evidence.format.did_you_mean", proposal=near) if near else None
                cause = Message.of("evidence.fact.supersedes_unknown", id=fact.supersedes)
                yield report(("supersedes",), cause, mend, False)
        elif (old.subject, old.name, old.period) != (fact.subject, fact.name, fact.period):
            yield report(("supersedes",), Message.of("evidence.fact.supersedes_other", id=old.id), None, False)
        elif old.known_on > fact.known_on or old.id == fact.id:
            cause = Message.of("evidence.fact.supersedes_later", id=old.id, known_on=old.known_on.isoformat())
            yield report(("supersedes",), cause, None, False)
