"""Whether the room is what its list says, and whether every quote stands where a fact says that it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, hash_of_file, meant, unreadable
from guanzi.record.evidence.dataroom.extraction import extract
from guanzi.record.evidence.dataroom.pages import Page
from guanzi.record.evidence.dataroom.quotes import find_quote, holds_figure
from guanzi.record.evidence.dataroom.searching import open_index
from guanzi.record.evidence.dataroom.store import DOCUMENTS, INDEX, DataRoomEntry, read_index
from guanzi.record.evidence.facts import Citation, Fact

type Readers = Callable[[DataRoomEntry], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found.

    Attributes:
        documents: Documents of the room.
        unchanged: Those whose bytes are what they were.
        quotes: Facts that cite a page.
        standing: Those whose quote stands there.
        problems: Everything that is wrong.
    """

    documents: int
    unchanged: int
    quotes: int
    standing: int
    problems: tuple[Problem, ...]


def verify_data_room(folder: Path, facts: Iterable[Fact], advance: Callable[[int], None] | None = None) -> Verified:
    """Compare every document with its hash, and read anew the pages that facts cite.

    Args:
        folder: The folder of the case.
        facts: Its facts.
        advance: Told of every document that is done.
    """
    problems: list[Problem] = []
    entries = read_index(folder, problems)
    changed = {}
    for entry in entries:
        changed[entry.id] = list(document_problems(folder, entry))
        problems.extend(changed[entry.id])
        if advance is not None:
            advance(1)
    problems.extend(_strangers(folder, entries))
    sound = [entry for entry in entries if not changed[entry.id]]
    cited = [fact for fact in facts if fact.citation is not None]
    wrong = quote_problems(cited, sound, _from_documents(folder), known=entries)
    problems.extend(problem for found in wrong.values() for problem in found)
    standing = sum(all(problem.severity != "error" for problem in wrong[fact.id]) for fact in cited)
    return Verified(len(entries), len(sound), len(cited), standing, tuple(problems))


def document_problems(folder: Path, entry: DataRoomEntry) -> Iterator[Problem]:
    """What is wrong with a stored document: gone, or no longer the bytes that were taken in."""
    path = folder / DOCUMENTS / entry.file
    place = Place(f"{DOCUMENTS}/{entry.file}")
    if path.is_symlink() or not path.is_file():
        yield Problem(
            Message.of("room.gone", id=entry.id), place, Message.of("room.gone.mend", original=entry.original)
        )
        return
    try:
        now = hash_of_file(path)
    except OSError as error:
        yield from unreadable(error, place.file).problems
        return
    if now != entry.sha256:
        cause = Message.of("room.changed", id=entry.id, now=now[:12], then=entry.sha256[:12])
        yield Problem(cause, place, Message.of("room.changed.mend", original=entry.original))


def quote_problems(
    facts: Iterable[Fact], entries: Iterable[DataRoomEntry], read: Readers, known: Iterable[DataRoomEntry] = ()
) -> dict[str, list[Problem]]:
    """What is wrong with the citations of facts, by the id of the fact.

    Args:
        facts: Facts that cite a page.
        entries: The documents that can be read.
        read: Gives the pages of a document.
        known: All documents of the room, also those that are gone or changed.
    """
    by_name: dict[str, DataRoomEntry] = {}
    for entry in entries:
        by_name |= {entry.id: entry, entry.file: entry}
    broken = {name for entry in known for name in (entry.id, entry.file)} - by_name.keys()
    pages: dict[str, tuple[Page, ...]] = {}
    found: dict[str, list[Problem]] = {}
    for fact in facts:
        citation = fact.citation
        if citation is None:
            continue
        entry_of = by_name.get(citation.document)
        if entry_of is None:
            found[fact.id] = [_unknown(fact, citation, by_name, broken)]
            continue
        if entry_of.id not in pages:
            try:
                pages[entry_of.id] = read(entry_of)
            except InvalidInput as error:
                found[fact.id] = list(error.problems)
                continue
        found[fact.id] = list(_citation_problems(fact, citation, entry_of, pages[entry_of.id]))
    return found


