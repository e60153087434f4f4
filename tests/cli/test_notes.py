"""Research notes on the command line: a case folder to be edited, and a list of what is left to do."""

import pytest
from tests.intake.notes.test_notes import GOOD
from typer.testing import CliRunner

from guanzi.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.yaml").write_text(GOOD, encoding="utf-8")

    def call(*words):
        return CliRunner().invoke(app, ["case", *words])

    return call


def test_notes_become_a_case_that_has_no_errors(run, tmp_path):
    done = run("import-notes", "notes.yaml")
    assert done.exit_code == 0
    assert "7 facts, 1 of them doubtful" in done.output
    assert "NOTES.md" in done.output
    assert run("check", "example-riverton-2015").exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["example-riverton-2015", "notes.yaml"]


def test_the_folder_can_be_named(run, tmp_path):
    assert run("import-notes", "notes.yaml", "--out", "cases/mine", "--lang", "zh").exit_code == 0
    assert run("check", "cases/mine").exit_code == 0
    assert (tmp_path / "cases" / "mine" / "NOTES.md").is_file()


def test_what_is_wrong_is_an_exit_of_2_with_the_line(run, tmp_path):
    (tmp_path / "notes.yaml").write_text(GOOD.replace("decision_date: '2015-06-30'", "decision_date: soon"), "utf-8")
    refused = run("import-notes", "notes.yaml")
    assert refused.exit_code == 2
    assert "notes.yaml:6" in refused.output
    assert run("import-notes", "absent.yaml").exit_code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["notes.yaml"]
