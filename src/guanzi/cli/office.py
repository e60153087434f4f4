"""Commands of the office: start it, and do an action in it."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import Ask, CommandGroup, Language, help_text, refusals

app = CommandGroup()
office_app = CommandGroup(help=help_text("office"), invoke_without_command=True)
app.add_typer(office_app, name="office")

Data = Annotated[Path, Ask("option.office_data", "--data", "FOLDER")]
By = Annotated[str, Ask("option.as_person", "--as", "USERNAME")]
OfficeCase = Annotated[str, Ask("argument.office_case", metavar="CASE")]
DATA = Path("guanzi-office")


@office_app.callback()
def office(
    context: typer.Context,
    port: Annotated[int, Ask("option.port", "--port", "N", 1, 65535)] = 8000,
    host: Annotated[str, Ask("option.host", "--host", "NAME")] = "127.0.0.1",
    data: Data = DATA,
    empty: Annotated[bool, Ask("option.office_empty", "--empty")] = False,
    lang: Language = "en",
) -> None:
    """Start the office."""
    if context.invoked_subcommand is not None:
        return
    with refusals(lang):
        from guanzi.cli.office_screen import start

        raise typer.Exit(start(data, (host, port), lang, empty=empty))


@office_app.command(help=help_text("office.begin"))
def begin(
    organisation: Annotated[str, Ask("argument.organisation", metavar="ORGANISATION")],
    name: Annotated[str, Ask("option.organisation_name", "--name", "NAME")],
    admin: Annotated[str, Ask("option.admin", "--admin", "USERNAME")],
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Begin a real office."""
    with refusals(lang):
        from guanzi.cli.office_screen import begin_office

        begin_office(data, (organisation, name, admin), lang)


@office_app.command(help=help_text("office.confirm"))
def confirm(
    username: Annotated[str, Ask("argument.change_of", metavar="USERNAME")],
    kind: Annotated[str, Ask("argument.change_kind", metavar="KIND")],
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Confirm a change of a person where nobody in the office can."""
    with refusals(lang):
        from guanzi.cli.office_screen import confirm_change

        confirm_change(data, username, kind, lang)


@office_app.command(help=help_text("office.check"))
def check(data: Data = DATA, lang: Language = "en") -> None:
    """Say what a real installation still lacks."""
    with refusals(lang):
        from guanzi.cli.office_screen import show_lacking

        raise typer.Exit(show_lacking(data, lang))


@office_app.command(help=help_text("office.backup"))
def backup(
    data: Data = DATA,
    out: Annotated[Path | None, Ask("option.backup_out", "--out", "FILE")] = None,
    lang: Language = "en",
) -> None:
    """Write an archive of the whole office."""
    with refusals(lang):
        from guanzi.cli.office_screen import write_backup

        write_backup(data, out, lang)


@office_app.command(help=help_text("office.nightly"))
def nightly(data: Data = DATA, lang: Language = "en") -> None:
    """Look at every signed deal as of today, as a timer does every night."""
    with refusals(lang):
        from guanzi.cli.office_screen import watch_deals

        raise typer.Exit(watch_deals(data, lang))


@office_app.command(help=help_text("office.restore"))
def restore(
    archive: Annotated[Path, Ask("argument.backup", metavar="FILE")],
    data: Data = DATA,
    expect: Annotated[str, Ask("option.backup_expect", "--expect", "WORD|FILE")] = "",
    lang: Language = "en",
) -> None:
    """Bring an archive back into an empty folder."""
    with refusals(lang):
        from guanzi.cli.office_screen import restore_backup

        restore_backup(archive, data, expect, lang)


@office_app.command(help=help_text("office.do"))
def do(
    action: Annotated[str, Ask("argument.action", metavar="ACTION")],
    asked: Annotated[str, Ask("argument.asked", metavar="JSON")] = "{}",
    by: By = "",
    key: Annotated[str, Ask("option.action_key", "--key", "WORD")] = "",
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Do an action as a person of the office, as pages and programs do."""
    with refusals(lang):
        from guanzi.cli.office_screen import do_action

        do_action(action, asked, by, (key, data, lang))


@office_app.command(help=help_text("office.mcp"))
def mcp(data: Data = DATA, lang: Language = "en") -> None:
    """Let a language model read and appraise, on standard input and output."""
    with refusals(lang):
        from guanzi.cli.office_screen import serve_models

        serve_models(data)


@office_app.command("export", help=help_text("office.export"))
def export(
    case: OfficeCase,
    out: Annotated[Path, Ask("option.case_out", "--out", "FOLDER")],
    by: By = "",
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Write a case of the office as a folder."""
    with refusals(lang):
        from guanzi.cli.office_screen import export_case

        export_case(case, out, by, data, lang)


@office_app.command("record", help=help_text("office.record"))
def record(
    case: OfficeCase,
    out: Annotated[Path, Ask("option.record_out", "--out", "FOLDER")],
    by: By = "",
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Write the record of a case of the office: its entries of the log, for an auditor."""
    with refusals(lang):
        from guanzi.cli.office_screen import record_case

        record_case(case, out, by, data, lang)


@office_app.command("import", help=help_text("office.import"))
def import_(
    folder: Annotated[Path, Ask("argument.import_folder", metavar="FOLDER")],
    by: By = "",
    data: Data = DATA,
    lang: Language = "en",
) -> None:
    """Open a case of the office from a folder."""
    with refusals(lang):
        from guanzi.cli.office_screen import import_case

        import_case(folder, by, data, lang)
