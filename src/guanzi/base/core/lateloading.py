"""Names of a package whose modules need large libraries: each module is loaded when one of its names is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def late_names(
    package: str, modules: Mapping[str, tuple[str, ...]], whole: tuple[str, ...] = ()
) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package.

    Args:
        package: Its ``__name__``.
        modules: Module, of the package or by its whole name, to the public names that it holds.
        whole: Modules that are public as they are.
    """
    home = {name: module for module, names in modules.items() for name in names}

    def get(name: str) -> Any:
        if name in whole:
            return import_module(f"{package}.{name}")
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = home[name] if home[name].startswith("guanzi.") else f"{package}.{home[name]}"
        return getattr(import_module(module), name)

    return get
