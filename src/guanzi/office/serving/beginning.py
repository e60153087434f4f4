"""Beginning a real office: an organisation and its administrator, who invites everybody else."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Place, Problem, is_slug
from guanzi.office.faults import telling
from guanzi.office.keeping.log import LogRecord, Subject, enter_action, take_turn
from guanzi.office.models import ActionRun, Organisation, Person, RoleHeld
from guanzi.office.roles import Role


@telling()
def begin_organisation(slug: str, name: str, administrator: str) -> str:
    """Make an organisation with one administrator, and enter it in the log.

    Args:
        slug: Id of the organisation.
        name: Its name.
        administrator: User name.

    Returns:
        The administrator's password for one time.

    Raises:
        InvalidInput: Slug or user name is taken, or none.
    """
    problems = [
        Problem(Message.of("office.refused.slug", text=text), Place(place))
        for text, place in ((slug, "ORGANISATION"), (administrator, "--admin"))
        if not is_slug(text)
    ]
    if Organisation.objects.filter(slug=slug).exists():
        problems.append(Problem(Message.of("office.refused.organisation_taken", name=slug), Place("ORGANISATION")))
    if Person.objects.filter(username=administrator).exists():
        problems.append(Problem(Message.of("office.refused.username_taken", name=administrator), Place("--admin")))
    if problems:
        raise InvalidInput(problems)
    password = secrets.token_urlsafe(16)
    with transaction.atomic():
        log = take_turn()
        made = Organisation.objects.create(slug=slug, name=name)
        person = Person(username=administrator, name=administrator, organisation=made, must_change=True)
        person.set_password(password)
        person.save()
        RoleHeld.objects.create(person=person, role=Role.ADMINISTRATOR)
        entry = enter_action(log, "organisation.begin", administrator, Subject(slug), LogRecord())
        ActionRun.objects.create(
            person=person,
            key="organisation.begin",
            action="organisation.begin",
            asked="",
            answer={},
            entry=entry,
            organisation=made,
            at=timezone.now(),
        )
    return password
