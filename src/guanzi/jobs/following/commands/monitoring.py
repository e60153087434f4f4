"""Commands after signing: monitor a deal, take in what a company reports, test an instalment before it is released."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from guanzi.console import (
    AsJson,
    CaseName,
    CommandGroup,
    Language,
    Out,
    Paths,
    PlaybookName,
    Seed,
    Threads,
    WatchDay,
    help_text,
    refusals,
)

app = CommandGroup()


class _ShowsByDefault(TyperGroup):
    """``guanzi monitor CASE`` is ``guanzi monitor show CASE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the usual command before the words that name none."""
        words = [word for word in args if not word.startswith("-")]
        if words and args[0] == words[0] and words[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


monitor_app = CommandGroup(cls=_ShowsByDefault, help=help_text("monitor"), no_args_is_help=True)
app.add_typer(monitor_app, name="monitor")


@monitor_app.command("show", help=help_text("monitor.show"))
def show(
    case: CaseName,
    as_of: WatchDay = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 16_384,
    seed: Seed = 1,
    out: Out = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Look at a signed deal on a day, and write page, calendar, workbook and JSON."""
    with refusals(lang):
        from guanzi.jobs.following import monitoring
        from guanzi.jobs.following.commands.monitoring_screen import run_monitor

        run_monitor(monitoring.Request(case, as_of, playbook, paths, seed), out, lang, as_json=as_json)


@monitor_app.command("template", help=help_text("monitor.template"))
def template(
    case: CaseName,
    quarter: Annotated[
        str | None,
        typer.Option("--quarter", metavar="QUARTER", help=help_text("option.quarter"), show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="BOOK.xlsx", help=help_text("option.report_out"), show_default=False)
    ] = None,
    lang: Language = "en",
) -> None:
    """Write the workbook in which a company reports a quarter."""
    with refusals(lang):
        from guanzi.jobs.following import reporting
        from guanzi.jobs.following.commands.monitoring_screen import run_template

        run_template(reporting.TemplateRequest(case, quarter, out, lang), lang)


@monitor_app.command("import", help=help_text("monitor.import"))
def import_report(
    book: Annotated[str, typer.Argument(metavar="BOOK.xlsx", help=help_text("argument.report"), show_default=False)],
    case: CaseName,
    lang: Language = "en",
) -> None:
    """Take in what a company reports of a quarter."""
    with refusals(lang):
        from guanzi.jobs.following import reporting
        from guanzi.jobs.following.commands.monitoring_screen import run_import

        run_import(reporting.ImportRequest(book, case), lang)


@app.command(help=help_text("release"))
def release(
    case: CaseName,
    tranche: Annotated[str, typer.Argument(metavar="TRANCHE", help=help_text("argument.tranche"), show_default=False)],
    as_of: WatchDay = None,
    playbook: PlaybookName = "hefei",
    paths: Annotated[int, typer.Option("--paths", metavar="N", min=1, help=help_text("option.paths"))] = 4096,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say whether an instalment may be released on a day; exit code 1 when it may not, or when that is not known."""
    with refusals(lang):
        from guanzi.jobs.following import release as releasing
        from guanzi.jobs.following.commands.monitoring_screen import run_release
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, watch=bars(lang))
        request = releasing.Request(case, tranche, as_of, playbook, run)
        if not run_release(request, lang, as_json=as_json):
            raise typer.Exit(1)


@app.command("fund", help=help_text("fund"))
def fund_command(
    folders: Annotated[
        list[str], typer.Argument(metavar="FOLDER...", help=help_text("argument.fund"), show_default=False)
    ],
    as_of: WatchDay = None,
    out: Out = None,
    currency: Annotated[
        str | None,
        typer.Option("--currency", metavar="CODE", help=help_text("option.fund_currency"), show_default=False),
    ] = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 16_384,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Add many signed deals up on a day, and write their page and JSON."""
    with refusals(lang):
        from guanzi.jobs.following import fund
        from guanzi.jobs.following.commands.fund_screen import run_fund
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, watch=bars(lang))
        run_fund(fund.Request(tuple(folders), as_of, currency, playbook, run), out, lang, as_json=as_json)
