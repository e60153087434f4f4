"""Commands on the deal itself: what is weak in it."""

from pathlib import Path
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
    day_of,
    help_text,
    refusals,
)
from guanzi.jobs.rules.declared import Answers, PackNames, RulesFolder, Today

app = CommandGroup()
terms_app = CommandGroup(help=help_text("terms"), no_args_is_help=True)
app.add_typer(terms_app, name="terms")


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


@terms_app.command("read", help=help_text("terms.read"))
def terms_read(
    files: Annotated[list[Path], Ask("argument.contracts", metavar="DOC…")],
    case: Annotated[str | None, Ask("option.contract_case", "--case", "CASE")] = None,
    known_on: Annotated[str | None, Ask("option.contract_day", "--known-on", "DATE")] = None,
    currency: Annotated[str | None, Ask("option.contract_currency", "--currency", "CODE")] = None,
    out: Annotated[Path | None, Ask("option.contract_out", "--out", "FILE.yaml")] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Draft a term sheet from a contract; exit code 2 when one is refused."""
    with refusals(lang):
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.terms import reading
        from guanzi.jobs.terms.commands.reading_screen import show_contracts

        day = day_of(known_on, "--known-on")
        run = how.Run(watch=bars(lang))
        request = reading.Request(tuple(files), case or "", day, currency or "", out, run)
        if not show_contracts(request, lang, as_json=as_json):
            raise typer.Exit(2)
