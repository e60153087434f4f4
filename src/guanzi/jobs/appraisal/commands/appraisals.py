"""Commands on one case as of a day: appraise it, simulate its deal, and ask why."""

from pathlib import Path
from typing import Annotated

from guanzi.console import (
    DEMO_CASE,
    AsJson,
    Ask,
    AsOf,
    Brief,
    CaseName,
    CommandGroup,
    EngineName,
    Language,
    LaterSources,
    Out,
    Paths,
    PlaybookName,
    PrecisionText,
    Reveal,
    Seed,
    Threads,
    help_text,
    refusals,
)
from guanzi.jobs.appraisal.declared import CHANGES, SENSITIVITY, WHY
from guanzi.jobs.shared.commands.asking import add_command
from guanzi.jobs.terms.declared import EXPLANATION

DEMO_PATHS = 65_536
"""Paths are weighted for the prices of the day, and that many are told apart; more would repeat them."""

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
    precision: PrecisionText = None,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    engine: EngineName = "local",
    reveal: Reveal = False,
    brief: Brief = False,
    later_sources: LaterSources = False,
    panel: Annotated[Path | None, Ask("option.case_panel", "--panel", "FILE")] = None,
    panel_region: Annotated[str | None, Ask("option.scanned_region", "--panel-region", "NAME")] = None,
    panel_industry: Annotated[str, Ask("option.case_industry", "--panel-industry", "NAME")] = "",
    panel_columns: Annotated[str, Ask("option.panel_columns", "--panel-columns", "ROLE=COLUMN,…")] = "",
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
        request = appraisal.Request(case, as_of, playbook, later_sources, run, beside, precision)
        run_appraisal(request, appraisal.PagesRequest(lang, out, brief, reveal), as_json=as_json)


@app.command(help=help_text("simulate"))
def simulate(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    precision: PrecisionText = None,
    seed: Seed = 1,
    threads: Threads = None,
    engine: EngineName = "local",
    trace: Annotated[int | None, Ask("option.trace", "--trace", "PATH", 0)] = None,
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
        request = simulation.Request(case, as_of, playbook, run, precision)
        if trace is None:
            run_simulation(request, lang, as_json=as_json)
        else:
            run_trace(request, trace, lang, as_json=as_json)


for _question in (SENSITIVITY, CHANGES, EXPLANATION, WHY):
    add_command(app, _question)
