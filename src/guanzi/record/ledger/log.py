"""The log: entries are appended in the transaction of the change that they record, and never changed.

It stands in a database of SQLite (:mod:`guanzi.record.ledger.sqlite`) or PostgreSQL
(:mod:`guanzi.record.ledger.postgres`); what differs between the two is how tables are made and how writers wait.

Beside the entries stand the hashes of all whole subtrees, so that an append, a root and a proof each cost the logarithm
of the length. They are a convenience and prove nothing: :meth:`Log.verify` computes everything from the entries.

What it does not protect against: whoever holds the file can write another history, with all hashes right. Only a
checkpoint that somebody else keeps, or that a witness has signed, binds the log to its past.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as hash_of
from itertools import batched
from typing import Any, Protocol

from guanzi.record.ledger.checkpoint import Checkpoint
from guanzi.record.ledger.entries import Commitment, Entry
from guanzi.record.ledger.merkle import (
    EMPTY,
    GrowingTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    range_root,
)

_PACKED = 6
"""How hard kept files are compressed."""
_AT_ONCE = 500
"""Values of one statement."""
PAGE = 2_000
"""Rows that are read at a time where all of a table are looked at."""


class SqlResult(Protocol):
    """What a statement gives: rows, and how many it changed."""

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""
        ...

    def fetchone(self) -> Any:
        """The first row, or None."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection within a transaction of the caller; ``?`` stands for a value. One of SQLite's is such."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> SqlResult:
        """Run a statement."""
        ...


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with a log.

    Attributes:
        kind: ``gap`` (an entry is missing), ``content`` (bytes that are no entry), ``time`` (the clock went back),
            ``tree`` (kept hashes are not those of the entries), ``shorter`` or ``rewritten`` (against a checkpoint).
        seq: Entry, or None where it concerns the whole.
    """

    kind: str
    seq: int | None = None


class ClockWentBack(ValueError):
    """An entry is dated before the one before it."""


def pack(content: bytes) -> bytes:
    """The bytes of a file as the log keeps them."""
    return zlib.compress(content, _PACKED)


class Log:
    """A log in a database, its own or that of the changes that it records.

    Args:
        connection: Open connection; the caller begins and ends transactions.
        write_lock: Statement by which a writer waits for its turn, where the transaction alone does not see to it.
    """

    def __init__(self, connection: Connection, write_lock: str = "") -> None:
        self.connection = connection
        self._turn = write_lock

    @property
    def size(self) -> int:
        """Number of entries."""
        (last,) = self.connection.execute("SELECT max(seq) FROM ledger_entry").fetchone()
        return 0 if last is None else int(last) + 1

    @property
    def origin(self) -> str:
        """Whose log it is."""
        (origin,) = self.connection.execute("SELECT origin FROM ledger_origin").fetchone()
        return str(origin)

    def append(self, entry: Entry, *people: Commitment) -> int:
        """Append an entry within the transaction of the caller, and keep what opens its commitments.

        Returns:
            Its number, from 0.

        Raises:
            ClockWentBack: It is dated before the last entry.
            ValueError: See :meth:`Entry.content`.
            Exception: The database refuses, with an error of its own kind.
        """
        if self._turn:
            self.connection.execute(self._turn)
        seq, content = self.size, entry.content()
        if seq and entry.at < self._at(seq - 1):
            raise ClockWentBack(f"entry {seq} would be dated before entry {seq - 1}")
        execute = self.connection.execute
        execute("INSERT INTO ledger_entry VALUES (?, ?)", (seq, content))
        for person in people:
            execute("INSERT INTO ledger_words VALUES (?, ?, ?)", (person.sha256, person.salt, person.words))
        level, number, found = 0, seq, leaf_hash(content)
        execute("INSERT INTO ledger_node VALUES (?, ?, ?)", (level, number, found))
        while number & 1:
            found = node_hash(self._node(level, number - 1), found)
            level, number = level + 1, number >> 1
            execute("INSERT INTO ledger_node VALUES (?, ?, ?)", (level, number, found))
        return seq

    def contents(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every entry, in order; few are in memory at once."""
        for seq, content in self._paged("ledger_entry", "seq", "seq, content"):
            yield int(seq), bytes(content)

    def _paged(self, table: str, key: str, columns: str, only: str = "") -> Iterator[Any]:
        """Rows of a table in the order of their key, its first column, some of them read at a time."""
        after: tuple[Any, ...] = ()
        while True:
            conditions = " AND ".join(filter(None, (only, f"{key} > ?" if after else "")))
            where = f"WHERE {conditions} " if conditions else ""
            statement = f"SELECT {columns} FROM {table} {where}ORDER BY {key} LIMIT {PAGE}"
            rows = list(self.connection.execute(statement, after))
            yield from rows
            if len(rows) < PAGE:
                return
            after = (rows[-1][0],)

    def content(self, seq: int) -> bytes:
        """The bytes of an entry.

        Raises:
            ValueError: There is none.
        """
        row = self.connection.execute("SELECT content FROM ledger_entry WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            raise ValueError(f"the log has no entry {seq}")
        return bytes(row[0])

    def contents_of(self, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """The bytes of some entries by their numbers, in few statements; a number without an entry is left out."""
        found: dict[int, bytes] = {}
        for some in batched(numbers, _AT_ONCE):
            marks = ", ".join("?" * len(some))
            rows = self.connection.execute(f"SELECT seq, content FROM ledger_entry WHERE seq IN ({marks})", some)
            found |= {int(seq): bytes(content) for seq, content in rows}
        return found

    def root(self, size: int | None = None) -> bytes:
        """Root of the log, or of its first entries."""
        return range_root(self._node, 0, self.size if size is None else size)

    def checkpoint(self) -> Checkpoint:
        """Its present state, to be signed."""
        size = self.size
        return Checkpoint(self.origin, size, self.root(size) if size else EMPTY)

    def prove(self, seq: int, size: int) -> tuple[bytes, ...]:
        """That an entry is among the first ``size``. See :func:`inclusion_proof`."""
        return inclusion_proof(self._node, seq, size)

    def prove_past(self, old: int, new: int) -> tuple[bytes, ...]:
        """That the log of size ``new`` begins with that of size ``old``. See :func:`consistency_proof`."""
        return consistency_proof(self._node, old, new)

    def opened(self, sha256: str) -> tuple[bytes, str] | None:
        """Salt and words that open a commitment; None where they were forgotten."""
        row = self.connection.execute("SELECT salt, words FROM ledger_words WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else (bytes(row[0]), str(row[1]))

    def words_of(self, hashes: Sequence[str]) -> Mapping[str, str]:
        """The words of some commitments by their hashes, in few statements; what was forgotten is left out."""
        found: dict[str, str] = {}
        for some in batched(hashes, _AT_ONCE):
            marks = ", ".join("?" * len(some))
            rows = self.connection.execute(f"SELECT sha256, words FROM ledger_words WHERE sha256 IN ({marks})", some)
            found |= {str(sha256): str(words) for sha256, words in rows}
        return found

    def all_opened(self) -> Iterator[Commitment]:
        """Everything that opens a commitment and was not forgotten, by its hash."""
        for sha256, salt, words in self._paged("ledger_words", "sha256", "sha256, salt, words"):
            yield Commitment(str(sha256), bytes(salt), str(words))

    def erase(self, sha256: str) -> bool:
        """Delete what opens a commitment, within the transaction of the caller; whether there was something."""
        return self.connection.execute("DELETE FROM ledger_words WHERE sha256 = ?", (sha256,)).rowcount > 0

    def keep(self, content: bytes, packed: bytes | None = None) -> str:
        """Keep a file that an entry names by its hash; one that is kept already is kept once.

        Args:
            content: Its bytes.
            packed: The same as :func:`pack` gives them; None: they are packed now.

        Returns:
            Its SHA-256.
        """
        found = hash_of(content).hexdigest()
        if self.connection.execute("SELECT 1 FROM ledger_file WHERE sha256 = ?", (found,)).fetchone() is None:
            self.connection.execute("INSERT INTO ledger_file VALUES (?, ?)", (found, packed or pack(content)))
        return found

    def kept(self, sha256: str) -> bytes | None:
        """The bytes of a kept file; None where there is none with this hash, or its bytes were changed."""
        row = self.connection.execute("SELECT packed FROM ledger_file WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        try:
            content = zlib.decompress(bytes(row[0]))
        except zlib.error:
            return None
        return content if hash_of(content).hexdigest() == sha256 else None

    def kept_hashes(self) -> Iterator[str]:
        """Hashes of the kept files."""
        return (str(sha256) for (sha256,) in self._paged("ledger_file", "sha256", "sha256"))

    def put_note(self, size: int, note: str) -> None:
        """Keep the signed checkpoint of a size, in place of one with fewer signatures."""
        self.connection.execute("DELETE FROM ledger_note WHERE size = ?", (size,))
        self.connection.execute("INSERT INTO ledger_note VALUES (?, ?)", (size, note))

    def notes(self) -> tuple[tuple[int, str], ...]:
        """The signed checkpoints with their sizes, smallest first."""
        return tuple(self.each_note())

    def each_note(self) -> Iterator[tuple[int, str]]:
        """The same, of which few are in memory at once."""
        return ((int(size), str(note)) for size, note in self._paged("ledger_note", "size", "size, note"))

    def newest_note(self) -> str | None:
        """The signed checkpoint of the longest log; None: nothing was signed."""
        row = self.connection.execute("SELECT note FROM ledger_note ORDER BY size DESC LIMIT 1").fetchone()
        return None if row is None else str(row[0])

    def add_witness(self, verifier: str) -> None:
        """Keep the public key of a witness, in one word."""
        if verifier not in self.witnesses():
            self.connection.execute("INSERT INTO ledger_witness VALUES (?)", (verifier,))

    def witnesses(self) -> tuple[str, ...]:
        """The public keys of those that signed a checkpoint of this log, each in one word."""
        rows = self.connection.execute("SELECT verifier FROM ledger_witness ORDER BY verifier")
        return tuple(str(word) for (word,) in rows)

    @property
    def verifier(self) -> str:
        """The public key of the log in one word, as it stands in the database; empty: it has none yet."""
        row = self.connection.execute("SELECT verifier FROM ledger_origin").fetchone()
        return "" if row is None else str(row[0])

    def verify(self, kept: Sequence[Checkpoint] = ()) -> tuple[Flaw, ...]:
        """What is wrong: with entries, their order, the kept hashes, and against checkpoints that were handed out."""
        flaws: list[Flaw] = []
        before: datetime | None = None
        tree, kept_tree = GrowingTree(), _KeptTree(self)
        roots: dict[int, bytes] = {0: EMPTY}
        asked = {checkpoint.size for checkpoint in kept}
        for expected, (seq, content) in enumerate(self.contents()):
            if seq != expected:
                return (*flaws, Flaw("gap", expected))
            at = _time_of(content)
            if at is None:
                flaws.append(Flaw("content", seq))
            elif before is not None and at < before:
                flaws.append(Flaw("time", seq))
            before = at or before
            kept_tree.compare(tree.grow(leaf_hash(content)))
            if tree.size in asked:
                roots[tree.size] = tree.root
        if not kept_tree.ends():
            flaws.append(Flaw("tree"))
        for checkpoint in kept:
            if checkpoint.size > tree.size:
                flaws.append(Flaw("shorter", checkpoint.size))
            elif checkpoint.root != roots[checkpoint.size]:
                flaws.append(Flaw("rewritten", checkpoint.size))
        return tuple(flaws)

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        """Number and kept hash of every whole subtree of a level, in order."""
        rows = self._paged("ledger_node", "number", "number, hash", f"level = {level:d}")
        return ((int(number), bytes(found)) for number, found in rows)

    def _node(self, level: int, number: int) -> bytes:
        row = self.connection.execute(
            "SELECT hash FROM ledger_node WHERE level = ? AND number = ?", (level, number)
        ).fetchone()
        return b"" if row is None else bytes(row[0])  # a hash that was taken out makes another root

    def _at(self, seq: int) -> datetime:
        at = _time_of(self.content(seq))
        if at is None:
            raise ValueError(f"entry {seq} of the log is damaged")
        return at


class _KeptTree:
    """The hashes of subtrees that a log keeps, compared with those over its entries while these are read."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._levels: dict[int, Iterator[tuple[int, bytes]]] = {}
        self._count = 0
        self._same = True

    def compare(self, made: Sequence[tuple[int, int, bytes]]) -> None:
        """Compare subtrees: level, number and hash of those that an entry completes."""
        for level, number, found in made if self._same else ():
            kept = self._levels.setdefault(level, self._log.nodes(level))
            self._same &= next(kept, None) == (number, found)
            self._count += 1

    def ends(self) -> bool:
        """Whether all were the same, and nothing else is kept."""
        (count,) = self._log.connection.execute("SELECT count(*) FROM ledger_node").fetchone()
        return self._same and int(count) == self._count


def _time_of(content: bytes) -> datetime | None:
    """When an entry was entered; None for what is no entry."""
    try:
        at = datetime.fromisoformat(json.loads(content)["at"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return None if at.tzinfo is None else at
