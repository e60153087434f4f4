"""Arguments and options that several commands share."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console.speech import LANGUAGE_VARIABLE, help_text

DEMO_CASE = "nio-hefei-2020"
MOST_PATHS = 100_000_000
MOST_SEED = 2**63 - 1

CaseName = Annotated[str, typer.Argument(metavar="CASE", help=help_text("argument.case"), show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=help_text("option.as_of"), show_default=False),
]
WatchDay = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=help_text("option.watch_day"), show_default=False),
]
PlaybookName = Annotated[str, typer.Option("--playbook", metavar="NAME", help=help_text("option.playbook"))]
Paths = Annotated[int, typer.Option("--paths", metavar="N", min=1, max=MOST_PATHS, help=help_text("option.paths"))]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, max=MOST_SEED, help=help_text("option.seed"))]
MaybePaths = Annotated[
    int | None,
    typer.Option("--paths", metavar="N", min=1, max=MOST_PATHS, help=help_text("option.paths"), show_default=False),
]
MaybeSeed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, max=MOST_SEED, help=help_text("option.seed"), show_default=False),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", min=1, max=1024, help=help_text("option.threads"), show_default=False),
]
EngineName = Annotated[
    str, typer.Option("--engine", metavar="ENGINE", help=help_text("option.engine"), show_default=False)
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=help_text("option.out"), show_default=False)]
Page = Annotated[Path | None, typer.Option("--page", metavar="FILE", help=help_text("option.page"), show_default=False)]
Language = Annotated[
    str,
    typer.Option("--lang", metavar="LANG", envvar=LANGUAGE_VARIABLE, show_envvar=False, help=help_text("option.lang")),
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("option.json"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=help_text("option.reveal"))]
LaterSources = Annotated[bool, typer.Option("--audit-appendix", help=help_text("option.later_sources"))]
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
