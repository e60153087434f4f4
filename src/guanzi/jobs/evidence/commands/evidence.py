"""Commands on the evidence of a case: its documents and its statements."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, Ask, CaseName, CommandGroup, Language, day_of, help_text, refusals
from guanzi.jobs.evidence.declared import FIGURES
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
evidence_app = CommandGroup(help=help_text("evidence"), no_args_is_help=True)
app.add_typer(evidence_app, name="evidence")
add_command(app, FIGURES)

KnownOn = Annotated[str | None, Ask("option.known_on", "--known-on", "DATE")]
SourceId = Annotated[str | None, Ask("option.source", "--source", "ID")]


@evidence_app.command("add", help=help_text("evidence.add"))
def evidence_add(
    case: CaseName,
    files: Annotated[list[Path], Ask("argument.files", metavar="FILE…")],
    known_on: KnownOn = None,
    source: SourceId = None,
    title: Annotated[str | None, Ask("option.document_title", "--title", "WORDS")] = None,
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
    words: Annotated[list[str], Ask("argument.words", metavar="WORDS")],
    limit: Annotated[int, Ask("option.limit", "--limit", "N", 1)] = 20,
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
    what: Annotated[str, Ask("argument.conflicts", metavar="CASE|FILE")],
    figures_only: Annotated[bool, Ask("option.figures_only", "--figures-only")] = False,
    out: Annotated[Path | None, Ask("option.conflicts_out", "--out", "FILE.csv")] = None,
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
    file: Annotated[Path, Ask("argument.statement", metavar="FILE")],
    form: Annotated[str, Ask("option.format", "--format", "FORMAT")],
    known_on: KnownOn = None,
    source: SourceId = None,
    publisher: Annotated[str | None, Ask("option.publisher", "--publisher", "NAME")] = None,
    statement: Annotated[str | None, Ask("option.statement", "--statement", "TITLE")] = None,
    published: Annotated[str | None, Ask("option.published", "--published", "DATE")] = None,
    grade: Annotated[str, Ask("option.grade", "--grade", "GRADE")] = "B",
    name: Annotated[str | None, Ask("option.import_name", "--name", "ID")] = None,
    currency: Annotated[str, Ask("option.import_currency", "--currency", "CODE")] = "CNY",
    quarters: Annotated[bool, Ask("option.quarters", "--quarters")] = False,
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
    files: Annotated[list[Path], Ask("argument.files", metavar="DOC…")],
    unread: Annotated[Path | None, Ask("option.unread", "--unread", "FILE.json")] = None,
    workbook: Annotated[Path | None, Ask("option.proposals", "--workbook", "OUT.xlsx")] = None,
    first: Annotated[int, Ask("option.first_page", "--first", "PAGE", 1)] = 1,
    no_cache: Annotated[bool, Ask("option.no_page_cache", "--no-cache")] = False,
    assist: Annotated[bool, Ask("option.assist", "--assist")] = False,
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


@evidence_app.command("model", help=help_text("evidence.model"))
def evidence_model(
    file: Annotated[Path, Ask("argument.model", metavar="MODEL.xlsx")],
    against: Annotated[Path | None, Ask("option.model_against", "--against", "OLD.xlsx")] = None,
    case: Annotated[str | None, Ask("option.claims_case", "--case", "CASE")] = None,
    register: Annotated[str | None, Ask("option.claims_from", "--from", "REGISTER:NUMBER")] = None,
    recorded: Annotated[Path | None, Ask("option.fill_recorded", "--recorded", "FOLDER")] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Show what feeds the figures of a company's own model."""
    with refusals(lang):
        from guanzi.jobs.evidence import modelling
        from guanzi.jobs.evidence.commands.modelling_screen import show_model
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        request = modelling.Request(file, against, case or "", register or "", recorded, how.Run(watch=bars(lang)))
        show_model(request, lang, as_json=as_json)
