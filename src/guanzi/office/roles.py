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


EVERY_CASE = frozenset({Role.CHAIR, Role.FINANCE, Role.AUDITOR, Role.LEAD})
"""Who sees every case of the organisation; others see those at which they have a seat."""
