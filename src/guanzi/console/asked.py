"""What is asked: the fields of a request with their words and bounds, for a command, an address and a tool alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

MOST_PATHS = 100_000_000
MOST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Ask:
    """How one thing is asked.

    Attributes:
        help: Last parts of the id of the message that says what it means.
        flag: Option of the command line; empty: an argument.
        metavar: What stands for its value in the usage of the command.
        least: The smallest number that is taken; None: any.
        most: The largest.
        names: Function that lists what may be named, as ``package:function``, where a command takes a file as well.
        pattern: What a text looks like that names no file.
        of_case: It names a case: the office gives the folder of the version that the asker sees.
        local: Only a command asks it: it names a file, changes one, or says how this machine works.
        shown: Whether the usage of the command names the usual value.
    """

    help: str
    flag: str = ""
    metavar: str | None = None
    least: float | None = None
    most: float | None = None
    names: str = ""
    pattern: str = ""
    of_case: bool = False
    local: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Only:
    """Which fields of a part of a request are asked, and in which order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of a request, or of a part of it.

    Attributes:
        name: By which it is asked: that of its option, or its own.
        kind: Type of its value.
        asked: How it is asked.
        usual: Its value where nothing is said; ``MISSING``: something must be.
    """

    name: str
    kind: Any
    asked: Ask
    usual: Any


def asked_as(hint: Any) -> Ask | None:
    """How a thing of an annotated type is asked; None: it is not."""
    told = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((one for one in told if isinstance(one, Ask)), None)


def asked_name(name: str, asked: Ask) -> str:
    """The name of a field or parameter as it is asked."""
    return asked.flag.lstrip("-").replace("-", "_") or name


@cache
def asked_fields(request: type) -> tuple[AskedField, ...]:
    """What a request asks, in the order of its fields; those of its parts stand in their place."""
    return tuple(_fields(request, None))


def filled[R](request: type[R], given: Mapping[str, Any]) -> R:
    """A request made of what was given by the names of its fields; what was not given is as usual."""
    return request(**_given(request, given))


def _fields(kind: Any, usual: Any) -> Iterator[AskedField]:
    for field, hint, asked in _annotated(kind):
        own = getattr(usual, field.name) if usual is not None else _usual(field)
        if asked is not None:
            yield AskedField(asked_name(field.name, asked), get_args(hint)[0], asked, own)
        else:
            yield from _of_part(hint, own)


def _of_part(hint: Any, usual: Any) -> Iterator[AskedField]:
    """Fields of a part; one that is limited to some of them has these, in their order."""
    part = _part(hint)
    only = next((one.names for one in get_args(hint)[1:] if isinstance(one, Only)), None)
    if part is None:
        return
    names = {field.name: asked_name(field.name, asked) for field, _, asked in _annotated(part) if asked is not None}
    found = {one.name: one for one in _fields(part, None if usual is MISSING else usual)}
    yield from found.values() if only is None else (found[names[name]] for name in only)


def _given(kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for field, hint, asked in _annotated(kind):
        part = _part(hint)
        if asked is not None:
            if (name := asked_name(field.name, asked)) in given:
                held[field.name] = given[name]
        elif part is not None and (inner := _given(part, given)):
            usual = _usual(field)
            held[field.name] = part(**inner) if usual is MISSING else replace(usual, **inner)
    return held


def _annotated(kind: Any) -> Iterator[tuple[Field[Any], Any, Ask | None]]:
    hints = get_type_hints(kind, include_extras=True)
    return ((field, hints[field.name], asked_as(hints[field.name])) for field in fields(kind))


def _part(hint: Any) -> Any:
    """The class of a part of a request that has fields of its own; None: it is none."""
    plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return plain if is_dataclass(plain) else None


def _usual(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


_NAMES = "guanzi.record.playbooks:playbook_names"
CaseName = Annotated[str, Ask("argument.case", metavar="CASE", of_case=True)]
AsOf = Annotated[date | None, Ask("option.as_of", "--as-of", "DATE")]
KnownBy = Annotated[date | None, Ask("option.known_by", "--as-of", "DATE")]
Today = Annotated[date | None, Ask("option.as_of_today", "--as-of", "DATE")]
WatchDay = Annotated[date | None, Ask("option.watch_day", "--as-of", "DATE")]
PlaybookName = Annotated[str, Ask("option.playbook", "--playbook", "NAME", names=_NAMES)]
Paths = Annotated[int, Ask("option.paths", "--paths", "N", 1, MOST_PATHS)]
PrecisionText = Annotated[str | None, Ask("option.precision", "--precision", "[FIGURE=]BOUND")]
Seed = Annotated[int, Ask("option.seed", "--seed", "N", 0, MOST_SEED)]
MaybePaths = Annotated[int | None, Ask("option.paths", "--paths", "N", 1, MOST_PATHS)]
MaybeSeed = Annotated[int | None, Ask("option.seed", "--seed", "N", 0, MOST_SEED)]
Threads = Annotated[int | None, Ask("option.threads", "--threads", "N", 1, 1024, local=True)]
EngineName = Annotated[str, Ask("option.engine", "--engine", "ENGINE", local=True, shown=False)]
LaterSources = Annotated[bool, Ask("option.later_sources", "--audit-appendix")]
