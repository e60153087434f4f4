"""An old name of a command or option does what the new one does, and says what it is called now."""

import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.console.usage import RENAMED_COMMANDS, RENAMED_OPTIONS, renewed

RUN = CliRunner()
NOTICE = {"en": "“{}” is now called “{}”; the old name still works.", "zh": "“{}”现名为“{}”；旧名仍可使用。"}


@pytest.mark.parametrize("lang", NOTICE)
@pytest.mark.parametrize("old", RENAMED_COMMANDS, ids=" ".join)
def test_an_old_command_works_and_names_the_new_one(old, lang):
    new = RENAMED_COMMANDS[old]
    was, now = (RUN.invoke(app, [old[0], name, "nowhere", "--lang", lang]) for name in (old[1], new))
    notice = NOTICE[lang].format(old[1], new)
    assert was.exit_code == now.exit_code == 2
    assert was.stderr.splitlines() == [notice, *now.stderr.splitlines()]


TAKES = {"--later-sources": ("appraise", "no-such-case"), "--aim": ("chain", "stations", "invented-stations")}
"""Old name of an option -> a command that takes it."""


@pytest.mark.parametrize("old", RENAMED_OPTIONS)
def test_an_old_option_works_and_names_the_new_one(old):
    was, now = (RUN.invoke(app, [*TAKES[old], name, "none"]) for name in (old, RENAMED_OPTIONS[old]))
    assert was.exit_code == now.exit_code == 2
    assert was.stderr.splitlines() == [NOTICE["en"].format(old, RENAMED_OPTIONS[old]), *now.stderr.splitlines()]


def test_an_old_option_is_known_with_its_value_behind_an_equals_sign(capsys):
    assert renewed(["chain", "stations", "here", "--aim=all"]) == ["chain", "stations", "here", "--objective=all"]
    assert capsys.readouterr().err == NOTICE["en"].format("--aim", "--objective") + "\n"


def test_other_words_stay_as_they_are(capsys):
    words = ["bets", "show", "record"]
    assert renewed(words) == words
    assert capsys.readouterr().err == ""
