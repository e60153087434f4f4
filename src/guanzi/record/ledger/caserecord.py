"""The record of a case: every entry of a log that concerns it, as a folder that anybody can check without the database.

Each entry stands there byte for byte with the proof that the log of the signed checkpoint holds it; beside it lie the
words that open its commitments, as far as they were disclosed, and the files that it names. What the record does not
hold is not shown to be absent: numbers of entries that are missing belong to other cases, or were withheld.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from guanzi.base.core import Message, Parameter, Place, Problem
from guanzi.record.ledger.action import ActionEntry
from guanzi.record.ledger.bundle import CHECKPOINT, KEYS, HeldEntry, entries_of
from guanzi.record.ledger.checkpoint import Checkpoint, Verifier, read_note
from guanzi.record.ledger.decision import DecisionEntry, ErasureEntry, ServiceEntry, read_entry
from guanzi.record.ledger.entries import commitment_hash
from guanzi.record.ledger.log import Log
from guanzi.record.ledger.merkle import is_included, leaf_hash
from guanzi.record.ledger.plainjson import parse_strict

RECORD, FILE = "record.jsonl", "file-"
"""The entries, one a line; before the hash of a file that one of them names."""
_ALL = (RECORD, CHECKPOINT, KEYS)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """An entry of a record.

    Attributes:
        seq: Its number in the log.
        entry: What was entered.
        opened: Name of a commitment -> its words; None: they were forgotten or are not disclosed.
    """

    seq: int
    entry: ServiceEntry
    opened: Mapping[str, str | None]

    @property
    def at(self) -> datetime:
        """When it was entered."""
        return self.entry.time

    @property
    def action(self) -> str:
        """The action; ``decision`` or ``forgetting`` of the other kinds."""
        return self.entry.body.action if isinstance(self.entry, ActionEntry) else self.entry.kind

    @property
    def actor(self) -> str | None:
        """Who did it."""
        return self.opened.get("actor")

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {"entry": self.seq, **self.entry.model_dump(mode="json"), "opened": dict(self.opened)}


@dataclass(slots=True)
class ExaminedRecord:
    """What a record holds, and everything that is wrong with it.

    Attributes:
        lines: The entries in their order.
        files: Hash -> content of the files that they name.
        checkpoint: State of the log.
        own: Public key of the log as the record tells it.
    """

    problems: list[Problem] = field(default_factory=list)
    lines: tuple[RecordLine, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    checkpoint: Checkpoint | None = None
    own: Verifier | None = None

    def wrong(self, file: str, what: str, /, **params: Parameter) -> None:
        """Note what is wrong with a file."""
        cause = Message.of(f"ledger.bundle.{what}", **params)
        self.problems.append(Problem(cause, Place(file), Message.of("ledger.bundle.mend")))


def make_record(
    log: Log, organisation: str, case: str, disclosed: Callable[[HeldEntry, str | None], bool] = lambda held, name: True
) -> dict[str, bytes]:
    """The files of the record of a case.

    Args:
        log: The log.
        organisation: Whose case it is.
        case: Its id.
        disclosed: Whether the words of a commitment of an entry, by its name, are told; None: whether the entry is.

    Raises:
        ValueError: An entry cannot be read.
    """
    held = [one for one in _everything(log) if _concerns(one, organisation, case) and disclosed(one, None)]
    decided = {one.seq + 1 for one in held}
    held += [one for one in entries_of(log, case) if isinstance(one.entry, DecisionEntry) and one.seq in decided]
    own = {one.seq for one in held}
    held += [one for one in _everything(log) if _forgets(one, own)]
    held.sort(key=lambda one: one.seq)
    size, note = log.notes()[-1]
    lines, named = [], set()
    for one in held:
        opened: dict[str, Any] = {}
        for name, hash in one.entry.commitments():
            words = log.opened(hash) if disclosed(one, name) else None
            opened[name] = None if words is None else {"salt": words[0].hex(), "words": words[1]}
        proof = [hash.hex() for hash in log.prove(one.seq, size)]
        line = {"entry": one.seq, "content": one.content.decode(), "inclusion": proof, "opened": opened}
        lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True))
        named |= _named(one.entry)
    files = {f"{FILE}{hash}": content for hash in sorted(named) if (content := log.kept(hash)) is not None}
    return {
        RECORD: "".join(f"{line}\n" for line in lines).encode(),
        CHECKPOINT: note.encode(),
        KEYS: f"{log.verifier}\n".encode(),
        **files,
    }


def read_record(files: Mapping[str, bytes]) -> ExaminedRecord:
    """Everything that a record holds and that is wrong with it; nothing but these files is read."""
    found = ExaminedRecord()
    for name in sorted(set(_ALL) - files.keys()):
        found.wrong(name, "missing")
    for name in sorted(name for name in files if name not in _ALL and not name.startswith(FILE)):
        found.wrong(name, "added")
    if found.problems:
        return found
    _signed(found, files)
    if found.checkpoint is None:
        return found
    lines = []
    for number, text in enumerate(files[RECORD].decode("utf-8", "replace").splitlines(), 1):
        try:
            lines.append(_line(parse_strict(text.encode()), found.checkpoint))
        except (ValueError, KeyError, TypeError):
            found.wrong(f"{RECORD}:{number}", "unreadable")
    found.lines = tuple(lines)
    if [line.seq for line in lines] != sorted({line.seq for line in lines}):
        found.wrong(RECORD, "unreadable")
    _files(found, files)
    return found


def _signed(found: ExaminedRecord, files: Mapping[str, bytes]) -> None:
    try:
        found.own = own = Verifier.parse(files[KEYS].decode().removesuffix("\n"))
        note = read_note(files[CHECKPOINT].decode(), [own])
        if own.name not in note.names:
            raise ValueError("not signed by the log")
        checkpoint = Checkpoint.parse(note.text)
        if checkpoint.origin != own.name:
            raise ValueError("of another log")
        found.checkpoint = checkpoint
    except ValueError:
        found.wrong(CHECKPOINT, "false_signature")


def _line(value: Any, checkpoint: Checkpoint) -> RecordLine:
    """An entry that the log holds, with words that fit its commitments.

    Raises:
        ValueError: It is none, the log does not hold it, or words are other ones.
    """
    seq, content = int(value["entry"]), str(value["content"]).encode()
    proof = [bytes.fromhex(hash) for hash in value["inclusion"]]
    if not is_included(leaf_hash(content), seq, checkpoint.size, proof, checkpoint.root):
        raise ValueError("not in the log")
    entry = read_entry(content)
    due = dict(entry.commitments())
    if due.keys() != value["opened"].keys():
        raise ValueError("other commitments")
    opened: dict[str, str | None] = {}
    for name, words in value["opened"].items():
        opened[name] = None if words is None else str(words["words"])
        if words is not None and commitment_hash(bytes.fromhex(words["salt"]), words["words"]) != due[name]:
            raise ValueError("other words")
    return RecordLine(seq, entry, opened)


def _files(found: ExaminedRecord, files: Mapping[str, bytes]) -> None:
    held = {name.removeprefix(FILE): content for name, content in files.items() if name.startswith(FILE)}
    named = {hash for line in found.lines for hash in _named(line.entry)}
    for hash, content in sorted(held.items()):
        if sha256(content).hexdigest() != hash:
            found.wrong(f"{FILE}{hash}", "altered")
        elif hash not in named:
            found.wrong(f"{FILE}{hash}", "added")
    for hash in sorted(named - held.keys()):
        found.wrong(f"{FILE}{hash}", "missing")
    found.files = held


def _named(entry: ServiceEntry) -> set[str]:
    """Hashes of the files that an entry names."""
    if isinstance(entry, ActionEntry):
        return set(entry.body.files)
    if isinstance(entry, DecisionEntry):
        about = entry.body.appraisal
        return {about.sha256, about.evidence, *([] if about.dossier is None else [about.dossier])}
    return set()


def _everything(log: Log) -> Iterable[HeldEntry]:
    return (HeldEntry(seq, read_entry(content), content) for seq, content in log.contents())


def _concerns(held: HeldEntry, organisation: str, case: str) -> bool:
    """Whether an action was done on a case, or opened it."""
    entry = held.entry
    if not isinstance(entry, ActionEntry) or entry.body.organisation != organisation:
        return False
    return case in (entry.body.case, entry.body.data.get("case") if entry.body.case is None else None)


def _forgets(held: HeldEntry, own: set[int]) -> bool:
    entry = held.entry
    return isinstance(entry, ErasureEntry) and any(one.entry in own for one in entry.body.forgotten)
