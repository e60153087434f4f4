"""Forget the words of a person: they are deleted, and the log says that they were; its proofs hold as before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.base.core import InvalidInput, write_file
from guanzi.jobs.decisions import decisions
from guanzi.jobs.decisions.ledgers import Request as Ledger
from guanzi.jobs.decisions.ledgers import (
    database,
    key_of,
    last_signed,
    ledger_problem,
    must_follow,
    read_key,
    store_of,
)
from guanzi.record.evidence import open_case
from guanzi.record.ledger import Commitment, Erased, ErasureBody, Log, entries_of, service_entry


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        ledger: The case, its ledger and the key.
        what: A name, which is forgotten wherever it stands alone, or ``N.reasons``, ``N.dissent`` of an entry.
        by: Who asks for it; None: the name of whoever is logged in.
    """

    ledger: Ledger
    what: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ErasedNow:
    """What was forgotten, the entry that says so, and texts in which the name still stands (``N.reasons``)."""

    seq: int
    erased: tuple[Erased, ...]
    left: tuple[str, ...]


def erase(request: Request) -> ErasedNow:
    """Delete words, and enter that they were deleted.

    Raises:
        InvalidInput: There is no such case, ledger or key, or nothing to forget.
    """
    case = open_case(request.ledger.case).id
    store, at, by = store_of(request.ledger), decisions.now(), Commitment.to(decisions.who(request.by))
    key = key_of(request.ledger)
    signer = read_key(key)
    with database(store), store.writing() as log:
        must_follow(log, key)
        found, left = _found(log, case, request.what)
        if not found:
            raise InvalidInput(ledger_problem("nothing_to_forget", store.shown, what=request.what))
        for _, hash in found:
            log.erase(hash)
        told = tuple(forgotten for forgotten, _ in found)
        entry = service_entry(at, by.sha256, ErasureBody(format=1, case=case, forgotten=told))
        done = decisions.enter_now(log, entry, (by,), [], signer)
    write_file(last_signed(key), done.note)
    return ErasedNow(done.seq, told, left)


def data(done: ErasedNow) -> dict[str, Any]:
    """What was forgotten, as plain data."""
    return {
        "entry": done.seq,
        "forgotten": [told.model_dump(mode="json") for told in done.erased],
        "left": list(done.left),
    }


def _found(log: Log, case: str, what: str) -> tuple[list[tuple[Erased, str]], tuple[str, ...]]:
    """The commitments that are meant, each with its hash, and the texts that hold the name besides."""
    name, found, left = decisions.who(what), [], []
    for held in entries_of(log, case):
        for part, hash in held.entry.commitments():
            words = log.opened(hash)
            if words is None:
                continue
            if what == f"{held.seq}.{part}" or (part not in ("reasons", "dissent") and words[1] == name):
                found.append((Erased(entry=held.seq, what=part), hash))
            elif name and name in decisions.who(words[1]):
                left.append(f"{held.seq}.{part}")
    return found, tuple(left)
