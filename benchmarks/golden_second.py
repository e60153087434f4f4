"""The second set of golden documents: which they are, and what was found in them at the first run and is now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.golden.score import HEAD, counted, row

FIRST_RUN = Path(__file__).resolve().parent / "golden_second.json"
"""The documents, and the rows of the first run, measured once by two states of the readers."""


def documents() -> frozenset[str]:
    """The names of the documents of the second set."""
    return frozenset(json.loads(FIRST_RUN.read_text("utf-8"))["documents"])


def section(readings: Sequence[Any]) -> str:
    """What the first run found in the second set, and what is found now, as a section of the page."""
    lines = [HEAD]
    for name, rows in json.loads(FIRST_RUN.read_text("utf-8"))["first_run"].items():
        lines += [f"| {name}, {kind} | {' | '.join(map(str, cells))} |" for kind, cells in rows.items()]
    lines += [row(f"now, {kind}", counted(readings, kind == "scanned")) for kind in ("digital", "scanned")]
    told = (
        "Other documents in other forms, all open, written by somebody who had not seen the readers. The rows of the "
        "first run were measured once, before anybody who builds readers had seen one of them: they say how forms fare "
        "to which no reader was built. The rows of now say nothing of other forms, since readers were built to them."
    )
    return "\n".join(["## The second set", "", told, "", *lines])
