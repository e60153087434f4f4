"""What changed since an earlier appraisal, on the screen."""

from __future__ import annotations

from pathlib import Path

from guanzi.console import say
from guanzi.jobs.appraisal import changes
from guanzi.jobs.shared.show import show_json
from guanzi.render import document_screen


def run_changes(request: changes.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Find what changed, write its files, print what to see first (or the JSON alone)."""
    result = changes.find_changes(request)
    page = changes.write(result, out, lang)
    if as_json:
        show_json(changes.data(result))
        return
    print(document_screen(changes.document_of(result), lang))
    print(say("cli.changes.page", lang, page=str(page)))
