"""Playbooks on the screen: what they hold, what is wrong or open in one, and a new one to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from guanzi.base.core import Message, format_problems, render
from guanzi.console import say
from guanzi.jobs.playbooks import playbooks
from guanzi.jobs.playbooks.declared import PlaybookRequest
from guanzi.jobs.shared.show import show_wrapped
from guanzi.record.playbooks import PARTS, STATED, Origin, Pilot, Playbook, Setting, Statement, Structure, worded


def show_playbooks(books: Sequence[playbooks.ReviewedPlaybook], lang: str) -> None:
    """Print playbooks with how much of each is sourced."""
    for held in books:
        book, found = held.book, held.review
        counts = say("cli.playbook.counts", lang, sourced=found.sourced, judged=found.judged, open=found.open)
        show_wrapped(f"{book.id:<16}{render(worded(book.name), lang)}", indent=" " * 16, first="")
        show_wrapped(counts, indent=" " * 16)


def show_playbook(held: playbooks.ReviewedPlaybook, lang: str) -> None:
    """Print a playbook part by part, each statement with its source or with the word that it is open or a default."""
    book = held.book
    print(render(worded(book.name), lang))
    show_wrapped(say("cli.playbook.head", lang, id=book.id, version=book.version, made_on=book.made_on.isoformat()))
    if book.extends:
        show_wrapped(say("cli.playbook.extends", lang, parent=book.extends))
    for part in STATED:
        _part(book, part, getattr(book.governance, part), lang)
    scenarios = book.governance.scenarios
    _part(book, "opportunities", scenarios.opportunities, lang)
    _part(book, "capabilities", scenarios.capabilities, lang)
    _part(book, "pilots", scenarios.pilots, lang)
    if scenarios.counts:
        print("\n" + say("cli.playbook.part.counts", lang))
        for count in scenarios.counts:
            show_wrapped(say("cli.playbook.count", lang, grade=count.grade, text=worded(count.text)))
    if book.governance.structure is not None:
        _structure(book, book.governance.structure, lang)
    print("\n" + say("cli.playbook.part.table", lang))
    for row in book.table:
        lead = say(f"cli.playbook.stage.{row.stage}", lang)
        show_wrapped(f"{lead} {render(row.message(), lang)}", indent="      ", first="  ")
        for text in _origin(book, row.origin, lang):
            show_wrapped(text, indent="      ")


def _structure(book: Playbook, structure: Structure, lang: str) -> None:
    print("\n" + say("cli.playbook.part.structure", lang))
    show_wrapped(say(f"playbooks.form.{structure.form}", lang), indent="    ", first="  ")
    for text in _origin(book, structure.because, lang):
        show_wrapped(text, indent="      ")
    for setting, name in _numbers(structure):
        lead = say(f"playbooks.structure.{name}", lang)
        show_wrapped(f"{lead} {_number(setting, lang)}", indent="    ", first="  ")
        for text in _origin(book, setting.origin, lang):
            show_wrapped(text, indent="      ")


def show_check(checked: playbooks.CheckedPlaybook, lang: str, request: PlaybookRequest) -> None:
    """Print what is wrong with a playbook, and what is open in it."""
    if problems := checked.problems:
        print(format_problems(problems, lang))
        print(say("cli.playbook.wrong", lang, name=request.name, n=len(problems)))
    if checked.held is None:
        return
    book, found = checked.held.book, checked.held.review
    print(say("cli.playbook.sound" if not problems else "cli.playbook.read", lang, id=book.id, rows=len(book.table)))
    show_wrapped(say("cli.playbook.counts", lang, sourced=found.sourced, judged=found.judged, open=found.open))
    if found.empty:
        parts = tuple(Message.of(f"cli.playbook.part.{part}") for part in found.empty)
        show_wrapped(say("cli.playbook.empty", lang, parts=parts))
    for pilot in found.pilots:
        show_wrapped(render(_missing(pilot), lang))


def show_begun(path: Path, lang: str) -> None:
    """Say where the file of a new playbook lies."""
    print(say("cli.playbook.begun", lang, path=str(path)))


def _part(book: Playbook, part: str, statements: tuple[Statement, ...], lang: str) -> None:
    print("\n" + say(f"cli.playbook.part.{part}", lang))
    if not statements:
        show_wrapped(say("cli.playbook.nothing", lang))
    for statement in statements:
        show_wrapped(render(worded(statement.text), lang), indent="    ", first="  ")
        if isinstance(statement, Pilot):
            for message in _pilot(book, statement):
                show_wrapped(render(message, lang), indent="      ")
        if statement.source is None:
            show_wrapped(say(f"cli.playbook.state.{statement.state}", lang), indent="      ")
        else:
            show_wrapped(_source(book, statement.source, lang), indent="      ")


def _pilot(book: Playbook, pilot: Pilot) -> Iterator[Message]:
    for name in PARTS[:-1]:
        if (words := getattr(pilot, name)) is not None:
            yield Message.of(f"cli.playbook.pilot.{name}", text=worded(words))
    if pilot.missing:
        yield _missing(pilot)
    else:
        yield Message.of("cli.playbook.pilot_counts", grade=book.governance.scenarios.grade(pilot))


def _missing(pilot: Pilot) -> Message:
    parts = tuple(Message.of(f"cli.playbook.missing.{part}") for part in pilot.missing)
    return Message.of("cli.playbook.pilot_incomplete", text=worded(pilot.text), parts=parts)


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
