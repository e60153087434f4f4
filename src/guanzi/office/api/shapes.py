"""Shapes of answers; the schema of the interface is made of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema


class ProblemOut(Schema):
    """Something that is wrong: id of the message, words in the language asked for, and where."""

    id: str
    text: str
    mend: str | None = None
    where: str


class ProblemsOut(Schema):
    """Everything that is wrong; nothing was changed."""

    problems: list[ProblemOut]


REFUSED = dict.fromkeys((400, 401, 403, 404, 422, 429, 503), ProblemsOut)
"""What every question may be answered with instead: not to be read, no token that holds, not allowed, nothing there,
another shape, too often, not now."""
REFUSED_ACTION = REFUSED | dict.fromkeys((408, 409, 411, 413, 507), ProblemsOut)
"""What an action may be answered with beside: sent too slowly, not as the case stands, without a length, too large, no
room."""


class DoneOut[A](Schema):
    """An action that was done; ``entry``: the hash of its entry in the log."""

    action: str
    entry: str
    repeated: bool
    answer: A


class MeOut(Schema):
    """Who asks."""

    username: str
    name: str
    organisation: str
    roles: list[str]
    scopes: list[str]


class CaseOut(Schema):
    """A case in a list."""

    case: str
    title: str
    title_zh: str
    company: str
    region: str
    industry: str
    currency: str
    stage: str
    state: str
    due: date
    decision_date: date
    version: str | None


class CasesOut(Schema):
    """A page of cases; ``next``: what the next page is asked for with, as ``after``; null: it is the last."""

    items: list[CaseOut]
    next: str | None


class FactOut(Schema):
    """A fact."""

    fact: str
    subject: str
    name: str
    topic: str
    value: str
    unit: str
    period: str
    known_on: date | None
    confidence: str
    source: str
    path: str


class FactsOut(Schema):
    """A page of facts; ``next``: as of cases."""

    items: list[FactOut]
    next: str | None


class VersionOut(Schema):
    """A version of a case."""

    number: int
    sha256: str
    changed: list[str]
    made_at: datetime
    made_by: str
    why: str


class VersionsOut(Schema):
    """A page of versions, the newest first; ``next``: as of cases."""

    items: list[VersionOut]
    next: str | None


class StreamOut(Schema):
    """A work-stream."""

    stream: str
    state: str
    owner: str | None
    due: date
    void_because: list[str]


class SittingOut(Schema):
    """A sitting of the committee; ``number`` counts within the case."""

    sitting: int
    number: int
    purpose: str
    state: str
    result: str
    tally: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    void_because: list[str]
    evidence_since: list[str]


class ReleaseOut(Schema):
    """An instalment that was asked for."""

    tranche: str
    amount: float
    state: str
    asked_by: str
    asked_at: datetime
    answered_by: str | None
    answered_at: datetime | None


class CaseWhole(Schema):
    """A case with its streams, sittings and releases."""

    head: CaseOut
    streams: list[StreamOut]
    sittings: list[SittingOut]
    releases: list[ReleaseOut]


class EntryOut(Schema):
    """An entry of the log: its bytes as text, and their hash as a leaf of the ledger (RFC 6962)."""

    entry: str
    content: str


class EntriesOut(Schema):
    """A page of entries, the newest first, and, in an office of one organisation, the newest signed checkpoint.

    ``next``: as of cases.
    """

    items: list[EntryOut]
    next: str | None
    checkpoint: str
