"""The command that writes the papers of a committee."""

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
    PlaybookName,
    Seed,
    Threads,
    help_text,
    refusals,
)

app = CommandGroup()


@app.command(help=help_text("papers"))
def papers(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    out: Out = None,
    formats: Annotated[str, typer.Option("--format", metavar="FORMAT,…", help=help_text("option.formats"))] = "",
    decided: Annotated[bool, typer.Option("--decided", help=help_text("option.decided"))] = False,
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", metavar="FILE|ADDRESS", help=help_text("option.ledger"), show_default=False),
    ] = None,
    present: Annotated[
        list[str] | None,
        typer.Option("--present", metavar="NAME=OFFICE", help=help_text("option.present"), show_default=False),
    ] = None,
    paths: Paths = 20_000,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Write memorandum and minutes of a committee on an appraisal."""
    with refusals(lang):
        from guanzi.jobs.decisions import papers as service
        from guanzi.jobs.decisions.commands.papers_screen import show_papers
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, watch=bars(lang))
        asked = service.formats_of(formats) if formats else service.FORMATS
        people = service.present_of(present or ())
        show_papers(
            service.Request(case, as_of, playbook, out, lang, asked, decided, ledger, people, run),
            as_json=as_json,
        )
