"""Commands on tracks: which industry a region could enter, and how well that can be told."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, CommandGroup, Language, Seed, Threads, help_text, refusals
from guanzi.jobs.shared.commands.asking import add_command
from guanzi.jobs.tracks.commands import scan_region
from guanzi.jobs.tracks.commands.scan_region import Added, DatabaseTable, Horizon, Minimum, SumRows
from guanzi.jobs.tracks.declared import EFFECT

app = CommandGroup()
scan_app = CommandGroup(help=help_text("scan"), cls=scan_region.ScanGroup)
app.add_typer(scan_app, name="scan")
scan_app.add_typer(scan_region.app)
add_command(scan_app, EFFECT)

IndustryPanelFile = Annotated[
    Path, typer.Argument(metavar="PANEL", help=help_text("argument.industry_panel"), show_default=False)
]


@scan_app.command("evaluate", help=help_text("scan.evaluate"))
def scan_evaluate(
    panel: IndustryPanelFile,
    region: Annotated[
        str, typer.Option("--region", metavar="COLUMN", help=help_text("option.region_column"))
    ] = "region",
    industry: Annotated[
        str, typer.Option("--industry", metavar="COLUMN", help=help_text("option.industry_column"))
    ] = "industry",
    year: Annotated[str, typer.Option("--year", metavar="COLUMN", help=help_text("option.year_column"))] = "year",
    value: Annotated[str, typer.Option("--value", metavar="COLUMN", help=help_text("option.value_column"))] = "value",
    horizon: Horizon = 5,
    until: Annotated[
        int | None, typer.Option("--until", metavar="YEAR", help=help_text("option.last_year"), show_default=False)
    ] = None,
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
    provider: Annotated[
        str, typer.Argument(metavar="PROVIDER", help=help_text("argument.provider"), show_default=False)
    ],
    what: Annotated[list[str], typer.Argument(metavar="WHAT…", help=help_text("argument.what"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("option.panel_out"))] = Path(
        "panel.parquet"
    ),
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="DIMENSION=CODE", help=help_text("option.dimension"), show_default=False),
    ] = None,
    digits: Annotated[
        int | None, typer.Option("--digits", metavar="N", min=2, max=6, help=help_text("option.digits"))
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--folder", metavar="DIR", help=help_text("option.cache"), show_default=False)
    ] = None,
    sha256: Annotated[
        str | None, typer.Option("--sha256", metavar="HASH", help=help_text("option.sha256"), show_default=False)
    ] = None,
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
