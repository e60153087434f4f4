"""The second of two people where an organisation has none: whoever runs the office, on its machine."""

from __future__ import annotations

from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.auditlog.log import MACHINE, LogRecord, Subject, enter_action, write_transaction
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import ActionRun, PersonChange
from guanzi.office.people.foureyes import make_change, others, waiting

ACTION = "person.confirm_on_machine"


@faults_as_refusals()
def confirm_on_machine(username: str, kind: str) -> str:
    """Confirm a change of somebody that waits and that nobody of his organisation can confirm, and enter it in the log.

    Args:
        username: Whom it is of.
        kind: ``invite``, ``roles``, ``password``, ``device`` or ``enter``.

    Returns:
        Second half of the password for one time; empty: the change needs none.

    Raises:
        InvalidInput: No such change waits, or somebody in the office can confirm it.
    """
    at = timezone.now()
    with write_transaction() as log:
        change = PersonChange.objects.filter(person__username=username, kind=kind, state="asked").first()
        if change is not None:
            change = waiting(change.organisation, at).filter(pk=change.pk).first()
        if change is None:
            raise InvalidInput(Problem(Message.of("office.refused.no_change"), Place("USERNAME")))
        if there := others(change, only_active=True):
            names = tuple(sorted(person.username for person in there))
            raise InvalidInput(Problem(Message.of("office.refused.change_there", names=names), Place("USERNAME")))
        half = make_change(change, None, at)
        record = LogRecord(who={"of": change.person.username, "asked_by": change.asked_by.username})
        record.data |= {"change": change.pk, "kind": change.kind, "state": change.state, "roles": change.roles}
        run = ActionRun(
            person=change.asked_by,
            key=f"machine-{change.pk}",
            action=ACTION,
            asked="",
            answer={},
            organisation=change.organisation,
            at=at,
        )
        enter_action(log, ACTION, MACHINE, Subject(change.organisation.slug), record, run)
    return half
