"""Wrong usage of the command line, refused like every other wrong input: place, cause and fix, in both languages."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from guanzi.base.core import Message, Place, Problem, catalogue_languages, format_problem
from guanzi.console.speech import LANGUAGE_VARIABLE, say

RENAMED_COMMANDS = {
    ("playbook", "replicate"): "city-fit",
    ("bets", "record"): "track-record",
    ("chain", "cover"): "stations",
    ("ledger", "forget"): "erase",
}
"""Group and old name of a command -> its name now; the old one works with a notice."""
RENAMED_OPTIONS = {"--later-sources": "--audit-appendix", "--aim": "--objective"}
"""Old name of an option -> its name now; the old one works with a notice."""


class Commands(TyperGroup):
    """The commands; what the toolkit says of wrong usage stands in brackets in a sentence of ours."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and end with its exit code; 2 for wrong usage."""
        args = language_last(renewed(sys.argv[1:] if args is None else args))
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.Abort:
            sys.exit(1)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":
                print(error.format_message(), file=sys.stderr)
            else:
                print(format_problem(_problem(error), _language(args)), file=sys.stderr)
            sys.exit(2)
        sys.exit(code if isinstance(code, int) else 0)


def language_last(words: Sequence[str]) -> list[str]:
    """The words of a command with the language, if it stands before the verb, behind all that stands there.

    >>> language_last(["--lang", "zh", "chain", "show", "nev"])
    ['chain', 'show', 'nev', '--lang', 'zh']
    >>> language_last(["chain", "--lang=zh", "show", "nev", "--", "-1"])
    ['chain', 'show', 'nev', '--lang=zh', '--', '-1']
    """
    place = next((n for n, word in enumerate(words[:2]) if word.partition("=")[0] == "--lang"), None)
    if place is None:
        return list(words)
    end = place + (1 if "=" in words[place] else 2)
    rest = [*words[:place], *words[end:]]
    before = rest.index("--") if "--" in rest else len(rest)
    return [*rest[:before], *words[place:end], *rest[before:]]


def renewed(words: Sequence[str]) -> list[str]:
    """The words of a command with every old name replaced by the new one, each with a notice on standard error."""
    new = [_renewed_option(word) for word in words]
    if len(new) > 1:
        new[1] = RENAMED_COMMANDS.get((new[0], new[1]), new[1])
    for was, now in zip(words, new, strict=True):
        if was != now:
            names = {"was": was.partition("=")[0], "now": now.partition("=")[0]}
            print(say("cli.renamed", _language(words), **names), file=sys.stderr)
    return new


def _renewed_option(word: str) -> str:
    """The word with the new name of an option, which its value may follow after an equals sign."""
    name, equals, value = word.partition("=")
    return RENAMED_OPTIONS.get(name, name) + equals + value


def _problem(error: Any) -> Problem:
    """What the toolkit complains of; ``param`` and ``ctx`` are there when it knows them."""
    options = getattr(getattr(error, "param", None), "opts", None)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "guanzi"
    fix = Message.of("cli.usage.mend", command=command)
    if options and error.message:
        return Problem(Message.of("cli.usage.value", reason=str(error.message).rstrip(".")), Place(options[0]), fix)
    return Problem(Message.of("cli.usage.command", reason=error.format_message().rstrip(".")), Place(""), fix)


def _language(words: Sequence[str]) -> str:
    """The language that was asked for, read from the words of the command, which could not be parsed."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "en")
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            asked = after
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in catalogue_languages() else "en"
