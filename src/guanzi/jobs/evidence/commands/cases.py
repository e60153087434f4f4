"""Commands on cases: list, check, begin, import, export."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, Ask, CaseName, CommandGroup, Language, day_of, help_text, refusals
from guanzi.jobs.evidence.declared import REVIEW
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
AcceptNames = Annotated[bool, Ask("option.accept_names", "--accept-names")]
Confirm = Annotated[str | None, Ask("option.confirm", "--confirm", "REASON")]
case_app = CommandGroup(help=help_text("case"), no_args_is_help=True)
app.add_typer(case_app, name="case")


@app.command(help=help_text("cases"))
def cases(lang: Language = "en", as_json: AsJson = False) -> None:
    """List the shipped cases."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.cases_screen import list_cases

        list_cases(lang, as_json)


@case_app.command("check", help=help_text("case.check"))
def case_check(folder: CaseName, lang: Language = "en") -> None:
    """Report everything that is wrong with a case; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.cases_screen import check_case

        if not check_case(folder, lang):
            raise typer.Exit(1)


@case_app.command("new", help=help_text("case.new"))
def case_new(
    name: Annotated[str, Ask("argument.new_name", metavar="NAME")],
    source: Annotated[str | None, Ask("option.from", "--from", "CASE")] = None,
    company: Annotated[str, Ask("option.new_company", "--company", "NAME")] = "",
    region: Annotated[str, Ask("option.new_region", "--region", "NAME")] = "",
    country: Annotated[str, Ask("option.new_country", "--country", "CODE")] = "CN",
    industry: Annotated[str, Ask("option.new_industry", "--industry", "ID")] = "battery-electric-vehicles",
    currency: Annotated[str, Ask("option.new_currency", "--currency", "CODE")] = "CNY",
    day: Annotated[str | None, Ask("option.new_day", "--day", "DATE")] = None,
    xlsx: Annotated[bool, Ask("option.new_xlsx", "--xlsx")] = False,
    lang: Language = "en",
) -> None:
    """Begin an empty case, or one from another, as a folder or as a workbook to fill in."""
    with refusals(lang):
        if xlsx:
            from guanzi.jobs.evidence.commands.workbook_screen import new_workbook, refuse_head

            refuse_head(company, region, country, industry, currency, day or "")
            new_workbook(name, source, lang)
        else:
            from guanzi.jobs.evidence import cases as service
            from guanzi.jobs.evidence.commands.cases_screen import new_case

            head = service.head_of(company, region, country, industry, currency, day_of(day, "--day"))
            new_case(service.Beginning(name, source or "", head, lang))


@case_app.command("precedents", help=help_text("case.precedents"))
def case_precedents(
    folder: Annotated[str, Ask("argument.own_case", metavar="CASE")],
    ended: Annotated[list[str], Ask("argument.ended", metavar="ENDED...")],
    lang: Language = "en",
) -> None:
    """Let ended cases count as precedents of a case."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.cases_screen import take_over_precedents

        take_over_precedents(folder, ended, lang)


@case_app.command("import", help=help_text("case.import"))
def case_import(
    book: Annotated[str, Ask("argument.book", metavar="BOOK.xlsx")],
    out: Annotated[Path | None, Ask("option.import_out", "--out", "FOLDER")] = None,
    lang: Language = "en",
) -> None:
    """Make a case folder of a workbook."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.workbook_screen import import_workbook

        import_workbook(book, out, lang)


@case_app.command("import-notes", help=help_text("case.import_notes"))
def case_import_notes(
    notes: Annotated[str, Ask("argument.notes", metavar="FILE.yaml")],
    out: Annotated[Path | None, Ask("option.notes_out", "--out", "DIR")] = None,
    accept_names: AcceptNames = False,
    confirm: Confirm = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Make a case folder of research notes."""
    with refusals(lang):
        from guanzi.jobs.evidence import notes as service
        from guanzi.jobs.evidence.commands.notes_screen import import_research_notes

        import_research_notes(service.Request(notes, out, lang, accept_names, confirm or ""), as_json)


add_command(case_app, REVIEW)


@case_app.command("fill", help=help_text("case.fill"))
def case_fill(
    case: CaseName,
    origin: Annotated[
        str, typer.Option("--from", metavar="REGISTER:NUMBER", help=help_text("option.fill_from"), show_default=False)
    ],
    recorded: Annotated[
        Path | None,
        typer.Option("--recorded", metavar="FOLDER", help=help_text("option.fill_recorded"), show_default=False),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=help_text("option.fill_as_of"), show_default=False)
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", metavar="ID", help=help_text("option.fill_confirm"))
    ] = None,
    every: Annotated[bool, typer.Option("--confirm-all", help=help_text("option.fill_every"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Propose what a register of filings states of the company by the day of the decision."""
    with refusals(lang):
        from guanzi.jobs.evidence import filling
        from guanzi.jobs.evidence.commands.filling_screen import fill

        day = day_of(as_of, "--as-of")
        fill(filling.Request(case, origin, recorded, day, tuple(confirm or ()), every), lang, as_json=as_json)


@case_app.command("export", help=help_text("case.export"))
def case_export(
    case: CaseName,
    xlsx: Annotated[bool, Ask("option.export_xlsx", "--xlsx")],
    out: Annotated[Path | None, Ask("option.export_out", "--out", "FILE")] = None,
    lang: Language = "en",
) -> None:
    """Write a case as a workbook; ``--xlsx`` names the one form there is."""
    with refusals(lang):
        from guanzi.jobs.evidence.commands.workbook_screen import export_workbook

        export_workbook(case, out, lang)
