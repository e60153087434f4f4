"""Where sources disagree: in a case, or in a table of readings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.base.reading import safe_cell
from guanzi.intake.conflicts import Conflict, SourceReading, find_conflicts, read_readings, readings_of
from guanzi.jobs.shared.results import write_whole
from guanzi.record.evidence import open_case

_COLUMNS = ("kind", "severity", "basis", "company", "item", "period", "value", "unit", "source", "place", "sentence")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the conflicts of a case or of a table (``.csv``); of figures alone, or of notes, too."""

    what: str
    figures_only: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What was read, and where it disagrees."""

    readings: tuple[SourceReading, ...]
    found: tuple[Conflict, ...]

    @property
    def errors(self) -> int:
        """Conflicts because of which a figure cannot be used as it stands."""
        return sum(conflict.severity == "error" for conflict in self.found)


def find(request: Request) -> Result:
    """Find where sources disagree.

    Raises:
        InvalidInput: There is no such case or table.
    """
    readings = _readings(request.what)
    return Result(readings, tuple(find_conflicts(readings, notes=not request.figures_only)))


def write(result: Result, out: Path, lang: str) -> None:
    """Write the conflicts as a table.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    write_whole(out.parent, {out.name: _table(result.found, lang)})


def data(result: Result) -> dict[str, Any]:
    """The conflicts as plain data."""
    found, readings = result.found, result.readings
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


def _reading(reading: SourceReading) -> dict[str, Any]:
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


def _readings(text: str) -> tuple[SourceReading, ...]:
    path = Path(text)
    if path.suffix.lower() == ".csv":
        if not path.is_file():
            cause, fix = Message.of("room.refused.no_file"), Message.of("room.refused.no_file.mend")
            raise InvalidInput(Problem(cause, Place(text), fix))
        return read_readings(path, text)
    return readings_of(open_case(text))


def _table(found: Iterable[Conflict], lang: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for conflict in found:
        sentence = render(conflict.cause, lang)
        for r in conflict.readings:
            row = (conflict.kind, conflict.severity, conflict.basis, r.company, r.item.name, r.period, r.figure, r.unit)
            writer.writerow([safe_cell(cell) for cell in (*row, r.source, str(r.place), sentence)])
    return out.getvalue()
