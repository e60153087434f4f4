"""Commands on public bets: the register, odds of your own bets, how good they were, and a city's record."""

import typer

from guanzi.console import AsJson, CommandGroup, Language, help_text
from guanzi.jobs.bets import declared
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
bets_app = CommandGroup(help=help_text("bets"), invoke_without_command=True)
app.add_typer(bets_app, name="bets")
_list, *_ = [add_command(bets_app, question) for question in declared.QUESTIONS]


@bets_app.callback()
def bets(context: typer.Context, lang: Language = "en", as_json: AsJson = False) -> None:
    """List the populations of the register."""
    if context.invoked_subcommand is None:
        _list(lang=lang, as_json=as_json, page=None)
