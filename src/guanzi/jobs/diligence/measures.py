"""Figures of a study as facts that a case could hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

FactRow = tuple[str, float, str]
"""Name, value and unit of a figure."""


def fact_rows(facts: Iterable[FactRow]) -> list[dict[str, Any]]:
    """Figures as plain data."""
    return [{"name": name, "value": value, "unit": unit} for name, value, unit in facts]


def facts_text(facts: Iterable[FactRow], day: date, name: str) -> str:
    """Figures as a facts file of a case; publisher and title of the export are to be filled in.

    Args:
        facts: The figures.
        day: On which they hold and could first be held.
        name: File of the export.
    """
    lines = [f"sources:\n  export: {{publisher: , title: {json.dumps(name)}, date: {day}, grade: B}}\nfacts:"]
    for fact, value, unit in facts:
        id = fact.replace("_", "-")
        lines.append(
            f"  - {{id: {id}, name: {fact}, period: {day}, value: {value:.6g}, unit: {unit}, "
            f"known_on: {day}, known_to: parties, source: export}}"
        )
    return "\n".join(lines)
