"""A text that somebody types as a term sheet: what it says and what is weak in it, found by a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.conf import settings

from guanzi.base.core import (
    Ceilings,
    InvalidInput,
    Message,
    Place,
    Problem,
    Unfinished,
    asking_as,
    confined,
    problem_of_dict,
)
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import OfficeCase, Person

MOST_CHARACTERS = 500_000
CEILINGS = Ceilings(seconds=20.0, memory=1_000_000_000, replaces=True)
_MODULE = "guanzi.jobs.terms.sheetcheck"


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One thing that is weak in a text: its code, how much it weighs, clause and line, the sentence and the fix."""

    code: str
    level: str
    clause: str
    line: int
    message: Message
    fix: Message | None


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A clause of a text in words, with its quotes: ``document``, ``page``, ``clause`` and ``quote`` of each."""

    group: str
    id: str
    message: Message
    state: str
    quotes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DraftRead:
    """A text read as a term sheet.

    Attributes:
        problems: Its errors; where it has none, what to look at.
        currency: Of the sheet; None: it was not read, or has errors.
        clauses: What it says.
        contract: ``document``, number of ``sentences`` and those that are ``uncovered`` of the contract that it lists
            (``page``, ``clause``, ``text`` and ``about`` of each); None: it lists none.
        gaps: What was not seen, and what is assumed in its place.
        totals: What the public side comes to pay, in millions of the currency (``low``, ``mid``, ``high``), what waits
            for a new step of binding (``bound``), and what guarantees can call upon at the most (``called``).
        findings: What is weak in it.
        unfinished: Why it was not read, or not checked, to its end.
    """

    problems: tuple[Problem, ...] = ()
    currency: str | None = None
    clauses: tuple[DraftClause, ...] = ()
    contract: Mapping[str, Any] | None = None
    gaps: tuple[tuple[Message, Message], ...] = ()
    totals: Mapping[str, float | None] | None = None
    findings: tuple[DraftFinding, ...] = ()
    unfinished: Problem | None = None


def read_draft(case: OfficeCase, path: str, text: str, person: Person) -> DraftRead:
    """Read a text as a term sheet of the case, with what is weak in it; nothing is kept.

    A newer text of the same person ends what is still done of an older one.
    """
    key = ("draft", str(settings.DATA), case.slug, case.newest.sha256, case.playbook, path, _hash(text))
    unfinished: list[DraftRead] = []

    def find() -> DraftRead:
        found = _found(case, path, text)
        if found.unfinished is not None:  # another time it may be read
            unfinished.append(found)
            raise Unfinished("late", Place(path))
        return found

    with asking_as(f"person-{person.pk}"), suppress(Unfinished):
        return prefetch(key, find)
    return unfinished[0]


def check_sheet(path: str, text: str) -> None:
    """Refuse a text that is no sound term sheet.

    Raises:
        InvalidInput: All that is wrong with it, with lines.
        Unfinished: It took too long, or others are being read.
    """
    check_length(path, text)
    given = {"path": path, "text": text}
    ceilings = replace(CEILINGS, replaces=False)
    prefetch(("sound", path, _hash(text)), lambda: list(confined(f"{_MODULE}:check_sound", given, ceilings, path)))


def check_length(path: str, text: str) -> None:
    """Refuse a text that is longer than a term sheet can be.

    Raises:
        InvalidInput: It is.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(Problem(Message.of("office.refused.sheet_long", most=MOST_CHARACTERS), Place(path)))


def _found(case: OfficeCase, path: str, text: str) -> DraftRead:
    read = DraftRead()
    try:
        check_length(path, text)
        folder = str(lay_out(case.slug, case.tree))
        given = {"path": path, "text": text, "folder": folder, "playbook": case.playbook}
        for form in confined(f"{_MODULE}:check_draft", given, CEILINGS, path):
            read = _with(read, form)
    except Unfinished as error:
        return replace(read, unfinished=error.problems[0])
    except InvalidInput as error:
        return DraftRead(tuple(error.problems))
    return read


def _with(read: DraftRead, form: Mapping[str, Any]) -> DraftRead:
    """What was read so far, with what came of it next."""
    if "findings" in form:
        found = [
            DraftFinding(
                code=one["code"],
                level=one["level"],
                clause=one["clause"],
                line=one["line"],
                message=_message(one["message"]),
                fix=None if one["mend"] is None else _message(one["mend"]),
            )
            for one in form["findings"]
        ]
        return replace(read, findings=tuple(found))
    return DraftRead(
        problems=tuple(problem_of_dict(problem) for problem in form["problems"]),
        currency=form.get("currency"),
        clauses=tuple(
            DraftClause(one["group"], one["id"], _message(one["message"]), one["state"], tuple(one["quotes"]))
            for one in form.get("clauses", ())
        ),
        contract=form.get("contract"),
        gaps=tuple((_message(what), _message(assumed)) for what, assumed in form.get("gaps", ())),
        totals=form.get("totals"),
    )


def _message(data: Mapping[str, Any]) -> Message:
    return Message.from_dict(data)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
