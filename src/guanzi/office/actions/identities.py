"""From a proven identity to an account: the one that it opens or connects, or a new one with the roles of its groups.

An account is never found by a name or a mail address: only by the identity that opened or connected it before. Roles
that groups no longer give go at once; those that decide or release money wait for a second person, as if the person had
asked for them. Two accounts whose identities are of one human being count as one from then on.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Place, Problem, hidden_in_name
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action
from guanzi.office.auditlog.transactions import take
from guanzi.office.deciding.interests import enter_recusals, gathering, recuse_accounts
from guanzi.office.models import ActionRun, Identity, Interest, OfficeCase, Organisation, Person, PersonChange, RoleHeld
from guanzi.office.people.foureyes import ask_change, end_change
from guanzi.office.people.naming import LONGEST, SHORTEST, USERNAME, full_username
from guanzi.office.people.openid import ProvenIdentity
from guanzi.office.roles import GRAVE, Role
from guanzi.record.ledger import Log

MOST_NAME = 200


class RemoveIdentity(ActionInput):
    """The number of an identity of one's own."""

    id: int


class RemovedIdentity(TypedDict):
    """An identity that opens the account no more."""

    id: int


@action("identity.remove", PermissionPolicy())
def remove(context: ActionContext, asked: RemoveIdentity) -> RemovedIdentity:
    """Let an identity no longer open one's account, which a password opens as well; whose accounts are one stays."""
    row = Identity.objects.filter(pk=asked.id, person=context.person).first()
    if row is None or not context.person.has_usable_password():
        raise InvalidInput(Problem(Message.of("office.refused.no_identity"), Place("id")))
    row.delete()
    context.record.data["identity"] = asked.id
    return {"id": asked.id}


def account_of(identity: ProvenIdentity, connects: int | None) -> Person:
    """The account that an identity opens, with what its groups say of it.

    Args:
        identity: As its provider proved it.
        connects: Number of the person who connects his account with it; None: somebody enters.

    Raises:
        InvalidInput: It opens none, or one that is shut.
    """
    held = _held(identity)
    if held is None or connects is not None or _differs(held, identity):
        take("identity.enter", lambda log: _enter(log, identity, connects))
        held = _held(identity)
    if held is None or not held.person.is_active:
        raise _refused("shut_out")
    return held.person if connects is None else Person.objects.get(pk=connects)


def _held(identity: ProvenIdentity) -> Identity | None:
    found = Identity.objects.filter(issuer=identity.provider.issuer, subject=identity.subject)
    return found.select_related("person__organisation").first()


def _differs(held: Identity, identity: ProvenIdentity) -> bool:
    """Whether something of an account is no longer as its identity says."""
    return held.mark != identity.mark or (held.person.is_active and _roles_differ(held.person, identity))


def _given(person: Person, identity: ProvenIdentity) -> frozenset[Role]:
    """The roles that somebody has at once: those of his groups, but for grave ones that he does not have yet."""
    wanted = identity.provider.roles_of(identity.groups)
    return (wanted & person.roles()) | (wanted - GRAVE)


def _roles_differ(person: Person, identity: ProvenIdentity) -> bool:
    wanted, given = identity.provider.roles_of(identity.groups), _given(person, identity)
    if not identity.provider.roles:
        return False
    asked = PersonChange.objects.filter(person=person, asked_by=person, kind="roles", state="asked")
    waiting = [sorted(roles) for roles in asked.values_list("roles", flat=True)]
    return person.roles() != given or waiting != ([] if wanted == given else [sorted(wanted)])


