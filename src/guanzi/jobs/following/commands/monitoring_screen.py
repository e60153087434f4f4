"""What companies report, on the screen: the workbook of a quarter, and reports that came in."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.following import reporting
from guanzi.jobs.shared.show import show_warnings


def run_template(request: reporting.TemplateRequest, lang: str) -> None:
    """Write the workbook of a quarter and say where it lies."""
    path = reporting.write_template(request)
    print(say("cli.monitor.template", lang, path=str(path)))


def run_import(request: reporting.ImportRequest, lang: str) -> None:
    """Take in a report and say what came of it."""
    result = reporting.import_report(request)
    show_warnings(result.warnings, lang)
    print(say("cli.monitor.imported", lang, n=result.facts, quarter=result.quarter, path=str(result.path)))
