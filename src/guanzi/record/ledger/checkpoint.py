"""Checkpoints: the size and root of a log on one sheet, signed by the log and countersigned by witnesses.

The text has three lines: the origin (whose log it is), the number of entries, the root in base64. Signatures follow
after an empty line, one a line, each by a named Ed25519 key. Whoever keeps a checkpoint can show later that the log was
rewritten. A witness says with its signature also when it saw the checkpoint, and that it follows from all it saw.

One note has one spelling: base64 whose idle bits are not zero, and numbers with zeros in front, are refused, so that no
byte of a note can be changed unnoticed.

References:
    C2SP: tlog-checkpoint, tlog-cosignature and signed-note, https://c2sp.org.
    RFC 8032: Edwards-Curve Digital Signature Algorithm. 2017.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

_ED25519 = b"\x01"
_COSIGNED = b"\x04"
_ALGORITHMS = (_ED25519, _COSIGNED)
_DASH = "\u2014 "
_PRIVATE = ("PRIVATE", "KEY")
_MOST_DIGITS = 18
"""Digits of the largest number of entries or seconds."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name, as ``name+hash+key`` in one word; ``witness``: it signs with the time of seeing."""

    name: str
    key: bytes
    witness: bool = False

    @property
    def algorithm(self) -> bytes:
        """The byte that says how it signs."""
        return _COSIGNED if self.witness else _ED25519

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature says whose it is."""
        return sha256(self.name.encode() + b"\n" + self.algorithm + self.key).digest()[:4]

    def __str__(self) -> str:
        """The verifier in one word, to be handed on."""
        return f"{self.name}+{self.id.hex()}+{b64encode(self.algorithm + self.key).decode()}"

    @classmethod
    def parse(cls, word: str) -> Verifier:
        """A verifier from its word.

        Raises:
            ValueError: It is none, or its hash is not that of its key.
        """
        name, _, rest = word.strip().partition("+")
        told, _, encoded = rest.partition("+")
        content = _decoded(encoded)
        found = cls(name, content[1:], content[:1] == _COSIGNED)
        if len(content) != 33 or content[:1] not in _ALGORITHMS or not _is_name(name) or found.id.hex() != told:
            raise ValueError("no verifier: name, hash and key do not fit together")
        return found


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under a name; ``witness``: it signs with the time of seeing."""

    name: str
    key: Ed25519PrivateKey
    witness: bool = False

    @classmethod
    def generate(cls, name: str, *, witness: bool = False) -> Signer:
        """A new key.

        Raises:
            ValueError: The name is empty, or has spaces or a plus sign.
        """
        if not _is_name(name):
            raise ValueError(f"{name!r} names no key")
        return cls(name, Ed25519PrivateKey.generate(), witness)

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), self.witness)

    def secret(self) -> str:
        """The key in one word, to be kept."""
        raw = self.key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        encoded = b64encode(self.verifier.algorithm + raw).decode()
        return "+".join((*_PRIVATE, self.name, self.verifier.id.hex(), encoded))

    @classmethod
    def parse(cls, word: str) -> Signer:
        """A signer from its word.

        Raises:
            ValueError: It is none.
        """
        parts = word.strip().split("+", 4)
        if len(parts) != 5 or tuple(parts[:2]) != _PRIVATE:
            raise ValueError("no private key")
        content = _decoded(parts[4])
        if len(content) != 33 or content[:1] not in _ALGORITHMS or not _is_name(parts[2]):
            raise ValueError("no private key")
        found = cls(parts[2], Ed25519PrivateKey.from_private_bytes(content[1:]), content[:1] == _COSIGNED)
        if found.verifier.id.hex() != parts[3]:
            raise ValueError("no private key: its hash is not that of the key")
        return found


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Whose log, of which size, with which root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """A checkpoint from its text; lines after the third are extensions, and let be.

        Raises:
            ValueError: It is none.
        """
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _is_count(lines[1]):
            raise ValueError("no checkpoint")
        root = _decoded(lines[2])
        if len(root) != sha256().digest_size:
            raise ValueError("no checkpoint: its root is no hash")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of a note.

    Attributes:
        name: Who signs.
        id: Four bytes of its key.
        content: What was signed with it: the signature, after the time in the line of a witness.
        verified: It is the signature of a known key.
        seen: When a known witness saw the checkpoint.
    """

    name: str
    id: bytes
    content: bytes
    verified: bool = False
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures, of which those of known keys are true."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The known keys that signed it."""
        return tuple(dict.fromkeys(line.name for line in self.signatures if line.verified))


def sign(text: str, signers: Iterable[Signer]) -> str:
    """A note: the text, an empty line, and a line for each signature."""
    return text + "\n" + "".join(signature(text, signer) for signer in signers)


def signature(text: str, signer: Signer, at: datetime | None = None) -> str:
    """One line of a note.

    Args:
        text: What is signed.
        signer: The key; that of a witness adds its line to a note that is signed already.
        at: When a witness saw it; None: now.
    """
    verifier = signer.verifier
    if not signer.witness:
        content = signer.key.sign(text.encode())
    else:
        seconds = int((at or datetime.now(UTC)).timestamp())
        content = seconds.to_bytes(8) + signer.key.sign(_cosigned(text, seconds))
    return f"{_DASH}{signer.name} {b64encode(verifier.id + content).decode()}\n"


def read_note(note: str, verifiers: Iterable[Verifier]) -> Note:
    """A note with the signatures of known keys verified; those of unknown keys are let be.

    Raises:
        ValueError: It is no note, or a signature of a known key is false.
    """
    text, parted, lines = note.rpartition("\n\n")
    if not parted or not lines.endswith("\n"):
        raise ValueError("no note: an empty line parts text from signatures")
    text += "\n"
    if any(c < " " and c != "\n" for c in note):
        raise ValueError("no note: it holds control characters")
    known = {(v.name, v.id): v for v in verifiers}
    found: list[Signature] = []
    for line in lines[:-1].split("\n"):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        content = _decoded(encoded)
        if not line.startswith(_DASH) or len(content) < 5 or not _is_name(name):
            raise ValueError(f"no signature: {line[:60]!r}")
        signed = Signature(name, content[:4], content[4:])
        verifier = known.get((name, signed.id))
        found.append(signed if verifier is None else _verified(text, signed, verifier))
    return Note(text, tuple(found))


def _verified(text: str, signed: Signature, verifier: Verifier) -> Signature:
    message, content, seen = text.encode(), signed.content, None
    try:
        if verifier.witness:
            seconds, content = int.from_bytes(content[:8]), content[8:]
            message, seen = _cosigned(text, seconds), datetime.fromtimestamp(seconds, UTC)
        Ed25519PublicKey.from_public_bytes(verifier.key).verify(content, message)
    except (InvalidSignature, OverflowError, OSError) as error:
        raise ValueError(f"the signature of {signed.name} is false") from error
    return Signature(signed.name, signed.id, signed.content, True, seen)


def _cosigned(text: str, seconds: int) -> bytes:
    """What a witness signs: that it saw the checkpoint at a time, in seconds since 1970."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _decoded(text: str) -> bytes:
    """What base64 says, in its one spelling; nothing where it is none."""
    try:
        content = b64decode(text, validate=True)
    except (NoBase64, ValueError):
        return b""
    return content if b64encode(content).decode() == text else b""


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def _is_count(text: str) -> bool:
    short = 0 < len(text) <= _MOST_DIGITS
    return short and text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0"))
