"""A new playbook: a file to be filled in that extends a shipped one."""

from __future__ import annotations

from datetime import date
from importlib.resources import files


def new_playbook(id: str, made_on: date) -> str:
    """The text of a playbook with everything to be filled in.

    >>> new_playbook("lyon", date(2026, 1, 2)).splitlines()[4]
    'id: lyon'
    """
    text = files("guanzi.library").joinpath("playbooks", "new", "playbook.yaml").read_text("utf-8")
    return text.format(id=id, made_on=made_on.isoformat())
