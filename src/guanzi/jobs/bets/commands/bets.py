"""Commands on public bets: the register, odds of your own bets, how good they were, and a city's record."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, Language, Page, Seed, help_text, refusals

app = typer.Typer()
bets_app = typer.Typer(help=help_text("bets"), invoke_without_command=True)
app.add_typer(bets_app, name="bets")

BetsFile = Annotated[Path, typer.Argument(metavar="FILE.csv", help=help_text("argument.bets"), show_default=False)]
OwnRate = Annotated[
    float | None, typer.Option("--base-rate", metavar="P", help=help_text("option.success_rate"), show_default=False)
]


@bets_app.callback()
def bets(context: typer.Context, lang: Language = "en", as_json: AsJson = False) -> None:
    """List the populations of the register."""
    if context.invoked_subcommand is None:
        _show("", lang, as_json)


@bets_app.command("list", help=help_text("bets.list"))
def bets_list(lang: Language = "en", as_json: AsJson = False, page: Page = None) -> None:
    """List the populations of the register."""
    _show("", lang, as_json, page)


@bets_app.command("show", help=help_text("bets.show"))
def bets_show(
    id: Annotated[str, typer.Argument(metavar="ID", help=help_text("argument.bet"), show_default=False)],
    lang: Language = "en",
    as_json: AsJson = False,
    page: Page = None,
) -> None:
    """Show the rows of a population, or one bet, with all sources."""
    _show(id, lang, as_json, page)


def _show(id: str, lang: str, as_json: bool, page: Path | None = None) -> None:
    with refusals(lang):
        from guanzi.jobs.bets import register
        from guanzi.jobs.shared.show import show_found

        found = register.show_register(register.Request(id))
        show_found(found, register.data, register.document_of, lang, as_json, page)


@bets_app.command("forecast", help=help_text("bets.forecast"))
def bets_forecast(
    file: BetsFile,
    base_rate: OwnRate = None,
    lang: Language = "en",
    as_json: AsJson = False,
    page: Page = None,
) -> None:
    """Say how probable success is for each bet of a file."""
    with refusals(lang):
        from guanzi.jobs.bets import forecast
        from guanzi.jobs.shared.show import show_found, show_warnings

        found = forecast.forecast_bets(forecast.Request(file, base_rate))
        show_warnings(found.file.warnings, lang)
        show_found(found, forecast.data, forecast.document_of, lang, as_json, page)


@bets_app.command("score", help=help_text("bets.score"))
def bets_score(
    file: BetsFile,
    outcomes: Annotated[
        Path, typer.Argument(metavar="OUTCOMES.csv", help=help_text("argument.bet_outcomes"), show_default=False)
    ],
    base_rate: OwnRate = None,
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
    page: Page = None,
) -> None:
    """Measure odds of bets against what became of them."""
    with refusals(lang):
        from guanzi.jobs.bets import score
        from guanzi.jobs.shared.show import show_found, show_warnings

        found = score.score_bets(score.Request(file, outcomes, seed, base_rate))
        show_warnings(found.warnings, lang)
        show_found(found, score.data, score.document_of, lang, as_json, page)


@bets_app.command("track-record", help=help_text("bets.record"))
def bets_record(
    of: Annotated[str, typer.Argument(metavar="CITY|FILE.csv", help=help_text("argument.place"), show_default=False)],
    lang: Language = "en",
    as_json: AsJson = False,
    page: Page = None,
) -> None:
    """Say whether a city's bets came out better than such bets do."""
    with refusals(lang):
        from guanzi.jobs.bets import record
        from guanzi.jobs.shared.show import show_found

        show_found(record.record_of(record.Request(of)), record.data, record.document_of, lang, as_json, page)
