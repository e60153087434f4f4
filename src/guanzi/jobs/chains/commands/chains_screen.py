"""Industrial chains on the screen, and the files of other tools."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.chains import links
from guanzi.jobs.shared.show import show_found


def show_chain(result: links.Result, lang: str, request: links.Request, as_json: bool) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    if request.out is None:
        show_found(result, links.data, links.document_of, lang, as_json)
        return
    links.write(request, result, request.out, lang)
    print(say("cli.chain.written", lang, file=str(request.out)))
