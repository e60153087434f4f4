"""Commands on the evidence of a case: its documents and its statements."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, CaseName, CommandGroup, Language, day_of, help_text, refusals
from guanzi.jobs.evidence.declared import FIGURES
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
evidence_app = CommandGroup(help=help_text("evidence"), no_args_is_help=True)
app.add_typer(evidence_app, name="evidence")
add_command(app, FIGURES)

KnownOn = Annotated[
    str | None, typer.Option("--known-on", metavar="DATE", help=help_text("option.known_on"), show_default=False)
]
SourceId = Annotated[
    str | None, typer.Option("--source", metavar="ID", help=help_text("option.source"), show_default=False)
]


@evidence_app.command("add", help=help_text("evidence.add"))
def evidence_add(
    case: CaseName,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=help_text("argument.files"), show_default=False)],
    known_on: KnownOn = None,
    source: SourceId = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="WORDS", help=help_text("option.document_title"), show_default=False),
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Take documents into the data room."""
    with refusals(lang):
        from guanzi.jobs.evidence import dataroom
        from guanzi.jobs.evidence.commands.dataroom_screen import add
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(watch=bars(lang))
        request = dataroom.Request(case, tuple(files), day_of(known_on, "--known-on"), source, title, run)
        add(request, lang, as_json=as_json)


@evidence_app.command("search", help=help_text("evidence.search"))
def evidence_search(
    case: CaseName,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help=help_text("argument.words"), show_default=False)],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help=help_text("option.limit"))] = 20,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Find pages by their words."""
    with refusals(lang):
        from guanzi.jobs.evidence import dataroom
        from guanzi.jobs.evidence.commands.dataroom_screen import search
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        request = dataroom.PageSearch(case, " ".join(words), limit, how.Run(watch=bars(lang)))
        search(request, lang, as_json=as_json)


@evidence_app.command("verify", help=help_text("evidence.verify"))
def evidence_verify(case: CaseName, lang: Language = "en", as_json: AsJson = False) -> None:
    """Verify documents and quotes; exit code 1 when one is wrong."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.dataroom_screen import verify

        if not verify(case, lang, as_json=as_json):
            raise typer.Exit(1)


@evidence_app.command("conflicts", help=help_text("evidence.conflicts"))
def evidence_conflicts(
    what: Annotated[str, typer.Argument(metavar="CASE|FILE", help=help_text("argument.conflicts"), show_default=False)],
    figures_only: Annotated[bool, typer.Option("--figures-only", help=help_text("option.figures_only"))] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.csv", help=help_text("option.conflicts_out"), show_default=False),
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Find where sources disagree; exit code 1 when a figure cannot be used as it stands."""
    with refusals(lang):
        from guanzi.jobs.evidence import conflicts
        from guanzi.jobs.evidence.commands.conflicts_screen import show_conflicts

        if not show_conflicts(conflicts.Request(what, figures_only), lang, as_json, out):
            raise typer.Exit(1)


@evidence_app.command("import", help=help_text("evidence.import"))
def evidence_import(
    case: CaseName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.statement"), show_default=False)],
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=help_text("option.format"), show_default=False)
    ],
    known_on: KnownOn = None,
    source: SourceId = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help=help_text("option.publisher"), show_default=False)
    ] = None,
    statement: Annotated[
        str | None, typer.Option("--statement", metavar="TITLE", help=help_text("option.statement"), show_default=False)
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help=help_text("option.published"), show_default=False)
    ] = None,
    grade: Annotated[str, typer.Option("--grade", metavar="GRADE", help=help_text("option.grade"))] = "B",
    name: Annotated[
        str | None, typer.Option("--name", metavar="ID", help=help_text("option.import_name"), show_default=False)
    ] = None,
    currency: Annotated[
        str, typer.Option("--currency", metavar="CODE", help=help_text("option.import_currency"))
    ] = "CNY",
    quarters: Annotated[bool, typer.Option("--quarters", help=help_text("option.quarters"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Make facts of a statement."""
    with refusals(lang):
        from guanzi.jobs.evidence import statements
        from guanzi.jobs.evidence.commands.imports_screen import import_statements

        days = day_of(known_on, "--known-on"), day_of(published, "--published")
        origin = statements.StatedOrigin(days[0], source, publisher, statement, days[1], grade)
        request = statements.Request(case, file, form, origin, name, currency, quarters)
        import_statements(request, lang, as_json=as_json)


@evidence_app.command("read", help=help_text("evidence.read"))
def evidence_read(
    files: Annotated[list[Path], typer.Argument(metavar="DOC…", help=help_text("argument.files"), show_default=False)],
    unread: Annotated[
        Path | None, typer.Option("--unread", metavar="FILE.json", help=help_text("option.unread"), show_default=False)
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option("--workbook", metavar="OUT.xlsx", help=help_text("option.proposals"), show_default=False),
    ] = None,
    first: Annotated[int, typer.Option("--first", metavar="PAGE", min=1, help=help_text("option.first_page"))] = 1,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=help_text("option.no_page_cache"))] = False,
    assist: Annotated[bool, typer.Option("--assist", help=help_text("option.assist"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Propose the facts that documents state; exit code 2 when one is refused."""
    with refusals(lang):
        from guanzi.jobs.evidence import assisting, proposals
        from guanzi.jobs.evidence.commands.proposals_screen import read
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        assistant = assisting.assistant_of() if assist else None
        request = proposals.Request(tuple(files), first, not no_cache, how.Run(watch=bars(lang)), assistant)
        if not read(request, lang, as_json=as_json, unread=unread, workbook=workbook):
            raise typer.Exit(2)
