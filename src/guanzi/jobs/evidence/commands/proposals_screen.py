"""Facts that documents state on the screen: a table to look through, and what was not read."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from guanzi.base.core import Message, format_problems, render
from guanzi.console import say
from guanzi.intake.reading import Spot
from guanzi.jobs.evidence import proposals
from guanzi.jobs.shared.show import show_json, show_wrapped
from guanzi.record.evidence import label_of

_SHOWN = 12
"""Figures that were not read, shown of each cause."""


def read(
    request: proposals.Request, lang: str, *, as_json: bool, unread: Path | None = None, workbook: Path | None = None
) -> bool:
    """Show what documents state, and write what is asked for.

    Returns:
        True when no document was refused.
    """
    proposals.refuse_outputs(unread, workbook)
    result = proposals.read(request)
    if unread is not None:
        proposals.write_unread(result, unread, lang)
    if workbook is not None:
        proposals.write_workbook(result, workbook, lang)
    if as_json:
        show_json(proposals.data(result, lang))
    else:
        _show(result, lang)
    if (asked := request.assistant) is not None:
        whys = tuple(Message.of(f"reading.claim.{why}", n=count) for why, count in asked.thrown.most_common())
        counts = {"sent": asked.sent, "kept": asked.kept, "n": sum(asked.thrown.values())}
        where = {"address": asked.address, "log": str(asked.log)}
        print(say("cli.evidence.read.assisted", lang, whys=whys, **where, **counts), file=sys.stderr)
    if result.problems:
        print(format_problems(list(result.problems), lang), file=sys.stderr)
    return not result.problems


def _show(result: proposals.Result, lang: str) -> None:
    for document in result.documents:
        reading = document.reading
        counts = {"pages": reading.pages, "found": len(reading.found), "unread": len(reading.unread)}
        print(say("cli.evidence.read.document", lang, document=document.name, **counts))
        day = reading.known_on.day
        told = {"reason": reading.known_on.reason} if day is None else {"reason": reading.known_on.reason, "day": day}
        print(say(f"cli.evidence.read.{'undated' if day is None else 'dated'}", lang, **told))
        for found in reading.found:
            value = found.value
            shown = f"{value[0]:,.15g}–{value[1]:,.15g}" if isinstance(value, tuple) else _number(value)
            unit = "" if found.unit in ("flag", "text") else found.unit
            label = label_of(found.fact)
            name = found.fact if label is None else f"{render(label, lang)} ({found.fact})"
            line = f"{_place(found.spot):>8}  {name}  {shown} {unit}  {found.period}  ({found.confidence:.2f})"
            print(line)
            show_wrapped(found.spot.text, indent=" " * 10)
        _show_unread(document, lang)
    if result.found:
        print(say("cli.evidence.read.unconfirmed", lang))


def _show_unread(document: proposals.ReadDocument, lang: str) -> None:
    counts = Counter(unread.why for unread in document.reading.unread)
    for why, count in counts.most_common():
        some = [u for u in document.reading.unread if u.why == why][:_SHOWN]
        places = tuple(dict.fromkeys(f"{_place(u.spot)} {u.figure}".strip() for u in some))
        print(say("cli.evidence.read.unread", lang, n=count, why=Message.of(f"reading.unread.{why}"), places=places))


def _place(spot: Spot) -> str:
    return f"{spot.sheet}!{spot.cell}" if spot.cell else f"{spot.page}"


def _number(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | str) else f"{value:,.15g}"
