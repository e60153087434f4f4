"""Commands on industrial chains: what a place has of one, what is missing, whom to invite, how open it is."""

from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, CommandGroup, Language, help_text, refusals
from guanzi.jobs.chains import declared
from guanzi.jobs.chains.commands import chain_numbers
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
chain_app = CommandGroup(help=help_text("chain"), no_args_is_help=True)
app.add_typer(chain_app, name="chain")
chain_app.add_typer(chain_numbers.app)

add_command(chain_app, declared.LINKS)
add_command(chain_app, declared.COMPARE)


@chain_app.command("new", help=help_text("chain.new"))
def chain_new(
    file: Annotated[Path, Ask("argument.chain_file", metavar="FILE")],
    lang: Language = "en",
) -> None:
    """Write a small invented chain, as CSV or Excel, to write over."""
    with refusals(lang):
        from guanzi.jobs.chains.commands.new_chain import new_chain

        new_chain(file, lang)


for _question in (declared.GAPS, declared.TARGETS, declared.OPENNESS, declared.LABORATORIES, declared.CASE):
    add_command(chain_app, _question)
