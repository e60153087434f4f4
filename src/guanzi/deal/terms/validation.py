"""What can only be checked when the whole sheet has been read: names used twice, circles, dates against the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.conditions import TierInForce
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Unknown
from guanzi.deal.terms.instruments import kinds
from guanzi.deal.terms.instruments.convertible_note import ConvertibleNote
from guanzi.deal.terms.instruments.earn_out import EarnOut
from guanzi.deal.terms.instruments.equity import Equity
from guanzi.deal.terms.instruments.kind import SECTIONS
from guanzi.deal.terms.instruments.loan import Loan
from guanzi.deal.terms.parts import Event, Promise
from guanzi.deal.terms.sheet import TermSheet
from guanzi.deal.terms.typing import walk
from guanzi.deal.terms.unknowns import unknowns

MOST_EVENTS = 128
"""Events and promises that can have a random stream: :mod:`guanzi.deal.program.events`."""
MOST_DRAWN = 1000
"""Values that can be drawn, with room for the chances of clawbacks: :mod:`guanzi.deal.program.values`."""


def check_sheet(root: Cursor, sheet: TermSheet) -> None:
    """Note the problems between the clauses of a sheet."""
    _check_parties(root, sheet)
    _check_ids(root)
    _check_tiers(root, sheet)
    _check_horizon(root, sheet)
    _check_security(root, sheet)
    _check_unknowns(root, sheet)
    _check_obligors(root, sheet)
    _check_room(root, sheet)


def _check_parties(root: Cursor, sheet: TermSheet) -> None:
    if not (any(True for _ in sheet.items()) or sheet.promises):
        return
    roles = [party.role for party in sheet.parties]
    if roles.count("issuer") != 1:
        cause = Message.of("terms.sheet.issuers", number=roles.count("issuer"))
        root.at("parties").report(cause, Message.of("terms.mend.issuer"))
    if "public" not in roles:
        root.at("parties").report(Message.of("terms.sheet.no_public"), Message.of("terms.mend.public"))


def _check_ids(root: Cursor) -> None:
    """No two instruments, instalments, incentives, promises or events have the same id; nor have two tiers."""
    named: list[_Named] = []
    for section in ("instruments", "incentives", "promises", "events"):
        cursor = root.at(section)
        for key in cursor.value if isinstance(cursor.value, dict) else ():
            named.append(_Named(key, cursor.at(key), at_key=True))
            named += _identified(cursor.at(key).at("tranches"))
    _check_unique(named)
    tiers = root.at("tiers")
    if tiers.value is not None and not isinstance(tiers.value, list):
        tiers.items()
    _check_unique(_identified(tiers))


@dataclass(frozen=True, slots=True)
class _Named:
    """Where an id is given: as a key, or as the value of the key ``id``."""

    id: str
    cursor: Cursor
    at_key: bool

    @property
    def place(self) -> Place:
        document, path = self.cursor.document, self.cursor.path
        return document.key_place(path) if self.at_key else document.place(path)


def _identified(cursor: Cursor) -> list[_Named]:
    """Items of a list that have an id."""
    items = [cursor.at(n) for n in range(len(cursor.value))] if isinstance(cursor.value, list) else []
    return [_Named(str(item.at("id").value), item.at("id"), at_key=False) for item in items if item.has("id")]


def _check_unique(named: list[_Named]) -> None:
    lines: dict[str, int] = {}
    for one in sorted(named, key=lambda n: n.place):
        if one.id in lines:
            cause = Message.of("terms.sheet.duplicate_id", id=one.id, line=lines[one.id])
            one.cursor.report(cause, Message.of("terms.mend.rename"), at_key=one.at_key)
        lines.setdefault(one.id, one.place.line)


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
    for equity in sheet.of(Equity):
        items = root.at("instruments").at(equity.id).at("tranches").items()
        for item in items:
            due = item.at("due").value
            if isinstance(due, date) and (due.year, due.month, due.day) >= end:
                id = str(item.at("id").value)
                cause = Message.of("terms.sheet.due_after_horizon", id=id, due=due.isoformat(), years=sheet.horizon)
                item.at("due").report(cause, Message.of("terms.mend.horizon_longer"))
    starts = {(kind.section, kind.first_day) for kind in kinds() if kind.first_day}
    for section, key in (*sorted(starts), ("promises", "due")):
        cursor = root.at(section)
        for id in cursor.value if isinstance(cursor.value, dict) else ():
            day = cursor.at(id).at(key).value
            if isinstance(day, date) and (day.year, day.month, day.day) >= end:
                cause = Message.of("terms.sheet.starts_after_horizon", id=id, day=day.isoformat(), years=sheet.horizon)
                cursor.at(id).at(key).report(cause, Message.of("terms.mend.horizon_longer"))


def _check_security(root: Cursor, sheet: TermSheet) -> None:
    """No more is pledged than there is."""
    pledged = 0.0
    debts: tuple[Loan | ConvertibleNote, ...] = (*sheet.of(Loan), *sheet.of(ConvertibleNote))
    for loan in debts:
        pledged += loan.security if not isinstance(loan.security, Unknown) else loan.security.low or 0.0
        if pledged > 1 + 1e-9:
            cause = Message.of("terms.sheet.pledged_twice", total=pledged)
            at = root.at("instruments").at(loan.id).at("security")
            at.report(cause, Message.of("terms.mend.pledged"))
            return


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
    for section in SECTIONS:
        for _, item in sheet.items(section):
            payer = (item.payer,) if isinstance(item, EarnOut) and parties[item.payer].role == "holder" else ()
            for name in (*(getattr(item, "obligors", None) or ()), *payer):
                if parties[name].role != "issuer" and "total" not in parties[name].limits:
                    cause = Message.of("terms.sheet.obligor_without_limit", name=parties[name].name)
                    at = root.at(section).at(item.id).at("from" if payer else "obligors")
                    at.report(cause, Message.of("terms.mend.limit"), severity="warning")


def _check_room(root: Cursor, sheet: TermSheet) -> None:
    """Every event, and every value that is drawn, has a stream of random numbers of its own: there are so many."""
    happenings: list[Event | Promise] = [*sheet.events, *sheet.promises]
    if len(happenings) > MOST_EVENTS:
        first = happenings[MOST_EVENTS]
        section = "events" if first in sheet.events else "promises"
        cause = Message.of("terms.sheet.too_many_events", number=len(happenings), most=MOST_EVENTS)
        root.at(section).at(first.id).report(cause, Message.of("terms.mend.fewer_events"), at_key=True)
    drawn = sum(gap.simulated for gap in unknowns(sheet))
    if drawn > MOST_DRAWN:
        cause = Message.of("terms.sheet.too_many_unknown", number=drawn, most=MOST_DRAWN)
        root.report(cause, Message.of("terms.mend.fewer_unknown"))


def _path(root: Cursor, place: Place) -> tuple[str | int, ...]:
    """The path of a value by its place; of a value that is missing, where it would stand."""
    found = next((path for path, where in root.document.places.items() if where.field == place.field), None)
    return found or tuple(int(step) if step.isdigit() else step for step in place.field.split(".") if step)
