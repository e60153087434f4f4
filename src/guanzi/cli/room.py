"""The evidence room on the command line: take documents in, search them, verify them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, format_problems
from guanzi.cli.speech import say
from guanzi.record.evidence import (
    Excerpt,
    Hit,
    RoomEntry,
    add_documents,
    builtin_cases,
    enter_added,
    facts_of,
    files_in,
    find_case,
    open_index,
    read_index,
    verify_room,
)


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
        cause, mend = Message.of("evidence.case.no_case_yaml"), Message.of("evidence.case.no_case_yaml.mend")
        raise InvalidInput(Problem(cause, Place(text), mend))
    return folder


def add(
    text: str,
    paths: Sequence[Path],
    known_on: date | None,
    source: str | None,
    title: str | None,
    lang: str,
    as_json: bool,
) -> None:
    """Take documents into the room of a case and say what each of them is."""
    folder, files = own_case(text), files_in(paths)
    if title is not None and len(files) > 1:
        cause = Message.of("cli.evidence.one_title", files=len(files))
        raise InvalidInput(Problem(cause, Place("--title"), Message.of("cli.evidence.one_title.mend")))
    if source is not None:
        check_source(folder, source)
    with Progress(Message.of("cli.progress.documents"), len(files), lang=lang) as progress:
        results = add_documents(
            folder, files, known_on or date.today(), source=source, title=title, advance=progress.advance
        )
    enter_added(folder, results)
    if as_json:
        rows = [{"added": result.is_new, **result.entry.model_dump(mode="json")} for result in results]
        print(dump_json(rows), end="")
        return
    for result in results:
        entry = result.entry
        if not result.is_new:
            print(say("cli.evidence.present", lang, id=entry.id, title=entry.title))
            continue
        counts = {"pages": entry.pages, "characters": entry.characters, "tables": entry.tables}
        print(
            say("cli.evidence.added", lang, id=entry.id, kind=Message.of(f"cli.evidence.kind.{entry.kind}"), **counts)
        )
        for remark in entry.remarks:
            print(say("cli.evidence.remark", lang, remark=Message.of(f"room.remark.{remark}")))


def search(text: str, words: str, limit: int, lang: str, as_json: bool) -> None:
    """Print the pages on which all the words stand: the first of them with what stands around."""
    folder = folder_of(text)
    entries = read_index(folder)
    if not entries:
        mend = Message.of("cli.evidence.empty.mend", case=text)
        raise InvalidInput(Problem(Message.of("cli.evidence.empty"), Place(text), mend))
    with (
        Progress(Message.of("cli.progress.documents"), len(entries), lang=lang) as progress,
        open_index(folder, entries, progress.advance) as index,
    ):
        hits = index.search(words)
        shown = [(hit, index.excerpt(hit, words)) for hit in hits[:limit]]
    if as_json:
        found = {"words": words, "hits": len(hits), "pages": [_page(hit) for hit in hits]}
        for page, (_, excerpt) in zip(found["pages"], shown, strict=False):  # type: ignore[call-overload]
            page |= _around(excerpt)
        print(dump_json(found), end="")
        return
    for hit, excerpt in shown:
        print(say("cli.evidence.hit", lang, document=hit.entry.id, page=hit.page, text=excerpt.text))
    if not hits:
        print(say("cli.evidence.no_hits", lang))
        return
    documents = len({hit.entry.id for hit in hits})
    print(say("cli.evidence.hits", lang, hits=len(hits), documents=documents, shown=len(shown)))


def verify(text: str, lang: str, as_json: bool) -> bool:
    """Print everything that is wrong with the documents and quotes of a case.

    Returns:
        True when there is no error; warnings do not count.
    """
    folder = folder_of(text)
    problems: list[Problem] = []
    facts, _ = facts_of(folder, problems)
    entries: tuple[RoomEntry, ...] = read_index(folder, [])
    with Progress(Message.of("cli.progress.documents"), len(entries), lang=lang) as progress:
        verified = verify_room(folder, facts, progress.advance)
    problems.extend(verified.problems)
    located = [replace(p, place=replace(p.place, file=str(folder / p.place.file))) for p in problems]
    fine = all(problem.severity != "error" for problem in located)
    counts = {
        "documents": verified.documents,
        "unchanged": verified.unchanged,
        "quotes": verified.quotes,
        "standing": verified.standing,
    }
    if as_json:
        print(dump_json({**counts, "problems": [_problem(p) for p in located]}), end="")
        return fine
    if located:
        print(format_problems(located, lang))
    print(say("cli.evidence.verified", lang, **counts))
    return fine


def check_source(folder: Path, source: str) -> None:
    """Refuse the id of a source that the case does not have."""
    _, sources = facts_of(folder, [])
    ids = tuple(sorted(s.id for s in sources))
    if source not in ids:
        cause = Message.of("evidence.fact.unknown_source", source=source)
        mend = Message.of("reading.format.choices", choices=ids) if ids else None
        raise InvalidInput(Problem(cause, Place("--source"), mend, excerpt=source))


def _page(hit: Hit) -> dict[str, Any]:
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
        "mend": problem.mend.as_dict() if problem.mend is not None else None,
    }
