"""What must hold for facts beyond their format: units, periods, sources, days, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guanzi.base.core import LARGEST, UNITS, InvalidInput, Message, Period, Place, Problem, UnitKind, meant
from guanzi.base.reading import is_no_day, no_such_day
from guanzi.record.evidence.expected import known_ahead
from guanzi.record.evidence.factfiles import FactFile, FactRow, SourceRow
from guanzi.record.evidence.facts import Citation, Fact, FactValue
from guanzi.record.evidence.formats import FactEntry, IntervalEntry
from guanzi.record.evidence.sources import Source
from guanzi.record.evidence.unitwords import describe_unit, written_unit
from guanzi.record.evidence.vocabulary import (
    POSITIVE_NAMES,
    REGION_NAMES,
    UNITS_BY_NAME,
    describe_name,
    nearest_name,
    unit_fits,
)

#: Subject of facts that answer questions of compliance packs; the packs say which names there are.
ANSWERS = "compliance"
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
        ids = frozenset(row.id for file in files for row in file.sources)
        return cls(ids, all(file.readable for file in files))

    def __contains__(self, id: str) -> bool:
        return id in self.ids or not self.complete

    def unknown(self, id: str) -> tuple[Message, Message]:
        """Cause and fix of a citation of an id that is not defined."""
        fix = meant(id, self.ids, Message.of("evidence.fact.unknown_source.mend", source=id))
        return Message.of("evidence.fact.unknown_source", source=id), fix


def collect_sources(files: Iterable[FactFile]) -> tuple[dict[str, Source], list[Problem]]:
    """All valid sources by id; an id must be defined once."""
    rows: dict[str, SourceRow] = {}
    problems: list[Problem] = []
    for row in (row for file in files for row in file.sources):
        id = row.id
        if id in rows:
            first = rows[id].place
            cause = Message.of("evidence.source.duplicate", id=id, place=str(first))
            problems.append(row.report((id,), cause, Message.of("evidence.source.duplicate.mend"), True))
        else:
            rows[id] = row
    return {id: row.source for id, row in rows.items() if row.source is not None}, problems


def collect_facts(
    files: Iterable[FactFile], sources: Mapping[str, Source], defined: DefinedSources
) -> tuple[tuple[Fact, ...], list[Problem]]:
    """All facts of the files, in the order of their ids, and everything that is wrong with them.

    A record with a wrong field is no fact, but all its other fields are checked.
    """
    files = list(files)
    known: dict[str, FactRow] = {}
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    reasons = _reasons(files, defined, problems)
    rows = [_confirmed(row, reasons) for file in files for row in file.facts]
    for row in rows:
        id = row.fields.get("id")
        if id in known:
            cause = Message.of("evidence.fact.duplicate", id=id, place=str(known[id].place))
            problems.append(row.report(("id",), cause, Message.of("evidence.fact.duplicate.mend"), False))
        elif id is not None:
            known[id] = row
        problems.extend(source_problems(row, sources, defined))
        problems.extend(_value_problems(row))
        problems.extend(_citation_problems(row))
        period = _period(row, problems)
        if period is None:
            continue
        problems.extend(_day_problems(row, period))
        if row.entry is not None and known[row.entry.id] is row:
            facts[row.entry.id] = _fact(row.entry, row.place, period)
    if defined.complete:  # otherwise a file that could not be read may hold what is corrected
        problems.extend(_correction_problems(rows, known, facts))
    return tuple(facts[id] for id in sorted(facts)), problems


def _reasons(files: Sequence[FactFile], defined: DefinedSources, problems: list[Problem]) -> dict[str, str]:
    """Reason by id of each fact that a reason confirms; a fact that is not there, or confirmed twice, is a problem."""
    ids = {row.fields.get("id") for file in files for row in file.facts}
    reasons: dict[str, str] = {}
    for row in (row for file in files for row in file.confirmed):
        for index, id in enumerate(row.entry.facts):
            if id not in ids and defined.complete:
                cause, fix = Message.of("evidence.confirmed.unknown", id=id), meant(id, (i for i in ids if i), None)
                problems.append(row.report(("facts", index), cause, fix, False))
            elif id in reasons:
                problems.append(
                    row.report(("facts", index), Message.of("evidence.confirmed.twice", id=id), None, False)
                )
            elif row.entry.because.strip():
                reasons[id] = row.entry.because
    return reasons


def _confirmed(row: FactRow, reasons: Mapping[str, str]) -> FactRow:
    """A doubtful fact with the reason that confirms it, if there is one."""
    reason = reasons.get(row.fields.get("id", ""))
    if reason is None or row.fields.get("availability") != "doubtful":
        return row
    settled = {"availability": "confirmed", "held_because": reason}
    entry = None if row.entry is None else row.entry.model_copy(update=settled)
    return replace(row, entry=entry, fields={**row.fields, **settled})


def _period(row: FactRow, problems: list[Problem]) -> Period | None:
    given = row.fields.get("period")
    if given is None:
        return None
    try:
        return Period.parse(given)
    except InvalidInput as error:
        if is_no_day(given):
            problems.append(row.report(("period",), *no_such_day(given), False))
        else:
            problems.extend(row.report(("period",), p.cause, p.fix, False) for p in error.problems)
        return None


def _fact(entry: FactEntry, place: Place, period: Period) -> Fact:
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
        place=place,
        availability=entry.availability,
        citation=_citation(entry),
    )


def _citation(entry: FactEntry) -> Citation | None:
    if entry.document is None or entry.page is None or entry.quote is None:
        return None
    return Citation(entry.document, entry.page, entry.quote)


def _value(entry: FactEntry) -> FactValue:
    value = entry.value
    if isinstance(value, IntervalEntry):
        return (value.low, value.high)
    # 5 and 5.0 are one content, so numbers are always floats
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _warning(problem: Problem) -> Problem:
    return replace(problem, severity="warning")


def source_problems(row: FactRow, sources: Mapping[str, Source], defined: DefinedSources) -> Iterator[Problem]:
    """A source that is not defined, or is younger than the day on which it was held, without a reason."""
    id = row.fields.get("source")
    if id is None:
        return
    source, known_on, reason = sources.get(id), row.fields.get("known_on"), row.fields.get("held_because")
    if id not in defined:
        yield row.report(("source",), *defined.unknown(id), False)
    elif source is None or source.date is None or known_on is None or reason is None:
        return
    elif source.date > known_on and isinstance(reason, str) and not reason.strip():  # both languages are never empty
        cause = Message.of(
            "evidence.fact.source_is_later",
            source=source.id,
            published=source.date.isoformat(),
            known_on=known_on.isoformat(),
        )
        fix = Message.of("evidence.fact.source_is_later.mend", published=source.date.isoformat())
        yield row.report(("known_on",), cause, fix, False)


def _value_problems(row: FactRow) -> Iterator[Problem]:
    name, unit, value = (row.fields.get(field) for field in ("name", "unit", "value"))
    allowed = UNITS_BY_NAME.get(name) if name is not None else None
    if name is not None and allowed is None and row.fields.get("subject") != ANSWERS:
        near = nearest_name(name)
        fix = Message.of("core.near", near=describe_name(near)) if near else None
        yield _warning(row.report(("name",), Message.of("evidence.fact.unknown_name", name=name), fix, False))
    elif name is not None and unit is not None and allowed is not None and not unit_fits(name, unit):
        cause = Message.of("evidence.fact.unit_of_name", name=name, unit=unit)
        written = written_unit(unit, name)
        fits = written is not None and unit_fits(name, written.unit)
        fix = (
            describe_unit(unit, written) if fits and written else Message.of("reading.format.choices", choices=allowed)
        )
        yield row.report(("unit",), cause, fix, False)
    if name in REGION_NAMES and row.fields.get("subject", "company") == "company":
        cause = Message.of("evidence.fact.of_a_region", name=name)
        yield _warning(row.report(("name",), cause, Message.of("evidence.fact.of_a_region.mend"), False))
    if name in POSITIVE_NAMES and isinstance(value, int | float) and value < 0:
        cause = Message.of("evidence.fact.positive", name=name)
        yield _warning(row.report(("value",), cause, Message.of("evidence.fact.positive.mend"), False))
    if unit == "vehicles" and isinstance(value, float) and not value.is_integer():
        cause = Message.of("evidence.fact.whole", name=name)
        yield _warning(row.report(("value",), cause, Message.of("evidence.fact.whole.mend"), False))
    # without a usable unit, the value is at least of the kind that its name asks for
    measure = unit or (allowed[0] if allowed else None)
    if value is None or measure is None:
        return
    kind = UNITS[measure]
    fits = {
        UnitKind.FLAG: isinstance(value, bool),
        UnitKind.TEXT: isinstance(value, str) and bool(value.strip()),
    }.get(kind, isinstance(value, int | float | IntervalEntry) and not isinstance(value, bool))
    if not fits:
        is_percent = kind is UnitKind.RATIO and isinstance(value, str) and value.strip().endswith("%")
        fix = Message.of("reading.format.percent.mend" if is_percent else f"evidence.fact.value_of.{kind}")
        if kind is UnitKind.NUMBER and isinstance(value, str) and _too_large(value):
            fix = Message.of("reading.format.expects.bound")
        shown = "…" if isinstance(value, IntervalEntry) else value
        cause = Message.of("evidence.fact.value_of", value=shown, unit=measure)
        yield row.report(("value",), cause, fix, False)
        return
    if isinstance(value, IntervalEntry) and value.low > value.high:
        cause = Message.of("evidence.fact.interval_order", low=value.low, high=value.high)
        yield row.report(("value",), cause, Message.of("evidence.fact.interval_order.mend"), False)
    if unit is not None and kind is UnitKind.RATIO and max(abs(v) for v in _bounds(value)) > _LARGE_RATIO:
        cause = Message.of("evidence.fact.large_ratio", value=_bounds(value)[-1])
        yield _warning(row.report(("value",), cause, Message.of("reading.format.percent.mend"), False))


def _too_large(text: str) -> bool:
    """Whether words are a number beyond what is read: so many digits are no number to whoever reads the file."""
    try:
        return abs(float(text)) > LARGEST
    except ValueError:
        return False


def _citation_problems(row: FactRow) -> Iterator[Problem]:
    """A citation is a document, a page and a quote, or nothing: two of them prove nothing."""
    given = [field for field in ("document", "page", "quote") if row.fields.get(field) is not None]
    if given and len(given) < 3 and row.entry is not None:
        lacking = tuple(field for field in ("document", "page", "quote") if field not in given)
        cause = Message.of("evidence.fact.half_cited", given=tuple(given))
        yield row.report((given[0],), cause, Message.of("evidence.fact.half_cited.mend", lacking=lacking), False)


def _bounds(value: bool | float | str | IntervalEntry) -> tuple[float, ...]:
    return (value.low, value.high) if isinstance(value, IntervalEntry) else (float(value),)


def _day_problems(row: FactRow, period: Period) -> Iterator[Problem]:
    name, unit, known_on = (row.fields.get(field) for field in ("name", "unit", "known_on"))
    if name is None or known_on is None:
        return
    if known_ahead(name, unit or "", known_on, period):
        cause = Message.of("evidence.fact.known_before_end", known_on=known_on.isoformat(), end=period.end.isoformat())
        yield _warning(row.report(("known_on",), cause, Message.of("evidence.fact.known_before_end.mend"), False))


def _correction_problems(
    rows: Iterable[FactRow], known: Mapping[str, FactRow], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    for row in rows:
        corrected = row.fields.get("supersedes")
        if corrected is None:
            continue
        if corrected not in known:
            fix = meant(corrected, known, Message.of("evidence.fact.supersedes_unknown.mend"))
            cause = Message.of("evidence.fact.supersedes_unknown", id=corrected)
            yield row.report(("supersedes",), cause, fix, False)
            continue
        old, fact = facts.get(corrected), facts.get(row.fields.get("id", ""))
        if old is None or fact is None or fact.place != row.place:
            continue
        if (old.subject, old.name, old.period) != (fact.subject, fact.name, fact.period):
            cause = Message.of("evidence.fact.supersedes_other", id=old.id)
            yield row.report(("supersedes",), cause, Message.of("evidence.fact.supersedes.mend"), False)
        elif old.known_on > fact.known_on or old.id == fact.id:
            cause = Message.of("evidence.fact.supersedes_later", id=old.id, known_on=old.known_on.isoformat())
            yield row.report(("supersedes",), cause, Message.of("evidence.fact.supersedes.mend"), False)


def late_facts(facts: Iterable[Fact], decision_date: date) -> Iterator[Problem]:
    """Warnings of facts that became known after the decision and tell of a time after it."""
    for fact in facts:
        if fact.known_on > decision_date and fact.period.start > decision_date:
            cause = Message.of("evidence.fact.after_decision", id=fact.id, decided=decision_date.isoformat())
            yield Problem(cause, fact.place, Message.of("evidence.fact.after_decision.mend"), "warning")
