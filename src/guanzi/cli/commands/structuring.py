"""Commands that compare deals and look for better ones."""

from __future__ import annotations

from typing import Annotated

import typer

from guanzi.cli.commands.options import AsJson, AsOf, Language, Paths, PlaybookName, Seed, Threads, day_of
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()

ModelCase = Annotated[
    str | None,
    typer.Option("--case", metavar="CASE", help=help_text("option.model_case"), show_default=False),
]


@app.command(help=help_text("diff"))
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=help_text("argument.version"), show_default=False)],
    after: Annotated[str, typer.Argument(metavar="B", help=help_text("argument.version"), show_default=False)],
    case: ModelCase = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    threads: Threads = None,
    words_only: Annotated[bool, typer.Option("--words-only", help=help_text("option.words_only"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what differs between two term sheets, in clauses and in results."""
    with refusals(lang):
        from guanzi.cli.diff import run_diff

        day = day_of(as_of)
        run_diff(before, after, case, day, playbook, paths, seed, threads, words_only, lang, as_json)
