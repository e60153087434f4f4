"""A fund on the screen: what to see first, each deal, and what must be known to read it."""

from __future__ import annotations

from pathlib import Path

from guanzi.console import say
from guanzi.jobs.following import fund
from guanzi.jobs.shared.show import show_json
from guanzi.render import document_screen


def run_fund(request: fund.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Add deals up, write their page, workbook and data, print what to see first (or the JSON alone)."""
    result = fund.hold(request)
    page = fund.write(result, out, lang)
    if as_json:
        show_json(fund.data(result))
        return
    print(document_screen(fund.document_of(result), lang))
    print(say("cli.fund.page", lang, page=str(page)))
