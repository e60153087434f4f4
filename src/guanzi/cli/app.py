"""The command line as a whole: every file of ``commands`` brings its own."""

from __future__ import annotations

import io
import sys

import typer

from guanzi.cli.commands import (
    appraisals,
    cases,
    deals,
    distress,
    evidence,
    experts,
    library,
    playbooks,
    rules,
    screen,
    structuring,
    workstreams,
)
from guanzi.cli.speech import help_text
from guanzi.cli.usage import Commands

app = typer.Typer(
    cls=Commands,
    help=help_text("guanzi"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (
    appraisals,
    deals,
    rules,
    structuring,
    playbooks,
    distress,
    evidence,
    experts,
    screen,
    workstreams,
    library,
    cases,
):
    app.add_typer(group.app)


def main() -> None:
    """Run the command line; the entry point ``guanzi``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that lacks a character shows "?" instead of failing
            stream.reconfigure(errors="replace")
    app(prog_name="guanzi")
