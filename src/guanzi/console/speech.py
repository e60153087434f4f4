"""How the command line speaks: help texts from the catalogue, and problems printed like a good compiler."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from guanzi.base.core import (
    GuanziError,
    InvalidInput,
    Message,
    Parameter,
    Place,
    Problem,
    catalogue_languages,
    format_problem,
    format_problems,
    reason_of,
    render,
)

LANGUAGE_VARIABLE = "GUANZI_LANG"
BROKEN_PIPE = 141
"""Exit code when the reader of the output has gone: that of a process which such a pipe ends."""


def chosen_language() -> str:
    """The language that the environment asks for, if there is a catalogue for it; English otherwise."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "en")
    return asked if asked in catalogue_languages() else "en"


def help_text(name: str) -> str:
    """Help text of a command or option, by the last parts of its message id."""
    return render(Message.of(f"cli.help.{name}"), chosen_language())


def say(id: str, lang: str = "en", /, **params: Parameter) -> str:
    """A sentence of the command line."""
    return render(Message.of(id, **params), lang)


@contextmanager
def refusals(lang: str = "en") -> Iterator[None]:
    """Print what is wrong with the input on standard error, without a traceback, and end with exit code 2."""
    languages = catalogue_languages()
    try:
        if lang not in languages:
            cause = Message.of("cli.language.unknown", lang=lang)
            fix = Message.of("cli.language.unknown.mend", languages=tuple(languages))
            raise InvalidInput(Problem(cause, Place("--lang"), fix, excerpt=lang))
        yield
    except GuanziError as error:
        print(format_problems(error.problems, lang if lang in languages else "en"), file=sys.stderr)
        raise typer.Exit(2) from None
    except BrokenPipeError:  # the toolkit would end with 1, which checks say that find errors
        raise typer.Exit(BROKEN_PIPE) from None
    except OSError as error:
        if error.filename is None:  # the output cannot be written: there is nobody to tell here
            raise
        print(format_problem(system_problem(error), lang), file=sys.stderr)
        raise typer.Exit(2) from None


def system_problem(error: OSError) -> Problem:
    """What the machine would not do, with the file or folder that it names; the output when it names none."""
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    cause = Message.of("cli.system.file" if named else "cli.system.output", reason=reason_of(error))
    return Problem(cause, Place(named), Message.of("cli.system.mend"))
