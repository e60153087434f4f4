"""The ledger: an append-only transparency log of what was decided on what, that an auditor can check offline."""

from guanzi.record.ledger.canonical import canonical_bytes
from guanzi.record.ledger.checkpoint import Checkpoint, Signer, Verifier, open_note, sign, signature
from guanzi.record.ledger.entries import Commitment, Entry, commitment_hash
from guanzi.record.ledger.log import ClockWentBack, Flaw, Log, create_log, reading, writing
from guanzi.record.ledger.merkle import is_consistent, is_included, leaf_hash, root_of

__all__ = [
    "Checkpoint",
    "ClockWentBack",
    "Commitment",
    "Entry",
    "Flaw",
    "Log",
    "Signer",
    "Verifier",
    "canonical_bytes",
    "commitment_hash",
    "create_log",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "open_note",
    "reading",
    "root_of",
    "sign",
    "signature",
    "writing",
]
