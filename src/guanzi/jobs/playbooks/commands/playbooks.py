"""Commands on playbooks: read them, check one of your own, begin a new one."""

from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    AsOf,
    CaseName,
    CommandGroup,
    Language,
    Out,
    Paths,
    Seed,
    Threads,
    help_text,
    refusals,
)

app = CommandGroup()
playbook_app = CommandGroup(help=help_text("playbook"), no_args_is_help=True)
app.add_typer(playbook_app, name="playbook")

Name = Annotated[str, typer.Argument(metavar="NAME|FILE", help=help_text("argument.playbook"), show_default=False)]


@playbook_app.command("list", help=help_text("playbook.list"))
def playbook_list(lang: Language = "en", as_json: AsJson = False) -> None:
    """List the shipped playbooks."""
    with refusals(lang):
        from guanzi.jobs.playbooks.commands.playbooks_screen import list_playbooks

        list_playbooks(lang, as_json)


@playbook_app.command("show", help=help_text("playbook.show"))
def playbook_show(name: Name, lang: Language = "en", as_json: AsJson = False) -> None:
    """Say what a playbook holds, part by part, each with its source."""
    with refusals(lang):
        from guanzi.jobs.playbooks.commands.playbooks_screen import show_playbook

        show_playbook(name, lang, as_json)


@playbook_app.command("compare", help=help_text("playbook.compare"))
def playbook_compare(
    case: CaseName,
    playbooks: Annotated[
        str | None,
        typer.Option("--playbooks", metavar="NAME,NAME", help=help_text("option.playbooks"), show_default=False),
    ] = None,
    as_of: AsOf = None,
    paths: Paths = 20_000,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Read a case with several playbooks; write ``comparison.json`` and ``comparison.html``."""
    with refusals(lang):
        from guanzi.jobs.appraisal import comparison
        from guanzi.jobs.appraisal.commands.comparison_screen import run_comparison
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, watch=bars(lang))
        names = comparison.CITIES if playbooks is None else tuple(playbooks.split(","))
        run_comparison(comparison.Request(case, names, as_of, run), out, lang, as_json=as_json)


@playbook_app.command("city-fit", help=help_text("playbook.replicate"))
def playbook_replicate(
    name: Name,
    city: Annotated[str, typer.Option("--city", metavar="CITY", help=help_text("option.city"), show_default=False)],
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help=help_text("option.for_case"), show_default=False)
    ] = None,
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say whether a city can run a playbook for a company, the weakest pillar first, and what would close each gap."""
    with refusals(lang):
        from guanzi.jobs.playbooks import replicability
        from guanzi.jobs.playbooks.commands.replicability_screen import show_replicability

        show_replicability(replicability.Request(name, city, case, as_of), lang, as_json=as_json)


@playbook_app.command("check", help=help_text("playbook.check"))
def playbook_check(name: Name, lang: Language = "en", as_json: AsJson = False) -> None:
    """Report what is wrong with a playbook and what is open in it; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.jobs.playbooks.commands.playbooks_screen import check_playbook

        if not check_playbook(name, lang, as_json):
            raise typer.Exit(1)


@playbook_app.command("new", help=help_text("playbook.new"))
def playbook_new(
    name: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.new_playbook"), show_default=False)],
    lang: Language = "en",
) -> None:
    """Begin a playbook: a file to be filled in."""
    with refusals(lang):
        from guanzi.jobs.playbooks.commands.playbooks_screen import begin_playbook

        begin_playbook(name, lang)
