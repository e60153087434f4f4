"""Which actions a page offers to whoever reads it."""

from __future__ import annotations

from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.models import OfficeCase
from guanzi.office.pages.requests import PersonRequest


def allowed(request: PersonRequest, case: OfficeCase, *ids: str) -> frozenset[str]:
    """Those of the actions that the person may do with a case that he sees."""
    load_actions()
    return frozenset(id for id in ids if may(request.viewer, ACTIONS[id], case) is None)
