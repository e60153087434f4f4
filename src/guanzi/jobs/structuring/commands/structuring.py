"""Commands that compare deals and look for better ones."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    AsOf,
    CommandGroup,
    Language,
    Page,
    Paths,
    PlaybookName,
    Seed,
    Threads,
    help_text,
    refusals,
)
from guanzi.jobs.shared.commands.asking import add_command
from guanzi.jobs.structuring import declared

app = CommandGroup()

ModelCase = Annotated[
    str | None,
    typer.Option("--case", metavar="CASE", help=help_text("option.model_case"), show_default=False),
]
Draft = Annotated[str, typer.Argument(metavar="FILE|CASE", help=help_text("argument.version"), show_default=False)]


for _question in declared.QUESTIONS:
    add_command(app, _question)


@app.command(help=help_text("structure"))
def structure(
    draft: Draft,
    free: Annotated[
        list[str] | None,
        typer.Option("--free", metavar="ADDRESS=LOW..HIGH", help=help_text("option.free"), show_default=False),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="MEASURE<=VALUE", help=help_text("option.deal_limit"), show_default=False),
    ] = None,
    goal: Annotated[str, typer.Option("--goal", metavar="tail|value", help=help_text("option.goal"))] = "tail",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=help_text("option.out_sheet"), show_default=False)
    ] = None,
    addresses: Annotated[bool, typer.Option("--list", help=help_text("option.list_addresses"))] = False,
    case: ModelCase = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 16_384,
    evaluations: Annotated[
        int, typer.Option("--evaluations", metavar="N", min=12, max=1_000_000, help=help_text("option.evaluations"))
    ] = 400,
    material: Annotated[
        float | None,
        typer.Option("--material", metavar="VALUE", min=0.0, help=help_text("option.material"), show_default=False),
    ] = None,
    seed: Seed = 1,
    threads: Threads = None,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Search the free terms of a term sheet for a better deal that the other side would still sign."""
    with refusals(lang):
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars, print_message, show_found, show_warnings
        from guanzi.jobs.structuring import draft as drafts
        from guanzi.jobs.structuring import structuring

        if addresses:
            listed = structuring.list_addresses(draft)
            show_found(listed, structuring.address_data, structuring.addresses_of, lang, as_json, page)
            return
        run = how.Run(paths, seed, threads, watch=bars(lang))
        asked = drafts.DraftRequest(draft, tuple(free or ()), case, as_of, playbook)
        request = structuring.Request(asked, tuple(limit or ()), goal, evaluations, material, out, run)
        result = structuring.find_structure(request)
        show_warnings(result.drafted.warnings, lang)
        show_found(result, structuring.data, structuring.document_of, lang, as_json, page)
        if out is not None and not as_json:
            written = result.found.suggestion is not None
            print_message("cli.structure.written" if written else "cli.structure.not_written", lang, file=str(out))


@app.command(help=help_text("walkaway"))
def walkaway(
    draft: Draft,
    term: Annotated[
        list[str] | None,
        typer.Option("--term", metavar="ADDRESS=LOW..HIGH", help=help_text("option.term"), show_default=False),
    ] = None,
    rivals: Annotated[
        Path | None, typer.Option("--rivals", metavar="FILE", help=help_text("option.rivals"), show_default=False)
    ] = None,
    floor: Annotated[float, typer.Option("--floor", metavar="VALUE", help=help_text("option.floor"))] = 0.0,
    case: ModelCase = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 16_384,
    seed: Seed = 1,
    threads: Threads = None,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say how far the public side may go in each term before no deal is better."""
    with refusals(lang):
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars, show_found, show_warnings
        from guanzi.jobs.structuring import draft as drafts
        from guanzi.jobs.structuring import walkaway as far

        run = how.Run(paths, seed, threads, watch=bars(lang))
        asked = drafts.DraftRequest(draft, tuple(term or ()), case, as_of, playbook)
        result = far.find_walkaway(far.Request(asked, rivals, floor, run))
        show_warnings(result.drafted.warnings, lang)
        show_found(result, far.data, far.document_of, lang, as_json, page)
