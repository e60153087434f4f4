"""Commands of the work-streams of due diligence: unit costs, patents, technology routes, users."""

from __future__ import annotations

from typing import Annotated

import typer

from guanzi.cli.commands.options import AsJson, AsOf, Language, Seed, day_of
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()


@app.command("unitcost", help=help_text("unitcost"))
def unitcost(
    model: Annotated[str, typer.Argument(metavar="MODEL", help=help_text("argument.unitcost"), show_default=False)],
    source: Annotated[
        str | None, typer.Argument(metavar="FILE|CASE", help=help_text("argument.inputs"), show_default=False)
    ] = None,
    template: Annotated[bool, typer.Option("--template", help=help_text("option.template"))] = False,
    as_of: AsOf = None,
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Cost of a unit over the life of what makes it, and the volume at which it breaks even."""
    with refusals(lang):
        from guanzi.cli.unitcost import show_unit_cost, write_template

        if template:
            write_template(model, lang)
        else:
            show_unit_cost(model, source, day_of(as_of), seed, lang, as_json)
