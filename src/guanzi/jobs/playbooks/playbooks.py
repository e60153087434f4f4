"""Playbooks: what they hold, what is wrong or open in one, and a new one to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, is_slug, render
from guanzi.base.reading import read_yaml
from guanzi.jobs.playbooks.declared import NewPlaybookRequest, PlaybookRequest
from guanzi.jobs.shared.results import write_whole
from guanzi.record.playbooks import Playbook, Review, load_playbook, new_playbook, playbook_names, review, worded


@dataclass(frozen=True, slots=True)
class ReviewedPlaybook:
    """A playbook with what is sourced, judged and open in it."""

    book: Playbook
    review: Review


@dataclass(frozen=True, slots=True)
class CheckedPlaybook:
    """What is wrong with a playbook; ``held`` is None when it cannot be read."""

    held: ReviewedPlaybook | None
    problems: tuple[Problem, ...]

    @property
    def fine(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def list_playbooks() -> tuple[ReviewedPlaybook, ...]:
    """The shipped playbooks."""
    return tuple(find_playbook(PlaybookRequest(name)) for name in playbook_names())


def find_playbook(request: PlaybookRequest) -> ReviewedPlaybook:
    """A playbook by its name or file.

    Raises:
        InvalidInput: There is none, or it has errors.
    """
    name = request.name
    book = load_playbook(name)
    return ReviewedPlaybook(book, review(book, read_yaml(Path(name), name) if Path(name).is_file() else None))


def check_playbook(request: PlaybookRequest) -> CheckedPlaybook:
    """What is wrong with a playbook, and what is open in it."""
    try:
        held = find_playbook(request)
    except InvalidInput as error:
        return CheckedPlaybook(None, tuple(error.problems))
    return CheckedPlaybook(held, held.review.problems)


def begin_playbook(request: NewPlaybookRequest) -> Path:
    """Write ``NAME.yaml`` into the present folder; a file that is there is not overwritten.

    Raises:
        InvalidInput: The name is none, or taken.
    """
    name = request.name
    if not is_slug(name):
        cause = Message.of("core.id.invalid", text=name)
        raise InvalidInput(Problem(cause, Place("NAME"), Message.of("desk.playbook.name.mend"), excerpt=name))
    path = Path(f"{name}.yaml")
    if path.exists() or name in playbook_names():
        cause = Message.of("desk.playbook.there", name=name)
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("desk.playbook.there.mend")))
    write_whole(path.parent, {path.name: new_playbook(name, date.today())})
    return path


def list_data(books: Sequence[ReviewedPlaybook], lang: str) -> list[dict[str, Any]]:
    """The heads of playbooks as plain data."""
    return [_head(held, lang) for held in books]


def data(held: ReviewedPlaybook, lang: str) -> dict[str, Any]:
    """A whole playbook as plain data."""
    return _head(held, lang) | {"playbook": held.book.model_dump(mode="json")}


def check_data(checked: CheckedPlaybook, lang: str) -> dict[str, Any]:
    """What is wrong and what is open as plain data."""
    found = None if checked.held is None else checked.held.review
    counts = ("sourced", "judged", "known", "default", "open")
    return {
        "problems": [
            {"place": str(p.place), "line": p.place.line, "cause": render(p.cause, lang)} for p in checked.problems
        ],
        **({} if found is None else {key: getattr(found, key) for key in counts}),
        "empty": [] if found is None else list(found.empty),
        "pilots": {} if found is None else {pilot.id: list(pilot.missing) for pilot in found.pilots},
    }


def _head(held: ReviewedPlaybook, lang: str) -> dict[str, Any]:
    book, found = held.book, held.review
    return {
        "id": book.id,
        "name": render(worded(book.name), lang),
        "version": book.version,
        "made_on": book.made_on.isoformat(),
        "extends": book.extends or None,
        "sha256": book.sha256,
        "sourced": found.sourced,
        "judged": found.judged,
        "open": found.open,
    }
