"""What figures come with Guanzi, by subject: cities and markets, cases with what came of them, provinces of panels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from guanzi.base.core import Bilingual, InvalidInput, Message, Period, Place, Problem, meant
from guanzi.record.evidence import (
    Case,
    City,
    Fact,
    OnRecord,
    Source,
    Track,
    builtin_cases,
    city_names,
    load_city,
    load_track,
    open_case,
    read_outcome,
    track_names,
)

_PANELS: dict[str, tuple[str, float]] = {
    "cn-employment": ("people", 1.0),
    "cn-output": ("CNY m", 0.01),
    "cn-value-added": ("CNY m", 0.01),
    "cn-exports": ("CNY m", 0.01),
    "cn-firms": ("count", 1.0),
}
"""Panels of provinces with the unit of their figures here, and how many of it one of theirs is."""


def on_record(text: str, as_of: date | None) -> OnRecord:
    """The figures of a city, a market, a province or a case, by any of its names, as known by a day (None: all).

    Raises:
        InvalidInput: Nothing of that name comes with Guanzi.
    """
    found = _case(text) if text in builtin_cases() or Path(text).is_dir() else _named(text, as_of)
    facts = [fact for fact in found.facts if as_of is None or fact.known_on <= as_of]
    used = {fact.source for fact in facts}
    sources = tuple(source for source in found.sources if as_of is None or source.id in used)
    ordered = sorted(facts, key=lambda fact: (fact.subject, fact.name, fact.period, fact.known_on))
    return OnRecord(found.id, found.name, tuple(ordered), sources, found.decided)


def _named(text: str, as_of: date | None) -> OnRecord:
    wanted = text.casefold().removesuffix("市").removesuffix("省")
    subjects = tuple(_subjects())
    found = next((one for keys, one in subjects if wanted in keys), None)
    if found is not None:
        name = Bilingual(found.name, found.name_zh) if isinstance(found, City) else found.name
        return OnRecord(found.id, name, found.facts, found.sources)
    provinces = dict(_provinces())
    if wanted in provinces:
        return _province(provinces[wanted], as_of)
    names = tuple(sorted(one.id for _, one in subjects))
    cause, fix = Message.of("desk.figures.none", name=text), Message.of("desk.figures.mend", names=names)
    every = {key for keys, _ in subjects for key in keys} | set(provinces) | set(builtin_cases())
    raise InvalidInput(Problem(cause, Place("CITY|TRACK|CASE"), meant(text, every, fix), excerpt=text))


def _subjects() -> Iterator[tuple[frozenset[str], City | Track]]:
    """Cities and markets with all names that each is found by."""
    for city in map(load_city, city_names()):
        yield city.keys, city
    for track in map(load_track, track_names()):
        yield track.keys, track


def _case(name: str) -> OnRecord:
    """A case with the facts of its day and those of its outcome."""
    case: Case = open_case(name)
    outcome = read_outcome(case.folder)
    sources = {source.id: source for source in (*case.sources, *outcome.sources.values())}
    facts = (*case.facts, *outcome.facts)
    return OnRecord(case.id, case.title, facts, tuple(sources.values()), case.decision_date)


def _provinces() -> Iterator[tuple[str, str]]:
    """Names of provinces, and their code."""
    from guanzi.intake.industries import names_of  # loads late: panels need a large library

    for code, named in names_of("province").items():
        yield named.name.casefold(), code
        yield named.name.zh, code


def _province(code: str, as_of: date | None) -> OnRecord:
    """The newest year of every panel of provinces that was out by a day."""
    from guanzi.intake.industries import names_of, shipped_records, shipped_rows

    facts: list[Fact] = []
    sources = []
    for panel, (unit, scale) in _PANELS.items():
        record, rows = shipped_records()[panel], shipped_rows(panel)
        named = names_of(record.industries)
        here = rows.region.astype(str) == code
        years = [y for y in sorted(set(rows.year[here].tolist())) if as_of is None or record.out_on(y) <= as_of]
        if not years:
            continue
        year, known_on = years[-1], record.out_on(years[-1])
        sources.append(Source(panel, record.publisher, record.table, None, None, False, "A", record.basis))
        for k in (here & (rows.year == year)).nonzero()[0].tolist():
            doubtful = rows.flag[k] in record.doubtful
            facts.append(
                Fact(
                    id=f"{panel.removeprefix('cn-')}-{rows.industry[k]}-{year}",
                    subject=named[rows.industry[k]].name,
                    name=record.measure,
                    value=float(rows.value[k]) * scale,
                    unit=unit,
                    period=Period.parse(str(year)),
                    known_on=known_on,
                    known_to="public",
                    source=panel,
                    confidence=_CONFIDENCE[doubtful],
                    note=record.hindsight,
                    held_because="",
                    supersedes=None,
                    place=Place(panel),
                )
            )
    return OnRecord(code, names_of("province")[code].name, tuple(facts), tuple(sources))


_CONFIDENCE: dict[bool, Literal["low", "high"]] = {True: "low", False: "high"}
