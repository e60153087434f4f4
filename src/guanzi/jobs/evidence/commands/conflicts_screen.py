"""Conflicts between sources on the screen."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import Message
from guanzi.console import say
from guanzi.intake.conflicts import SourceReading
from guanzi.jobs.evidence import conflicts
from guanzi.jobs.shared.show import show_json

SHOWN = 6


def show_conflicts(request: conflicts.Request, lang: str, as_json: bool, out: Path | None) -> bool:
    """Print the conflicts of a case or of a table.

    Returns:
        True when no figure is so wrong that it cannot be used as it stands.
    """
    result = conflicts.find(request)
    errors = result.errors
    if out is not None:
        conflicts.write(result, out, lang)
    if as_json:
        show_json(conflicts.data(result))
        return not errors
    for conflict in result.found:
        kind = Message.of(f"cli.conflicts.kind.{conflict.kind}")
        print(say("cli.conflicts.head", lang, kind=kind, cause=conflict.cause))
        for reading in conflict.readings[:SHOWN]:
            print(_line(reading, lang))
        if len(conflict.readings) > SHOWN:
            print(say("cli.conflicts.more", lang, n=len(conflict.readings) - SHOWN))
    counts = {"conflicts": len(result.found), "errors": errors, "readings": len(result.readings)}
    print(say("cli.conflicts.total", lang, **counts))
    if out is not None:
        print(say("cli.conflicts.written", lang, file=str(out)))
    return not errors


def _line(reading: SourceReading, lang: str) -> str:
    return say(
        "cli.conflicts.reading" if reading.source else "cli.conflicts.reading.alone",
        lang,
        place=str(reading.place),
        item=reading.item.name,
        period=reading.period,
        figure=reading.figure,
        unit=reading.unit,
        source=reading.source,
    )
