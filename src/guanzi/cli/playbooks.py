"""Playbooks on the screen: what they hold, what is wrong or open in one, and a new one to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, format_problems, is_slug, render, wrap
from guanzi.cli.files import write_whole
from guanzi.cli.speech import say
from guanzi.record.playbooks import (
    PARTS,
    STATED,
    Origin,
    Pilot,
    Playbook,
    Review,
    Setting,
    Statement,
    Structure,
    load_playbook,
    new_playbook,
    playbook_names,
    review,
    said,
)

WIDTH = 100


def list_playbooks(lang: str, as_json: bool) -> None:
    """Print the shipped playbooks with how much of each is sourced."""
    books = [load_playbook(name) for name in playbook_names()]
    if as_json:
        _dump([_head(book, lang) for book in books])
        return
    for book in books:
        found = review(book)
        counts = say("cli.playbook.counts", lang, sourced=found.sourced, judged=found.judged, open=found.open)
        _print(f"{book.id:<16}{render(said(book.name), lang)}", indent=" " * 16, first="")
        _print(counts, indent=" " * 16)


def show_playbook(name: str, lang: str, as_json: bool) -> None:
    """Print a playbook part by part, each statement with its source or with the word that it is open or a default."""
    book = load_playbook(name)
    if as_json:
        _dump(_head(book, lang) | {"playbook": book.model_dump(mode="json")})
        return
    print(render(said(book.name), lang))
    _print(say("cli.playbook.head", lang, id=book.id, version=book.version, made_on=book.made_on.isoformat()))
    if book.extends:
        _print(say("cli.playbook.extends", lang, parent=book.extends))
    for part in STATED:
        _part(book, part, getattr(book.governance, part), lang)
    scenarios = book.governance.scenarios
    _part(book, "opportunities", scenarios.opportunities, lang)
    _part(book, "capabilities", scenarios.capabilities, lang)
    _part(book, "pilots", scenarios.pilots, lang)
    if scenarios.counts:
        print("\n" + say("cli.playbook.part.counts", lang))
        for count in scenarios.counts:
            _print(say("cli.playbook.count", lang, grade=count.grade, text=said(count.text)))
    if book.governance.structure is not None:
        _structure(book, book.governance.structure, lang)
    print("\n" + say("cli.playbook.part.table", lang))
    for row in book.table:
        lead = say(f"cli.playbook.stage.{row.stage}", lang)
        _print(f"{lead} {render(row.message(), lang)}", indent="      ", first="  ")
        for text in _origin(book, row.origin, lang):
            _print(text, indent="      ")


def _structure(book: Playbook, structure: Structure, lang: str) -> None:
    print("\n" + say("cli.playbook.part.structure", lang))
    _print(say(f"playbooks.form.{structure.form}", lang), indent="    ", first="  ")
    for text in _origin(book, structure.because, lang):
        _print(text, indent="      ")
    for setting, name in _numbers(structure):
        lead = say(f"playbooks.structure.{name}", lang)
        _print(f"{lead} {_number(setting, lang)}", indent="    ", first="  ")
        for text in _origin(book, setting.origin, lang):
            _print(text, indent="      ")


def check_playbook(name: str, lang: str, as_json: bool) -> bool:
    """Print what is wrong with a playbook, and what is open in it.

    Returns:
        True when nothing is wrong.
    """
    try:
        book = load_playbook(name)
        found = review(book, name if Path(name).is_file() else "")
        problems = found.problems
    except InvalidInput as error:
        book, found, problems = None, None, tuple(error.problems)
    if as_json:
        counts = (
            {}
            if found is None
            else {key: getattr(found, key) for key in ("sourced", "judged", "known", "default", "open")}
        )
        _dump(
            {
                "problems": [
                    {"place": str(p.place), "line": p.place.line, "cause": render(p.cause, lang)} for p in problems
                ],
                **counts,
                "empty": [] if found is None else list(found.empty),
                "pilots": {} if found is None else {pilot.id: list(pilot.missing) for pilot in found.pilots},
            }
        )
        return not problems
    if problems:
        print(format_problems(problems, lang))
        print(say("cli.playbook.wrong", lang, name=name, n=len(problems)))
    if book is None or found is None:
        return False
    print(say("cli.playbook.sound" if not problems else "cli.playbook.read", lang, id=book.id, rows=len(book.table)))
    _print(say("cli.playbook.counts", lang, sourced=found.sourced, judged=found.judged, open=found.open))
    if found.empty:
        parts = tuple(Message.of(f"cli.playbook.part.{part}") for part in found.empty)
        _print(say("cli.playbook.empty", lang, parts=parts))
    for pilot in found.pilots:
        _print(render(_missing(pilot), lang))
    return not problems


def _checked(problems: tuple[Problem, ...], found: Review | None, lang: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "problems": [{"place": str(p.place), "field": p.place.field, "cause": render(p.cause, lang)} for p in problems]
    }
    if found is not None:
        data |= {key: getattr(found, key) for key in ("sourced", "judged", "known", "default", "open")}
        data |= {"empty": list(found.empty), "pilots": {pilot.id: list(pilot.missing) for pilot in found.pilots}}
    return data


def begin_playbook(name: str, lang: str) -> None:
    """Write ``NAME.yaml`` into the present folder; a file that is there is not overwritten."""
    if not is_slug(name):
        cause = Message.of("core.id.invalid", text=name)
        raise InvalidInput(Problem(cause, Place("NAME"), Message.of("cli.playbook.name.mend"), excerpt=name))
    path = Path(f"{name}.yaml")
    if path.exists() or name in playbook_names():
        cause = Message.of("cli.playbook.there", name=name)
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("cli.playbook.there.mend")))
    write_whole(path.parent, {path.name: new_playbook(name, date.today())})
    print(say("cli.playbook.begun", lang, path=str(path)))


def _part(book: Playbook, part: str, statements: tuple[Statement, ...], lang: str) -> None:
    print("\n" + say(f"cli.playbook.part.{part}", lang))
    if not statements:
        _print(say("cli.playbook.nothing", lang))
    for statement in statements:
        _print(render(said(statement.text), lang), indent="    ", first="  ")
        if isinstance(statement, Pilot):
            for message in _pilot(book, statement):
                _print(render(message, lang), indent="      ")
        if statement.source is None:
            _print(say(f"cli.playbook.state.{statement.state}", lang), indent="      ")
        else:
            _print(_source(book, statement.source, lang), indent="      ")


def _pilot(book: Playbook, pilot: Pilot) -> Iterator[Message]:
    for name in PARTS[:-1]:
        if (words := getattr(pilot, name)) is not None:
            yield Message.of(f"cli.playbook.pilot.{name}", text=said(words))
    if pilot.missing:
        yield _missing(pilot)
    else:
        yield Message.of("cli.playbook.pilot_counts", grade=book.governance.scenarios.grade(pilot))


def _missing(pilot: Pilot) -> Message:
    parts = tuple(Message.of(f"cli.playbook.missing.{part}") for part in pilot.missing)
    return Message.of("cli.playbook.pilot_incomplete", text=said(pilot.text), parts=parts)


def _source(book: Playbook, id: str, lang: str) -> str:
    found = book.source(id)
    named = {"grade": found.grade, "publisher": found.publisher, "title": found.title}
    return say("cli.playbook.source", lang, **named, day=None if found.date is None else found.date.isoformat())


def _origin(book: Playbook, origin: Origin, lang: str) -> Iterator[str]:
    if origin.because is not None or origin.source is None:
        yield render(origin.reason(), lang)
    if origin.source is not None:
        yield _source(book, origin.source, lang)


def _numbers(structure: Structure) -> Iterator[tuple[Setting, str]]:
    for name in type(structure).model_fields:
        if isinstance(value := getattr(structure, name), Setting):
            yield value, name
    for part in structure.parts:
        yield part.share, f"part_{part.kind}"


def _number(setting: Setting, lang: str) -> str:
    """A number with its unit."""
    unit = {"CNY m": "money", "x": "times"}.get(setting.unit, setting.unit)
    return say(f"playbooks.number.{unit}", lang, value=setting.value)


def _head(book: Playbook, lang: str) -> dict[str, Any]:
    found = review(book)
    return {
        "id": book.id,
        "name": render(said(book.name), lang),
        "version": book.version,
        "made_on": book.made_on.isoformat(),
        "extends": book.extends or None,
        "sha256": book.sha256,
        "sourced": found.sourced,
        "judged": found.judged,
        "open": found.open,
    }


def _print(text: str, indent: str = "    ", first: str | None = None) -> None:
    print("\n".join(wrap(text, WIDTH, indent=indent, first=indent if first is None else first)))


def _dump(data: Any) -> None:
    print(dump_json(data), end="")
