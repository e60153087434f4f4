"""Commands on the tracks of one region: what it could enter next, and whether the window of a track is open."""

from pathlib import Path
from typing import Annotated, Any

from typer.core import TyperGroup

from guanzi.console import AsJson, Ask, AsOf, CommandGroup, KnownBy, Language, Out, Seed, Threads, help_text, refusals

DEFAULT = "region"
WEIGHTS = "feasible=1,gain=1,size=1,open=1,strategic=1"

Horizon = Annotated[int, Ask("option.entry_horizon", "--horizon", "YEARS", 1, 50)]
Minimum = Annotated[float, Ask("option.entry_minimum", "--minimum", "N", 0)]
SumRows = Annotated[bool, Ask("option.sum_rows", "--sum-rows")]
DatabaseTable = Annotated[str | None, Ask("option.database_table", "--table", "NAME")]
Added = Annotated[list[Path] | None, Ask("option.added_years", "--add", "FILE")]


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
    panel: Annotated[Path | None, Ask("argument.scanned_panel", metavar="PANEL")] = None,
    region: Annotated[str | None, Ask("option.scanned_region", "--region", "NAME")] = None,
    horizon: Horizon = 5,
    minimum: Minimum = 0.0,
    weights: Annotated[str, Ask("option.track_weights", "--weights", "CRITERION=N,…")] = WEIGHTS,
    strategic: Annotated[list[str] | None, Ask("option.strategic", "--strategic", "INDUSTRY=N")] = None,
    track: Annotated[list[str] | None, Ask("option.track", "--track", "INDUSTRY=TRACK")] = None,
    what_if: Annotated[str, Ask("option.what_if", "--what-if", "INDUSTRY")] = "",
    city: Annotated[str | None, Ask("option.scanned_city", "--city", "CITY")] = None,
    region_column: Annotated[str, Ask("option.region_column", "--region-column", "COLUMN")] = "region",
    industry_column: Annotated[str, Ask("option.industry_column", "--industry-column", "COLUMN")] = "industry",
    year_column: Annotated[str, Ask("option.year_column", "--year-column", "COLUMN")] = "year",
    value_column: Annotated[str, Ask("option.value_column", "--value-column", "COLUMN")] = "value",
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
    track: Annotated[str, Ask("argument.track", metavar="TRACK")],
    as_of: KnownBy = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say whether the window of a track was open on a day."""
    with refusals(lang):
        from guanzi.jobs.tracks import trackwindow
        from guanzi.jobs.tracks.commands.regionscan_screen import show_window

        show_window(trackwindow.Request(track, as_of), lang, as_json)
