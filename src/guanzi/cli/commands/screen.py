"""Commands on people and companies: do names match, who is on a list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.commands.options import AsJson, Language, Seed
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()
screen_app = typer.Typer(help=help_text("screen"), no_args_is_help=True)
app.add_typer(screen_app, name="screen")

Schema = Annotated[str, typer.Option("--schema", metavar="SCHEMA", help=help_text("option.schema"))]


@screen_app.command("evaluate", help=help_text("screen.evaluate"))
def screen_evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.pairs"), show_default=False)],
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Measure name matching on labelled pairs."""
    with refusals(lang):
        from guanzi.cli.screen import show_evaluation

        show_evaluation(file, seed, lang, as_json)


@screen_app.command("compare", help=help_text("screen.compare"))
def screen_compare(
    first: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.name"), show_default=False)],
    second: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.other_name"), show_default=False)],
    schema: Schema = "Person",
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare two names and say why."""
    with refusals(lang):
        from guanzi.cli.screen import show_comparison

        show_comparison(first, second, schema, lang, as_json)