def check_citations(
    folder: Path, facts: Iterable[Fact], known: Iterable[DataRoomEntry], sound: Sequence[DataRoomEntry]
) -> list[Problem]:
    """What is wrong with the citations of facts, by the text that the index holds; for every reading of a case.

    Args:
        folder: The folder of the case.
        facts: Its facts.
        known: The documents of the room.
        sound: Those that are there and unchanged.
    """
    cited = [fact for fact in facts if fact.citation is not None]
    if not cited:
        return []
    needed = {fact.citation.document for fact in cited if fact.citation is not None}
    wanted = [entry for entry in sound if {entry.id, entry.file} & needed]
    if not wanted:  # none of them is there: no index is made for nothing, nor the folder that would hold it
        wrong = quote_problems(cited, sound, lambda entry: (), known)
    else:
        with open_index(folder, wanted) as index:
            wrong = quote_problems(cited, sound, index.pages_of, known)
    return [problem for problems in wrong.values() for problem in problems]


def _from_documents(folder: Path) -> Readers:
    return lambda entry: extract(folder / DOCUMENTS / entry.file, f"{DOCUMENTS}/{entry.file}").pages


def _unknown(fact: Fact, citation: Citation, by_name: Mapping[str, DataRoomEntry], broken: set[str]) -> Problem:
    if citation.document in broken:
        cause = Message.of("room.quote.unread", fact=fact.id, document=citation.document)
        return Problem(cause, fact.place, Message.of("room.quote.unread.mend"))
    names = [name for name in by_name if "." not in name]
    fix = meant(citation.document, names, Message.of("room.quote.document.mend"))
    return Problem(Message.of("room.quote.document", fact=fact.id, document=citation.document), fact.place, fix)


def _citation_problems(
    fact: Fact, citation: Citation, entry: DataRoomEntry, pages: tuple[Page, ...]
) -> Iterator[Problem]:
    if not entry.characters:
        cause = Message.of("room.quote.no_text", fact=fact.id, document=entry.id)
        yield Problem(cause, fact.place, Message.of("room.quote.no_text.mend"))
        return
    page = next((page for page in pages if page.number == citation.page), None)
    if page is None:
        cause = Message.of("room.quote.page", fact=fact.id, document=entry.id, page=citation.page, pages=len(pages))
        yield Problem(cause, fact.place)
        return
    if find_quote(citation.quote, page) is None:
        elsewhere = tuple(str(other.number) for other in pages if find_quote(citation.quote, other) is not None)
        cause = Message.of("room.quote.absent", fact=fact.id, document=entry.id, page=citation.page)
        fix = Message.of("room.quote.elsewhere", pages=elsewhere) if elsewhere else Message.of("room.quote.absent.mend")
        yield Problem(cause, fact.place, fix, excerpt=citation.quote)
        return
    if isinstance(fact.value, float | tuple):
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        if not all(holds_figure(citation.quote, value) for value in values):
            cause = Message.of("room.quote.figure", fact=fact.id)
            yield Problem(cause, fact.place, Message.of("room.quote.figure.mend"), "warning", citation.quote)


def _strangers(folder: Path, entries: Iterable[DataRoomEntry]) -> Iterator[Problem]:
    """Files under the name of a hash that the list does not have."""
    listed = {entry.file for entry in entries}
    inside = folder / DOCUMENTS
    for path in sorted(inside.iterdir()) if inside.is_dir() else ():
        stem, _, ending = path.name.partition(".")
        if path.name not in listed and len(stem) == 64 and ending:
            cause, fix = Message.of("room.stranger"), Message.of("room.stranger.mend", index=f"{DOCUMENTS}/{INDEX}")
            yield Problem(cause, Place(f"{DOCUMENTS}/{path.name}"), fix, "warning")
