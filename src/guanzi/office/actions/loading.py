"""Loading of every file of actions, so that the list of them is whole: those here, and those that extensions name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from guanzi.base.core import Seam

MODULES: Seam[str] = Seam("ACTIONS", (), str)
"""Modules of extensions with actions, by their whole names."""


@cache
def load_actions() -> None:
    """Import every file of actions."""
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if not file.stem.startswith("__"):
            import_module(f"{__package__}.{file.stem}")
    for module in MODULES:
        import_module(module)
