"""Which actions a page offers to whoever reads it."""

from __future__ import annotations

from django.http import HttpRequest

from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.models import OfficeCase


def allowed(request: HttpRequest, case: OfficeCase, *ids: str) -> frozenset[str]:
    """Those of some actions that the person may do at a case as it is."""
    load_actions()
    return frozenset(id for id in ids if may(request.user, ACTIONS[id], case) is None)
