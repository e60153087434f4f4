"""Logs of the servers: one JSON object a line, without anything that lets somebody in or tells what was written."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Time, level, logger, message and, for requests, status; never bodies, headers, cookies or query strings."""

    def format(self, record: logging.LogRecord) -> str:
        """A line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().partition("?")[0],
        }
        if (status := getattr(record, "status_code", None)) is not None:
            told["status"] = status
        if record.exc_info is not None and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["where"] = _where(record)
        return json.dumps(told, ensure_ascii=False)


@contextmanager
def errors_alone() -> Iterator[None]:
    """Tell nothing of the office but errors: how long its own sample takes is no news of an installation."""
    told = logging.getLogger("guanzi.office")
    before = told.level
    told.setLevel(logging.ERROR)
    try:
        yield
    finally:
        told.setLevel(before)


def _where(record: logging.LogRecord) -> list[str]:
    """Files and lines of the way to an error, without the values that were there."""
    found, trace = [], record.exc_info[2] if record.exc_info else None
    while trace is not None:
        frame = trace.tb_frame
        found.append(
            f"{frame.f_code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {frame.f_code.co_name}"
        )
        trace = trace.tb_next
    return found[-12:]
