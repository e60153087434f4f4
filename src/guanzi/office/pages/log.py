"""The log as people read it: who did what when, on which version; the bytes and proofs are in the export."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from guanzi.base.core import Message, catalogue, render
from guanzi.office.auditlog.log import shown_checkpoint
from guanzi.office.pages.entries import EntryWords, in_words
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.pages.rendering import named, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import file_asked, list_asked, table_file
from guanzi.office.people.logbook import WantedEntries, entries_after, sealed, unsealed
from guanzi.office.roles import Role

PAGE = 50
MOST = 5_000
"""Entries in a file for a spreadsheet; the whole log with its proofs is the export of the log."""
_HEADS = ("entry", "at", "action", "actor", "case", "version", "more")


@login_required
def log(request: PersonRequest) -> HttpResponse:
    """The log, the newest first, each page after the entry with which the last ended; or what was chosen as a file."""
    person, lang = request.user, request.speaks
    asked = list_asked(request, "log", ("entry",))
    wanted = WantedEntries(**asked.kept, upwards=asked.sort == "entry")
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.log.{name}"), lang) for name in _HEADS]
        told = in_words(lines_of(entries_after(request.viewer, None, MOST, wanted), person), person.employer, lang)
        return table_file(kind, "log", heads, [_cells(one, lang) for one in told])
    start = unsealed(request.GET.get("after", ""))
    numbers, note = entries_after(request.viewer, start, PAGE + 1, wanted), shown_checkpoint()
    return show(
        request,
        "log.html.j2",
        more=sealed(numbers[PAGE - 1]) if len(numbers) > PAGE else "",
        begun=start is not None,
        asked=asked,
        entries=in_words(lines_of(numbers[:PAGE], person), person.employer, lang),
        note=note,
        people=[(one.username, named(one, lang)) for one in person.employer.people.order_by("username")],
        actions=_actions(lang),
        most=MOST,
        record_case=asked.kept.get("case") if note and Role.AUDITOR in person.roles() else None,
    )


@cache
def _actions(lang: str) -> list[tuple[str, str]]:
    """Every action with its name, in the order of the names."""
    ids = [id.removeprefix("office.action.") for id in catalogue("office", "en") if id.startswith("office.action.")]
    return sorted(((id, render(Message.of(f"office.action.{id}"), lang)) for id in ids), key=lambda pair: pair[1])


def _cells(one: EntryWords, lang: str) -> list[Any]:
    line, colon = one.line, "：" if lang == "zh" else ": "
    held = "; ".join(f"{part.label}{colon}{part.text}" for part in one.held)
    action = render(Message.of(f"office.action.{line.action}"), lang)
    return [line.mark, line.at, action, one.actor, line.case, line.version, held]
