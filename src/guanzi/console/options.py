"""Arguments and options that several commands share."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console.speech import LANGUAGE_VARIABLE, help_text

DEMO_CASE = "nio-hefei-2020"

Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=help_text("option.out"), show_default=False)]
Page = Annotated[Path | None, typer.Option("--page", metavar="FILE", help=help_text("option.page"), show_default=False)]
Language = Annotated[
    str,
    typer.Option("--lang", metavar="LANG", envvar=LANGUAGE_VARIABLE, show_envvar=False, help=help_text("option.lang")),
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("option.json"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=help_text("option.reveal"))]
Brief = Annotated[bool, typer.Option("--brief", help=help_text("option.brief"))]


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """The day that an option names; refused like every other wrong input, in the language that was asked for."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        cause, fix = Message.of("cli.as_of.not_a_day", text=text), Message.of("cli.as_of.not_a_day.mend")
        raise InvalidInput(Problem(cause, Place(option), fix, excerpt=text)) from None
