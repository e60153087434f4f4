"""Industrial chains on the screen, and the files of other tools."""

from __future__ import annotations

from pathlib import Path

from guanzi.console import say
from guanzi.jobs.chains import links
from guanzi.jobs.shared.show import show_found


def show_chain(result: links.Result, request: links.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    if out is None:
        show_found(result, links.data, links.document_of, lang, as_json)
        return
    links.write(request, result, out, lang)
    print(say("cli.chain.written", lang, file=str(out)))
