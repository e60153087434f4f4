"""A case under several playbooks on the screen: the advice of each, how it would act, and what it comes to."""

from __future__ import annotations

from pathlib import Path

from guanzi.console import say
from guanzi.jobs.appraisal import comparison
from guanzi.jobs.shared.show import show_json
from guanzi.render import document_screen


def run_comparison(request: comparison.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Compare, write ``comparison.json`` and ``comparison.html``, print what to see first (or the JSON alone)."""
    result = comparison.compare_methods(request)
    page = comparison.write(result, out, lang)
    if as_json:
        show_json(comparison.data(result))
        return
    print(document_screen(comparison.document_of(result), lang))
    print(say("cli.playbook.page", lang, page=str(page)))
