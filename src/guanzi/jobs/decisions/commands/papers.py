"""The command that writes the papers of a committee."""

from typing import Annotated

from guanzi.console import (
    AsJson,
    Ask,
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
    formats: Annotated[str, Ask("option.formats", "--format", "FORMAT,…")] = "",
    decided: Annotated[bool, Ask("option.decided", "--decided")] = False,
    ledger: Annotated[str | None, Ask("option.ledger", "--ledger", "FILE|ADDRESS")] = None,
    present: Annotated[list[str] | None, Ask("option.present", "--present", "NAME=OFFICE")] = None,
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
