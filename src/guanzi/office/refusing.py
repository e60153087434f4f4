"""Problems that several parts of the office tell in the same words."""

from __future__ import annotations

from guanzi.base.core import Message, Place, Problem


def no_case(slug: str) -> Problem:
    """There is no such case, as far as the person may know."""
    return Problem(Message.of("office.refused.no_case", case=slug), Place("case"))


def no_file(name: str) -> Problem:
    """There is no such file in the newest version."""
    return Problem(Message.of("office.refused.no_file", file=name), Place("file"))


def no_workbook() -> Problem:
    """The file that was to be checked is no workbook."""
    return Problem(Message.of("office.refused.no_workbook"), Place("archive"))


def seeds_hidden(name: str) -> Problem:
    """An expert does not read the true values of a panel before it is closed."""
    return Problem(Message.of("office.refused.seeds_hidden"), Place(name))


def not_allowed(scope: str) -> Problem:
    """The token does not let this be done."""
    return Problem(Message.of("office.refused.token_scope", scope=scope), Place("Authorization"))


def in_person(action: str) -> Problem:
    """A token does not do this."""
    return Problem(Message.of("office.refused.in_person"), Place(action))


def no_key() -> Problem:
    """The key under which an action is done once is missing."""
    return Problem(Message.of("office.refused.no_key"), Place("Idempotency-Key"))
