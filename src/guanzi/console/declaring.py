"""Groups of commands: what is declared as asked becomes options and arguments of the command line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial, wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer

from guanzi.console.asked import Ask, asked_as
from guanzi.console.options import day_of
from guanzi.console.speech import help_text, refusals


class CommandGroup(typer.Typer):
    """A group of commands, whose parameters may be declared as :class:`~guanzi.console.Ask`."""

    def command(self, *given: Any, **named: Any) -> Callable[[Any], Any]:
        """Let a function be a command; its days come as dates and its lists as tuples."""
        return _entering(super().command(*given, **named))

    def callback(self, *given: Any, **named: Any) -> Callable[[Any], Any]:
        """Let a function be what is called before the commands of the group."""
        return _entering(super().callback(*given, **named))


def _entering(enter: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def entered(function: Any) -> Any:
        enter(_typed(function))
        return function

    return entered


def _typed(function: Callable[..., None]) -> Callable[..., None]:
    """A function as the toolkit takes it, which reads what is typed before it asks the function."""
    hints, parameters = get_type_hints(function, include_extras=True), []
    readers: dict[str, Callable[[Any], Any]] = {}
    for one in signature(function).parameters.values():
        hint, usual = hints[one.name], one.default
        if (asked := asked_as(hint)) is not None:
            kind = get_args(hint)[0]
            if kind in (date, date | None):
                readers[one.name] = partial(day_of, option=asked.flag)
                kind = str | None if kind == date | None else str
            elif get_origin(kind) is tuple:
                readers[one.name] = lambda held: tuple(held or ())
                kind = list[get_args(kind)[0]]  # type: ignore[misc]  # found when the command is declared
                if usual == ():
                    kind, usual = kind | None, None
            hint = Annotated[kind, _option(asked, usual)]
        parameters.append(one.replace(annotation=hint, default=usual))

    @wraps(function)
    def command(**given: Any) -> None:
        with refusals(given["lang"]) if readers else nullcontext():
            read = {name: readers[name](held) if name in readers else held for name, held in given.items()}
        function(**read)

    command.__signature__ = signature(function).replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def _option(asked: Ask, usual: Any) -> Any:
    shown = asked.shown and usual not in (Parameter.empty, None, "")
    told: dict[str, Any] = {"metavar": asked.metavar, "help": help_text(asked.help), "show_default": shown}
    told |= {"min": asked.least, "max": asked.most}
    return typer.Option(asked.flag, **told) if asked.flag else typer.Argument(**told)
