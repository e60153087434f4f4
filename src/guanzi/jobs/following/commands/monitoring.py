"""Commands after signing: monitor a deal, take in what a company reports, test an instalment before it is released."""

from pathlib import Path
from typing import Annotated, Any

from typer.core import TyperGroup

from guanzi.console import Ask, CaseName, CommandGroup, Language, help_text, refusals
from guanzi.jobs.following.declared import FUND, MONITOR, RELEASE
from guanzi.jobs.shared.commands.asking import add_command

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


add_command(monitor_app, MONITOR)


@monitor_app.command("template", help=help_text("monitor.template"))
def template(
    case: CaseName,
    quarter: Annotated[str | None, Ask("option.quarter", "--quarter", "QUARTER")] = None,
    out: Annotated[Path | None, Ask("option.report_out", "--out", "BOOK.xlsx")] = None,
    lang: Language = "en",
) -> None:
    """Write the workbook in which a company reports a quarter."""
    with refusals(lang):
        from guanzi.jobs.following import reporting
        from guanzi.jobs.following.commands.monitoring_screen import run_template

        run_template(reporting.TemplateRequest(case, quarter, out, lang), lang)


@monitor_app.command("import", help=help_text("monitor.import"))
def import_report(
    book: Annotated[str, Ask("argument.report", metavar="BOOK.xlsx")],
    case: CaseName,
    lang: Language = "en",
) -> None:
    """Take in what a company reports of a quarter."""
    with refusals(lang):
        from guanzi.jobs.following import reporting
        from guanzi.jobs.following.commands.monitoring_screen import run_import

        run_import(reporting.ImportRequest(book, case), lang)


add_command(app, RELEASE)
add_command(app, FUND)
