"""Commands on the deal itself: what is weak in it."""

from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    AsOf,
    CommandGroup,
    Language,
    Page,
    Paths,
    PlaybookName,
    Seed,
    Threads,
    day_of,
    help_text,
    refusals,
)
from guanzi.jobs.rules.commands.rules import Answers, PackNames, RulesFolder, Today

app = CommandGroup()


@app.command(help=help_text("lint"))
def lint(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|CASE", help=help_text("argument.lint"), show_default=False),
    ] = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    pack: PackNames = None,
    rules: RulesFolder = None,
    answers: Answers = None,
    today: Today = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help=help_text("option.lint_explain"), show_default=False),
    ] = None,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help=help_text("option.sarif"))] = False,
    counterexamples: Annotated[
        bool, typer.Option("--counterexamples", help=help_text("option.counterexamples"))
    ] = False,
    paths: Paths = 4096,
    seed: Seed = 1,
    threads: Threads = None,
) -> None:
    """Say what is weak in term sheets; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.jobs.rules import packselection as selecting
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.terms import linting
        from guanzi.jobs.terms.commands.lint_screen import explain_rule, run_lint

        if explain is not None:
            explain_rule(explain, lang)
            return
        selection = selecting.RulePackSelection(tuple(pack or ()), rules, answers, day_of(today, "--today"))
        run = how.Run(paths, seed, threads, watch=bars(lang)) if counterexamples else None
        request = linting.Request(tuple(files or ()), as_of, playbook, selection, as_sarif, run)
        if not run_lint(request, lang, page, as_json=as_json):
            raise typer.Exit(1)
