"""The newest signed checkpoint of the log, kept in a file beside the database: a log that was cut off is shorter."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from guanzi.base.core import InvalidInput, scratch_directory
from guanzi.office.auditlog.secretfile import LAST
from guanzi.record.ledger import Checkpoint, Log, Verifier, read_note

_logger = logging.getLogger("guanzi.office")


def keep_last(log: Log) -> None:
    """Keep the newest checkpoint of the log once all stands, if the log follows from the one that is kept."""
    note = log.newest_note()
    if note is None:
        return
    try:
        follows = _follows(log, last_kept(log))
    except ValueError:
        follows = False
    if follows:
        transaction.on_commit(lambda: _write(note))
    else:
        _logger.error("the log does not follow from the checkpoint in %s", LAST)


def last_kept(log: Log) -> Checkpoint | None:
    """The checkpoint that is kept; None: none is.

    Raises:
        ValueError: The file is no checkpoint that this log signed.
    """
    try:
        text = _file().read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError("the checkpoint cannot be read") from error
    own = Verifier.parse(log.verifier)
    note = read_note(text, [own])
    if own.name not in note.names:
        raise ValueError("the checkpoint is not of this log")
    return Checkpoint.parse(note.text)


def _follows(log: Log, kept: Checkpoint | None) -> bool:
    return kept is None or kept.size == 0 or (kept.size <= log.size and log.root(kept.size) == kept.root)


def _file() -> Path:
    return Path(settings.DATA) / LAST


def _write(note: str) -> None:
    """Write it whole; where the disk refuses, the older one stays."""
    try:
        with scratch_directory(_file().parent, ".last-") as work:
            (work / LAST).write_text(note, "utf-8")
            os.replace(work / LAST, _file())
    except (OSError, InvalidInput):
        _logger.exception("%s was not written", LAST)
