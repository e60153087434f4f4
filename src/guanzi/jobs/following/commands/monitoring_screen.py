"""A signed deal on the screen: what to see first, the test of an instalment, and reports that came in."""

from __future__ import annotations

from pathlib import Path

from guanzi.console import say
from guanzi.jobs.following import monitoring, release, reporting
from guanzi.jobs.shared.show import show_json, show_warnings
from guanzi.render import document_screen


def run_monitor(request: monitoring.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Look at a deal, write its files, print what to see first (or the JSON alone)."""
    result = monitoring.monitor(request)
    page = monitoring.write(result, out, lang)
    if as_json:
        show_json(monitoring.data(result))
        return
    print(document_screen(monitoring.document_of(result), lang))
    print(say("cli.monitor.page", lang, page=str(page)))


def run_release(request: release.Request, lang: str, *, as_json: bool) -> bool:
    """Test an instalment and print the test; True: the sheet lets it be paid and every demand is met."""
    result = release.release(request)
    if as_json:
        show_json(release.data(result))
    else:
        print(document_screen(release.document_of(result), lang))
    return result.release.clear


def run_template(request: reporting.TemplateRequest, lang: str) -> None:
    """Write the workbook of a quarter and say where it lies."""
    path = reporting.write_template(request)
    print(say("cli.monitor.template", lang, path=str(path)))


def run_import(request: reporting.ImportRequest, lang: str) -> None:
    """Take in a report and say what came of it."""
    result = reporting.import_report(request)
    show_warnings(result.warnings, lang)
    print(say("cli.monitor.imported", lang, n=result.facts, quarter=result.quarter, path=str(result.path)))
