"""All conflicts of a set of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from guanzi.intake.conflicts.comparing import disagreements
from guanzi.intake.conflicts.finding import Conflict
from guanzi.intake.conflicts.identities import Statement, broken_identities, broken_rolls
from guanzi.intake.conflicts.readings import SourceReading, by_cell
from guanzi.intake.conflicts.remarks import warnings_of
from guanzi.intake.conflicts.series import mixed_currencies, odd_years, shell_years, wrong_signs


def find_conflicts(readings: Sequence[SourceReading], *, notes: bool = True) -> tuple[Conflict, ...]:
    """Everything in a set of readings that does not fit together.

    Args:
        readings: What sources say.
        notes: Also take account of the remarks beside the figures; without them, only the figures speak.

    Returns:
        The conflicts in the order of the places where they begin, each once.
    """
    if not notes:
        readings = [_silent(reading) for reading in readings]
    found = [*disagreements(by_cell(readings)), *wrong_signs(readings), *mixed_currencies(readings)]
    found += _within(readings)
    if notes:
        found += warnings_of(readings)
    seen: dict[tuple[str, str, tuple[str, ...]], Conflict] = {}
    for conflict in found:
        places = tuple(f"{reading.place}" for reading in conflict.readings)
        seen.setdefault((conflict.kind, conflict.cause.id, places), conflict)
    return tuple(sorted(seen.values(), key=lambda c: (c.readings[0].place, c.basis, c.kind)))


def _within(readings: Iterable[SourceReading]) -> Iterator[Conflict]:
    """What the readings of one company contradict among themselves."""
    companies: dict[str, list[SourceReading]] = {}
    for reading in readings:
        companies.setdefault(reading.company, []).append(reading)
    for company, own in companies.items():
        statements = _statements(own)
        for period, statement in statements.items():
            yield from broken_identities(company, period, statement)
        years = sorted((period for period in statements if period.isdecimal()), key=int)
        for before, now in pairwise(years):
            if int(now) - int(before) == 1:
                yield from broken_rolls(company, before, now, statements[before], statements[now])
        series: dict[str, dict[int, SourceReading]] = {}
        for reading in own:
            if reading.period.isdecimal():
                name = reading.item.base if not reading.item.variety else f"{reading.item.base}:{reading.item.status}"
                series.setdefault(name, {}).setdefault(reading.year, reading)
        for name, values in series.items():
            yield from odd_years(company, name.partition(":")[0], values)
        yield from shell_years(company, series)


def _statements(readings: Iterable[SourceReading]) -> dict[str, Statement]:
    """Readings by period and item; those under a definition of their own are left out where a plain one exists."""
    found: dict[str, dict[str, list[SourceReading]]] = {}
    for reading in readings:
        found.setdefault(reading.period, {}).setdefault(reading.item.base, []).append(reading)
    return {
        period: {item: [r for r in group if not r.item.status] or group for item, group in statement.items()}
        for period, statement in found.items()
    }


def _silent(reading: SourceReading) -> SourceReading:
    return replace(reading, note="")
