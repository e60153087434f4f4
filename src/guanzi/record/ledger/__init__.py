"""The ledger: an append-only transparency log of what was decided on what, that an auditor can check offline."""

from guanzi.record.ledger.canonical import canonical_bytes
from guanzi.record.ledger.checkpoint import (
    Checkpoint,
    Note,
    Signer,
    Verifier,
    open_note,
    read_note,
    sign,
    signature,
)
from guanzi.record.ledger.entries import Commitment, Entry, commitment_hash
from guanzi.record.ledger.log import ClockWentBack, Flaw, Log
from guanzi.record.ledger.merkle import is_consistent, is_included, leaf_hash, root_of
from guanzi.record.ledger.postgres import create_postgres_log, log_on, reading_postgres, writing_postgres
from guanzi.record.ledger.sqlite import create_log, reading, writing

__all__ = [
    "Checkpoint",
    "ClockWentBack",
    "Commitment",
    "Entry",
    "Flaw",
    "Log",
    "Note",
    "Signer",
    "Verifier",
    "canonical_bytes",
    "commitment_hash",
    "create_log",
    "create_postgres_log",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "log_on",
    "open_note",
    "read_note",
    "reading",
    "reading_postgres",
    "root_of",
    "sign",
    "signature",
    "writing",
    "writing_postgres",
]
