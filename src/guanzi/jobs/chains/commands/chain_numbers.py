"""Commands that compute on chains: what a plant sets off, what breaks where it stops, where to put stations."""

from pathlib import Path
from typing import Annotated

from guanzi.console import AsJson, Ask, AsOf, CommandGroup, Language, Threads, help_text, refusals

app = CommandGroup()
"""They stand among the commands of ``guanzi chain``."""


@app.command("multipliers", help=help_text("chain.multipliers"))
def chain_multipliers(
    table: Annotated[str | None, Ask("argument.io_table", metavar="TABLE")] = None,
    sector: Annotated[str | None, Ask("option.io_sector", "--sector", "CODE")] = None,
    bill: Annotated[str | None, Ask("option.bill", "--bill", "BILL")] = None,
    region: Annotated[str | None, Ask("option.io_region", "--region", "PLACE")] = None,
    case: Annotated[str | None, Ask("option.io_case", "--case", "CASE")] = None,
    size: Annotated[float | None, Ask("option.io_size", "--size", "PART")] = None,
    method: Annotated[str, Ask("option.io_method", "--method", "METHOD")] = "flq",
    delta: Annotated[str | None, Ask("option.delta", "--delta", "LOW:HIGH")] = None,
    output: Annotated[str | None, Ask("option.io_output", "--output", "LOW:HIGH")] = None,
    anyway: Annotated[str | None, Ask("option.anyway", "--anyway", "LOW:HIGH")] = None,
    displaced: Annotated[str | None, Ask("option.displaced", "--displaced", "LOW:HIGH")] = None,
    form: Annotated[str | None, Ask("option.io_form", "--form", "FORM")] = None,
    unit: Annotated[str | None, Ask("option.io_unit", "--unit", "CODE:N")] = None,
    as_of: AsOf = None,
    out: Annotated[Path | None, Ask("option.effects_out", "--out", "FILE")] = None,
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
    source: Annotated[str, Ask("argument.shock", metavar="FIRMS|TABLE")],
    stop: Annotated[list[str] | None, Ask("option.stop", "--stop", "FIRM")] = None,
    place: Annotated[list[str] | None, Ask("option.place", "--place", "PLACE")] = None,
    sector: Annotated[list[str] | None, Ask("option.shock_sector", "--sector", "SECTOR")] = None,
    part: Annotated[float, Ask("option.part", "--part", "PART", 0.0, 1.0)] = 1.0,
    days: Annotated[int, Ask("option.days", "--days", "N", 1, 3650)] = 60,
    recovery: Annotated[int, Ask("option.recovery", "--recovery", "N", 0, 3650)] = 0,
    horizon: Annotated[int, Ask("option.until", "--until", "N", 1, 3650)] = 365,
    stock: Annotated[float, Ask("option.stock", "--stock", "DAYS", 0.1, 3650)] = 90.0,
    residual: Annotated[float, Ask("option.residual", "--residual", "PART", 1e-09, 0.1)] = 1e-3,
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


@app.command("stations", help=help_text("chain.stations"))
def chain_stations(
    folder: Annotated[str, Ask("argument.stations", metavar="FOLDER")],
    objective: Annotated[str | None, Ask("option.objective", "--objective", "WORD")] = None,
    radius: Annotated[float, Ask("option.radius", "--radius", "KM")] = 2.0,
    sites: Annotated[int | None, Ask("option.sites", "--sites", "N")] = None,
    budget: Annotated[float | None, Ask("option.budget", "--budget", "MONEY")] = None,
    phases: Annotated[str | None, Ask("option.phases", "--phases", "N,N,…")] = None,
    out: Annotated[Path | None, Ask("option.geojson", "--out", "FILE")] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Choose sites of stations, with the gap to the best plan that can be."""
    with refusals(lang):
        from guanzi.jobs.chains import stations
        from guanzi.jobs.chains.commands.stations_screen import read_numbers, show_stations, show_townships
        from guanzi.study.chains import coverage

        no_plan = objective is None and budget is None and phases is None
        if no_plan and show_townships(folder, radius, sites, out, lang, as_json):
            return
        asked = coverage.Asked(objective or "most", radius, sites, budget, read_numbers(phases))
        show_stations(stations.Request(folder, asked), out, lang, as_json)