def _enter(log: Log, identity: ProvenIdentity, connects: int | None) -> None:
    """Bring an account to what its identity says, with an entry of its own."""
    at, record, held = timezone.now(), LogRecord(), _held(identity)
    known = Person.objects.select_related("organisation")
    what, person = "identity.enter", None if held is None else held.person
    with gathering() as recused:
        if connects is not None:
            what, own = "identity.connect", known.get(pk=connects)
            if own.organisation is None or own.organisation.slug != identity.provider.organisation:
                raise _refused("other_house")
            if person is not None and person.pk != own.pk:
                _join(person, own, record)
            person = own
        elif person is None:
            person = _new(identity)
        if held is None:
            held = _kept(identity, person, at)
        elif held.mark != identity.mark:
            held.mark = identity.mark
            held.save(update_fields=["mark"])
        for other in Identity.objects.filter(mark=identity.mark).exclude(person=person).select_related("person"):
            _join(other.person, person, record)
        if person.is_active and _roles_differ(person, identity):
            _give_roles(person, identity, at, record)
    enter_recusals(record, recused)
    record.who["provider"] = identity.provider.id
    record.data |= {"identity": held.pk, "roles": sorted(identity.provider.roles_of(identity.groups))}
    organisation = person.employer
    run = ActionRun(
        person=person,
        key=f"identity-{secrets.token_urlsafe(16)}",
        action=what,
        asked="",
        answer={},
        organisation=organisation,
        at=at,
    )
    enter_action(log, what, person.username, Subject(organisation.slug), record, run)


def _new(identity: ProvenIdentity) -> Person:
    """A new account, whose roles its groups give.

    Raises:
        InvalidInput: They give none, or an account of this name is there already: who has it connects it himself.
    """
    organisation = Organisation.objects.filter(slug=identity.provider.organisation).first()
    if organisation is None or not identity.provider.roles_of(identity.groups):
        raise _refused("no_roles")
    name = identity.username.strip().lower()
    name = re.sub(r"[^a-z0-9]+", "-", name.partition("@")[0]).strip("-")[:LONGEST]
    if not (len(name) >= SHORTEST and re.fullmatch(USERNAME, name)):
        raise _refused("no_name")
    username = full_username(organisation, name)
    if Person.objects.filter(username=username).exists():
        raise _refused("name_taken")
    said = identity.name.strip()[:MOST_NAME]
    shown = said if said and not hidden_in_name(said) else name
    person = Person(username=username, name=shown, organisation=organisation)
    person.set_unusable_password()
    person.save()
    return person


def _kept(identity: ProvenIdentity, person: Person, at: datetime) -> Identity:
    return Identity.objects.create(
        person=person, issuer=identity.provider.issuer, subject=identity.subject, mark=identity.mark, made_at=at
    )


def _give_roles(person: Person, identity: ProvenIdentity, at: datetime, record: LogRecord) -> None:
    """Give and take the roles of the groups; those that are grave are asked for."""
    wanted, now, given = identity.provider.roles_of(identity.groups), person.roles(), _given(person, identity)
    RoleHeld.objects.filter(person=person, role__in=now - given).delete()
    RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in sorted(given - now))
    for change in PersonChange.objects.filter(person=person, kind="roles", state="asked"):
        if wanted != given or change.asked_by_id == person.pk:
            end_change(change, None, at)
    if wanted != given:
        asked = ask_change(person, person, "roles", at, tuple(sorted(wanted)))
        record.data |= {"change": asked.row.pk, "waits": asked.row.state == "asked"}


def _join(first: Person, second: Person, record: LogRecord) -> None:
    """Let two accounts count as one; in cases in which both have acted, the first goes on, and the second falls."""
    if first.human is not None and first.human == second.human:
        return
    human = first.human or first.pk
    joined = [first, *(Person.objects.filter(human=second.human) if second.human is not None else [second])]
    for one in joined:
        one.human = human
        one.save(update_fields=["human"])
    second.human = human
    ran = ActionRun.objects.filter(case=OuterRef("pk"), person__human=human)
    barred = Interest.objects.filter(case=OuterRef("pk"), person__human=human)
    cases = OfficeCase.objects.filter(organisation=second.organisation).exclude(state="closed")
    for case in cases.filter(Q(Exists(ran)) | Q(Exists(barred))):
        recuse_accounts(case, second)
    record.who |= {"first": first.username, "second": second.username}


def _refused(why: str) -> InvalidInput:
    return InvalidInput(Problem(Message.of(f"office.enter.{why}"), Place("identity")))
