"""Checkpoints and notes, against the published example of signed notes."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from guanzi.record.ledger.checkpoint import Checkpoint, Signer, Verifier, read_note, sign, signature
from guanzi.record.ledger.merkle import EMPTY

# the example in the documentation of the Go package golang.org/x/mod/sumdb/note, which signed notes come from
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    TEXT + "\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_note_is_opened_and_signed_alike():
    note = read_note(NOTE, [Verifier.parse(VERIFIER)])
    assert (note.text, note.names) == (TEXT, ("PeterNeumann",))
    signer = Signer.parse(SIGNER)
    assert str(signer.verifier) == VERIFIER
    assert signer.secret() == SIGNER
    assert sign(TEXT, [signer]) == NOTE


def test_a_witness_adds_a_line_and_unknown_signatures_are_let_be():
    log, witness, stranger = (Signer.generate(name) for name in ("log", "witness", "stranger"))
    text = Checkpoint("guanzi.example/log", 0, EMPTY).text()
    note = sign(text, [log, stranger]) + signature(text, witness)
    read = read_note(note, [log.verifier, witness.verifier])
    assert (read.text, read.names) == (text, ("log", "witness"))
    assert read_note(note, []).names == ()


@pytest.mark.parametrize("at", [3, len(TEXT) + 30, len(NOTE) - 10])
def test_one_altered_character_is_found(at):
    altered = NOTE[:at] + ("x" if NOTE[at] != "x" else "y") + NOTE[at + 1 :]
    with pytest.raises(ValueError, match=r"false|no signature"):
        read_note(altered, [Verifier.parse(VERIFIER)])


def test_a_checkpoint_is_read_as_it_was_written():
    found = Checkpoint("guanzi.example/log", 12, EMPTY)
    assert Checkpoint.parse(found.text()) == found


@pytest.mark.parametrize(
    "text",
    ["", "origin\n1\n", "origin\n01\nAAAA\n", "origin\n-1\nAAAA\n", "origin\n1\nAAAA\n", "\n1\n" + "A" * 44 + "\n"],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError, match="checkpoint"):
        Checkpoint.parse(text)


@pytest.mark.parametrize("word", ["", "name", VERIFIER.replace("c74f", "c74e"), VERIFIER[:-4], "a b+00000000+AAAA"])
def test_what_is_no_verifier_is_refused(word):
    with pytest.raises(ValueError, match="verifier"):
        Verifier.parse(word)


def test_a_witness_signs_what_the_standard_says_and_when_it_saw_it():
    """C2SP tlog-cosignature: the message is spelt out here, not asked of the code."""
    log, witness = Signer.generate("guanzi.example/log"), Signer.generate("witness.example", witness=True)
    text = Checkpoint("guanzi.example/log", 0, EMPTY).text()
    seen = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    note = sign(text, [log]) + signature(text, witness, seen)
    _, line = read_note(note, [log.verifier, witness.verifier]).signatures
    assert (line.name, line.seen, line.verified) == ("witness.example", seen, True)
    assert line.content[:8] == int(seen.timestamp()).to_bytes(8)
    message = f"cosignature/v1\ntime {int(seen.timestamp())}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(witness.verifier.key).verify(line.content[8:], message)
    assert Verifier.parse(str(witness.verifier)) == witness.verifier
    assert Signer.parse(witness.secret()).verifier == witness.verifier


def test_a_witness_cannot_be_made_to_say_another_time():
    witness = Signer.generate("witness.example", witness=True)
    text = Checkpoint("guanzi.example/log", 0, EMPTY).text()
    line = signature(text, witness, datetime(2026, 1, 2, tzinfo=UTC))
    content = read_note(text + "\n" + line, [witness.verifier]).signatures[0]
    later = content.id + (int.from_bytes(content.content[:8]) + 1).to_bytes(8) + content.content[8:]
    with pytest.raises(ValueError, match="false"):
        read_note(f"{text}\n\u2014 witness.example {b64encode(later).decode()}\n", [witness.verifier])


def test_a_note_has_one_spelling():
    """The last character before the padding has idle bits: another one would say the same bytes."""
    signer = Signer.generate("log")
    note = sign(TEXT, [signer])
    end = note.rindex("=") - 1 if "=" in note else len(note) - 2
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for character in alphabet.replace(note[end], ""):
        with pytest.raises(ValueError, match=r"false|no signature"):
            read_note(note[:end] + character + note[end + 1 :], [signer.verifier])


@pytest.mark.parametrize("odd", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_line_of_a_note_ends_only_with_a_line_feed(odd):
    signer = Signer.generate("log")
    with pytest.raises(ValueError, match="no "):
        read_note(sign(TEXT, [signer])[:-1] + odd + signature(TEXT, signer), [signer.verifier])


@pytest.mark.parametrize("size", ["9" * 19, "9" * 5000, "+1", " 1", "1_0", "\u0661"])
def test_a_size_is_a_number_as_the_standard_writes_it(size):
    with pytest.raises(ValueError, match="checkpoint"):
        Checkpoint.parse(f"origin\n{size}\n{b64encode(EMPTY).decode()}\n")
