"""A password whose hash was made anew on entering: a change of a row for which the log accounts."""

from __future__ import annotations

from typing import Any

from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.models import Person, is_gathering


def keep_hash(person: Person, **more: Any) -> None:
    """Keep the new hash: with an entry of its own, or that of the action in which the password was asked for."""
    if is_gathering():
        person.save(update_fields=["password"])
        return
    with write_transaction() as log:
        person.save(update_fields=["password"])
        organisation = person.organisation.slug if person.organisation is not None else "-"
        record = LogRecord(who={"of": person.username})
        enter_action(log, "person.rehash", person.username, Subject(organisation), record)
