"""Commands that compute on chains: what a plant sets off, what breaks where it stops, where to put stations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.commands.options import AsJson, AsOf, Language, day_of
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()
"""They stand among the commands of ``guanzi chain``."""


@app.command("multipliers", help=help_text("chain.multipliers"))
def chain_multipliers(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=help_text("argument.io_table"), show_default=False)],
    sector: Annotated[
        str | None, typer.Option("--sector", metavar="CODE", help=help_text("option.io_sector"), show_default=False)
    ] = None,
    bill: Annotated[
        str | None, typer.Option("--bill", metavar="BILL", help=help_text("option.bill"), show_default=False)
    ] = None,
    region: Annotated[
        Path | None, typer.Option("--region", metavar="FILE", help=help_text("option.io_region"), show_default=False)
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
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what a plant sets off, by its sector and by its bill of materials."""
    with refusals(lang):
        from guanzi.cli.multipliers import Asked, show_multipliers

        show_multipliers(
            Asked(table, sector, bill, region, size, method, delta, output, anyway, displaced, form, day_of(as_of)),
            lang,
            as_json,
        )
