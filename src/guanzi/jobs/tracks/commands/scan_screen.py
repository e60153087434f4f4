"""The test of the forecast of entries on the screen."""

from __future__ import annotations

from guanzi.jobs.shared.show import show_json, show_oddities
from guanzi.jobs.tracks import entries
from guanzi.render import document_screen


def show_evaluation(request: entries.Request, lang: str, as_json: bool) -> None:
    """Print how each method did on the last window of a panel, and what that says."""
    result = entries.evaluate(request)
    show_oddities(result.panel, lang)
    if as_json:
        show_json(entries.data(result, lang))
    else:
        print(document_screen(entries.document_of(result), lang))
