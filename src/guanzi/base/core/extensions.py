"""Extensions: packages beside this one that bring checks, playbooks, rule packs and the sentences of these.

An extension is a package with an entry point in the group ``guanzi.extensions``. What it brings has the names that the
library has: folders ``playbooks``, ``rules`` and ``locale`` in the package, and ``CHECKS`` in its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

GROUP = "guanzi.extensions"


@dataclass(frozen=True, slots=True)
class Extension:
    """An installed extension: name of its entry point, version of its distribution, and its module."""

    name: str
    version: str
    module: ModuleType


@cache
def extensions() -> tuple[Extension, ...]:
    """The installed extensions in the order of their names.

    Raises:
        InvalidInput: One cannot be loaded; all such at once.
    """
    from importlib.metadata import entry_points  # loads late: a help page needs none of it

    found, problems = [], []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append(Extension(point.name, point.dist.version if point.dist else "", point.load()))
        except Exception as error:  # whatever another's module does when it is imported
            reason = f"{type(error).__name__}: {error}"
            cause = Message.of("core.extension.broken", name=point.name, module=point.value, reason=reason)
            problems.append(Problem(cause, Place(""), Message.of("core.extension.broken.mend")))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def brought(name: str) -> tuple[Any, ...]:
    """What all extensions bring under a name of their modules, one after the other."""
    return tuple(item for one in extensions() for item in getattr(one.module, name, ()))


def library_folders(name: str) -> tuple[Traversable, ...]:
    """The folders of one name: that of the library first, then those of the extensions."""
    held = (files(one.module).joinpath(name) for one in extensions())
    return (files("guanzi.library").joinpath(name), *(folder for folder in held if folder.is_dir()))


def library_files(name: str, ending: str) -> Iterator[Traversable]:
    """The files of such folders by their names; the first of a name counts, so that nothing shipped is replaced."""
    seen: set[str] = set()
    for folder in library_folders(name):
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(ending) and entry.name not in seen:
                seen.add(entry.name)
                yield entry
