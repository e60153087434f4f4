"""Entries of the log: what was done, by whom, when, and a commitment in place of what is personal.

A person's name does not stand in the log, which nobody can change, but a hash of it with a random salt. Name and salt
lie in a table beside: whoever has them can show that the entry speaks of that person, and once they are deleted nobody
can.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from guanzi.record.ledger.canonical import canonical_bytes

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Commitment:
    """A hash that binds to words and does not tell them.

    Attributes:
        sha256: Of the salt and the words.
        salt: Random bytes; with the words they open the commitment.
        words: What is committed to.
    """

    sha256: str
    salt: bytes
    words: str

    @classmethod
    def to(cls, words: str) -> Commitment:
        """A new commitment to words."""
        salt = secrets.token_bytes(SALT_BYTES)
        return cls(commitment_hash(salt, words), salt, words)


def commitment_hash(salt: bytes, words: str) -> str:
    """The hash of a commitment."""
    return sha256(salt + words.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        kind: What was done, e.g. ``decision`` or ``appraisal``.
        at: When it was entered, with its offset from UTC.
        actor: Hash of the commitment to who did it.
        body: The rest, as plain data.
    """

    kind: str
    at: datetime
    actor: str
    body: Mapping[str, Any]

    def content(self) -> bytes:
        """The bytes that are hashed: canonical JSON.

        Raises:
            ValueError: The time has no offset, or the body holds what JSON cannot.
        """
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry has an offset from UTC")
        at = self.at.isoformat(timespec="microseconds")
        return canonical_bytes({"kind": self.kind, "at": at, "actor": self.actor, "body": dict(self.body)})
