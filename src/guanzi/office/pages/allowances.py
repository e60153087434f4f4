"""Which actions a page offers to whoever reads it."""

from __future__ import annotations

from functools import cache

from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.models import OfficeCase
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.visibility import seat_of


def allowed(request: PersonRequest, case: OfficeCase, *ids: str) -> frozenset[str]:
    """Those of the actions that the person may do with a case that he sees; his seat is looked up once."""
    load_actions()
    seats = cache(seat_of)
    return frozenset(id for id in ids if may(request.user, ACTIONS[id], case, seats) is None)
