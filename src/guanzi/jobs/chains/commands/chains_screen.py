"""Industrial chains on the screen, and the files of other tools."""

from __future__ import annotations

import re
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console import say
from guanzi.jobs.chains import links
from guanzi.jobs.shared.show import show_found


def show_chain(request: links.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    result = links.grade(request)
    if out is None:
        show_found(result, links.data, links.document_of, lang, as_json)
        return
    links.write(request, result, out, lang)
    print(say("cli.chain.written", lang, file=str(out)))


def read_output(text: str) -> tuple[float, float] | None:
    """An output of a year as it is typed: ``LOW-HIGH``, or one number; None where nothing was typed."""
    if not text:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[-–:]\s*(\d+(?:\.\d+)?))?\s*", text)
    low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
    if low > high:
        cause, fix = Message.of("chains.output.wrong", text=text), Message.of("chains.output.wrong.mend")
        raise InvalidInput(Problem(cause, Place("--output"), fix, excerpt=text))
    return low, high
