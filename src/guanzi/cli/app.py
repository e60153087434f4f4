"""The command line as a whole: every file of ``commands`` brings its own."""

from __future__ import annotations

import sys

import typer

from guanzi.base.core import format_problem
from guanzi.cli.commands import (
    appraisals,
    cases,
    chains,
    deals,
    distress,
    evidence,
    experts,
    ledger,
    library,
    monitoring,
    office,
    papers,
    playbooks,
    rules,
    scan,
    screen,
    structuring,
    workstreams,
)
from guanzi.cli.safestream import safe_console, silence
from guanzi.cli.speech import BROKEN_PIPE, chosen_language, help_text, system_problem
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
    monitoring,
    papers,
    playbooks,
    distress,
    evidence,
    experts,
    scan,
    screen,
    workstreams,
    library,
    chains,
    ledger,
    office,
    cases,
):
    app.add_typer(group.app)


def main() -> None:
    """Run the command line; the entry point ``guanzi``."""
    with safe_console():
        try:
            try:
                app(prog_name="guanzi")
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            silence(sys.stdout)
            sys.exit(BROKEN_PIPE)
        except OSError as error:  # the output cannot be written, or something else of the machine fails
            silence(sys.stdout)
            print(format_problem(system_problem(error), chosen_language()), file=sys.stderr)
            sys.exit(2)
