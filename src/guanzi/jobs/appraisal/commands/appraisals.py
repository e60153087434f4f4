"""Commands on one case as of a day: appraise it, simulate its deal, and ask why."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import (
    DEMO_CASE,
    AsJson,
    AsOf,
    Brief,
    CaseName,
    CommandGroup,
    EngineName,
    Language,
    LaterSources,
    MaybePaths,
    MaybeSeed,
    Out,
    Page,
    Paths,
    PlaybookName,
    Reveal,
    Seed,
    Threads,
    help_text,
    refusals,
)
from guanzi.jobs.shared.commands.asking import add_command
from guanzi.jobs.terms.declared import EXPLANATION

DEMO_PATHS = 200_000

app = CommandGroup()


@app.command(help=help_text("demo"))
def demo(
    paths: Paths = DEMO_PATHS,
    out: Out = None,
    threads: Threads = None,
    reveal: Reveal = False,
    brief: Brief = False,
    lang: Language = "en",
) -> None:
    """Appraise the shipped case with many paths and show where the dossier lies."""
    with refusals(lang):
        from guanzi.jobs.appraisal import appraisal
        from guanzi.jobs.appraisal.commands.appraise_screen import run_appraisal, try_next
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, threads=threads, watch=bars(lang))
        page = run_appraisal(appraisal.Request(DEMO_CASE, run=run), appraisal.PagesRequest(lang, out, brief, reveal))
        try_next(DEMO_CASE, page, lang)


@app.command(help=help_text("appraise"))
def appraise(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    engine: EngineName = "local",
    reveal: Reveal = False,
    brief: Brief = False,
    later_sources: LaterSources = False,
    panel: Annotated[
        Path | None, typer.Option("--panel", metavar="FILE", help=help_text("option.case_panel"), show_default=False)
    ] = None,
    panel_region: Annotated[
        str | None,
        typer.Option("--panel-region", metavar="NAME", help=help_text("option.scanned_region"), show_default=False),
    ] = None,
    panel_industry: Annotated[
        str,
        typer.Option("--panel-industry", metavar="NAME", help=help_text("option.case_industry"), show_default=False),
    ] = "",
    panel_columns: Annotated[
        str, typer.Option("--panel-columns", metavar="ROLE=COLUMN,…", help=help_text("option.panel_columns"))
    ] = "",
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Appraise a case; write ``appraisal.json`` and ``dossier.html``."""
    with refusals(lang):
        from guanzi.jobs.appraisal import appraisal
        from guanzi.jobs.appraisal.commands.appraise_screen import run_appraisal
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, engine, bars(lang))
        beside = None
        if panel or panel_columns or panel_region or panel_industry:
            from guanzi.jobs.tracks.commands.regionscan_screen import beside_of

            beside = beside_of(panel, panel_columns, panel_region, panel_industry)
        request = appraisal.Request(case, as_of, playbook, later_sources, run, beside)
        run_appraisal(request, appraisal.PagesRequest(lang, out, brief, reveal), as_json=as_json)


@app.command(help=help_text("simulate"))
def simulate(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    threads: Threads = None,
    engine: EngineName = "local",
    trace: Annotated[
        int | None,
        typer.Option("--trace", metavar="PATH", min=0, help=help_text("option.trace"), show_default=False),
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print the distributions of a deal, or the story of one path."""
    with refusals(lang):
        from guanzi.jobs.appraisal import simulation
        from guanzi.jobs.appraisal.commands.simulate_screen import run_simulation, run_trace
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, engine, bars(lang))
        request = simulation.Request(case, as_of, playbook, run)
        if trace is None:
            run_simulation(request, lang, as_json=as_json)
        else:
            run_trace(request, trace, lang, as_json=as_json)


@app.command("sensitivity", help=help_text("sensitivity"))
def sensitivity_command(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    facts: Annotated[bool, typer.Option("--facts", help=help_text("option.facts"))] = False,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say which assumption moves the result, and which fact would turn the advice."""
    with refusals(lang):
        from guanzi.jobs.appraisal import sensitivity
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars, show_found

        run = how.Run(paths, seed, watch=bars(lang))
        request = sensitivity.Request(case, as_of, playbook, facts, run)
        found = sensitivity.find_sensitivity(request)
        show_found(found, sensitivity.data, sensitivity.document_of, lang, as_json, page)


@app.command(help=help_text("changes"))
def changes(
    case: CaseName,
    since: Annotated[
        str, typer.Option("--since", metavar="FOLDER|FILE|DATE", help=help_text("option.since"), show_default=False)
    ],
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: MaybePaths = None,
    seed: MaybeSeed = None,
    threads: Threads = None,
    out: Out = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what changed since an earlier appraisal, and lay each difference to its cause."""
    with refusals(lang):
        from guanzi.jobs.appraisal import changes as asked
        from guanzi.jobs.appraisal.commands.changes_screen import run_changes
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(threads=threads, watch=bars(lang))
        request = asked.Request(case, since, as_of, playbook, paths, seed, run)
        run_changes(request, out, lang, as_json=as_json)


add_command(app, EXPLANATION)


@app.command(help=help_text("why"))
def why(
    case: CaseName,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help=help_text("argument.figure"), show_default=False)],
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: MaybePaths = None,
    seed: MaybeSeed = None,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
    whole: Annotated[bool, typer.Option("--long", help=help_text("option.long"))] = False,
) -> None:
    """Follow a figure to where it comes from."""
    with refusals(lang):
        from guanzi.jobs.appraisal import provenance
        from guanzi.jobs.appraisal.commands.why_screen import show_why
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(threads=threads, watch=bars(lang))
        request = provenance.Request(case, figure, as_of, playbook, paths, seed, run)
        show_why(request, lang, as_json=as_json, whole=whole)
