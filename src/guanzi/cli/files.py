"""Writing results so that nothing half-written stays behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from guanzi.core import InvalidInput, Message, Place, Problem


def write_whole(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files into the folder: all of them are complete before the first takes its name.

    Args:
        folder: Made when absent.
        files: File name to text.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    with _refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".guanzi-", dir=folder) as workshop:
            for name, text in files.items():
                (Path(workshop) / name).write_text(text, encoding="utf-8", newline="\n")
            for name in files:
                os.replace(Path(workshop) / name, folder / name)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            Problem(
                Message.of("cli.output.unwritable", folder=str(folder), reason=error.strerror or str(error)),
                Place(str(folder)),
                Message.of("cli.output.unwritable.mend"),
            )
        ) from error
