"""All routes of a market side by side, from an export or from the facts of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.intake.inputs import Records
from guanzi.record.evidence import OWN_SUBJECTS, View, series
from guanzi.study.technology.substitution import Substitution, substitution


@dataclass(frozen=True, slots=True)
class RouteSeries:
    """A route: its name, yearly shares, and yearly units where they are known."""

    name: str
    shares: Mapping[int, float]
    units: Mapping[int, float]

    @property
    def fitted(self) -> Substitution | None:
        """The curve of its shares; None with fewer than four years."""
        return substitution(self.shares)


def routes_in(records: Records) -> tuple[RouteSeries, ...]:
    """Routes of an export, in the order in which they appear; shares from units where no shares are given.

    Raises:
        InvalidInput: A year or number cannot be read, a route has a year twice, or shares add up to more than one.
    """
    problems: list[Problem] = []
    shares: dict[str, dict[int, float]] = {}
    units: dict[str, dict[int, float]] = {}
    for row in records.rows:
        route, day = row.get("route"), records.day(row, "year", problems)
        if not route or day is None:
            continue
        for column, held in (("share", shares), ("units", units)):
            value = records.number(row, column, problems)
            mine = held.setdefault(route, {})
            if value is None:
                continue
            if day.year in mine:
                cause = Message.of("diligence.routes.twice", route=route, year=str(day.year))
                problems.append(records.problem(row, "year", cause, Message.of("diligence.routes.twice.mend")))
            elif value < 0 or (column == "share" and value > 1):
                cause = Message.of("diligence.routes.range", column=column, value=value)
                problems.append(records.problem(row, column, cause, Message.of("diligence.routes.range.mend")))
            else:
                mine[day.year] = value
    if problems:
        raise InvalidInput(problems)
    for year in sorted({y for mine in shares.values() for y in mine}):
        total = sum(mine.get(year, 0.0) for mine in shares.values())
        if total > 1.01:
            cause = Message.of("diligence.routes.total", year=str(year), total=total)
            raise InvalidInput(
                records.problem(records.rows[0], "share", cause, Message.of("diligence.routes.range.mend"))
            )
    totals = {y: sum(mine.get(y, 0.0) for mine in units.values()) for mine in units.values() for y in mine}
    return tuple(
        RouteSeries(
            route,
            shares[route] or {y: n / totals[y] for y, n in units[route].items() if totals[y] > 0},
            units[route],
        )
        for route in shares
    )


def routes_of_case(view: View) -> tuple[RouteSeries, ...]:
    """Routes of which the view holds shares, in the order of their names."""
    subjects = sorted({f.subject for f in view.facts if f.name == "route_share"} - OWN_SUBJECTS)
    return tuple(
        RouteSeries(s, {r.period.start.year: r.value for r in series(view, "route_share", s, "year")}, {})
        for s in subjects
    )
