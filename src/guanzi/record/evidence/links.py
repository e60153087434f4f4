"""Links in the folder of a case: none may lead out of it, or into its ``outcome/``."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import Message, Place, Problem


def stays_in(path: Path, folder: Path, part: str = "") -> bool:
    """Whether a path leads, through whatever links, into its own part of a case.

    Args:
        path: The path.
        folder: The folder of the case, itself a link or not.
        part: Name of the folder within it, e.g. ``facts``; empty for a file that lies beside ``case.yaml``.
    """
    home = folder.resolve()
    real = path.resolve()
    if part:
        return real.is_relative_to(home / part)
    return real.is_relative_to(home) and real.relative_to(home).parts[:1] != ("outcome",)


def outside(place: str, part: str) -> Problem:
    """What is wrong with a link that leads elsewhere.

    Args:
        place: Its path, as places call it.
        part: Where it would have to stay.
    """
    cause, fix = Message.of("reading.file.outside", part=part), Message.of("reading.file.outside.mend", part=part)
    return Problem(cause, Place(place), fix)
