"""The command of a question: its fields as options and arguments, and its answer on the screen, as JSON or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, replace
from functools import partial
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

from guanzi.console import (
    AsJson,
    AskedField,
    CommandGroup,
    Language,
    Page,
    asked_fields,
    filled,
    help_text,
    refusals,
)
from guanzi.jobs.shared.question import JobQuestion, named_function
from guanzi.jobs.shared.run import Run
from guanzi.jobs.shared.show import bars, show_json, show_warnings

Screen = Callable[..., None]
"""Prints what was found: takes it and the request, then, by their names, the options that the screen adds."""


def add_command(
    group: CommandGroup,
    question: JobQuestion,
    screen: Screen | None = None,
    last: Sequence[str] = ("lang", "as_json"),
    *,
    words: str = "",
) -> Callable[..., None]:
    """Let a question be a command of a group; what is called without the command line, too.

    Args:
        group: Group of the words before the last one of its name.
        question: The question.
        screen: What prints the answer; None: JSON where it is asked for, else its words.
        last: Options with which the usage ends, in their order; where no screen is given, those that there are of
            ``page``, ``lang`` and ``as_json``.
        words: Function that prints what was found in a language, as ``package.module:function``; empty: the first
            screen of its document is printed.
    """
    name = question.name.rpartition(" ")[2]
    shown = screen or partial(_show, question, words)
    options = [one for one in _parameters(shown)[2:] if screen or one.name in last]
    command = _command(question, shown, options, last)
    group.command(name, help=help_text(question.words))(command)
    return command


def _show(
    question: JobQuestion,
    words: str,
    found: Any,
    request: Any,
    page: Page = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    show_warnings(getattr(found, "warnings", ()), lang)
    if page is not None:
        from guanzi.jobs.shared import singlepage

        singlepage.write_page(question.document(found), page, lang)
    if as_json:
        show_json(question.data(found, lang))
    elif words:
        named_function(words)(found, lang)
    else:
        from guanzi.render import document_screen  # loads late: most of what is printed needs no document

        print(document_screen(question.document(found), lang))


def _parameters(screen: Screen) -> list[Parameter]:
    hints = get_type_hints(screen.func if isinstance(screen, partial) else screen, include_extras=True)
    return [
        one.replace(annotation=hints[one.name], kind=Parameter.KEYWORD_ONLY)
        for one in signature(screen).parameters.values()
    ]


def _command(
    question: JobQuestion, screen: Screen, options: Sequence[Parameter], last: Sequence[str]
) -> Callable[..., None]:
    """A function that the group takes as a command, with the fields of the question and the options of its screen."""

    def command(**given: Any) -> None:
        lang = given["lang"]
        with refusals(lang):
            further = {one.name: given.pop(one.name) for one in options}
            request = _watched(filled(question.asks, given), lang)
            screen(question.ask(request), request, **further)

    whole = [*map(_parameter, asked_fields(question.asks)), *options]
    whole.sort(key=lambda one: last.index(one.name) if one.name in last else -1)
    command.__signature__ = Signature(whole)  # type: ignore[attr-defined]  # what the toolkit reads
    command.__annotations__ = {one.name: one.annotation for one in whole}
    return command


def _parameter(field: AskedField) -> Parameter:
    usual = Parameter.empty if field.usual is MISSING else field.usual
    kind: Any = Annotated[field.kind, field.asked]
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=usual, annotation=kind)


def _watched(request: Any, lang: str) -> Any:
    """A request whose work is told on standard error."""
    if isinstance(getattr(request, "run", None), Run):
        return replace(request, run=replace(request.run, watch=bars(lang)))
    return request
