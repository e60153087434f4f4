"""Decisions and the ledger on the command line, in both languages: exit codes, what is told, and what is not."""

import ast
import json
import re
import shutil
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.small_case import write_case
from typer.testing import CliRunner

from guanzi.base.core import catalogue
from guanzi.cli import app
from guanzi.record.ledger import Store, entry_schema

DECIDE = ("decide", "example", "--decision", "decline", "--reasons", "reasons.txt", "--by", "王工", "--paths", "32")


def run(*words, code=0):
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """A case with a decision and its bundle."""
    folder = tmp_path_factory.mktemp("decided")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CONFIG_HOME", str(folder / "settings"))
        write_case(folder / "example")
        Path("reasons.txt").write_text("Too early.\n", "utf-8")
        begun = run("ledger", "new", "example", "--name", "riverton.example/committee")
        Path("key.txt").write_text(begun.split()[-1], "utf-8")
        told = run(*DECIDE, "--vote", "李明=against", "--dissent", "reasons.txt")
        assert "There was no appraisal yet" in told
        run("ledger", "export", "example", "--out", "bundle")
    return folder


@pytest.fixture
def place(decided, tmp_path, monkeypatch):
    shutil.copytree(decided, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path


def test_a_sound_bundle_is_told_with_what_it_does_not_protect_against(place):
    key = Path("key.txt").read_text("utf-8")
    told = run("ledger", "verify", "bundle", "--key", key, "--kept", "bundle/checkpoint.txt", "--case", "example")
    assert "The bundle is valid" in told
    assert "Decided by: 王工" in told
    assert "Too early." in told
    assert "The bundle is signed with the key that you gave." in told
    assert told.index("What this does not protect against") < told.index("Anyone with both ledger and private key")
    alone = run("ledger", "verify", "bundle")
    assert "known only from the bundle itself" in alone
    assert key in alone


def test_every_command_speaks_chinese(place):
    han = re.compile(r"[\u4e00-\u9fff]")
    for words in (
        (*DECIDE, "--lang", "zh"),
        ("ledger", "show", "example", "--lang", "zh"),
        ("ledger", "export", "example", "--out", "second", "--lang", "zh"),
        ("ledger", "verify", "bundle", "--lang", "zh"),
        ("ledger", "check", "example", "--lang", "zh"),
        ("ledger", "witness", "example", "--name", "w", "--seen", "seen.txt", "--lang", "zh"),
        ("ledger", "erase", "example", "李明", "--lang", "zh"),
    ):
        told = run(*words)
        own = [line for line in told.splitlines() if line.strip() and not line.startswith("  ") and " — " not in line]
        assert all(han.search(line) or not re.search(r"[a-z]{3,} [a-z]{3,}", line) for line in own), told


def test_an_altered_bundle_ends_with_1_and_names_the_file(place):
    Path("bundle/reasons.txt").write_text("Too late.\n", "utf-8")
    told = run("ledger", "verify", "bundle", code=1)
    assert "bundle/reasons.txt: error: This is not the file that was exported" in told
    assert "does not protect" not in told
    found = json.loads(run("ledger", "verify", "bundle", "--json", code=1))
    assert {"file": "bundle/reasons.txt", "what": "altered"} in found["problems"]


def test_a_bundle_of_another_case_and_a_changed_ledger_end_with_1(place):
    assert "is for example, not nio-hefei-2020" in run("ledger", "verify", "bundle", "--case", "nio-hefei-2020", code=1)
    with Store("example.ledger.sqlite").writing() as log:
        log.put_note(1, "none\n")
    assert "signed checkpoint at size 1" in run("ledger", "check", "example", code=1)
    assert json.loads(run("ledger", "check", "example", "--json", code=1))["flaws"]


def test_a_wrong_word_ends_with_2_and_a_mend(place, capfd):
    done = CliRunner().invoke(app, [*DECIDE[:3], "declin", *DECIDE[4:]])
    assert done.exit_code == 2
    assert "did you mean decline?" in done.output


def test_what_was_decided_is_told_as_data(place):
    shown = json.loads(run("ledger", "show", "example", "--json"))["decisions"]
    assert [row["decision"] for row in shown] == ["decline"]
    assert json.loads(run("ledger", "verify", "bundle", "--json"))["sound"]
    assert json.loads(run("ledger", "export", "example", "--out", "b2", "--json"))["entry"] == 0
    assert json.loads(run("ledger", "erase", "example", "王工", "--json"))["forgotten"] == [
        {"entry": 0, "what": "decided_by"}
    ]


def test_every_entry_is_of_the_published_schema(place):
    run("ledger", "erase", "example", "李明")
    validator = Draft202012Validator(entry_schema())
    with Store("example.ledger.sqlite").reading() as log:
        entries = [json.loads(content) for _, content in log.contents()]
    assert [entry["kind"] for entry in entries] == ["decision", "forgetting"]
    for entry in entries:
        validator.validate(entry)
        assert list(validator.iter_errors({**entry, "more": 1}))


def constants(node):
    """The words that an argument spells out, also where it is one or the other."""
    said = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {word for word in said if isinstance(word, str) and not word.endswith("_")}


def test_every_refusal_and_every_flaw_has_its_sentence_and_mend():
    """Their ids are put together from a word, which the test of all messages cannot follow."""
    source = resources.files("guanzi")
    words = set()
    for name in ("ledgers.py", "decisions.py", "erasure.py", "bundles.py", "standing.py"):
        for node in ast.walk(ast.parse(source.joinpath("jobs", "decisions", name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ledger_problem":
                first = node.args[0]
                words |= {word + end for word in constants(first) for end in ("", ".mend")}
    for name in ("jobs/decisions/bundles.py", "record/ledger/examining.py"):
        for node in ast.walk(ast.parse(source.joinpath(name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("found.wrong", "_wrong"):
                at = 0 if ast.unparse(node.func) == "_wrong" else 1
                words |= {f"bundle.{word}" for word in constants(node.args[at])}
    for name in ("record/ledger/log.py", "record/ledger/checking.py"):
        for node in ast.walk(ast.parse(source.joinpath(name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Flaw" and node.args:
                words |= {f"flaw.{word}" for word in constants(node.args[0])}
    assert len(words) > 90
    for lang in ("en", "zh"):
        known = set(catalogue("ledger", lang))
        assert sorted(word for word in words if f"ledger.{word}" not in known) == []
