"""Commands of the office: start it, and do an action in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.commands.options import Language
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()
office_app = typer.Typer(help=help_text("office"), invoke_without_command=True)
app.add_typer(office_app, name="office")

Data = Annotated[Path, typer.Option("--data", metavar="FOLDER", help=help_text("option.office_data"))]
DATA = Path("guanzi-office")


@office_app.callback()
def office(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65_535, help=help_text("option.port"))] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help=help_text("option.host"))] = "127.0.0.1",
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Start the office."""
    if context.invoked_subcommand is not None:
        return
    with refusals(lang):
        from guanzi.cli.office import start

        raise typer.Exit(start(data, host, port, lang))
