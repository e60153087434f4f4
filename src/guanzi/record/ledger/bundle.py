"""A decision as a folder of plain files, which anybody can check without the database.

Everything hangs on the signed checkpoint. The decision is proved to be an entry of the log of that size and root; it
names appraisal, dossier and evidence by their hashes, and the words of people by commitments; the manifest, signed with
the same key, names every file with its hash, in lines as ``sha256sum --check`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from guanzi.base.core import dump_json
from guanzi.record.ledger.checkpoint import Checkpoint, Signer, Verifier, read_note, sign
from guanzi.record.ledger.decision import DecisionEntry, ServiceEntry, read_entry
from guanzi.record.ledger.log import Log

README, APPRAISAL, DOSSIER, EVIDENCE = "README.txt", "appraisal.json", "dossier.html", "evidence.json"
DECISION, OPENED, REASONS, DISSENT = "decision.json", "opened.json", "reasons.txt", "dissent.txt"
PROOF, CHECKPOINT, KEYS, MANIFEST = "proof.json", "checkpoint.txt", "keys.txt", "manifest.txt"
ALWAYS = (README, APPRAISAL, EVIDENCE, DECISION, OPENED, PROOF, CHECKPOINT, KEYS)
SOMETIMES = (DOSSIER, REASONS, DISSENT)
HEAD = "guanzi decision bundle 1"
_MOST_EARLIER = 512
"""Earlier checkpoints of which a bundle shows that the log follows from them: the newest."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says that it is: of which log, case and entry, with which files."""

    origin: str
    case: str
    entry: int
    files: Mapping[str, str]

    def text(self) -> str:
        """What is signed."""
        lines = [HEAD, self.origin, f"case {self.case}", f"entry {self.entry}"]
        return "\n".join([*lines, *(f"{hash}  {name}" for name, hash in sorted(self.files.items()))]) + "\n"

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """A manifest from its text.

        Raises:
            ValueError: It is none.
        """
        head, origin, case, entry, *lines = [*text[:-1].split("\n"), "", "", "", ""]
        pairs = [line.partition("  ") for line in lines if line]
        number = entry.removeprefix("entry ")
        count = int(number) if number.isdecimal() and number.isascii() and len(number) < 16 else -1
        found = cls(origin, case.removeprefix("case "), count, {name: hash for hash, _, name in pairs})
        if head != HEAD or found.text() != text:
            raise ValueError("no manifest")
        return found


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of a log, with its number."""

    seq: int
    entry: ServiceEntry
    content: bytes


def entries_of(log: Log, case: str | None) -> list[HeldEntry]:
    """The entries of a case, in their order.

    Raises:
        ValueError: An entry of the log cannot be read.
    """
    read = (HeldEntry(seq, read_entry(content), content) for seq, content in log.contents())
    return [held for held in read if held.entry.body.case == case]


def make_bundle(log: Log, held: HeldEntry, readme: str, signer: Signer) -> dict[str, bytes]:
    """The files of a bundle.

    Args:
        log: The log.
        held: The decision.
        readme: What a person should know who finds the folder.
        signer: Key of the log.

    Raises:
        ValueError: A file that the decision names is not kept, or was changed; or an entry cannot be read.
    """
    entry = held.entry
    if not isinstance(entry, DecisionEntry):
        raise ValueError(f"entry {held.seq} is no decision")
    size, note = log.notes()[-1]
    appraised = entry.body.appraisal
    opened, texts = _opened(log, entry)
    files = {
        README: readme.encode(),
        APPRAISAL: _kept(log, appraised.sha256),
        EVIDENCE: _kept(log, appraised.evidence),
        DECISION: held.content,
        OPENED: dump_json(opened).encode(),
        PROOF: dump_json(_proof(log, held, size)).encode(),
        CHECKPOINT: note.encode(),
        KEYS: "".join(f"{word}\n" for word in _keys_of(log, note)).encode(),
        **texts,
    }
    if appraised.dossier is not None:
        files[DOSSIER] = _kept(log, appraised.dossier)
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    manifest = Manifest(log.origin, entry.body.case, held.seq, hashes)
    return {**files, MANIFEST: sign(manifest.text(), [signer]).encode()}


def _kept(log: Log, hash: str) -> bytes:
    content = log.kept(hash)
    if content is None:
        raise ValueError(f"the kept file {hash} is missing or was changed")
    return content


def _keys_of(log: Log, note: str) -> list[str]:
    """The public keys that signed a checkpoint, that of the log first."""
    witnesses = [Verifier.parse(word) for word in log.witnesses()]
    names = read_note(note, witnesses).names
    return [log.verifier, *(str(witness) for witness in witnesses if witness.name in names)]


def _opened(log: Log, entry: DecisionEntry) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What opens the commitments, None where it was forgotten; long texts stand in files of their own."""
    opened: dict[str, Any] = {}
    texts: dict[str, bytes] = {}
    for name, hash in entry.commitments():
        words = log.opened(hash)
        if words is None:
            opened[name] = None
        elif name in TEXT_FILES:
            opened[name] = {"salt": words[0].hex()}
            texts[TEXT_FILES[name]] = words[1].encode()
        else:
            opened[name] = {"salt": words[0].hex(), "words": words[1]}
    return opened, texts


TEXT_FILES = {"reasons": REASONS, "dissent": DISSENT}
"""The commitments whose words stand in files."""


def _proof(log: Log, held: HeldEntry, size: int) -> dict[str, Any]:
    """That the decision and the other entries of its case are in the log, and that it follows from earlier ones."""
    earlier = [(old, Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")) for old, note in log.notes()]
    others = [other for other in entries_of(log, held.entry.body.case) if other.seq != held.seq]
    return {
        "entry": held.seq,
        "size": size,
        "inclusion": _hexes(log.prove(held.seq, size)),
        "others": [
            {"entry": o.seq, "content": o.content.decode(), "inclusion": _hexes(log.prove(o.seq, size))} for o in others
        ],
        "earlier": [
            {"size": old, "root": found.root.hex(), "consistency": _hexes(log.prove_past(old, size))}
            for old, found in earlier[-_MOST_EARLIER:]
            if 0 < old < size
        ],
    }


def _hexes(hashes: tuple[bytes, ...]) -> list[str]:
    return [hash.hex() for hash in hashes]
