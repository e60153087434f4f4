"""The check of a log with all of it in memory at once: the oracle of the one that reads it piece by piece."""

from guanzi.record.ledger import Checkpoint, Flaw, Verifier, commitment_hash, leaf_hash, read_entry, read_note
from guanzi.record.ledger.decision import ErasureEntry
from guanzi.record.ledger.merkle import root_of


def check_in_memory(log):
    """Flaws of a log besides those of :meth:`Log.verify`, as a set."""
    contents = dict(log.contents())
    entries, found = {}, set()
    for seq, content in contents.items():
        try:
            entries[seq] = read_entry(content)
        except ValueError:
            found.add(Flaw("entry", seq))
    leaves = [leaf_hash(content) for content in contents.values()]
    roots = {seq + 1: root_of(leaves[: n + 1]) for n, seq in enumerate(contents)} | {0: root_of([])}
    return found | words(log, entries) | files(log, entries) | notes(log, roots)


def words(log, entries):
    erasures = [entry for entry in entries.values() if isinstance(entry, ErasureEntry)]
    forgotten = {(told.entry, told.what) for entry in erasures for told in entry.body.forgotten}
    due = {sha256: (seq, name) for seq, entry in entries.items() for name, sha256 in entry.commitments()}
    held = {one.sha256: one for one in log.all_opened()}
    wrong = {
        due.get(sha256, (None, ""))[0]
        for sha256, one in held.items()
        if due.get(sha256) in {None} | forgotten or commitment_hash(one.salt, one.words) != sha256
    }
    wrong |= {of[0] for sha256, of in due.items() if sha256 not in held and of not in forgotten}
    return {Flaw("words", seq) for seq in wrong}


def files(log, entries):
    named = {}
    for seq, entry in entries.items():
        told = getattr(entry.body, "files", ())
        if hasattr(entry.body, "appraisal"):
            told = (entry.body.appraisal.sha256, entry.body.appraisal.dossier, entry.body.appraisal.evidence)
        for sha256 in filter(None, told):
            named.setdefault(sha256, seq)
    unnamed = {Flaw("file") for sha256 in log.kept_hashes() if sha256 not in named}
    return unnamed | {Flaw("file", seq) for sha256, seq in named.items() if log.kept(sha256) is None}


def notes(log, roots):
    try:
        own, *others = keys = [Verifier.parse(word) for word in (log.verifier, *log.witnesses())]
    except ValueError:
        return {Flaw("key")}
    if own.name != log.origin or own.witness:
        return {Flaw("key")}
    held, found, signed = dict(log.notes()), set(), set()
    for size in held.keys() | roots.keys():
        try:
            note = read_note(held[size], keys)
            said = Checkpoint.parse(note.text)
        except (KeyError, ValueError):
            found.add(Flaw("note", size))
            continue
        right = (said.text(), said.origin, said.size, said.root) == (note.text, log.origin, size, roots.get(size))
        if not right or own.name not in note.names or not all(line.verified for line in note.signatures):
            found.add(Flaw("note", size))
        signed.update(note.names)
    return found | ({Flaw("key")} if any(one.name not in signed for one in others) else set())
