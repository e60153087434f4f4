"""What falls due after signing, as a calendar; the same entry has the same id in the calendar of every day."""

from __future__ import annotations

from guanzi.base.core import render
from guanzi.jobs.following.documents.monitor import MonitorStudy
from guanzi.jobs.shared.documents.icalendar import CalendarEvent, icalendar
from guanzi.jobs.shared.documents.words import say


def calendar_text(study: MonitorStudy, lang: str = "en") -> str:
    """The calendar of a deal as text: the same for the same input.

    Args:
        study: What was found.
        lang: Language of the entries.
    """
    view = study.view
    events = []
    for entry in study.calendar:
        text = render(entry.text, lang)
        summary = say("monitor.ics.done", lang, text=text) if entry.done else text
        id = f"{view.id}.{study.sheet.deal}.{entry.id}"
        events.append(CalendarEvent(id, entry.day, summary, entry.kind.upper()))
    return icalendar(events, "monitor", view.as_of)
