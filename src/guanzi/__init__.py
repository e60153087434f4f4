"""Guanzi: choose an industry, examine a company, structure a staged deal, watch it, and learn from it.

For people who program: ``guanzi.load("nio-hefei-2020").appraise(paths=20_000)``; ``guanzi.cases()`` names the cases.
"""

import os
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Linear algebra on several threads adds up in an order that depends on their number, and so do its last digits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


_LOADED = ("cases", "load")


def __dir__() -> list[str]:
    """What people who program begin with: what a notebook offers after ``guanzi.``."""
    return sorted((*_LOADED, "__doc__", "__version__"))


def __getattr__(name: str) -> Any:
    """What people who program begin with, loaded when it is first asked for; ``__init__.pyi`` has the types."""
    if name not in _LOADED:
        raise AttributeError(f"module 'guanzi' has no attribute {name!r}")
    return getattr(import_module("guanzi.notebook"), name)
