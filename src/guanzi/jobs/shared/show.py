"""What commands share when they show a result: JSON, wrapped sentences, and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.base.core import Message, Parameter, Problem, Progress, dump_json, format_problems, wrap
from guanzi.console import say

if TYPE_CHECKING:  # a verifier of bundles needs no engine
    from guanzi.jobs.shared import run

if TYPE_CHECKING:
    from guanzi.intake.industries import IndustryPanel
    from guanzi.render import Document

WIDTH = 100


def show_json(data: Any) -> None:
    """Print what a service gives as plain data, and nothing else."""
    sys.stdout.write(dump_json(data))


def show_found[T](
    found: T,
    data: Callable[[T], Any],
    document_of: Callable[[T], Document],
    lang: str,
    as_json: bool,
    page: Path | None = None,
) -> None:
    """Print what a service found: as JSON, or the first screen of its document; write the whole where asked."""
    from guanzi.jobs.shared import singlepage
    from guanzi.render import document_screen  # loads late: most of what is printed needs no document

    if page is not None:
        singlepage.write_page(document_of(found), page, lang)
    if as_json:
        show_json(data(found))
    else:
        print(document_screen(document_of(found), lang))


def print_message(id: str, lang: str, /, **params: Parameter) -> None:
    """Print a sentence of the catalogue, wrapped."""
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def show_wrapped(text: str, indent: str = "    ", first: str | None = None) -> None:
    """Print a text, wrapped and indented; ``first`` stands before its first line instead."""
    print("\n".join(wrap(text, WIDTH, indent=indent, first=indent if first is None else first)))


def show_warnings(problems: Sequence[Problem], lang: str) -> None:
    """Print what a reader of the result should know of the input, on standard error."""
    if problems:
        print(format_problems(problems, lang), file=sys.stderr)


def show_oddities(panel: IndustryPanel, lang: str) -> None:
    """Say on standard error what is odd about a panel; errors refuse it where it is used, and are told there."""
    show_warnings([problem for problem in panel.findings if problem.severity != "error"], lang)


def bars(lang: str) -> run.Watch:
    """Progress as a line on standard error."""

    @contextmanager
    def bar(what: Message, total: int) -> Iterator[run.Advance]:
        with Progress(what, total, lang=lang) as progress:
            yield progress.advance

    return bar
