"""Commands on industrial chains: what a place has of one, what is missing, whom to invite, how open it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.commands import chain_numbers
from guanzi.cli.commands.options import AsJson, AsOf, Language, day_of
from guanzi.cli.speech import help_text, refusals

app = typer.Typer()
chain_app = typer.Typer(help=help_text("chain"), no_args_is_help=True)
app.add_typer(chain_app, name="chain")
chain_app.add_typer(chain_numbers.app)

ChainName = Annotated[str, typer.Argument(metavar="CHAIN", help=help_text("argument.chain"), show_default=False)]
At = Annotated[str, typer.Option("--at", metavar="CITY", help=help_text("option.chain_at"))]
To = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=help_text("option.chain_out"), show_default=False)
]


@chain_app.command("show", help=help_text("chain.show"))
def chain_show(
    chain: ChainName,
    at: At = "hefei",
    as_of: AsOf = None,
    out: To = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print the links of a chain as a place has them; or write the chain for other tools."""
    with refusals(lang):
        from guanzi.cli.chains import show_chain

        show_chain(chain, at, day_of(as_of), out, lang, as_json)
