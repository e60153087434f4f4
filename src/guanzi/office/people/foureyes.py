"""The second of two people where an administrator changes roles, or what somebody enters with.

Nobody makes a chair, or enters as one, alone: the administrator asks, and a chair, an auditor or another administrator
confirms; the person himself may refuse. Of a password for one time each is told one half. Nobody is ever his own second
person: where nobody else could confirm, a new organisation without a case goes on at once, and in any other whoever
runs the office confirms on the machine itself (``guanzi office confirm``), in the log and in sight of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django_otp import devices_for_user

from guanzi.base.core import Bilingual, InvalidInput, Message, Parameter, Place, Problem
from guanzi.office.models import OfficeCase, Organisation, Person, PersonChange, RoleHeld
from guanzi.office.people.credentials import OneTimePassword
from guanzi.office.people.humans import is_same_human, other_accounts
from guanzi.office.people.opensessions import end_all_sessions, end_other_ways
from guanzi.office.roles import CONFIRMERS

HOLDS = timedelta(days=14)
"""How long a change can be confirmed, and how long it is told afterwards."""
type ChangeNotice = tuple[Message, str, date | None, str]
"""In words, slug of no case, by when, address."""


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change that was asked for.

    Attributes:
        row: The change.
        first: First half of a password for one time; empty: it needs none.
        second: The other half, where the change was made at once; empty: whoever confirms is told.
    """

    row: PersonChange
    first: str
    second: str


def ask_change(
    by: Person, person: Person, kind: str, at: datetime, roles: tuple[str, ...] = (), new: OneTimePassword | None = None
) -> AskedChange:
    """Ask for a change, within an action; where the organisation is new and nobody else there, it is made at once.

    Args:
        by: Who asks.
        person: Whom it is of.
        kind: See :class:`~guanzi.office.models.PersonChange`.
        at: Now.
        roles: From then on; of ``roles``.
        new: The password for one time; of ``invite`` and ``password``.

    Raises:
        InvalidInput: The same was asked for and waits.
    """
    for old in PersonChange.objects.filter(organisation=person.organisation_id, state="asked", asked_at__lt=at - HOLDS):
        end_change(old, None, at)
    if PersonChange.objects.filter(person=person, kind=kind, state="asked").exists():
        raise InvalidInput(Problem(Message.of("office.refused.change_waits", name=person.username), Place("username")))
    first = "" if new is None else new.first
    row = PersonChange.objects.create(
        organisation=by.employer,
        person=person,
        kind=kind,
        roles=list(roles),
        hash="" if new is None else new.hash,
        half="" if new is None else new.second,
        asked_by=by,
        asked_at=at,
    )
    if OfficeCase.objects.filter(organisation=by.employer).exists() or others(row).exists():
        return AskedChange(row, first, "")
    return AskedChange(row, first, make_change(row, by, at))


def others(change: PersonChange, only_active: bool = False) -> QuerySet[Person]:
    """Who could confirm a change beside whoever asked for it; ``only_active``: without those who were shut out.

    Whoever shuts out everybody else has not become the only one.
    """
    found = Person.objects.filter(organisation=change.organisation, held__role__in=CONFIRMERS, must_change=False)
    one_of = (change.asked_by, change.person)
    own = {one.pk for person in one_of for one in (person, *other_accounts(person))}
    found = found.exclude(pk__in=own).distinct()
    return found.filter(is_active=True) if only_active else found


def may_confirm(person: Person, change: PersonChange) -> bool:
    """Whether somebody can confirm a change: never whom it is of, and never who asked for it, by whatever account."""
    is_one_of = any(is_same_human(person, one) for one in (change.person, change.asked_by))
    return not is_one_of and bool(CONFIRMERS & person.roles())


def waiting(organisation: Organisation, at: datetime) -> QuerySet[PersonChange]:
    """Changes of an organisation that wait and can still be confirmed; others end when the next change is asked for."""
    some = PersonChange.objects.filter(organisation=organisation, state="asked", asked_at__gte=at - HOLDS)
    return some.select_related("person", "asked_by")


def make_change(change: PersonChange, by: Person | None, at: datetime) -> str:
    """Make a change; ``by`` nobody: whoever runs the office confirmed it.

    Returns:
        Second half of the password for one time; empty: it needs none.
    """
    person, half = change.person, change.half
    if change.kind in ("password", "device") and person.has_usable_password():
        person.identities.all().delete()  # whoever knew the password may have connected one of his own
    if change.kind in ("invite", "password"):
        person.password, person.must_change = change.hash, True
    if change.kind in ("invite", "enter"):
        person.is_active = True
    person.save()
    if change.kind == "roles":
        RoleHeld.objects.filter(person=person).delete()
        RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in change.roles)
    if change.kind == "device":
        for device in devices_for_user(person, confirmed=None):
            device.delete()
        end_all_sessions(person)
    if change.kind in ("password", "device"):
        end_other_ways(person)
    _close(change, "done", by, at)
    return half


def end_change(change: PersonChange, by: Person | None, at: datetime) -> None:
    """Refuse a change; an invited person is nobody then."""
    if change.kind == "invite":
        RoleHeld.objects.filter(person=change.person).delete()
    _close(change, "refused", by, at)


def visible_changes(person: Person, at: datetime) -> Iterator[ChangeNotice]:
    """What somebody is told of changes: those that he can confirm, those of himself, and for a while those made."""
    if person.organisation_id is None:
        return
    of_all = PersonChange.objects.filter(organisation=person.organisation_id, asked_at__gte=at - HOLDS)
    seen = of_all if CONFIRMERS & person.roles() else of_all.filter(person=person)
    for change in seen.select_related("person", "asked_by", "answered_by").order_by("asked_at"):
        own = change.person_id == person.pk
        told: dict[str, Parameter] = {
            "name": _named(change.person),
            "by": _named(change.asked_by),
            "kind": Message.of(f"office.change.{change.kind}"),
        }
        address = "/people/" if CONFIRMERS & person.roles() else "/account/"
        due = (change.asked_at + HOLDS).date()
        if change.state == "asked" and own:
            yield Message.of("office.waiting.change_own", **told), "", due, "/account/"
        elif change.state == "asked" and change.asked_by_id != person.pk:
            yield Message.of("office.waiting.change", **told), "", due, address
        elif change.state == "done" and person.pk not in (change.asked_by_id, change.answered_by_id):
            keeper = Message.of("office.change.keeper")
            told["second"] = keeper if change.answered_by is None else _named(change.answered_by)
            yield Message.of("office.waiting.change_made", **told), "", None, address


def _named(person: Person) -> Bilingual:
    return Bilingual(person.name, person.name_zh)


def _close(change: PersonChange, state: str, by: Person | None, at: datetime) -> None:
    change.state, change.half, change.hash = state, "", ""
    change.answered_by, change.answered_at = by, at
    change.save()
