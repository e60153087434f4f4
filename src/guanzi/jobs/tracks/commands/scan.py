"""Commands on tracks: which industry a region could enter, and how well that can be told."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from guanzi.console import AsJson, Ask, CommandGroup, Language, Seed, Threads, help_text, refusals
from guanzi.jobs.shared.commands.asking import add_command
from guanzi.jobs.tracks.commands import scan_region
from guanzi.jobs.tracks.commands.scan_region import Added, DatabaseTable, Horizon, Minimum, SumRows
from guanzi.jobs.tracks.declared import EFFECT

app = CommandGroup()
scan_app = CommandGroup(help=help_text("scan"), cls=scan_region.ScanGroup)
app.add_typer(scan_app, name="scan")
scan_app.add_typer(scan_region.app)
add_command(scan_app, EFFECT)

IndustryPanelFile = Annotated[Path, Ask("argument.industry_panel", metavar="PANEL")]


@scan_app.command("evaluate", help=help_text("scan.evaluate"))
def scan_evaluate(
    panel: IndustryPanelFile,
    region: Annotated[str, Ask("option.region_column", "--region", "COLUMN")] = "region",
    industry: Annotated[str, Ask("option.industry_column", "--industry", "COLUMN")] = "industry",
    year: Annotated[str, Ask("option.year_column", "--year", "COLUMN")] = "year",
    value: Annotated[str, Ask("option.value_column", "--value", "COLUMN")] = "value",
    horizon: Horizon = 5,
    until: Annotated[int | None, Ask("option.last_year", "--until", "YEAR")] = None,
    minimum: Minimum = 0.0,
    sum_rows: SumRows = False,
    table: DatabaseTable = None,
    add: Added = None,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Forecast the last window of a panel from what was known before it, and compare with what came."""
    with refusals(lang):
        from guanzi.intake.industries import Roles
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.tracks import entries, industries
        from guanzi.jobs.tracks.commands.scan_screen import show_evaluation

        roles = Roles(region, industry, year, (value,), sum_rows=sum_rows)
        source = industries.IndustryFile(panel, roles, table, tuple(add or ()))
        run = how.Run(seed=seed, threads=threads, watch=bars(lang))
        show_evaluation(entries.Request(source, horizon, until, minimum, run), lang, as_json)


@scan_app.command("fetch", help=help_text("scan.fetch"))
def scan_fetch(
    provider: Annotated[str, Ask("argument.provider", metavar="PROVIDER")],
    what: Annotated[list[str], Ask("argument.what", metavar="WHAT…")],
    out: Annotated[Path, Ask("option.panel_out", "--out", "FILE")] = Path("panel.parquet"),
    where: Annotated[list[str] | None, Ask("option.dimension", "--where", "DIMENSION=CODE")] = None,
    digits: Annotated[int | None, Ask("option.digits", "--digits", "N", 2, 6)] = None,
    folder: Annotated[Path | None, Ask("option.cache", "--folder", "DIR")] = None,
    sha256: Annotated[str | None, Ask("option.sha256", "--sha256", "HASH")] = None,
    lang: Language = "en",
) -> None:
    """Fetch official data and write them as a panel."""
    with refusals(lang):
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.tracks import official
        from guanzi.jobs.tracks.commands.official_screen import show_fetched

        asked = official.Request(provider, tuple(what), out, tuple(where or ()), digits, folder, sha256)
        show_fetched(replace(asked, run=how.Run(watch=bars(lang))), lang)
