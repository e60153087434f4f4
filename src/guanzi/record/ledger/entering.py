"""Entering a decision: entry, kept files, words of people and signed checkpoint in one transaction, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from guanzi.record.ledger.checkpoint import Checkpoint, Signer, sign, signature
from guanzi.record.ledger.entries import Commitment, Entry
from guanzi.record.ledger.log import Log
from guanzi.record.ledger.postgres import create_postgres_log, reading_postgres, writing_postgres
from guanzi.record.ledger.sqlite import create_log, reading, writing

_POSTGRES = ("postgresql://", "postgres://")


class KeyDoesNotFit(ValueError):
    """The key at hand is not that of the log."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where a log stands: a file of SQLite, or the address of a database of PostgreSQL."""

    address: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file."""
        return not self.address.startswith(_POSTGRES)

    @property
    def shown(self) -> str:
        """The address without what stands before the host, which may be a password."""
        scheme, _, rest = self.address.partition("://")
        return self.address if self.is_file else f"{scheme}://{rest.rpartition('@')[2]}"

    def create(self, signer: Signer) -> None:
        """Make an empty log of a key, with the checkpoint that says that it is empty; one that is there stays."""
        if self.is_file:
            create_log(Path(self.address), signer.name, str(signer.verifier))
        else:
            create_postgres_log(self.address, signer.name, str(signer.verifier))
        with self.writing() as log:
            if not log.notes() and not log.size:
                log.put_note(0, sign(log.checkpoint().text(), [signer]))

    def reading(self) -> AbstractContextManager[Log]:
        """The log as it stands."""
        return reading(Path(self.address)) if self.is_file else reading_postgres(self.address)

    def writing(self) -> AbstractContextManager[Log]:
        """The log within one transaction."""
        return writing(Path(self.address)) if self.is_file else writing_postgres(self.address)


@dataclass(frozen=True, slots=True)
class Entered:
    """Number of an entry, and the signed checkpoint after it."""

    seq: int
    note: str


def enter(log: Log, entry: Entry, people: Sequence[Commitment], files: Sequence[bytes], signer: Signer) -> Entered:
    """Append an entry with all that belongs to it, and sign the log as it then is.

    Raises:
        KeyDoesNotFit: The key is not that of the log.
        ClockWentBack: The entry is dated before the last one.
        Exception: The database refuses.
    """
    if str(signer.verifier) != log.verifier:
        raise KeyDoesNotFit(signer.name)
    seq = log.append(entry, *people)
    for content in files:
        log.keep(content)
    note = sign(log.checkpoint().text(), [signer])
    log.put_note(seq + 1, note)
    return Entered(seq, note)


def cosign(log: Log, note: str, witness: Signer, at: datetime | None = None) -> str:
    """Add the signature of a witness to the newest checkpoint of a log, and keep both.

    Args:
        log: The log, open for writing.
        note: Its newest signed checkpoint.
        witness: Key of the witness.
        at: When it was seen; None: now.
    """
    text, _, lines = note.rpartition("\n\n")
    others = [line for line in lines.splitlines(keepends=True) if not line.startswith(f"\u2014 {witness.name} ")]
    signed = text + "\n\n" + "".join(others) + signature(text + "\n", witness, at or datetime.now(UTC))
    log.put_note(Checkpoint.parse(text + "\n").size, signed)
    log.add_witness(str(witness.verifier))
    return signed
