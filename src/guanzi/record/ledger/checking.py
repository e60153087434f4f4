"""Whether a whole log is as it was written: entries, their trees, what they name, and its signed checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guanzi.record.ledger.action import ActionEntry
from guanzi.record.ledger.checkpoint import Checkpoint, Verifier, read_note
from guanzi.record.ledger.decision import DecisionEntry, ErasureEntry, ServiceEntry, read_entry
from guanzi.record.ledger.entries import commitment_hash
from guanzi.record.ledger.log import Flaw, Log
from guanzi.record.ledger.merkle import EMPTY, leaf_hash, node_hash


def check_log(log: Log, kept: Sequence[Checkpoint] = ()) -> tuple[Flaw, ...]:
    """Everything that is wrong with a log that a case keeps: each of its entries is followed by a signed checkpoint.

    Args:
        log: The log.
        kept: Checkpoints that somebody kept outside, of the same key.
    """
    flaws = list(log.verify(kept))
    entries: dict[int, ServiceEntry] = {}
    roots = {0: EMPTY}
    peaks: list[tuple[int, bytes]] = []
    for seq, content in log.contents():
        peaks = _with_leaf(peaks, leaf_hash(content))
        roots[seq + 1] = _root(peaks)
        try:
            entries[seq] = read_entry(content)
        except ValueError:
            flaws.append(Flaw("entry", seq))
    flaws += _words(log, entries)
    flaws += _files(log, entries)
    flaws += _notes(log, roots)
    return tuple(dict.fromkeys(flaws))


def _words(log: Log, entries: Mapping[int, ServiceEntry]) -> Iterator[Flaw]:
    """Words that open no commitment, that are there though they were forgotten, or are missing though they were not."""
    forgotten = {
        (told.entry, told.what)
        for entry in entries.values()
        if isinstance(entry, ErasureEntry)
        for told in entry.body.forgotten
    }
    due = {hash: (seq, name) for seq, entry in entries.items() for name, hash in entry.commitments()}
    held = {words.sha256: words for words in log.all_opened()}
    for sha256, words in held.items():
        if sha256 not in due or due[sha256] in forgotten or commitment_hash(words.salt, words.words) != sha256:
            yield Flaw("words", due.get(sha256, (None, ""))[0])
    for sha256, of in due.items():
        if sha256 not in held and of not in forgotten:
            yield Flaw("words", of[0])


def _files(log: Log, entries: Mapping[int, ServiceEntry]) -> Iterator[Flaw]:
    named: dict[str, int] = {}
    for seq, entry in entries.items():
        for sha256 in _named(entry):
            named.setdefault(sha256, seq)
    for sha256 in log.kept_hashes():
        if sha256 not in named:
            yield Flaw("file")
    for sha256, seq in named.items():
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


def _notes(log: Log, roots: Mapping[int, bytes]) -> Iterator[Flaw]:
    try:
        own = Verifier.parse(log.verifier)
        witnesses = [Verifier.parse(word) for word in log.witnesses()]
    except ValueError:
        yield Flaw("key")
        return
    if own.name != log.origin or own.witness:
        yield Flaw("key")
    notes = dict(log.notes())
    signed_by: set[str] = set()
    for size in sorted(notes.keys() | roots.keys()):
        try:
            note = read_note(notes[size], [own, *witnesses])
            found = Checkpoint.parse(note.text)
        except (KeyError, ValueError):
            yield Flaw("note", size)
            continue
        same = (found.text(), found.origin, found.size) == (note.text, log.origin, size)
        if not same or found.root != roots.get(size) or not all(line.verified for line in note.signatures):
            yield Flaw("note", size)
        if own.name not in note.names:
            yield Flaw("note", size)
        signed_by.update(note.names)
    if any(witness.name not in signed_by for witness in witnesses):
        yield Flaw("key")


def _with_leaf(peaks: list[tuple[int, bytes]], found: bytes) -> list[tuple[int, bytes]]:
    """The whole subtrees after one more leaf, each with its level."""
    rest, level = list(peaks), 0
    while rest and rest[-1][0] == level:
        found, level = node_hash(rest.pop()[1], found), level + 1
    return [*rest, (level, found)]


def _root(peaks: list[tuple[int, bytes]]) -> bytes:
    *rest, (_, root) = peaks
    for _, left in reversed(rest):
        root = node_hash(left, root)
    return root
