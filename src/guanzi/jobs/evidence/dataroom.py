"""The data room of a case: take documents in, search them, verify them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import (
    Added,
    DataRoomEntry,
    Excerpt,
    PageHit,
    Verified,
    add_documents,
    builtin_cases,
    enter_added,
    facts_of,
    files_in,
    find_case,
    open_index,
    read_index,
    verify_data_room,
)


@dataclass(frozen=True, slots=True)
class Request:
    """Which documents are taken into which room.

    Attributes:
        case: Folder of a case.
        paths: Files and folders.
        known_on: First day on which the team could hold them; None: today.
        source: Id of a source of the case; None: none is named.
        title: Of the one document; None: its own.
        run: How it is run.
    """

    case: str
    paths: tuple[Path, ...]
    known_on: date | None = None
    source: str | None = None
    title: str | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class PageSearch:
    """Which pages are looked for: those on which all the words stand; excerpts are made of the first ``limit``."""

    case: str
    words: str
    limit: int = 20
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class FoundPages:
    """All pages that were found, and the first of them with what stands around the words."""

    words: str
    hits: tuple[PageHit, ...]
    shown: tuple[tuple[PageHit, Excerpt], ...]


@dataclass(frozen=True, slots=True)
class DataRoomVerification:
    """What was verified, and what is wrong, with files as the user would name them."""

    verified: Verified
    problems: tuple[Problem, ...]

    @property
    def fine(self) -> bool:
        """There is no error; warnings do not count."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def counts(self) -> dict[str, int]:
        """How many documents and quotes there are, and how many are in order."""
        v = self.verified
        return {"documents": v.documents, "unchanged": v.unchanged, "quotes": v.quotes, "standing": v.standing}


def own_case(text: str) -> Path:
    """The folder of a case that may be changed; a shipped one may not."""
    if text in builtin_cases():
        cause = Message.of("room.shipped", case=text)
        raise InvalidInput(Problem(cause, Place(""), Message.of("room.shipped.mend", case=text)))
    return folder_of(text)


def folder_of(text: str) -> Path:
    """The folder of a case; any other folder has no documents that could be in order."""
    folder = find_case(text)
    if not (folder / "case.yaml").is_file():
        cause, fix = Message.of("evidence.case.no_case_yaml"), Message.of("evidence.case.no_case_yaml.mend")
        raise InvalidInput(Problem(cause, Place(text), fix))
    return folder


def add(request: Request) -> tuple[Added, ...]:
    """Take documents into the room of a case.

    Raises:
        InvalidInput: The case may not be changed, or a document is refused.
    """
    folder, files = own_case(request.case), files_in(request.paths)
    if request.title is not None and len(files) > 1:
        cause = Message.of("desk.evidence.one_title", files=len(files))
        raise InvalidInput(Problem(cause, Place("--title"), Message.of("desk.evidence.one_title.mend")))
    if request.source is not None:
        check_source(folder, request.source)
    day = request.known_on or date.today()
    with request.run.working("documents", len(files)) as advance:
        results = add_documents(folder, files, day, source=request.source, title=request.title, advance=advance)
    enter_added(folder, results)
    return tuple(results)


def search(request: PageSearch) -> FoundPages:
    """Find the pages on which all the words stand.

    Raises:
        InvalidInput: The room is empty.
    """
    folder = folder_of(request.case)
    entries = read_index(folder)
    if not entries:
        fix = Message.of("desk.evidence.empty.mend", case=request.case)
        raise InvalidInput(Problem(Message.of("desk.evidence.empty"), Place(request.case), fix))
    with (
        request.run.working("documents", len(entries)) as advance,
        open_index(folder, entries, advance) as index,
    ):
        hits = tuple(index.search(request.words))
        shown = tuple((hit, index.excerpt(hit, request.words)) for hit in hits[: request.limit])
    return FoundPages(request.words, hits, shown)


def verify(case: str, run: Run = USUAL) -> DataRoomVerification:
    """Verify documents and quotes of a case.

    Raises:
        InvalidInput: There is no such case.
    """
    folder = folder_of(case)
    problems: list[Problem] = []
    facts, _ = facts_of(folder, problems)
    entries: tuple[DataRoomEntry, ...] = read_index(folder, [])
    with run.working("documents", len(entries)) as advance:
        verified = verify_data_room(folder, facts, advance)
    problems.extend(verified.problems)
    located = tuple(replace(p, place=replace(p.place, file=str(folder / p.place.file))) for p in problems)
    return DataRoomVerification(verified, located)


def add_data(results: tuple[Added, ...]) -> list[dict[str, Any]]:
    """What was taken in as plain data."""
    return [{"added": result.is_new, **result.entry.model_dump(mode="json")} for result in results]


def data(found: FoundPages) -> dict[str, Any]:
    """All pages as plain data; the first of them with what stands around the words."""
    around: list[dict[str, Any]] = [_around(excerpt) for _, excerpt in found.shown]
    rest: list[dict[str, Any]] = [{}] * (len(found.hits) - len(around))
    pages = [_page(hit) | more for hit, more in zip(found.hits, [*around, *rest], strict=True)]
    return {"words": found.words, "hits": len(found.hits), "pages": pages}


def verify_data(verdict: DataRoomVerification) -> dict[str, Any]:
    """What was verified as plain data."""
    return {**verdict.counts, "problems": [_problem(p) for p in verdict.problems]}


def check_source(folder: Path, source: str) -> None:
    """Refuse the id of a source that the case does not have."""
    _, sources = facts_of(folder, [])
    ids = tuple(sorted(s.id for s in sources))
    if source not in ids:
        cause = Message.of("evidence.fact.unknown_source", source=source)
        fix = Message.of("reading.format.choices", choices=ids) if ids else None
        raise InvalidInput(Problem(cause, Place("--source"), fix, excerpt=source))


def _page(hit: PageHit) -> dict[str, Any]:
    return {"document": hit.entry.id, "title": hit.entry.title, "sha256": hit.entry.sha256, "page": hit.page}


def _around(excerpt: Excerpt) -> dict[str, Any]:
    line = excerpt.line
    return {
        "text": excerpt.text,
        "start": excerpt.start,
        "end": excerpt.end,
        "label": excerpt.label or None,
        "box": list(line.box) if line is not None and line.box is not None else None,
        "cell": line.cell or None if line is not None else None,
        "tables": [{"rows": table.rows, "box": table.box, "cell": table.cell or None} for table in excerpt.tables],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "place": str(problem.place),
        "cause": problem.cause.as_dict(),
        "mend": problem.fix.as_dict() if problem.fix is not None else None,
    }
