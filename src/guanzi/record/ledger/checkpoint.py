"""Checkpoints: the size and root of a log on one sheet, signed by the log and countersigned by witnesses.

The text has three lines: the origin (whose log it is), the number of entries, the root in base64. Signatures follow
after an empty line, one a line, each by a named Ed25519 key. Whoever keeps a checkpoint can show later that the log was
rewritten.

References:
    C2SP: tlog-checkpoint and signed-note, https://c2sp.org. RFC 8032: Edwards-Curve Digital Signature Algorithm. 2017.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

_ED25519 = b"\x01"
_DASH = "\u2014 "
_PRIVATE = ("PRIVATE", "KEY")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name, as ``name+hash+key`` in one word."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature says whose it is."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """The verifier in one word, to be handed on."""
        return f"{self.name}+{self.id.hex()}+{b64encode(_ED25519 + self.key).decode()}"

    @classmethod
    def parse(cls, word: str) -> Verifier:
        """A verifier from its word.

        Raises:
            ValueError: It is none, or its hash is not that of its key.
        """
        name, _, rest = word.strip().partition("+")
        told, _, encoded = rest.partition("+")
        try:
            content = b64decode(encoded, validate=True)
        except NoBase64:
            content = b""
        found = cls(name, content[1:])
        if len(content) != 33 or content[:1] != _ED25519 or not _is_name(name) or found.id.hex() != told:
            raise ValueError("no verifier: name, hash and key do not fit together")
        return found


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under a name."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> Signer:
        """A new key.

        Raises:
            ValueError: The name is empty, or has spaces or a plus sign.
        """
        if not _is_name(name):
            raise ValueError(f"{name!r} names no key")
        return cls(name, Ed25519PrivateKey.generate())

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def secret(self) -> str:
        """The key in one word, to be kept."""
        raw = self.key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        encoded = b64encode(_ED25519 + raw).decode()
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
        try:
            content = b64decode(parts[4], validate=True)
        except NoBase64:
            content = b""
        if len(content) != 33 or content[:1] != _ED25519:
            raise ValueError("no private key")
        found = cls(parts[2], Ed25519PrivateKey.from_private_bytes(content[1:]))
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
        try:
            root = b64decode(lines[2], validate=True)
        except NoBase64:
            root = b""
        if len(root) != sha256().digest_size:
            raise ValueError("no checkpoint: its root is no hash")
        return cls(lines[0], int(lines[1]), root)


def sign(text: str, signers: Iterable[Signer]) -> str:
    """A note: the text, an empty line, and a line for each signature."""
    return text + "\n" + "".join(signature(text, signer) for signer in signers)


def signature(text: str, signer: Signer) -> str:
    """One line of a note, which a witness adds to one that is signed already."""
    signed = signer.verifier.id + signer.key.sign(text.encode())
    return f"{_DASH}{signer.name} {b64encode(signed).decode()}\n"


def open_note(note: str, verifiers: Iterable[Verifier]) -> tuple[str, tuple[str, ...]]:
    """The text of a note and the names of those known keys that signed it; signatures of unknown keys are let be.

    Raises:
        ValueError: It is no note, or a signature of a known key is false.
    """
    text, parted, lines = note.rpartition("\n\n")
    if not parted or not lines.endswith("\n"):
        raise ValueError("no note: an empty line parts text from signatures")
    text += "\n"
    known = {(v.name, v.id): v for v in verifiers}
    names: list[str] = []
    for line in lines.splitlines():
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        try:
            content = b64decode(encoded, validate=True)
        except NoBase64:
            content = b""
        if not line.startswith(_DASH) or len(content) < 5:
            raise ValueError(f"no signature: {line[:60]!r}")
        verifier = known.get((name, content[:4]))
        if verifier is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(verifier.key).verify(content[4:], text.encode())
        except InvalidSignature as error:
            raise ValueError(f"the signature of {name} is false") from error
        names.append(name)
    return text, tuple(dict.fromkeys(names))


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0"))
