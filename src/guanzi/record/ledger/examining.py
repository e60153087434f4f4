"""Examining a bundle: everything that is wrong with it, each with the file in which it stands. Pure, and offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from guanzi.base.core import Message, Parameter, Place, Problem
from guanzi.record.ledger.bundle import (
    ALWAYS,
    APPRAISAL,
    CHECKPOINT,
    DECISION,
    DOSSIER,
    EVIDENCE,
    KEYS,
    MANIFEST,
    OPENED,
    PROOF,
    SOMETIMES,
    TEXT_FILES,
    Manifest,
)
from guanzi.record.ledger.checkpoint import Checkpoint, Note, Verifier, read_note
from guanzi.record.ledger.decision import DecisionEntry, ErasureEntry, ServiceEntry, read_entry
from guanzi.record.ledger.entries import commitment_hash
from guanzi.record.ledger.merkle import is_consistent, is_included, leaf_hash
from guanzi.record.ledger.plainjson import parse_strict

_HEX = 64
_MOST_PROOF = 64
"""Hashes of a proof: the logarithm of any log."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What whoever examines a bundle knows from elsewhere.

    Attributes:
        case: Id of the case; None: any.
        keys: Public keys, in one word each, that must have signed the checkpoint.
        kept: Checkpoints that were kept, as signed notes, by the name of their file.
    """

    case: str | None = None
    keys: Mapping[str, Verifier] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Other:
    """Another entry of the same case that the bundle shows."""

    seq: int
    entry: ServiceEntry


@dataclass(slots=True)
class ExaminedBundle:
    """What a bundle holds as far as it could be read, and everything that is wrong with it.

    Attributes:
        problems: All that is wrong, in the order in which it was found.
        manifest: What the bundle says that it is.
        checkpoint: State of the log.
        signed: Signatures of the checkpoint: the log, then witnesses.
        seen: When each witness saw it.
        own: Public key of the log as the bundle tells it.
        decision: The decision.
        opened: Words of the commitments that can be opened, by name.
        withheld: Commitments whose words are missing though no entry says that they were forgotten.
        erased: Commitments whose words were forgotten, with the entry that says so.
        others: Other entries of the case.
        earlier: Roots of earlier sizes from which the log is proved to follow.
    """

    problems: list[Problem] = field(default_factory=list)
    manifest: Manifest | None = None
    checkpoint: Checkpoint | None = None
    signed: tuple[str, ...] = ()
    seen: dict[str, datetime] = field(default_factory=dict)
    own: Verifier | None = None
    decision: DecisionEntry | None = None
    opened: dict[str, str] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)
    erased: dict[str, int] = field(default_factory=dict)
    others: tuple[Other, ...] = ()
    earlier: dict[int, bytes] = field(default_factory=dict)

    def wrong(self, file: str, what: str, /, **params: Parameter) -> None:
        """Note what is wrong with a file."""
        cause, fix = Message.of(f"ledger.bundle.{what}", **params), Message.of("ledger.bundle.mend")
        self.problems.append(Problem(cause, Place(file), fix))


def examine(files: Mapping[str, bytes], expected: Expected) -> ExaminedBundle:
    """Everything that is wrong with a bundle.

    Args:
        files: Its files by name; that each is a plain file is for the caller to see.
        expected: What is known from elsewhere.
    """
    found = ExaminedBundle()
    for name in sorted({*ALWAYS, MANIFEST} - files.keys()):
        found.wrong(name, "missing")
    for name in sorted(files.keys() - {*ALWAYS, *SOMETIMES, MANIFEST}):
        found.wrong(name, "added")
    keys = _keys(found, files)
    if found.own is not None:
        _manifest(found, files, found.own)
        _checkpoint(found, files, keys)
    _decision(found, files)
    _proof(found, files)
    _opened(found, files)
    _expected(found, expected, keys)
    return found


def _text(found: ExaminedBundle, files: Mapping[str, bytes], name: str) -> str | None:
    try:
        return files[name].decode("utf-8") if name in files else None
    except UnicodeDecodeError:
        found.wrong(name, "unreadable")
        return None


def _keys(found: ExaminedBundle, files: Mapping[str, bytes]) -> list[Verifier]:
    text = _text(found, files, KEYS)
    if text is None:
        return []
    try:
        keys = [Verifier.parse(line) for line in text.removesuffix("\n").split("\n")]
        own, *witnesses = keys
        sound = not own.witness and all(w.witness for w in witnesses)
        if not sound or "".join(f"{key}\n" for key in keys) != text or len({k.name for k in keys}) < len(keys):
            raise ValueError("no list of keys")
    except ValueError:
        found.wrong(KEYS, "keys")
        return []
    found.own = own
    return keys


def _manifest(found: ExaminedBundle, files: Mapping[str, bytes], own: Verifier) -> None:
    note = _note(found, files, MANIFEST, [own])
    if note is None:
        return
    try:
        found.manifest = manifest = Manifest.parse(note.text)
    except ValueError:
        found.wrong(MANIFEST, "unreadable")
        return
    if manifest.origin != own.name:
        found.wrong(MANIFEST, "other_log", name=manifest.origin, own=own.name)
    for name in sorted(manifest.files.keys() | files.keys() - {MANIFEST}):
        if name not in manifest.files:
            found.wrong(name, "added")
        elif name not in files:
            if name not in ALWAYS:  # of the others it was said already
                found.wrong(name, "missing")
        elif sha256(files[name]).hexdigest() != manifest.files[name]:
            found.wrong(name, "altered")


def _note(found: ExaminedBundle, files: Mapping[str, bytes], name: str, keys: Sequence[Verifier]) -> Note | None:
    """A note that is signed by exactly these keys."""
    text = _text(found, files, name)
    if text is None:
        return None
    try:
        note = read_note(text, keys)
    except ValueError:
        found.wrong(name, "false_signature")
        return None
    signers = [line.name for line in note.signatures]
    if sorted(signers) != sorted(key.name for key in keys) or not all(line.verified for line in note.signatures):
        found.wrong(name, "signers", names=tuple(sorted(set(signers))))
        return None
    return note


def _checkpoint(found: ExaminedBundle, files: Mapping[str, bytes], keys: Sequence[Verifier]) -> None:
    note = _note(found, files, CHECKPOINT, keys)
    if note is None:
        return
    try:
        checkpoint = Checkpoint.parse(note.text)
    except ValueError:
        found.wrong(CHECKPOINT, "unreadable")
        return
    if checkpoint.text() != note.text or checkpoint.origin != keys[0].name:
        found.wrong(CHECKPOINT, "other_log", name=checkpoint.origin, own=keys[0].name)
        return
    found.checkpoint, found.signed = checkpoint, note.names
    found.seen = {line.name: line.seen for line in note.signatures if line.seen is not None}


def _decision(found: ExaminedBundle, files: Mapping[str, bytes]) -> None:
    if DECISION not in files:
        return
    try:
        entry = read_entry(files[DECISION])
    except ValueError:
        found.wrong(DECISION, "unreadable")
        return
    if not isinstance(entry, DecisionEntry):
        found.wrong(DECISION, "unreadable")
        return
    found.decision = entry
    appraised = entry.body.appraisal
    for name, hash in ((APPRAISAL, appraised.sha256), (EVIDENCE, appraised.evidence), (DOSSIER, appraised.dossier)):
        if (name in files) != (hash is not None):
            if name == DOSSIER:
                found.wrong(name, "added" if hash is None else "missing")
        elif hash is not None and sha256(files[name]).hexdigest() != hash:
            found.wrong(name, "not_decided_on")
    if found.manifest is not None and found.manifest.case != entry.body.case:
        found.wrong(DECISION, "other_case", case=entry.body.case, expected=found.manifest.case)
    _same_case(found, files, entry)


def _same_case(found: ExaminedBundle, files: Mapping[str, bytes], entry: DecisionEntry) -> None:
    """Appraisal and evidence are of the case, day and view that the decision names."""
    body = entry.body
    expected: dict[str, tuple[Callable[[Any], Any], tuple[str, str]]] = {
        APPRAISAL: (lambda data: (data["case"]["id"], data["as_of"]), (body.case, body.as_of)),
        EVIDENCE: (lambda data: (data["case"], data["as_of"]), (body.case, body.as_of)),
    }
    for name, (told, due) in expected.items():
        if name not in files:
            continue
        try:
            data = parse_strict(files[name])
            case, day = told(data)
            view = data["versions"]["view_sha256"] if name == APPRAISAL else body.appraisal.evidence
        except (ValueError, KeyError, TypeError):
            found.wrong(name, "unreadable")
            continue
        if (case, day) != due:
            found.wrong(name, "other_case", case=f"{case}, {day}", expected=", ".join(due))
        elif view != body.appraisal.evidence:
            found.wrong(EVIDENCE, "other_evidence")


def _proof(found: ExaminedBundle, files: Mapping[str, bytes]) -> None:
    checkpoint, entry = found.checkpoint, found.decision
    if PROOF not in files or checkpoint is None or entry is None:
        return
    try:
        data = parse_strict(files[PROOF])
        seq, size = _count(data["entry"]), _count(data["size"])
        inclusion, others, earlier = _hashes(data["inclusion"]), list(data["others"]), list(data["earlier"])
        if data.keys() != {"entry", "size", "inclusion", "others", "earlier"}:
            raise ValueError("no proof")
        if size != checkpoint.size or (found.manifest is not None and seq != found.manifest.entry):
            raise ValueError("of another log or entry")
        if not is_included(leaf_hash(files[DECISION]), seq, size, inclusion, checkpoint.root):
            found.wrong(PROOF, "not_in_log", entry=seq, size=size)
        found.others = tuple(_other(found, other, checkpoint, entry.body.case) for other in others)
        for old in earlier:
            before, root = _count(old["size"]), _hash(old["root"])
            if is_consistent(before, size, root, checkpoint.root, _hashes(old["consistency"])):
                found.earlier[before] = root
            else:
                found.wrong(PROOF, "not_following", size=before)
    except (ValueError, KeyError, TypeError, AttributeError):
        found.wrong(PROOF, "unreadable")


def _other(found: ExaminedBundle, data: Any, checkpoint: Checkpoint, case: str) -> Other:
    seq, content = _count(data["entry"]), str(data["content"]).encode()
    entry = read_entry(content)
    if not is_included(leaf_hash(content), seq, checkpoint.size, _hashes(data["inclusion"]), checkpoint.root):
        found.wrong(PROOF, "not_in_log", entry=seq, size=checkpoint.size)
    if entry.body.case != case:
        found.wrong(PROOF, "other_case", case=entry.body.case, expected=case)
    return Other(seq, entry)


def _opened(found: ExaminedBundle, files: Mapping[str, bytes]) -> None:
    entry = found.decision
    if OPENED not in files or entry is None:
        return
    told = {
        (forgotten.entry, forgotten.what): other.seq
        for other in found.others
        if isinstance(other.entry, ErasureEntry)
        for forgotten in other.entry.body.forgotten
    }
    due = dict(entry.commitments())
    try:
        data = parse_strict(files[OPENED])
        if data.keys() != due.keys():
            raise ValueError("other commitments")
        for name, hash in due.items():
            words = _words(data[name], files, TEXT_FILES.get(name))
            by = told.get((found.manifest.entry if found.manifest else -1, name))
            if words is None and by is None:
                found.withheld.append(name)
            elif words is None and by is not None:
                found.erased[name] = by
            elif words is not None:
                if commitment_hash(*words) != hash:
                    found.wrong(TEXT_FILES.get(name, OPENED), "not_committed", name=name)
                found.opened[name] = words[1]
        for name, file in TEXT_FILES.items():
            if file in files and name not in found.opened:
                found.wrong(file, "added")
    except (ValueError, KeyError, TypeError, AttributeError):
        found.wrong(OPENED, "unreadable")


def _words(data: Any, files: Mapping[str, bytes], file: str | None) -> tuple[bytes, str] | None:
    """Salt and words of a commitment; None where they are not told."""
    if data is None:
        return None
    salt = bytes.fromhex(data["salt"])
    return salt, str(data["words"]) if file is None else files[file].decode("utf-8")


def _expected(found: ExaminedBundle, expected: Expected, keys: Sequence[Verifier]) -> None:
    case = found.decision.body.case if found.decision is not None else None
    if expected.case is not None and case is not None and case != expected.case:
        cause = Message.of("ledger.bundle.other_case", case=case, expected=expected.case)
        fix = Message.of("ledger.bundle.other_case.mend", case=expected.case)
        found.problems.append(Problem(cause, Place(DECISION), fix))
    for word, key in expected.keys.items():
        if key not in keys:
            found.wrong(KEYS, "key_not_there", key=word)
    for name, note in expected.kept.items():
        for problem in _kept(found, name, note):
            found.problems.append(problem)


def _kept(found: ExaminedBundle, name: str, note: str) -> Iterator[Problem]:
    """What a checkpoint that was kept says against the bundle."""
    own, now = found.own, found.checkpoint
    if own is None or now is None:
        return
    fix = Message.of("ledger.bundle.kept.mend")
    try:
        read = read_note(note, [own])
        kept = Checkpoint.parse(read.text)
    except ValueError:
        yield Problem(Message.of("ledger.bundle.kept_unreadable"), Place(name), fix)
        return
    if own.name not in read.names or kept.origin != now.origin:
        yield Problem(Message.of("ledger.bundle.kept_other", name=kept.origin), Place(name), fix)
    elif kept.size > now.size:
        cause = Message.of("ledger.bundle.kept_newer", kept=kept.size, size=now.size)
        yield Problem(cause, Place(name), fix)
    elif kept.size and not _follows(found, kept):
        yield Problem(Message.of("ledger.bundle.rewritten", size=kept.size), Place(name), fix)


def _follows(found: ExaminedBundle, kept: Checkpoint) -> bool:
    now = found.checkpoint
    if now is not None and kept.size == now.size:
        return kept.root == now.root
    return found.earlier.get(kept.size) == kept.root


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**62:
        raise ValueError("no count")
    return value


def _hash(value: Any) -> bytes:
    if not isinstance(value, str) or len(value) != _HEX or value != value.lower():
        raise ValueError("no hash")
    return bytes.fromhex(value)


def _hashes(values: Any) -> tuple[bytes, ...]:
    if not isinstance(values, list) or len(values) > _MOST_PROOF:
        raise ValueError("no list of hashes")
    return tuple(map(_hash, values))
