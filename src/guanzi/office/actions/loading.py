"""Loading of every file of actions, so that the list of them is whole."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path


@cache
def load_actions() -> None:
    """Import every file of actions."""
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if not file.stem.startswith("__"):
            import_module(f"{__package__}.{file.stem}")
