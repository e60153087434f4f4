"""Acting from the command line of the machine: as somebody, by the same actions and with the same permissions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions import Performed, load_actions, perform
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import Person


@faults_as_refusals()
def do_as(username: str, id: str, asked: Mapping[str, Any], key: str = "") -> Performed:
    """Do an action as a person.

    Args:
        username: Of the person.
        id: Of the action.
        asked: What is asked.
        key: The same key does a thing once; empty: a new one.

    Raises:
        InvalidInput: There is no such person, or what is asked cannot be used.
        Forbidden: The person may not.
    """
    load_actions()
    return perform(person_of(username), id, asked, key or secrets.token_urlsafe(16))


@faults_as_refusals()
def person_of(username: str) -> Person:
    """Somebody who works in the office.

    Raises:
        InvalidInput: There is no such person.
    """
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=username), Place("--as")))
    return person
