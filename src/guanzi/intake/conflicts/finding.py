"""Conflicts: what is found when readings do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guanzi.base.core import Message
from guanzi.intake.conflicts.readings import SourceReading

type ConflictKind = Literal[
    "sign",
    "currency",
    "scale",
    "stale",
    "shell",
    "preliminary",
    "definition",
    "period",
    "identity",
    "jump",
    "contradiction",
    "value",
]
#: Kinds that leave no doubt that a figure must not be used as it stands.
ERRORS: frozenset[ConflictKind] = frozenset({"sign", "scale", "identity", "value", "jump", "shell"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Readings that do not fit together.

    Attributes:
        kind: What the difference is.
        basis: ``figures``, or ``note`` when a remark in the data says so.
        cause: What is wrong, as a sentence.
        readings: The readings, in the order of their places.
        severity: ``error`` or ``warning``.
    """

    kind: ConflictKind
    basis: Literal["figures", "note"]
    cause: Message
    readings: tuple[SourceReading, ...]
    severity: Literal["error", "warning"]


def conflict(
    kind: ConflictKind,
    cause: Message,
    *readings: SourceReading,
    basis: Literal["figures", "note"] = "figures",
    mild: bool = False,
) -> Conflict:
    """A conflict of a kind, as severe as the kind is; ``mild`` makes it a warning."""
    severity: Literal["error", "warning"] = "error" if kind in ERRORS and not mild else "warning"
    return Conflict(kind, basis, cause, tuple(sorted(readings, key=lambda r: r.place)), severity)
