"""Questions: what a person or a program can ask of a job, declared once for command, address and tool."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import MISSING, dataclass
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

from guanzi.console import Ask, AskedField, asked_fields

if TYPE_CHECKING:
    from guanzi.record.evidence import CaseSource
    from guanzi.render import Document
else:
    CaseSource = str  # what is asked is declared without what reads a case

AskedCase = Annotated[CaseSource, Ask("argument.case", metavar="CASE", of_case=True)]
"""A case by its name or folder, or, within a program, one that was read."""


LAST = ("lang", "as_json")
"""Options with which the usage of most commands ends."""
WITH_PAGE = (*LAST, "page")
"""The same of commands that also write what they say as a file."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is asked: all that there is is told."""


@dataclass(frozen=True, slots=True)
class JobQuestion:
    """A question of a job; nothing that computes is loaded before it is asked.

    Attributes:
        name: Words of its command.
        asks: Its request, a dataclass whose fields are annotated by :class:`guanzi.console.Ask`.
        answers: Shape of its data.
        verb: Function that finds the answer, as ``package.module:function``; of nothing that is asked it takes nothing.
        plain: Function beside it that makes data of what was found; in a language where it takes a second argument.
        screen: Function that prints what was found, as ``package.module:function``: of it, the language, the request
            and whether JSON is asked for, it takes the first ones; where it takes all, it prints that, too. Empty:
            the first screen of its document is printed.
        slow: It takes more than a second or two: no address offers it.
        pages: Id of the message that says where the files lie that ``write`` beside the verb makes in the folder
            ``out`` of the request; empty: there are none.
        holds: What of what was found is false where the command ends with code 1; empty: it always ends with 0.
        last: Options with which the usage of the command ends, in their order; of ``page``, ``lang`` and ``as_json``
            those that there are.
    """

    name: str
    asks: type
    answers: Any
    verb: str
    plain: str = "data"
    screen: str = ""
    slow: bool = False
    pages: str = ""
    holds: str = ""
    last: tuple[str, ...] = LAST

    @property
    def words(self) -> str:
        """Last parts of the id of the message that says what it answers."""
        return self.name.replace(" ", ".").replace("-", "_")

    @property
    def case(self) -> str:
        """The field that names a case; empty: it asks the library alone."""
        return next((field.name for field in asked_fields(self.asks) if field.asked.of_case), "")

    @property
    def id(self) -> str:
        """Its name for programs."""
        return self.words.replace(".", "_")

    @property
    def address(self) -> str:
        """Where it is asked over HTTP, below the interface, with the case that it is asked of in braces."""
        words = "/".join(word for word in self.name.split() if not (self.case and word == "case"))
        return f"/cases/{{case}}/{words}" if self.case else f"/{words}"

    @property
    def fields(self) -> tuple[AskedField, ...]:
        """What others than a command may ask: no file, no change; a case brings its own playbook."""
        return tuple(
            one
            for one in asked_fields(self.asks)
            if _elsewhere(one) and not one.asked.of_case and not (self.case and one.name == "playbook")
        )

    @property
    def offered(self) -> bool:
        """Whether others than a command may ask it: its answer has a shape, and all that it needs may be asked."""
        needed = (one for one in asked_fields(self.asks) if one.usual is MISSING)
        return self.answers is not None and all(map(_elsewhere, needed))

    def ask(self, request: Any) -> Any:
        """What is found.

        Raises:
            InvalidInput: As the function says.
        """
        verb = named_function(self.verb)
        return verb() if isinstance(request, Nothing) else verb(request)

    def data(self, found: Any, lang: str) -> Any:
        """What was found as plain data, of the shape of :attr:`answers`."""
        tell = self._beside(self.plain)
        return tell(found, lang) if len(signature(tell).parameters) > 1 else tell(found)

    def document(self, found: Any) -> Document:
        """What was found as a document, as ``document_of`` beside the verb makes it."""
        made: Document = self._beside("document_of")(found)
        return made

    def write(self, found: Any, folder: Path | None, lang: str) -> Path:
        """The page that was written with the files of what was found.

        Raises:
            InvalidInput: The folder cannot be written.
        """
        page: Path = self._beside("write")(found, folder, lang)
        return page

    def _beside(self, name: str) -> Callable[..., Any]:
        return named_function(f"{self.verb.partition(':')[0]}:{name}")


def _elsewhere(field: AskedField) -> bool:
    return not field.asked.local and Path not in (field.kind, *get_args(field.kind))


def named_function(text: str) -> Callable[..., Any]:
    """The function of ``package.module:function``."""
    module, _, name = text.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def names_listed(text: str) -> Collection[str]:
    """What may be named, by the function that lists it."""
    names: Collection[str] = named_function(text)()
    return names
