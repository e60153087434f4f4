"""Messages: what the product says to people, as an id with parameters.

Code never builds sentences. It makes a :class:`Message`; the sentence lives in a gettext catalogue
(``library/locale/<language>/<domain>.po``), where the domain is the first part of the id. So the same finding
can be said in English and in Chinese, and an appraisal stays the same bytes in any language.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanzi.base.core.bilingual import Bilingual

HOME = "CNY"
"""The currency of the amounts in a sentence that names none."""


class Localised(ABC):
    """A value that knows how it is said in a language, as an amount with its unit does."""

    __slots__ = ()

    @abstractmethod
    def localised(self, lang: str) -> str:
        """The value in a language."""

    @abstractmethod
    def plain(self) -> Any:
        """The value as plain data for JSON."""


type Parameter = str | int | float | bool | Message | Localised | tuple[Parameter, ...] | None


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

    @classmethod
    def of_money(cls, currency: str, id: str, /, **params: Parameter) -> Message:
        """Make a message whose amounts are in a currency.

        >>> Message.of_money("USD", "core.example", x=3.5).params, Message.of_money(HOME, "core.example", x=3.5).params
        ((('currency', 'USD'), ('x', 3.5)), (('x', 3.5),))
        """
        return cls.of(id, **params).counted_in(currency)

    def counted_in(self, currency: str) -> Message:
        """The message with its amounts in a currency; one that names its own keeps it."""
        if currency == HOME or any(name == "currency" for name, _ in self.params):
            return self
        return Message.of(self.id, **dict(self.params), currency=currency)

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
    return value if value is None or isinstance(value, str | int | float) else value.plain()


def _rich(value: Any) -> Parameter:
    if isinstance(value, Mapping) and "id" in value:
        return Message.from_dict(value)
    if isinstance(value, list | tuple):
        return tuple(_rich(v) for v in value)
    return value  # type: ignore[no-any-return]
