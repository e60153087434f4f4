"""The command line as a whole: every file of ``commands`` brings its own."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from guanzi import __version__
from guanzi.base.core import format_problem
from guanzi.cli import office
from guanzi.console import BROKEN_PIPE, Commands, chosen_language, help_text, safe_console, silence, system_problem
from guanzi.jobs.appraisal.commands import appraisals
from guanzi.jobs.articles.commands import articles
from guanzi.jobs.backtest.commands import library
from guanzi.jobs.bets.commands import bets
from guanzi.jobs.chains.commands import chains
from guanzi.jobs.decisions.commands import ledger, papers
from guanzi.jobs.diligence.commands import workstreams
from guanzi.jobs.evidence.commands import cases, evidence
from guanzi.jobs.following.commands import monitoring
from guanzi.jobs.playbooks.commands import playbooks
from guanzi.jobs.rules.commands import rules
from guanzi.jobs.shared.commands import asking
from guanzi.jobs.structuring.commands import structuring
from guanzi.jobs.terms.commands import deals
from guanzi.jobs.tracks.commands import scan

app = typer.Typer(
    cls=Commands,
    help=help_text("guanzi"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (
    appraisals.app,
    deals.app,
    rules.app,
    structuring.app,
    monitoring.app,
    papers.app,
    playbooks.app,
    asking.command_group("distress", "distress"),
    bets.app,
    evidence.app,
    asking.command_group("experts", "experts", "ranking"),
    scan.app,
    articles.app,
    asking.command_group("screen", "screening"),
    workstreams.app,
    library.app,
    chains.app,
    ledger.app,
    office.app,
    cases.app,
):
    app.add_typer(group)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"guanzi {__version__}")
        raise typer.Exit


@app.callback()
def _whole(
    version: Annotated[
        bool, typer.Option("--version", help=help_text("option.version"), callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Options of the command line as a whole."""


_BUILT = 100_000
"""New objects after which cycles that nobody holds are looked for: a command builds much and throws little away."""


def main() -> None:
    """Run the command line; the entry point ``guanzi``."""
    gc.set_threshold(_BUILT)
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
