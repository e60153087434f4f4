"""A draft, a framework and a definitive sheet: whatever the documentation lists works in every command."""

import pytest
from tests.cli.small_case import SHEET, Change, write_case
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.deal.terms.reading import STATUSES

TRIED = [("draft", "en"), ("draft", "zh"), ("framework", "zh"), ("definitive", "en")]
COMMANDS = {
    "appraise": ["--brief", "--paths", "200", "--out", "out"],
    "explain": [],
    "lint": [],
    "sensitivity": ["--paths", "256"],
    "why": ["terms.deal"],
}


def test_the_commands_are_tried_with_every_status_and_in_both_languages():
    assert {status for status, _ in TRIED} == set(STATUSES)


@pytest.mark.parametrize(("status", "lang"), TRIED)
def test_a_sheet_of_any_status_goes_through_every_command(status, lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "mine", [Change(SHEET, "status: definitive", f"status: {status}")])
    for command, words in COMMANDS.items():
        done = CliRunner().invoke(app, [command, "mine", *words, "--lang", lang])
        assert done.exit_code in ((0, 1) if command == "lint" else (0,)), (command, done.output, done.exception)
