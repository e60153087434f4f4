"""A file that holds a secret: written whole, once, and read by its owner alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from guanzi.base.core import scratch_directory

KEY = "log.key"
"""File of the key of the log within the folder of the office."""
LAST = "log.last"
"""File of the newest checkpoint of the log, beside it."""


SHORTEST = 32
"""Characters of a secret that somebody chose."""
LEAST_KINDS = 8
"""Different characters of it: 32 hexadecimal digits drawn at random have fewer once in ten million times."""


def is_weak(secret: str) -> bool:
    """Whether a secret could be guessed: it is short, of few characters, or a shorter one over and over."""
    repeated = secret in (secret + secret)[1:-1]
    return len(secret) < SHORTEST or len(set(secret)) < LEAST_KINDS or repeated


def write_once(path: Path, words: str) -> None:
    """Write a file unless it is there; whoever is killed meanwhile leaves none, and whoever comes second the first one.

    Raises:
        OSError: It cannot be written.
    """
    with scratch_directory(path.parent, ".secret-") as work:
        own = work / path.name
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(words)
            out.flush()
            os.fsync(handle)  # a name without its content would lock everybody out after the power fails
        with suppress(FileExistsError):
            os.link(own, path)
