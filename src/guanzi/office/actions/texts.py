"""What the text of an action may hold: names and titles nothing hidden, longer texts nothing that turns their order.

Every field is held to this by the base of what actions ask (:class:`~guanzi.office.actions.framework.ActionInput`): a
field of text is a name or an id unless its type says that it is longer, or a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, get_args
from unicodedata import normalize

from pydantic import Base64Bytes, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from guanzi.base.core import hidden_in_name, hidden_in_text, surrogate_in

HIDDEN = "hidden_character"
"""Kind of the error, as pydantic names it."""


class TextKind(Enum):
    """What a field of text holds."""

    NAME = "name"
    LONG = "long"
    SECRET = "secret"


type Check = Callable[[str], str]
_CHECKS: Mapping[TextKind, Check] = {
    TextKind.NAME: hidden_in_name,
    TextKind.LONG: hidden_in_text,
    TextKind.SECRET: surrogate_in,
}
LongText = Annotated[str, TextKind.LONG]
"""Reasons, opinions, files: lines and tabs may stand in it; as it was written."""
EncodedFile = Annotated[
    Base64Bytes,
    Field(json_schema_extra={"pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"}),
]
"""The bytes of a file, in base64."""
SecretText = Annotated[str, TextKind.SECRET]
"""A password: letter by letter as it was typed."""


def plain_text(value: Any, field: FieldInfo) -> Any:
    """What was given for a field, with its names in the composed form of Unicode (NFC).

    Raises:
        PydanticCustomError: A character is hidden, or no database keeps it.
    """
    if _holds(field.annotation, bytes):  # an encoded file
        return value
    marks = _marks(field.annotation, field.metadata)
    return _plain(value, next((mark for mark in marks if isinstance(mark, TextKind)), TextKind.NAME))


def _plain(value: Any, kind: TextKind) -> Any:
    if isinstance(value, str):
        if found := _CHECKS[kind](value):
            raise PydanticCustomError(HIDDEN, "hidden character {code}", {"code": f"U+{ord(found):04X}"})
        return normalize("NFC", value) if kind is TextKind.NAME else value
    if isinstance(value, Mapping):
        return {_plain(key, TextKind.NAME): _plain(held, kind) for key, held in value.items()}
    return [_plain(held, kind) for held in value] if isinstance(value, list | tuple | set | frozenset) else value


def _holds(annotation: Any, wanted: type) -> bool:
    return annotation is wanted or any(_holds(part, wanted) for part in get_args(annotation))


def _marks(annotation: Any, metadata: list[Any]) -> list[Any]:
    """What the type of a field says beside its form, at any depth."""
    found = [*metadata, *getattr(annotation, "__metadata__", ())]
    for part in get_args(annotation):
        found += _marks(part, [])
    return found
