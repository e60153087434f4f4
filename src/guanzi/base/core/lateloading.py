"""Names of a package whose modules need large libraries: each module is loaded when one of its names is asked for."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def late_names(package: str) -> tuple[list[str], Callable[[str], Any]]:
    """The names that a package imports under ``TYPE_CHECKING``, and its ``__getattr__``, which loads each when asked.

    Types, contracts of imports and what runs are so told by the same lines.

    Args:
        package: Its ``__name__``.
    """
    file = sys.modules[package].__file__
    assert file is not None, package
    checked = (node for node in ast.parse(Path(file).read_text("utf-8")).body if isinstance(node, ast.If))
    told = [node for block in checked for node in block.body if isinstance(node, ast.ImportFrom)]
    home = {name.name: str(node.module) for node in told for name in node.names}

    def get(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if home[name] == package:
            return import_module(f"{package}.{name}")
        return getattr(import_module(home[name]), name)

    return sorted(home), get


def modules_in(package: str, path: list[str]) -> tuple[ModuleType, ...]:
    """Every module that lies in a package, loaded, by their names: what is listed by being there.

    Args:
        package: Its ``__name__``.
        path: Its ``__path__``.
    """
    return tuple(import_module(f"{package}.{one.name}") for one in iter_modules(path))
