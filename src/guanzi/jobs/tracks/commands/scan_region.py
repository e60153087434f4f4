"""Commands on the tracks of one region: what it could enter next, and whether the window of a track is open."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from guanzi.console import AsJson, AsOf, CommandGroup, Language, Out, Seed, Threads, help_text, refusals

DEFAULT = "region"
WEIGHTS = "feasible=1,gain=1,size=1,open=1,strategic=1"

Horizon = Annotated[
    int, typer.Option("--horizon", metavar="YEARS", min=1, max=50, help=help_text("option.entry_horizon"))
]
Minimum = Annotated[float, typer.Option("--minimum", metavar="N", min=0, help=help_text("option.entry_minimum"))]
SumRows = Annotated[bool, typer.Option("--sum-rows", help=help_text("option.sum_rows"))]
DatabaseTable = Annotated[
    str | None, typer.Option("--table", metavar="NAME", help=help_text("option.database_table"), show_default=False)
]
Added = Annotated[
    list[Path] | None, typer.Option("--add", metavar="FILE", help=help_text("option.added_years"), show_default=False)
]


class ScanGroup(TyperGroup):
    """``guanzi scan PANEL …`` is ``guanzi scan region PANEL …``: what is no command is a panel or a place."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the usual command before what is no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [DEFAULT, *args]
        return list(super().parse_args(ctx, args))


app = CommandGroup()


@app.command(DEFAULT, help=help_text("scan.region"))
def scan_one(
    panel: Annotated[
        Path | None, typer.Argument(metavar="PANEL", help=help_text("argument.scanned_panel"), show_default=False)
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="NAME", help=help_text("option.scanned_region"), show_default=False),
    ] = None,
    horizon: Horizon = 5,
    minimum: Minimum = 0.0,
    weights: Annotated[
        str, typer.Option("--weights", metavar="CRITERION=N,…", help=help_text("option.track_weights"))
    ] = WEIGHTS,
    strategic: Annotated[
        list[str] | None,
        typer.Option("--strategic", metavar="INDUSTRY=N", help=help_text("option.strategic"), show_default=False),
    ] = None,
    track: Annotated[
        list[str] | None,
        typer.Option("--track", metavar="INDUSTRY=TRACK", help=help_text("option.track"), show_default=False),
    ] = None,
    what_if: Annotated[
        str, typer.Option("--what-if", metavar="INDUSTRY", help=help_text("option.what_if"), show_default=False)
    ] = "",
    city: Annotated[
        str | None, typer.Option("--city", metavar="CITY", help=help_text("option.scanned_city"), show_default=False)
    ] = None,
    region_column: Annotated[
        str, typer.Option("--region-column", metavar="COLUMN", help=help_text("option.region_column"))
    ] = "region",
    industry_column: Annotated[
        str, typer.Option("--industry-column", metavar="COLUMN", help=help_text("option.industry_column"))
    ] = "industry",
    year_column: Annotated[
        str, typer.Option("--year-column", metavar="COLUMN", help=help_text("option.year_column"))
    ] = "year",
    value_column: Annotated[
        str, typer.Option("--value-column", metavar="COLUMN", help=help_text("option.value_column"))
    ] = "value",
    sum_rows: SumRows = False,
    table: DatabaseTable = None,
    add: Added = None,
    as_of: AsOf = None,
    out: Out = None,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what a region could enter next, and why."""
    with refusals(lang):
        from guanzi.intake.industries import Roles
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.tracks import industries, regionscan
        from guanzi.jobs.tracks.commands.regionscan_screen import numbers, pairs, show_scan

        if panel is not None and regionscan.is_place(panel):
            panel, city = None, city or str(panel)
        roles = Roles(region_column, industry_column, year_column, (value_column,), sum_rows=sum_rows)
        wanted = pairs([part for part in weights.split(",") if part.strip()], "--weights")
        request = regionscan.Request(
            None if panel is None else industries.IndustryFile(panel, roles, table, tuple(add or ())),
            region,
            horizon,
            minimum,
            numbers(wanted, "--weights"),
            numbers(pairs(strategic or (), "--strategic"), "--strategic"),
            pairs(track, "--track") if track else None,
            as_of,
            what_if,
            city,
            tuple(add or ()),
            how.Run(seed=seed, threads=threads, watch=bars(lang)),
        )
        show_scan(request, out, lang, as_json)


@app.command("window", help=help_text("scan.window"))
def scan_window(
    track: Annotated[str, typer.Argument(metavar="TRACK", help=help_text("argument.track"), show_default=False)],
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say whether the window of a track was open on a day."""
    with refusals(lang):
        from guanzi.jobs.tracks import trackwindow
        from guanzi.jobs.tracks.commands.regionscan_screen import show_window

        show_window(trackwindow.Request(track, as_of), lang, as_json)
