"""Extensions: packages beside this one that bring what the library has, and the sentences of it.

An extension is a package with an entry point in the group ``guanzi.extensions``. What it brings has the names that the
library has: folders ``playbooks``, ``rules`` and ``locale`` in the package, and in its module the name of a
:class:`Seam`, as ``CHECKS``. What is shipped goes through the same seams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

GROUP = "guanzi.extensions"


@dataclass(frozen=True, slots=True)
class Extension:
    """An installed extension: name of its entry point, version of its distribution, and its module."""

    name: str
    version: str
    module: ModuleType


_loading = ContextVar("_loading", default=False)


@cache
def extensions() -> tuple[Extension, ...]:
    """The installed extensions in the order of their names.

    Raises:
        InvalidInput: One cannot be loaded; all such at once.
    """
    from importlib.metadata import entry_points  # loads late: a help page needs none of it

    if _loading.get():  # what it sees now would lack what is not loaded yet, for as long as the process lives
        raise RuntimeError("what is installed is looked at while an extension is loaded")
    found, problems, token = [], [], _loading.set(True)
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append(Extension(point.name, point.dist.version if point.dist else "", point.load()))
        except Exception as error:  # whatever another's module does when it is imported
            reason = f"{type(error).__name__}: {error}"
            cause = Message.of("core.extension.broken", name=point.name, module=point.value, reason=reason)
            problems.append(Problem(cause, Place(""), Message.of("core.extension.broken.mend")))
    _loading.reset(token)
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


class Seam[T](Mapping[str, T]):
    """Everything of one kind by its key: what is shipped, in its order, then what extensions bring under the name.

    It is filled when it is first looked at, so that an extension may import whatever declares a seam.

    Args:
        name: What the module of an extension calls its tuple of them, e.g. ``CHECKS``.
        shipped: What the library has.
        key: Under which one is found; no two have the same.
    """

    def __init__(self, name: str, shipped: Iterable[T], key: Callable[[T], str]) -> None:
        self.name, self.shipped, self.key = name, tuple(shipped), key

    @cached_property
    def _held(self) -> dict[str, T]:
        held = {self.key(one): one for one in self.shipped}
        taken = []
        for extension in extensions():
            for one in getattr(extension.module, self.name, ()):
                if (key := self.key(one)) in held:
                    cause = Message.of("core.extension.taken", name=extension.name, seam=self.name, id=key)
                    taken.append(Problem(cause, Place(""), Message.of("core.extension.taken.mend")))
                held[key] = one
        if taken:
            raise InvalidInput(taken)
        return held

    def __getitem__(self, key: str) -> T:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def values(self) -> ValuesView[T]:
        """All of them; asked of the dictionary itself, since this is asked most."""
        return self._held.values()


def library_folders(name: str) -> tuple[Traversable, ...]:
    """The folders of one name: that of the library first, then those of the extensions that are packages."""
    held = (files(one.module).joinpath(name) for one in extensions() if hasattr(one.module, "__path__"))
    return (files("guanzi.library").joinpath(name), *(folder for folder in held if folder.is_dir()))


def library_files(name: str, ending: str) -> Iterator[Traversable]:
    """The files of such folders by their names; the first of a name counts, so that nothing shipped is replaced."""
    seen: set[str] = set()
    for folder in library_folders(name):
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(ending) and entry.name not in seen:
                seen.add(entry.name)
                yield entry
