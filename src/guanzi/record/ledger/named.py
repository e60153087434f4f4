"""What the entries of a log name, kept in a file that is gone afterwards: memory does not grow with the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import NamedTuple

_AT_ONCE = 500
"""Values of one statement."""
_TABLES = """
CREATE TABLE commitment (sha256 TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE forgotten (seq INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE file (sha256 TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX commitment_by_hash ON commitment (sha256);
CREATE INDEX forgotten_by_entry ON forgotten (seq, name);
"""


class Due(NamedTuple):
    """A commitment of an entry: its number, and whether an entry says that the words were forgotten."""

    seq: int
    forgotten: bool


class NamedByEntries:
    """What entries name: commitments to words, words that were forgotten, and files."""

    def __init__(self) -> None:
        self._held = sqlite3.connect("")  # a file of its own, gone when it is closed
        self._held.executescript(_TABLES)

    def close(self) -> None:
        """Delete the file."""
        self._held.close()

    def add(self, seq: int, commitments: Iterable[tuple[str, str]], files: Iterable[str]) -> None:
        """Add what an entry names: name and hash of its commitments, and hashes of its files."""
        made = [(sha256, seq, name) for name, sha256 in commitments]
        self._held.executemany("INSERT INTO commitment VALUES (?, ?, ?)", made)
        self._held.executemany("INSERT OR IGNORE INTO file VALUES (?, ?)", [(sha256, seq) for sha256 in files])

    def erase(self, words: Iterable[tuple[int, str]]) -> None:
        """Add words that an entry says were forgotten: number of their entry, and their name in it."""
        self._held.executemany("INSERT INTO forgotten VALUES (?, ?)", words)

    def finish(self) -> None:
        """Say that nothing is added any more."""
        self._held.executescript(_INDEXES)

    def due(self, hashes: Sequence[str]) -> Mapping[str, Due]:
        """Commitments by their hashes; one that stands in several entries is that of the last."""
        marks = ", ".join("?" * len(hashes))
        forgotten = "EXISTS (SELECT 1 FROM forgotten AS f WHERE f.seq = c.seq AND f.name = c.name)"
        rows = self._held.execute(
            f"SELECT c.sha256, c.seq, {forgotten} FROM commitment AS c WHERE c.sha256 IN ({marks}) ORDER BY c.rowid",
            hashes,
        )
        return {sha256: Due(seq, bool(gone)) for sha256, seq, gone in rows}

    def commitments(self) -> Iterator[tuple[str, ...]]:
        """Hashes of all commitments in the order of their entries, some at a time."""
        rows = self._held.execute("SELECT sha256 FROM commitment ORDER BY rowid")
        return batched((sha256 for (sha256,) in rows), _AT_ONCE)

    def names_file(self, sha256: str) -> bool:
        """Whether an entry names a file."""
        return self._held.execute("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def files(self) -> Iterator[tuple[str, int]]:
        """Hashes of all files, each with the number of the first entry that names it, in their order."""
        return iter(self._held.execute("SELECT sha256, seq FROM file ORDER BY seq"))
