"""What addresses hold: ids of actions, and numbers that a row can have."""

from __future__ import annotations

from django.urls import register_converter

from guanzi.office.numbers import LONGEST_NUMBER


class ActionId:
    """An id of an action in an address."""

    regex = r"[a-z_]+\.[a-z_]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class RowNumber:
    """A number that a row can have; others are no address."""

    regex = f"[0-9]{{1,{LONGEST_NUMBER}}}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it is written."""
        return str(value)


def register() -> None:
    """Let addresses name them; once in a process."""
    register_converter(ActionId, "action")
    register_converter(RowNumber, "number")
