"""What the office shows of a case hides nothing, by whichever way it came in: folder, archive, workbook or form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, hidden_in_name, hidden_in_text

_TITLES = ("title", "title_zh", "publisher", "publisher_zh", "original")
NAMES = frozenset({"fact", "subject", "name", "unit", "period", "source", *_TITLES})
"""Fields of rows that are names or titles; the others are longer texts."""


def check_plain(rows: Iterable[tuple[Place, Mapping[str, Any]]], names: frozenset[str] = NAMES) -> None:
    """Refuse names and titles with hidden characters, and texts with marks that turn their order.

    Args:
        rows: Where it stands, and field -> what it holds.
        names: Fields that are names or titles.

    Raises:
        InvalidInput: Some do; all of it at once.
    """
    problems = [
        Problem(hides(field, found), place, Message.of("office.refused.hidden.mend"))
        for place, row in rows
        for field, value in row.items()
        if (found := _hidden(value, field in names))
    ]
    if problems:
        raise InvalidInput(problems)


def hides(field: str, character: str) -> Message:
    """That a field holds a hidden character."""
    return Message.of("office.refused.hidden", field=field, code=f"U+{ord(character):04X}")


def _hidden(value: Any, is_name: bool) -> str:
    if isinstance(value, str):
        return hidden_in_name(value) if is_name else hidden_in_text(value)
    if isinstance(value, Mapping):
        return next((found for part in value.items() for one in part if (found := _hidden(one, False))), "")
    if isinstance(value, list | tuple):
        return next((found for one in value if (found := _hidden(one, is_name))), "")
    return ""
