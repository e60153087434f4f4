"""The boundary to the terminal: nothing that is printed gives it orders, and an output that fails is said."""

import io
import sys

import pytest

from guanzi.cli import main
from guanzi.console.safestream import SafeStream


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
@pytest.mark.parametrize("bad", ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202e", "\x1b[8m", "a\rb"])
def test_no_order_reaches_the_terminal(stream, bad):
    out = stream()
    print(f"before {bad} after", file=SafeStream(out))
    assert not set(out.getvalue()) & set("\x1b\x07\x9b\u202e\r")


def test_progress_may_begin_its_line_anew_and_advice_has_its_colour_on_a_terminal():
    out = Terminal()
    SafeStream(out).write("\r\x1b[32m\x1b[1mBACK\x1b[0m")
    assert out.getvalue() == "\r\x1b[32m\x1b[1mBACK\x1b[0m"


def test_in_a_file_there_are_no_colours():
    out = io.StringIO()
    SafeStream(out).write("\x1b[32mBACK")
    assert out.getvalue() == "\\u001b[32mBACK"


def ended(monkeypatch, capsys, error):
    def run(**_):
        raise error

    module = sys.modules[main.__module__]
    monkeypatch.setattr(module, "app", run)
    monkeypatch.setattr(module, "silence", lambda stream: None)
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code, capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_said_without_a_traceback(monkeypatch, capsys):
    code, said = ended(monkeypatch, capsys, OSError(28, "No space left on device"))
    assert code == 2
    assert "the output cannot be written: No space left on device" in said


def test_what_the_machine_refuses_is_named(monkeypatch, capsys):
    code, said = ended(monkeypatch, capsys, PermissionError(13, "Permission denied", "locked/folder"))
    assert code == 2
    assert "locked/folder: error: the system cannot read or write this: Permission denied" in said


def test_a_reader_that_has_gone_is_no_error_to_speak_of(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, BrokenPipeError()) == (141, "")


def test_the_streams_are_as_before_when_a_command_has_ended(monkeypatch, capsys):
    before = sys.stdout, sys.stderr
    ended(monkeypatch, capsys, BrokenPipeError())
    assert (sys.stdout, sys.stderr) == before
