"""Conflicts between sources, and contradictions within one: found by the figures, and by what remarks say of them."""

from guanzi.intake.conflicts.detecting import find_conflicts
from guanzi.intake.conflicts.finding import Conflict
from guanzi.intake.conflicts.readings import SourceReading, read_readings, readings_of

__all__ = [
    "Conflict",
    "SourceReading",
    "find_conflicts",
    "read_readings",
    "readings_of",
]
