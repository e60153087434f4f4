"""Commands on expert judgement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.commands.options import AsJson, Language
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()
experts_app = typer.Typer(help=help_text("experts"), no_args_is_help=True)
app.add_typer(experts_app, name="experts")


@experts_app.command("evaluate", help=help_text("experts.evaluate"))
def experts_evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=help_text("argument.panels"), show_default=False)],
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare performance weights with equal weights, out of sample, over panels whose seeds are known."""
    with refusals(lang):
        from guanzi.cli.experts import show_evaluation

        show_evaluation(folder, lang, as_json)
