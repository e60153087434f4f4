"""Announcements of the Chinese disclosure site: the JSON in which it lists what a listed company published, day by day.

Its form is that of the site's own query: ``announcements`` → entries with ``secCode``, ``secName``, ``announcementId``,
``announcementTitle``, ``announcementTime`` (milliseconds, midnight of the day of disclosure in China) and
``adjunctUrl`` (path of the document).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, read_input

_MOST_BYTES = 100_000_000
_CHINA = timedelta(hours=8)
_MARKUP = re.compile(r"</?em>")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A document that was disclosed.

    Attributes:
        number: Its number on the site.
        code: Code of the share.
        company: Name of the company.
        title: Its title.
        day: The day of disclosure.
        file: Path of the document on the site; empty where it has none.
    """

    number: str
    code: str
    company: str
    title: str
    day: date
    file: str


def read_announcements(path: Path, name: str) -> tuple[Announcement, ...]:
    """The announcements of a recorded answer of the site, the earliest first.

    Args:
        path: The file.
        name: How places should call it.

    Raises:
        InvalidInput: The file is not of that form.
    """
    try:
        listed = json.loads(read_input(path, name, _MOST_BYTES))["announcements"]
        found = list(_entries(listed))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        cause, fix = Message.of("importers.cninfo.form"), Message.of("importers.cninfo.mend")
        raise InvalidInput(Problem(cause, Place(name), fix)) from error
    return tuple(sorted(found, key=lambda one: (one.day, one.number)))


def _entries(listed: list[dict[str, object]] | None) -> Iterator[Announcement]:
    for one in listed or ():
        time = one["announcementTime"]
        if isinstance(time, bool) or not isinstance(time, int):
            raise TypeError
        yield Announcement(
            str(one["announcementId"]),
            str(one["secCode"]),
            str(one["secName"]),
            _MARKUP.sub("", str(one["announcementTitle"])),
            (datetime.fromtimestamp(time / 1000, UTC) + _CHINA).date(),
            str(one.get("adjunctUrl") or ""),
        )
