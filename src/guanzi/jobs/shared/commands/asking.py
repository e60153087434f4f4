"""The command of a question: its fields as options and arguments, and its answer on the screen, as JSON or a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, replace
from functools import cache
from importlib import import_module
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperGroup

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
    say,
)
from guanzi.jobs.shared.question import JobQuestion, named_function
from guanzi.jobs.shared.run import Run
from guanzi.jobs.shared.show import bars, show_json, show_warnings

SCREEN = {"page": (Page, None), "lang": (Language, "en"), "as_json": (AsJson, False)}
"""Options of the screen, with what is usual."""


class _LateGroup(TyperGroup):
    """A group whose commands are made when one of them is looked for."""

    made: ClassVar[Any]

    @property
    def commands(self) -> Any:
        """The commands by their names."""
        return self.made()

    @commands.setter
    def commands(self, given: Any) -> None:
        """Nothing: there are none before they are looked for."""


def command_group(name: str, *jobs: str) -> CommandGroup:
    """A group of this name with a command for each question of the jobs, to be added to the whole."""

    def made() -> Any:
        group = CommandGroup()
        for job in jobs:
            for question in import_module(f"guanzi.jobs.{job}.declared").QUESTIONS:
                add_command(group, question)
        return typer.main.get_group(group).commands

    late = type(name, (_LateGroup,), {"made": staticmethod(cache(made))})
    whole = CommandGroup()
    whole.add_typer(CommandGroup(cls=late, help=help_text(name), no_args_is_help=True), name=name)
    return whole


def add_command(group: CommandGroup, question: JobQuestion) -> Callable[..., None]:
    """Let a question be a command of the group of the words before the last one of its name.

    Returns:
        The command, to be called without the command line.
    """
    last = question.last
    options = [_option(name, *SCREEN[name]) for name in last if name in SCREEN]

    def command(**given: Any) -> None:
        with refusals(given["lang"]):
            screen = {name: given.pop(name) for name in SCREEN if name in given}
            request = _watched(filled(question.asks, given), screen["lang"])
            _show(question, question.ask(request), request, **screen)

    whole = [*map(_parameter, asked_fields(question.asks)), *options]
    whole.sort(key=lambda one: last.index(one.name) if one.name in last else -1)
    command.__signature__ = Signature(whole)  # type: ignore[attr-defined]  # what the toolkit reads
    command.__annotations__ = {one.name: one.annotation for one in whole}
    group.command(question.name.rpartition(" ")[2], help=help_text(question.words))(command)
    return command


def _show(question: JobQuestion, found: Any, request: Any, lang: str, as_json: bool = False, page: Any = None) -> None:
    show_warnings(getattr(found, "warnings", ()), lang)
    if page is not None:
        from guanzi.jobs.shared import singlepage

        singlepage.write_page(question.document(found), page, lang)
    written = question.write(found, request.out, lang) if question.pages else None
    tell = named_function(question.screen) if question.screen else None
    told = (found, lang, request, as_json)[: len(signature(tell).parameters)] if tell else ()
    if as_json and len(told) < 4:
        show_json(question.data(found, lang))
    elif tell:
        tell(*told)
    else:
        from guanzi.render import document_screen  # loads late: most of what is printed needs no document

        print(document_screen(question.document(found), lang))
    if written is not None and not as_json:
        print(say(question.pages, lang, page=str(written)))
    if question.holds and not getattr(found, question.holds):
        raise typer.Exit(1)


def _option(name: str, kind: Any, usual: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=usual, annotation=kind)


def _parameter(field: AskedField) -> Parameter:
    usual = Parameter.empty if field.usual is MISSING else field.usual
    return _option(field.name, Annotated[field.kind, field.asked], usual)


def _watched(request: Any, lang: str) -> Any:
    """A request whose work is told on standard error."""
    if isinstance(getattr(request, "run", None), Run):
        return replace(request, run=replace(request.run, watch=bars(lang)))
    return request
