"""Whether a whole log is as it was written: entries, their trees, what they name, and its signed checkpoints."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import batched

from guanzi.record.ledger.action import ActionEntry
from guanzi.record.ledger.checkpoint import Checkpoint, Verifier, read_note
from guanzi.record.ledger.decision import DecisionEntry, ErasureEntry, ServiceEntry, read_entry
from guanzi.record.ledger.entries import commitment_hash
from guanzi.record.ledger.log import Flaw, Log
from guanzi.record.ledger.merkle import EMPTY, GrowingTree, leaf_hash
from guanzi.record.ledger.named import NamedByEntries

_AT_ONCE = 500
"""Words that are looked up together."""


def check_log(log: Log, kept: Sequence[Checkpoint] = ()) -> tuple[Flaw, ...]:
    """Everything that is wrong with a log that a case keeps: each of its entries is followed by a signed checkpoint.

    Memory does not grow with the number of entries.

    Args:
        log: The log.
        kept: Checkpoints that somebody kept outside, of the same key.
    """
    flaws = list(log.verify(kept))
    with closing(NamedByEntries()) as named:
        notes = tuple(_notes(log, _read(log, named, flaws)))
        named.finish()
        flaws += _words(log, named)
        flaws += _files(log, named)
    return tuple(dict.fromkeys((*flaws, *notes)))


def _read(log: Log, named: NamedByEntries, flaws: list[Flaw]) -> Iterator[tuple[int, bytes]]:
    """Size and root of the log after each of its entries, while what they name and what is no entry is gathered."""
    tree = GrowingTree()
    yield 0, EMPTY
    for seq, content in log.contents():
        tree.grow(leaf_hash(content))
        try:
            entry = read_entry(content)
        except ValueError:
            flaws.append(Flaw("entry", seq))
        else:
            named.add(seq, entry.commitments(), _named(entry))
            if isinstance(entry, ErasureEntry):
                named.erase((told.entry, told.what) for told in entry.body.forgotten)
        yield seq + 1, tree.root


def _words(log: Log, named: NamedByEntries) -> Iterator[Flaw]:
    """Words that open no commitment, that are there though they were forgotten, or are missing though they were not."""
    for some in batched(log.all_opened(), _AT_ONCE):
        due = named.due([words.sha256 for words in some])
        for words in some:
            of = due.get(words.sha256)
            if of is None or of.forgotten or commitment_hash(words.salt, words.words) != words.sha256:
                yield Flaw("words", None if of is None else of.seq)
    for hashes in named.commitments():
        missing = {*hashes} - log.words_of(hashes).keys()
        if missing:
            yield from (Flaw("words", of.seq) for of in named.due([*missing]).values() if not of.forgotten)


def _files(log: Log, named: NamedByEntries) -> Iterator[Flaw]:
    for sha256 in log.kept_hashes():
        if not named.names_file(sha256):
            yield Flaw("file")
    for sha256, seq in named.files():
        if log.kept(sha256) is None:
            yield Flaw("file", seq)


def _named(entry: ServiceEntry) -> tuple[str, ...]:
    """Files that an entry names."""
    match entry:
        case DecisionEntry():
            appraised = entry.body.appraisal
            return tuple(filter(None, (appraised.sha256, appraised.dossier, appraised.evidence)))
        case ActionEntry():
            return entry.body.files
        case ErasureEntry():
            return ()


def _notes(log: Log, roots: Iterator[tuple[int, bytes]]) -> Iterator[Flaw]:
    """Checkpoints that are missing, or do not say what their entries make; reads all of ``roots``."""
    try:
        own = Verifier.parse(log.verifier)
        witnesses = [Verifier.parse(word) for word in log.witnesses()]
        keys = [own, *witnesses]
    except ValueError:
        keys = []
    if not keys or own.name != log.origin or own.witness:
        deque(roots, maxlen=0)
        yield Flaw("key")
        return
    signed_by: set[str] = set()
    for size, note, root in _side_by_side(log.each_note(), roots):
        try:
            told = read_note(note or "", keys)
            found = Checkpoint.parse(told.text)
        except ValueError:
            yield Flaw("note", size)
            continue
        same = (found.text(), found.origin, found.size) == (told.text, log.origin, size)
        if not same or found.root != root or not all(line.verified for line in told.signatures):
            yield Flaw("note", size)
        if own.name not in told.names:
            yield Flaw("note", size)
        signed_by.update(told.names)
    if any(witness.name not in signed_by for witness in witnesses):
        yield Flaw("key")


def _side_by_side(
    notes: Iterator[tuple[int, str]], roots: Iterator[tuple[int, bytes]]
) -> Iterator[tuple[int, str | None, bytes | None]]:
    """Size, note and root of every size that has one of them; both come in the order of their sizes."""
    note, root = next(notes, None), next(roots, None)
    while note is not None or root is not None:
        size = min(one[0] for one in (note, root) if one is not None)
        told = note[1] if note is not None and note[0] == size else None
        due = root[1] if root is not None and root[0] == size else None
        yield size, told, due
        note = next(notes, None) if told is not None else note
        root = next(roots, None) if due is not None else root
