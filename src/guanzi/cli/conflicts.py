"""Conflicts between sources on the command line, and as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.cli.files import write_whole
from guanzi.cli.speech import say
from guanzi.intake.conflicts import Conflict, Reading, find_conflicts, read_readings, readings_of
from guanzi.record.evidence import find_case, load_case

SHOWN = 6
_COLUMNS = ("kind", "severity", "basis", "company", "item", "period", "value", "unit", "source", "place", "sentence")


def show_conflicts(text: str, lang: str, as_json: bool, figures_only: bool, out: Path | None) -> bool:
    """Print the conflicts of a case or of a table.

    Returns:
        True when no figure is so wrong that it cannot be used as it stands.
    """
    readings = _readings(text)
    found = find_conflicts(readings, notes=not figures_only)
    errors = sum(conflict.severity == "error" for conflict in found)
    if out is not None:
        write_whole(out.parent, {out.name: _table(found, lang)})
    if as_json:
        print(dump_json(_plain(found, readings)), end="")
        return not errors
    for conflict in found:
        kind = Message.of(f"cli.conflicts.kind.{conflict.kind}")
        print(say("cli.conflicts.head", lang, kind=kind, cause=conflict.cause))
        for reading in conflict.readings[:SHOWN]:
            print(_line(reading, lang))
        if len(conflict.readings) > SHOWN:
            print(say("cli.conflicts.more", lang, n=len(conflict.readings) - SHOWN))
    print(say("cli.conflicts.total", lang, conflicts=len(found), errors=errors, readings=len(readings)))
    if out is not None:
        print(say("cli.conflicts.written", lang, file=str(out)))
    return not errors


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one is marked as text.

    >>> safe_cell("=1+1"), safe_cell("-12.5"), safe_cell("-cmd")
    ("'=1+1", '-12.5', "'-cmd")
    """
    if not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def _readings(text: str) -> tuple[Reading, ...]:
    path = Path(text)
    if path.suffix.lower() == ".csv":
        if not path.is_file():
            cause, mend = Message.of("room.refused.no_file"), Message.of("room.refused.no_file.mend")
            raise InvalidInput(Problem(cause, Place(text), mend))
        return read_readings(path, text)
    return readings_of(load_case(find_case(text)))


def _line(reading: Reading, lang: str) -> str:
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


def _plain(found: Sequence[Conflict], readings: Sequence[Reading]) -> dict[str, Any]:
    flagged = {str(reading.place) for conflict in found for reading in conflict.readings}
    return {
        "readings": len(readings),
        "flagged_readings": len(flagged),
        "counts": dict(sorted(Counter(conflict.kind for conflict in found).items())),
        "conflicts": [
            {
                "kind": conflict.kind,
                "severity": conflict.severity,
                "basis": conflict.basis,
                "company": conflict.readings[0].company,
                "cause": conflict.cause.as_dict(),
                "readings": [_reading(reading) for reading in conflict.readings],
            }
            for conflict in found
        ],
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "item": reading.item.name,
        "period": reading.period,
        "value": reading.figure,
        "unit": reading.unit,
        "source": reading.source,
        "note": reading.note,
        "file": reading.place.file,
        "line": reading.place.line,
    }


def _table(found: Iterable[Conflict], lang: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for conflict in found:
        sentence = say(conflict.cause.id, lang, **dict(conflict.cause.params))
        for r in conflict.readings:
            row = (conflict.kind, conflict.severity, conflict.basis, r.company, r.item.name, r.period, r.figure, r.unit)
            writer.writerow([safe_cell(cell) for cell in (*row, r.source, str(r.place), sentence)])
    return out.getvalue()
