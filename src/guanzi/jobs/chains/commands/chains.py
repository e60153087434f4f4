"""Commands on industrial chains: what a place has of one, what is missing, whom to invite, how open it is."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, AsOf, Language, Seed, day_of, help_text, refusals
from guanzi.jobs.chains.commands import chain_numbers

app = typer.Typer()
chain_app = typer.Typer(help=help_text("chain"), no_args_is_help=True)
app.add_typer(chain_app, name="chain")
chain_app.add_typer(chain_numbers.app)

ChainName = Annotated[str, typer.Argument(metavar="CHAIN", help=help_text("argument.chain"), show_default=False)]
At = Annotated[str, typer.Option("--at", metavar="CITY", help=help_text("option.chain_at"))]
Anchor = Annotated[
    str, typer.Option("--anchor", metavar="FIRM", help=help_text("option.chain_anchor"), show_default=False)
]
To = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=help_text("option.chain_out"), show_default=False)
]


@chain_app.command("show", help=help_text("chain.show"))
def chain_show(
    chain: ChainName,
    at: At = "hefei",
    anchor: Anchor = "",
    as_of: AsOf = None,
    seed: Seed = 1,
    out: To = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print the links of a chain as a place has them; or write the chain for other tools."""
    with refusals(lang):
        from guanzi.jobs.chains import links
        from guanzi.jobs.chains.commands.chains_screen import show_chain

        show_chain(links.Request(chain, at, anchor, day_of(as_of), seed), out, lang, as_json)


@chain_app.command("new", help=help_text("chain.new"))
def chain_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.chain_file"), show_default=False)],
    lang: Language = "en",
) -> None:
    """Write a small invented chain, as CSV or Excel, to write over."""
    with refusals(lang):
        from guanzi.jobs.chains.commands.new_chain import new_chain

        new_chain(file, lang)


@chain_app.command("gaps", help=help_text("chain.gaps"))
def chain_gaps(
    chain: ChainName,
    at: At = "hefei",
    anchor: Anchor = "",
    output: Annotated[
        str, typer.Option("--output", metavar="LOW-HIGH", help=help_text("option.chain_output"), show_default=False)
    ] = "",
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print what is missing, hangs by one firm, or comes from abroad."""
    with refusals(lang):
        from guanzi.jobs.chains import gaps
        from guanzi.jobs.chains.commands.chains_screen import read_output
        from guanzi.jobs.shared.show import show_found

        found = gaps.find(gaps.Request(chain, at, anchor, read_output(output), day_of(as_of)))
        show_found(found, gaps.data, gaps.document_of, lang, as_json)


@chain_app.command("targets", help=help_text("chain.targets"))
def chain_targets(
    chain: ChainName,
    at: At = "hefei",
    anchor: Anchor = "",
    links: Annotated[bool, typer.Option("--links", help=help_text("option.chain_links"))] = False,
    top: Annotated[int, typer.Option("--top", metavar="K", min=1, max=100, help=help_text("option.chain_top"))] = 10,
    as_of: AsOf = None,
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Rank whom to invite, and print a plan for each."""
    with refusals(lang):
        from guanzi.jobs.chains import targets
        from guanzi.jobs.shared.show import show_found

        found = targets.rank(targets.Request(chain, at, anchor, links, top, day_of(as_of), seed))
        show_found(found, targets.data, targets.document_of, lang, as_json)


@chain_app.command("open", help=help_text("chain.open"))
def chain_open(
    chain: ChainName,
    at: At = "hefei",
    anchor: Anchor = "",
    as_of: AsOf = None,
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print whether the cluster is open or captive, and what is left without its anchors."""
    with refusals(lang):
        from guanzi.jobs.chains import openness
        from guanzi.jobs.shared.show import show_found

        found = openness.judge(openness.Request(chain, at, anchor, day_of(as_of), seed))
        show_found(found, openness.data, openness.document_of, lang, as_json)


@chain_app.command("labs", help=help_text("chain.labs"))
def chain_labs(
    chain: ChainName,
    at: At = "hefei",
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Match laboratories with the links that they could strengthen."""
    with refusals(lang):
        from guanzi.jobs.chains import laboratories
        from guanzi.jobs.shared.show import show_found

        found = laboratories.match(laboratories.Request(chain, at, day_of(as_of)))
        show_found(found, laboratories.data, laboratories.document_of, lang, as_json)
