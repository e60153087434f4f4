"""Entries of a calendar as text that every calendar program reads (RFC 5545).

Days without hours; no alarm, which is each reader's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_OCTETS = 75


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A day in a calendar.

    Attributes:
        id: The same whenever the calendar is read: a program then moves the entry and does not double it.
        day: Which day.
        summary: What the calendar shows.
        category: Its kind, in capitals.
        address: Where more is to be read; empty: nowhere.
    """

    id: str
    day: date
    summary: str
    category: str
    address: str = ""


def icalendar(events: Iterable[CalendarEvent], product: str, made: date) -> str:
    """A calendar as text: the same for the same input.

    Args:
        events: Its entries.
        product: What made it, as calendar programs name it.
        made: Day of knowledge.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Guanzi//{product}//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(event.id)}@guanzi",
            f"DTSTAMP:{made:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(event.summary)}",
            f"CATEGORIES:{event.category}",
            *([f"URL:{event.address}"] if event.address else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    """Text as a value: RFC 5545, 3.3.11."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    r"""A line of at most 75 octets, continued on lines that begin with a blank: RFC 5545, 3.1.

    >>> [len(part.encode()) for part in _folded("SUMMARY:" + "合" * 60).split("\r\n")]
    [74, 73, 43]
    """
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode("utf-8"))
        if size + octets > _MOST_OCTETS:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + octets
    return "\r\n".join([*parts, part])
