"""Beginning a real office: an organisation and its administrator, who invites everybody else."""

from __future__ import annotations

import re
import secrets

from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Place, Problem, hidden_in_name, is_slug
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.cases.plaintext import hides
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import ActionRun, Organisation, Person, RoleHeld
from guanzi.office.people.credentials import hash_password
from guanzi.office.people.naming import LONGEST, SHORTEST, USERNAME, full_username
from guanzi.office.roles import Role


@faults_as_refusals()
def begin_organisation(slug: str, name: str, administrator: str) -> tuple[str, str]:
    """Make an organisation with one administrator, and enter it in the log.

    Args:
        slug: Id of the organisation.
        name: Its name.
        administrator: User name within the organisation.

    Returns:
        The administrator's user name in the office, and his password for one time.

    Raises:
        InvalidInput: The id is taken, it or the user name is none, or the name hides something.
    """
    problems = []
    if not is_slug(slug):
        problems.append(Problem(Message.of("office.refused.slug", text=slug), Place("ORGANISATION")))
    if not (SHORTEST <= len(administrator) <= LONGEST and re.fullmatch(USERNAME, administrator)):
        problems.append(Problem(Message.of("office.refused.username", text=administrator), Place("--admin")))
    if found := hidden_in_name(name):
        problems.append(Problem(hides("--name", found), Place("--name")))
    if Organisation.objects.filter(slug=slug).exists():
        problems.append(Problem(Message.of("office.refused.organisation_taken", name=slug), Place("ORGANISATION")))
    if problems:
        raise InvalidInput(problems)
    password = secrets.token_urlsafe(16)
    hash = hash_password(password)
    with write_transaction() as log:
        made = Organisation.objects.create(slug=slug, name=name)
        username = full_username(made, administrator)
        person = Person(username=username, name=administrator, organisation=made, password=hash, must_change=True)
        person.save()
        RoleHeld.objects.create(person=person, role=Role.ADMINISTRATOR)
        run = ActionRun(
            person=person,
            key="organisation.begin",
            action="organisation.begin",
            asked="",
            answer={},
            organisation=made,
            at=timezone.now(),
        )
        enter_action(log, "organisation.begin", username, Subject(slug), LogRecord(), run)
    return username, password
