"""The ledger: an append-only transparency log of what was decided on what, that an auditor can check offline."""

from guanzi.record.ledger.action import ActionBody, ActionEntry
from guanzi.record.ledger.bundle import (
    ALWAYS,
    CHECKPOINT,
    EVIDENCE,
    MANIFEST,
    SOMETIMES,
    HeldEntry,
    entries_of,
    make_bundle,
)
from guanzi.record.ledger.caserecord import RECORD, ExaminedRecord, make_record, read_record
from guanzi.record.ledger.checking import check_log
from guanzi.record.ledger.checkpoint import Checkpoint, Signer, Verifier, read_note, sign
from guanzi.record.ledger.decision import (
    DECISIONS,
    VOTES,
    Appraised,
    DecisionBody,
    DecisionEntry,
    Erased,
    ErasureBody,
    Vote,
    entry_schema,
    read_entry,
    service_entry,
)
from guanzi.record.ledger.entering import Entered, KeyDoesNotFit, Store, cosign, enter
from guanzi.record.ledger.entries import Commitment, Entry, commitment_hash
from guanzi.record.ledger.examining import ExaminedBundle, Expected, examine
from guanzi.record.ledger.log import ClockWentBack, Flaw, Log, pack
from guanzi.record.ledger.merkle import is_consistent, is_included, leaf_hash
from guanzi.record.ledger.postgres import (
    create_postgres_log,
    log_on,
    make_postgres_tables,
    name_postgres_log,
    reading_postgres,
    writing_postgres,
)
from guanzi.record.ledger.sqlite import create_log, make_tables, name_log, reading, writing

__all__ = [
    "ALWAYS",
    "CHECKPOINT",
    "DECISIONS",
    "EVIDENCE",
    "MANIFEST",
    "RECORD",
    "SOMETIMES",
    "VOTES",
    "ActionBody",
    "ActionEntry",
    "Appraised",
    "Checkpoint",
    "ClockWentBack",
    "Commitment",
    "DecisionBody",
    "DecisionEntry",
    "Entered",
    "Entry",
    "Erased",
    "ErasureBody",
    "ExaminedBundle",
    "ExaminedRecord",
    "Expected",
    "Flaw",
    "HeldEntry",
    "KeyDoesNotFit",
    "Log",
    "Signer",
    "Store",
    "Verifier",
    "Vote",
    "check_log",
    "commitment_hash",
    "cosign",
    "create_log",
    "create_postgres_log",
    "enter",
    "entries_of",
    "entry_schema",
    "examine",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "log_on",
    "make_bundle",
    "make_postgres_tables",
    "make_record",
    "make_tables",
    "name_log",
    "name_postgres_log",
    "pack",
    "read_entry",
    "read_note",
    "read_record",
    "reading",
    "reading_postgres",
    "service_entry",
    "sign",
    "writing",
    "writing_postgres",
]
