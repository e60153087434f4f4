"""Messages: what the product says to people, as an id with parameters.

Code never builds sentences. It makes a :class:`Message`; the sentence lives in a gettext catalogue
(``library/locale/<language>/<domain>.po``), where the domain is the first part of the id. So the same finding
can be said in English and in Chinese, and an appraisal stays the same bytes in any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanzi.base.core.bilingual import Bilingual

type Parameter = str | int | float | bool | Message | tuple[Parameter, ...] | None


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its id, with the values that fill it.

    Attributes:
        id: Dotted catalogue id; its first part is the catalogue's domain, e.g. ``terms.condition.unknown_name``.
        params: Name-value pairs in name order; numbers stay numbers, dates are ISO strings.
    """

    id: str
    params: tuple[tuple[str, Parameter], ...] = ()

    @classmethod
    def of(cls, id: str, /, **params: Parameter) -> Message:
        """Make a message from keyword parameters.

        >>> Message.of("core.example", name="t3").params
        (('name', 't3'),)
        """
        return cls(id, tuple(sorted(params.items())))

    def as_dict(self) -> dict[str, Any]:
        """The message as plain data for JSON; nested messages become nested dictionaries."""
        return {"id": self.id, "params": {k: _plain(v) for k, v in self.params}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Message:
        """The inverse of :meth:`as_dict`."""
        return cls.of(data["id"], **{k: _rich(v) for k, v in data.get("params", {}).items()})


def _plain(value: Parameter) -> Any:
    if isinstance(value, Message):
        return value.as_dict()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Bilingual) and value.zh:
        return Message.of("core.words", text=(str(value), value.zh)).as_dict()
    return value


def _rich(value: Any) -> Parameter:
    if isinstance(value, Mapping):
        return Message.from_dict(value)
    if isinstance(value, list | tuple):
        return tuple(_rich(v) for v in value)
    return value  # type: ignore[no-any-return]
