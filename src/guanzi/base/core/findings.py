"""Findings: what a check concluded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from guanzi.base.core.messages import Message


class Kind(StrEnum):
    """What a finding is: a danger, a strength, or something nobody has looked at yet."""

    RISK = "risk"
    ASSET = "asset"
    GAP = "gap"


class Severity(StrEnum):
    """How much a finding weighs for the decision."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check concluded, and the facts it rests on.

    Attributes:
        id: Stable id, unique in an appraisal, e.g. ``going-concern.doubt``.
        check: The check that made it.
        stream: Work-stream, e.g. ``finance`` or ``users``.
        kind: Risk, asset or gap.
        severity: Weight for the decision.
        message: The sentence.
        facts: Ids of the facts it rests on; empty for a gap.
        literature: Where the reasoning comes from (paper, standard, precedent).
        code: The tag by which decision tables refer to it, e.g. ``going_concern``.
    """

    id: str
    check: str
    stream: str
    kind: Kind
    severity: Severity
    message: Message
    facts: tuple[str, ...] = ()
    literature: str = ""
    code: str = ""
