"""Figures of a study as facts that a case could hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

FactRow = tuple[str, float, str]
"""Name, value and unit of a figure."""


def fact_rows(facts: Iterable[FactRow]) -> list[dict[str, Any]]:
    """Figures as plain data."""
    return [{"name": name, "value": value, "unit": unit} for name, value, unit in facts]
