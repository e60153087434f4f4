"""Roles: what somebody is in an organisation, whatever the case."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in an organisation; one person may be several.

    A seat at a case (:class:`guanzi.office.models.Seat`) is another matter: it says who works on which case.
    """

    ANALYST = "analyst"
    LEAD = "lead"
    EXPERT = "expert"
    MEMBER = "member"
    CHAIR = "chair"
    FINANCE = "finance"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


GRAVE = frozenset({Role.LEAD, Role.MEMBER, Role.CHAIR, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who decides, releases money, sees every case or lets others in: it takes two people to make somebody one of them."""
CONFIRMERS = frozenset({Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who can be the second of two people where an administrator changes somebody's roles or what he enters with."""
EVERY_CASE = frozenset({Role.CHAIR, Role.FINANCE, Role.AUDITOR, Role.LEAD})
"""Who sees every case of the organisation; others see those at which they have a seat."""
