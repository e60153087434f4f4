"""Commands that compare deals and look for better ones."""

from pathlib import Path
from typing import Annotated

from guanzi.console import (
    AsJson,
    Ask,
    AsOf,
    CommandGroup,
    EngineName,
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

ModelCase = Annotated[str | None, Ask("option.model_case", "--case", "CASE")]
Draft = Annotated[str, Ask("argument.version", metavar="FILE|CASE")]
Drafts = Annotated[list[str], Ask("argument.drafts", metavar="FILE|CASE…")]


for _question in declared.QUESTIONS:
    add_command(app, _question)


@app.command(help=help_text("structure"))
def structure(
    drafts: Drafts,
    free: Annotated[list[str] | None, Ask("option.free", "--free", "ADDRESS=LOW..HIGH")] = None,
    limit: Annotated[list[str] | None, Ask("option.deal_limit", "--limit", "MEASURE<=VALUE")] = None,
    goal: Annotated[str, Ask("option.goal", "--goal", "tail|value")] = "tail",
    out: Annotated[Path | None, Ask("option.out_sheet", "--out", "FILE|FOLDER")] = None,
    addresses: Annotated[bool, Ask("option.list_addresses", "--list")] = False,
    case: ModelCase = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 16_384,
    evaluations: Annotated[int, Ask("option.evaluations", "--evaluations", "N", 12, 1000000)] = 400,
    material: Annotated[float | None, Ask("option.material", "--material", "VALUE", 0.0)] = None,
    seed: Seed = 1,
    threads: Threads = None,
    engine: EngineName = "local",
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Search the free terms of term sheets for better deals that the other side would still sign."""
    with refusals(lang):
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars
        from guanzi.jobs.structuring import draft, structuring
        from guanzi.jobs.structuring.commands.structure_screen import list_addresses, run_structure

        if addresses:
            list_addresses(drafts, page, lang, as_json=as_json)
            return
        run = how.Run(paths, seed, threads, engine, bars(lang))
        asked = draft.DraftRequest(drafts[0], tuple(free or ()), case, as_of, playbook)
        request = structuring.Request(asked, tuple(limit or ()), goal, evaluations, material, out, run)
        run_structure(request, drafts, page, lang, as_json=as_json)


@app.command(help=help_text("walkaway"))
def walkaway(
    draft: Draft,
    term: Annotated[list[str] | None, Ask("option.term", "--term", "ADDRESS=LOW..HIGH")] = None,
    rivals: Annotated[Path | None, Ask("option.rivals", "--rivals", "FILE")] = None,
    floor: Annotated[float, Ask("option.floor", "--floor", "VALUE")] = 0.0,
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
