"""What can only be checked when the whole sheet has been read: names used twice, circles, dates against the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from guanzi.core import Message, Place
from guanzi.terms.conditions import TierInForce
from guanzi.terms.cursor import Cursor
from guanzi.terms.sheet import TermSheet
from guanzi.terms.typing import walk
from guanzi.terms.unknowns import unknowns


def check_sheet(root: Cursor, sheet: TermSheet) -> None:
    """Note the problems between the clauses of a sheet."""
    _check_parties(root, sheet)
    _check_ids(root)
    _check_tiers(root, sheet)
    _check_horizon(root, sheet)
    _check_unknowns(root, sheet)
    _check_obligors(root, sheet)


def _check_parties(root: Cursor, sheet: TermSheet) -> None:
    if not (sheet.equities or sheet.puts or sheet.calls):
        return
    roles = [party.role for party in sheet.parties]
    if roles.count("issuer") != 1:
        cause = Message.of("terms.sheet.issuers", number=roles.count("issuer"))
        root.at("parties").report(cause, Message.of("terms.mend.issuer"))
    if "public" not in roles:
        root.at("parties").report(Message.of("terms.sheet.no_public"), Message.of("terms.mend.public"))


def _check_ids(root: Cursor) -> None:
    """Ids of tranches and of tiers are unique, and an event is not called like a tranche."""
    instruments = root.at("instruments")
    tranches = [
        tranche
        for key in (instruments.value if isinstance(instruments.value, dict) else {})
        if isinstance(list_ := instruments.at(key).at("tranches").value, list)
        for tranche in (instruments.at(key).at("tranches").at(n) for n in range(len(list_)))
    ]
    tiers = root.at("tiers")
    steps = [tiers.at(n) for n in range(len(tiers.value))] if isinstance(tiers.value, list) else []
    if tiers.value is not None and not isinstance(tiers.value, list):
        tiers.items()
    seen = _check_unique(tranches)
    _check_unique(steps)
    events = root.at("events")
    for name in events.value if isinstance(events.value, dict) else ():
        if name in seen:
            cause = Message.of("terms.sheet.event_named_as_tranche", id=name)
            events.at(name).report(cause, Message.of("terms.mend.rename"), at_key=True)


def _check_unique(cursors: list[Cursor]) -> set[str]:
    lines: dict[str, int] = {}
    for cursor in cursors:
        if not cursor.has("id"):
            continue
        id = str(cursor.at("id").value)
        if id in lines:
            cause = Message.of("terms.sheet.duplicate_id", id=id, line=lines[id])
            cursor.at("id").report(cause, Message.of("terms.mend.rename"))
        lines.setdefault(id, cursor.at("id").place.line)
    return set(lines)


def _check_tiers(root: Cursor, sheet: TermSheet) -> None:
    """No tier waits for itself, directly or through others."""
    needs = {
        tier.id: tuple(node.tier for node in walk(tier.when.tree) if isinstance(node, TierInForce))
        for tier in sheet.tiers
    }
    reported: set[str] = set()
    for number, item in enumerate(root.at("tiers").value or () if isinstance(root.at("tiers").value, list) else ()):
        id = str(item.get("id")) if isinstance(item, dict) else ""
        circle = _circle(id, needs)
        if circle and not reported & set(circle):
            reported |= set(circle)
            cause = Message.of("terms.sheet.circular_tiers", chain=" → ".join((*circle, circle[0])))
            root.at("tiers").at(number).at("when").report(cause, Message.of("terms.mend.circle"))


def _circle(start: str, needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The way from a tier back to itself; None when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    visited: set[str] = set()
    while waiting:
        way = waiting.pop()
        for name in needs.get(way[-1], ()):
            if name == start:
                return way
            if name not in visited:
                visited.add(name)
                waiting.append((*way, name))
    return None


def _check_horizon(root: Cursor, sheet: TermSheet) -> None:
    """Nothing falls due after what is simulated."""
    end = (sheet.signed.year + sheet.horizon, sheet.signed.month, sheet.signed.day)
    for equity in sheet.equities:
        items = root.at("instruments").at(equity.id).at("tranches").items()
        for item in items:
            due = item.at("due").value
            if isinstance(due, date) and (due.year, due.month, due.day) >= end:
                id = str(item.at("id").value)
                cause = Message.of("terms.sheet.due_after_horizon", id=id, due=due.isoformat(), years=sheet.horizon)
                item.at("due").report(cause, Message.of("terms.mend.horizon_longer"))


def _check_unknowns(root: Cursor, sheet: TermSheet) -> None:
    """What the simulation needs and has no bracket."""
    for gap in unknowns(sheet):
        if not gap.simulated:
            cause = Message.of("terms.sheet.needs_bracket", what=gap.what)
            problem = root.document.problem(_path(root, gap.place), cause, Message.of("terms.mend.bracket"))
            root.problems.append(replace(problem, severity="warning"))


def _check_obligors(root: Cursor, sheet: TermSheet) -> None:
    """An obligor beside the company is worth what it can pay."""
    parties = {party.id: party for party in sheet.parties}
    for put in sheet.puts:
        for name in put.obligors or ():
            if parties[name].role != "issuer" and "total" not in parties[name].limits:
                cause = Message.of("terms.sheet.obligor_without_limit", name=parties[name].name)
                at = root.at("instruments").at(put.id).at("obligors")
                at.report(cause, Message.of("terms.mend.limit"), severity="warning")


def _path(root: Cursor, place: Place) -> tuple[str | int, ...]:
    """The path of a value by its place."""
    return next((path for path, where in root.document.places.items() if where.field == place.field), ())
