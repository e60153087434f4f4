"""What falls due after signing, as a calendar that every calendar program reads (RFC 5545).

Days without hours; no alarm, which is each reader's own. The same entry has the same id in the calendar of every day,
so that a program that reads a later one moves the entry and does not double it.
"""

from __future__ import annotations

from datetime import timedelta

from guanzi.base.core import render
from guanzi.jobs.following.documents.monitor import MonitorStudy
from guanzi.jobs.shared.documents.words import say

_MOST_OCTETS = 75


def calendar_text(study: MonitorStudy, lang: str = "en") -> str:
    """The calendar of a deal as text: the same for the same input.

    Args:
        study: What was found.
        lang: Language of the entries.
    """
    view = study.view
    stamp = f"{view.as_of:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guanzi//monitor//EN", "CALSCALE:GREGORIAN"]
    for entry in study.calendar:
        text = render(entry.text, lang)
        summary = say("monitor.ics.done", lang, text=text) if entry.done else text
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(f'{view.id}.{study.sheet.deal}.{entry.id}')}@guanzi",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(summary)}",
            f"CATEGORIES:{entry.kind.upper()}",
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
