"""Commands on the deal itself: what is weak in it."""

from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    Ask,
    AsOf,
    CommandGroup,
    Language,
    Page,
    Paths,
    PlaybookName,
    Seed,
    Threads,
    help_text,
    refusals,
)
from guanzi.jobs.rules.declared import Answers, PackNames, RulesFolder, Today

app = CommandGroup()


@app.command(help=help_text("lint"))
def lint(
    files: Annotated[tuple[str, ...], Ask("argument.lint", metavar="FILE|CASE")] = (),
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    pack: PackNames = (),
    rules: RulesFolder = None,
    answers: Answers = None,
    today: Today = None,
    explain: Annotated[str | None, Ask("option.lint_explain", "--explain", "CODE")] = None,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
    as_sarif: Annotated[bool, Ask("option.sarif", "--sarif")] = False,
    counterexamples: Annotated[bool, Ask("option.counterexamples", "--counterexamples")] = False,
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
        selection = selecting.RulePackSelection(pack, rules, answers, today)
        run = how.Run(paths, seed, threads, watch=bars(lang)) if counterexamples else None
        request = linting.Request(files, as_of, playbook, selection, as_sarif, run)
        if not run_lint(request, lang, page, as_json=as_json):
            raise typer.Exit(1)
