"""An auditor with nothing but a folder: whatever was altered, added, taken away or mixed in is found."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from tests.record.ledger.sample_bundle import Ledger
from tests.sampling import taken

from guanzi.record.ledger import Checkpoint, Expected, Signer, Verifier, cosign, examine, sign
from guanzi.record.ledger.bundle import MANIFEST, Manifest
from guanzi.record.ledger.plainjson import parse_strict


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path)
    made.decide("other")
    made.decide(decision="back")
    made.decide("other")
    made.decide()
    return made


@pytest.fixture
def bundle(ledger):
    return ledger.bundle()


def faults(files, expected=Expected()):  # noqa: B008
    return [(p.place.file, p.cause.id.rpartition(".")[2]) for p in examine(files, expected).problems]


def resigned(ledger, files):
    """The files under a manifest of their own: what somebody does who has the key of the log and changes a bundle."""
    old = Manifest.parse(files[MANIFEST].decode().rpartition("\n\n")[0] + "\n")
    rest = {name: content for name, content in files.items() if name != MANIFEST}
    new = replace(old, files={name: sha256(content).hexdigest() for name, content in rest.items()})
    return {**rest, MANIFEST: sign(new.text(), [ledger.signer]).encode()}


def test_a_bundle_tells_the_decision_its_words_and_the_other_decision_on_the_case(ledger, bundle):
    found = examine(bundle, Expected("example", {"k": ledger.signer.verifier}, {"kept": ledger.note()}))
    assert found.problems == []
    assert found.decision.body.decision == "decline"
    assert found.opened["dissent"] == "我不同意。"
    assert found.opened["vote.1"] == "李明"
    assert [(other.seq, other.entry.body.decision) for other in found.others] == [(1, "back")]
    assert (found.manifest.entry, found.checkpoint.size) == (3, 4)


def test_every_altered_byte_of_every_file_is_found(bundle):
    passed = []
    for name, content in bundle.items():
        for at in taken(range(len(content)), 6):
            for bit in (1, 0x20):
                altered = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
                if not faults({**bundle, name: altered}):
                    passed.append((name, at, bit))
    assert passed == []


def test_every_file_that_is_cut_lengthened_missing_or_added_is_found(bundle):
    for name, content in bundle.items():
        assert faults({**bundle, name: content[:-1]}), name
        assert faults({**bundle, name: b""}), name
        assert faults({**bundle, name: content + b"\n"}), name
        assert faults({**bundle, name: content.replace(b"\n", b"\r\n") + b"\r"}), name
        assert faults({key: value for key, value in bundle.items() if key != name}), name
    assert faults({**bundle, "more.txt": b""}) == [("more.txt", "added"), ("more.txt", "added")]


def test_each_file_of_another_bundle_of_the_same_log_is_found(ledger, bundle):
    other = ledger.bundle(seq=1)
    for name in bundle:
        if other[name] != bundle[name]:
            assert faults({**bundle, name: other[name]}), name


def test_a_bundle_of_another_case_is_refused_by_what_it_is_of(ledger):
    (problem,) = examine(ledger.bundle("other"), Expected("example")).problems
    assert problem.cause.id == "ledger.bundle.other_case"
    assert dict(problem.cause.params) == {"case": "other", "expected": "example"}


def test_words_in_another_normal_form_are_other_words(ledger, bundle):
    """An accent as one character or as two looks the same, and was not what was said."""
    ledger.decide(dissent="caf\u00e9")
    files = ledger.bundle()
    assert faults(files) == []
    assert ("dissent.txt", "not_committed") in faults({**files, "dissent.txt": "cafe\u0301".encode()})


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("appraisal.json", lambda c: c.replace(b'"n": 3', b'"n": 4'), "not_decided_on"),
        ("evidence.json", lambda c: c + b" ", "not_decided_on"),
        ("dossier.html", lambda c: b"<p>another</p>", "not_decided_on"),
        ("reasons.txt", lambda c: b"Too late.\n", "not_committed"),
        ("opened.json", lambda c: c.replace("李明".encode(), "李强".encode()), "not_committed"),
        ("opened.json", lambda c: c[:2] + b'"decided_by": null,' + c[2:], "unreadable"),
        ("opened.json", lambda c: b"[" * 100_000, "unreadable"),
        ("decision.json", lambda c: c.replace(b'"decline"', b'"back"'), "not_in_log"),
        ("decision.json", lambda c: c.replace(b'"decision":', b'"decision":"back","decision":', 1), "unreadable"),
        ("decision.json", lambda c: c.replace(b'"paths":1', b'"paths":' + b"9" * 5000), "unreadable"),
        ("decision.json", lambda c: c.replace(b'"paths":1', b'"paths":1.0'), "unreadable"),
        ("decision.json", lambda c: c.replace(b'"paths":1', b'"paths":NaN'), "unreadable"),
        ("decision.json", lambda c: b"\xef\xbb\xbf" + c, "unreadable"),
        ("proof.json", lambda c: c.replace(b'"size": 4', b'"size": 5'), "unreadable"),
        ("proof.json", lambda c: c.replace(b'"entry": 3', b'"entry": 1' + b"0" * 30), "unreadable"),
        ("proof.json", lambda c: c.replace(b'"entry": 3', b'"entry": true'), "unreadable"),
        ("proof.json", lambda c: c.replace(b'"inclusion": [', b'"inclusion": ["' + b"0" * 64 + b'",'), "not_in_log"),
        ("proof.json", lambda c: b"null", "unreadable"),
        ("proof.json", lambda c: b'{"entry": 3', "unreadable"),
    ],
)  # fmt: skip
def test_whoever_has_the_key_and_signs_the_altered_bundle_anew_is_found_by_the_log(ledger, bundle, name, change, found):
    altered = change(bundle[name])
    assert altered != bundle[name]
    assert found in [what for _, what in faults(resigned(ledger, {**bundle, name: altered}))]


def test_another_appraisal_under_the_same_decision_is_found_though_everything_is_signed(ledger, bundle):
    swapped = {**bundle, "appraisal.json": ledger.bundle(seq=1)["appraisal.json"]}
    assert ("appraisal.json", "not_decided_on") in faults(resigned(ledger, swapped))


def test_evidence_on_which_the_appraisal_does_not_rest_is_found_though_the_log_has_it(ledger):
    ledger.decide(view="0" * 64)
    assert faults(ledger.bundle()) == [("evidence.json", "other_evidence")]


def test_a_bundle_under_another_key_of_the_same_name_is_found_by_whoever_knows_the_key(ledger, tmp_path):
    (tmp_path / "forged").mkdir()
    forger = Ledger(tmp_path / "forged")
    forger.decide(decision="back")
    files = forger.bundle()
    assert faults(files) == []  # by itself it is sound: that is what the auditor is told
    key = ledger.signer.verifier
    assert ("keys.txt", "key_not_there") in faults(files, Expected(keys={str(key): key}))


def test_a_log_that_was_taken_back_or_rewritten_is_found_by_a_kept_checkpoint(tmp_path):
    (tmp_path / "one").mkdir()
    one = Ledger(tmp_path / "one")
    one.decide()
    early, first = one.bundle(), one.note()
    one.decide()
    late, kept = one.bundle(), one.note()
    assert faults(late, Expected(kept={"first": first, "second": kept})) == []
    assert faults(early, Expected(kept={"kept.txt": kept})) == [("kept.txt", "kept_newer")]
    (problem,) = examine(early, Expected(kept={"kept.txt": kept})).problems
    assert problem.fix.id == "ledger.bundle.kept.mend"  # not the bundle alone may be the wrong one
    (tmp_path / "two").mkdir()
    two = Ledger(tmp_path / "two", signer=one.signer)
    for _ in range(3):
        two.decide()
    rewritten = two.bundle()
    assert faults(rewritten) == []
    assert faults(rewritten, Expected(kept={"kept.txt": kept})) == [("kept.txt", "rewritten")]
    assert faults(rewritten, Expected(kept={"kept.txt": kept.replace("\n2\n", "\n1\n")})) == [
        ("kept.txt", "kept_unreadable")
    ]


def test_a_witness_that_signed_is_told_with_its_time_and_cannot_be_taken_away(ledger):
    witness = Signer.generate("audit.example", witness=True)
    with ledger.store.writing() as log:
        cosign(log, log.notes()[-1][1], witness)
    files = ledger.bundle()
    found = examine(files, Expected(keys={"w": witness.verifier}))
    assert found.problems == []
    assert list(found.seen) == ["audit.example"]
    alone = files["checkpoint.txt"].decode().splitlines(keepends=True)[:-1]
    stripped = {
        **files,
        "checkpoint.txt": "".join(alone).encode(),
        "keys.txt": f"{ledger.signer.verifier}\n".encode(),
    }
    assert faults(resigned(ledger, stripped), Expected(keys={"w": witness.verifier})) == [("keys.txt", "key_not_there")]


def test_what_was_forgotten_is_told_and_what_was_only_left_out_is_told_apart(ledger):
    ledger.erase(3, "dissent")
    found = examine(ledger.bundle(seq=3), Expected())
    assert found.problems == []
    assert found.erased == {"dissent": 4}
    assert "dissent" not in found.opened
    ledger.erase(3, "reasons", entered=False)
    found = examine(ledger.bundle(seq=3), Expected())
    assert (found.problems, found.withheld) == ([], ["reasons"])


def test_a_checkpoint_of_another_log_or_with_more_lines_is_none_of_this_bundle(ledger, bundle):
    text = Checkpoint("another.example/log", 4, b"\0" * 32).text()
    for odd in (text, Checkpoint(ledger.signer.name, 4, b"\0" * 32).text() + "more\n"):
        note = sign(odd, [ledger.signer]).encode()
        assert ("checkpoint.txt", "other_log") in faults(resigned(ledger, {**bundle, "checkpoint.txt": note}))


def test_a_text_of_another_kind_that_the_log_signed_passes_for_no_checkpoint_and_no_manifest(bundle):
    swapped = {**bundle, "checkpoint.txt": bundle[MANIFEST], MANIFEST: bundle["checkpoint.txt"]}
    assert {("checkpoint.txt", "unreadable"), (MANIFEST, "unreadable")} <= set(faults(swapped))


def test_the_keys_are_of_one_log_and_of_witnesses(ledger, bundle):
    own, other = ledger.signer.verifier, Signer.generate("another").verifier
    for keys in (f"{own}\n{other}\n", f"{own}\n{own}\n", f"{own}", f"{own}\r\n", "", "\n"):
        assert ("keys.txt", "keys") in faults({**bundle, "keys.txt": keys.encode()})
    assert Verifier.parse(str(own)) == own


@pytest.mark.parametrize("text", ['{"a":1,"a":1}', "NaN", "[Infinity]", "[" * 9999, "1" * 5000, "\ud800"])
def test_json_that_two_readers_could_read_in_two_ways_is_refused(text):
    with pytest.raises(ValueError, match=r"twice|no number|nested|digits|decode"):
        parse_strict(text.encode("utf-8", "surrogatepass"))


def test_the_manifest_is_one_that_sha256sum_reads(bundle):
    lines = [line for line in bundle[MANIFEST].decode().splitlines() if "  " in line]
    assert {line.split("  ")[1] for line in lines} == bundle.keys() - {MANIFEST}
    assert all(sha256(bundle[name]).hexdigest() == hash for hash, name in (line.split("  ") for line in lines))
    assert json.loads(bundle["proof.json"])["size"] == 4
