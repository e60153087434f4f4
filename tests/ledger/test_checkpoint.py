"""Checkpoints and notes, against the published example of signed notes."""

import pytest

from guanzi.record.ledger.checkpoint import Checkpoint, Signer, Verifier, open_note, sign, signature
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
    assert open_note(NOTE, [Verifier.parse(VERIFIER)]) == (TEXT, ("PeterNeumann",))
    signer = Signer.parse(SIGNER)
    assert str(signer.verifier) == VERIFIER
    assert signer.secret() == SIGNER
    assert sign(TEXT, [signer]) == NOTE


def test_a_witness_adds_a_line_and_unknown_signatures_are_let_be():
    log, witness, stranger = (Signer.generate(name) for name in ("log", "witness", "stranger"))
    text = Checkpoint("guanzi.example/log", 0, EMPTY).text()
    note = sign(text, [log, stranger]) + signature(text, witness)
    assert open_note(note, [log.verifier, witness.verifier]) == (text, ("log", "witness"))
    assert open_note(note, []) == (text, ())


@pytest.mark.parametrize("at", [3, len(TEXT) + 30, len(NOTE) - 10])
def test_one_altered_character_is_found(at):
    altered = NOTE[:at] + ("x" if NOTE[at] != "x" else "y") + NOTE[at + 1 :]
    with pytest.raises(ValueError, match=r"false|no signature"):
        open_note(altered, [Verifier.parse(VERIFIER)])


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
