"""Commands that compute on chains: what a plant sets off, what breaks where it stops, where to put stations."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, AsOf, CommandGroup, Language, Threads, help_text, refusals

app = CommandGroup()
"""They stand among the commands of ``guanzi chain``."""


@app.command("multipliers", help=help_text("chain.multipliers"))
def chain_multipliers(
    table: Annotated[
        str | None, typer.Argument(metavar="TABLE", help=help_text("argument.io_table"), show_default=False)
    ] = None,
    sector: Annotated[
        str | None, typer.Option("--sector", metavar="CODE", help=help_text("option.io_sector"), show_default=False)
    ] = None,
    bill: Annotated[
        str | None, typer.Option("--bill", metavar="BILL", help=help_text("option.bill"), show_default=False)
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="PLACE", help=help_text("option.io_region"), show_default=False)
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help=help_text("option.io_case"), show_default=False)
    ] = None,
    size: Annotated[
        float | None, typer.Option("--size", metavar="PART", help=help_text("option.io_size"), show_default=False)
    ] = None,
    method: Annotated[str, typer.Option("--method", metavar="METHOD", help=help_text("option.io_method"))] = "flq",
    delta: Annotated[
        str | None, typer.Option("--delta", metavar="LOW:HIGH", help=help_text("option.delta"), show_default=False)
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", metavar="LOW:HIGH", help=help_text("option.io_output"), show_default=False)
    ] = None,
    anyway: Annotated[
        str | None, typer.Option("--anyway", metavar="LOW:HIGH", help=help_text("option.anyway"), show_default=False)
    ] = None,
    displaced: Annotated[
        str | None,
        typer.Option("--displaced", metavar="LOW:HIGH", help=help_text("option.displaced"), show_default=False),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--form", metavar="FORM", help=help_text("option.io_form"), show_default=False)
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="CODE:N", help=help_text("option.io_unit"), show_default=False)
    ] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=help_text("option.effects_out"), show_default=False)
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what a plant sets off, by its sector and by its bill of materials."""
    with refusals(lang):
        from guanzi.jobs.chains import multipliers
        from guanzi.jobs.chains.commands.multipliers_screen import read_money, read_span, show_multipliers

        request = multipliers.Request(
            table,
            sector,
            bill,
            region,
            size,
            method,
            read_span(delta, "--delta"),
            read_span(output, "--output"),
            read_span(anyway, "--anyway"),
            read_span(displaced, "--displaced"),
            form,
            read_money(unit),
            as_of,
            case,
        )
        show_multipliers(request, out, lang, as_json)


@app.command("shock", help=help_text("chain.shock"))
def chain_shock(
    source: Annotated[str, typer.Argument(metavar="FIRMS|TABLE", help=help_text("argument.shock"), show_default=False)],
    stop: Annotated[
        list[str] | None, typer.Option("--stop", metavar="FIRM", help=help_text("option.stop"), show_default=False)
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", metavar="PLACE", help=help_text("option.place"), show_default=False)
    ] = None,
    sector: Annotated[
        list[str] | None,
        typer.Option("--sector", metavar="SECTOR", help=help_text("option.shock_sector"), show_default=False),
    ] = None,
    part: Annotated[
        float, typer.Option("--part", metavar="PART", min=0.0, max=1.0, help=help_text("option.part"))
    ] = 1.0,
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, max=3650, help=help_text("option.days"))] = 60,
    recovery: Annotated[
        int, typer.Option("--recovery", metavar="N", min=0, max=3650, help=help_text("option.recovery"))
    ] = 0,
    horizon: Annotated[
        int, typer.Option("--until", metavar="N", min=1, max=3650, help=help_text("option.until"))
    ] = 365,
    stock: Annotated[
        float, typer.Option("--stock", metavar="DAYS", min=0.1, max=3650, help=help_text("option.stock"))
    ] = 90.0,
    residual: Annotated[
        float, typer.Option("--residual", metavar="PART", min=1e-9, max=0.1, help=help_text("option.residual"))
    ] = 1e-3,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what is lost where a firm, a place or a sector stops."""
    with refusals(lang):
        from guanzi.jobs.chains import shocks
        from guanzi.jobs.chains.commands.shocks_screen import show_shock

        scenario = shocks.Scenario(
            tuple(stop or ()), tuple(place or ()), tuple(sector or ()), part, days, recovery, horizon, stock
        )
        show_shock(shocks.Request(source, scenario, residual, threads), lang, as_json)


@app.command("cover", help=help_text("chain.cover"))
def chain_cover(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=help_text("argument.stations"), show_default=False)],
    aim: Annotated[str, typer.Option("--aim", metavar="AIM", help=help_text("option.aim"))] = "most",
    radius: Annotated[float, typer.Option("--radius", metavar="KM", help=help_text("option.radius"))] = 2.0,
    sites: Annotated[
        int | None, typer.Option("--sites", metavar="N", help=help_text("option.sites"), show_default=False)
    ] = None,
    budget: Annotated[
        float | None, typer.Option("--budget", metavar="MONEY", help=help_text("option.budget"), show_default=False)
    ] = None,
    phases: Annotated[
        str | None, typer.Option("--phases", metavar="N,N,…", help=help_text("option.phases"), show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=help_text("option.geojson"), show_default=False)
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Choose sites of stations, with the gap to the best plan that can be."""
    with refusals(lang):
        from guanzi.jobs.chains import stations
        from guanzi.jobs.chains.commands.stations_screen import read_numbers, show_stations
        from guanzi.study.chains import coverage

        asked = coverage.Asked(aim, radius, sites, budget, read_numbers(phases))
        show_stations(stations.Request(folder, asked), out, lang, as_json)
