"""Python's search for cycles of garbage, held back while a hundred thousand objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Within it, or within a function that it decorates, no cycles of garbage are looked for.

    For work that makes many objects and leaves no cycles: looking through them again and again takes as long as making
    them. What is not part of a cycle is freed as always.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
