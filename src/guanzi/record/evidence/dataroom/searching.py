"""Full-text search over the documents of a room, in English and Chinese.

The index is derived from the documents, lies beside them in a hidden SQLite file, and may be deleted at any time: it
is made again from the documents. A verification does not rest on it: :mod:`verifying` reads the documents themselves.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import PATIENCE, InvalidInput, Message, Place, Problem, one_writer
from guanzi.record.evidence.dataroom.extraction import Extracted, extract
from guanzi.record.evidence.dataroom.pages import Line, Page, PageTable
from guanzi.record.evidence.dataroom.store import DOCUMENTS, Added, DataRoomEntry
from guanzi.record.evidence.dataroom.words import fold, has_marks, index_text, plain_words, query_of

FILE = ".room.sqlite"
_VERSION = 1
_AROUND = 40
_TABLES = """
CREATE TABLE page (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE said (id INTEGER PRIMARY KEY, content TEXT NOT NULL);
CREATE INDEX page_of ON page (sha256, number);
CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', tokenize='ascii');
"""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page on which all words stand.

    Attributes:
        entry: Its document.
        page: Number of the page.
        key: Where the index holds the page.
    """

    entry: DataRoomEntry
    page: int
    key: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands around the first of the words of a page: text, the words in it, and the line with its place.

    Attributes:
        text: The text around the first word.
        start: Where the word begins in it.
        end: Where the word ends in it.
        line: The line of the page in which it stands, with its box or cell; None when it goes over a line end.
        label: Name of the sheet in a workbook.
        tables: The tables of the page.
    """

    text: str
    start: int
    end: int
    line: Line | None
    label: str
    tables: tuple[PageTable, ...] = ()


class SearchIndex:
    """The index of a room, open. Use :func:`open_index`."""

    def __init__(self, connection: sqlite3.Connection, entries: Sequence[DataRoomEntry]) -> None:
        self._connection = connection
        self._entries = {entry.sha256: (order, entry) for order, entry in enumerate(entries)}

    def search(self, words: str) -> tuple[PageHit, ...]:
        """All pages on which all the words stand, in the order of documents and pages.

        Chinese words of any length are found wherever their characters stand next to one another, Latin words whole
        (``batter*`` finds what begins so), in full or half width, in either case.

        Raises:
            InvalidInput: There is no word to look for.
        """
        query = query_of(words)
        if not query:
            raise InvalidInput(Problem(Message.of("room.search.no_words"), Place(""), excerpt=words))
        rows = self._connection.execute(
            "SELECT page.sha256, page.number, page.id FROM words JOIN page ON page.id = words.rowid"
            " WHERE words MATCH ?",
            (query,),
        )
        found = [
            (self._entries[sha256][0], number, PageHit(self._entries[sha256][1], number, key))
            for sha256, number, key in rows
            if sha256 in self._entries
        ]
        found.sort(key=lambda item: item[:2])
        hits = (hit for _, _, hit in found)
        marked = [word.rstrip("*") for word in plain_words(words) if has_marks(word)]
        if marked:
            hits = (hit for hit in hits if _holds(self.page(hit), marked))
        return tuple(hits)

    def page(self, hit: PageHit) -> Page:
        """The page of a hit."""
        (content,) = self._connection.execute("SELECT content FROM said WHERE id = ?", (hit.key,)).fetchone()
        return Page.from_content(json.loads(content))

    def excerpt(self, hit: PageHit, words: str) -> Excerpt:
        """What stands around the first word that is found on the page of a hit."""
        page = self.page(hit)
        start, end = _first(page.flow, plain_words(words))
        left, right = max(start - _AROUND, 0), min(end + _AROUND, len(page.flow))
        text = re.sub(r"\s", " ", page.flow[left:right])
        in_text = page.text.find(page.flow[start:end]) if end > start else -1
        line = next((line for line in page.lines if line.start <= in_text < line.end), None)
        return Excerpt(text, start - left, end - left, line, page.label, page.tables)

    def pages_of(self, entry: DataRoomEntry) -> tuple[Page, ...]:
        """The pages of a document, as the index holds them."""
        rows = self._connection.execute(
            "SELECT said.content FROM page JOIN said ON said.id = page.id WHERE page.sha256 = ? ORDER BY page.number",
            (entry.sha256,),
        )
        return tuple(Page.from_content(json.loads(content)) for (content,) in rows)


@contextmanager
def open_index(
    folder: Path, entries: Sequence[DataRoomEntry], advance: Callable[[int], None] | None = None
) -> Iterator[SearchIndex]:
    """The index of a case's room, complete: documents that it lacks are read first.

    Args:
        folder: The folder of the case.
        entries: The documents of the room.
        advance: Told of every document that had to be read.

    Raises:
        InvalidInput: A document is missing or cannot be read.
    """
    inside = folder / DOCUMENTS
    with closing(_connect(inside)) as connection:
        for entry in missing_from(connection, entries):
            extracted = extract(inside / entry.file, f"{DOCUMENTS}/{entry.file}")
            _enter(connection, entry.sha256, extracted)
            if advance is not None:
                advance(1)
        connection.commit()
        yield SearchIndex(connection, entries)


def enter_added(folder: Path, results: Iterable[Added]) -> None:
    """Enter documents that have just been read into the index, so that no search has to read them again."""
    # the index is made anew from the documents when it is asked: one that cannot be written now loses nothing
    with suppress(sqlite3.Error, OSError), closing(_connect(folder / DOCUMENTS)) as connection:
        fresh = {added.entry.sha256: added for added in results if added.extracted is not None}
        for entry in missing_from(connection, [added.entry for added in fresh.values()]):
            added = fresh[entry.sha256]
            if added.extracted is not None:
                _enter(connection, added.entry.sha256, added.extracted)
        connection.commit()


def missing_from(connection: sqlite3.Connection, entries: Iterable[DataRoomEntry]) -> list[DataRoomEntry]:
    """The documents that the index does not hold."""
    held = {sha256 for (sha256,) in connection.execute("SELECT DISTINCT sha256 FROM page")}
    return [entry for entry in entries if entry.sha256 not in held]


def _connect(inside: Path) -> sqlite3.Connection:
    with one_writer(inside):  # two that make the index at once would delete one another's
        return _connected(inside / FILE)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        connection = _opened(path)
    except sqlite3.DatabaseError:  # damaged, or of another version: it is made again
        path.unlink(missing_ok=True)
        connection = _opened(path)
    except OSError:
        connection = _prepared(sqlite3.connect(":memory:"))
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == _VERSION:
            connection.execute("SELECT count(*) FROM page WHERE id < 2").fetchone()
            return connection
        if version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.close()
            raise sqlite3.DatabaseError("another version")
        return _prepared(connection)
    except sqlite3.OperationalError as error:  # a folder that cannot be written: the index lives in memory
        if path.is_file():
            raise
        raise OSError(str(error)) from error


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(_TABLES)
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    return connection


def _enter(connection: sqlite3.Connection, sha256: str, extracted: Extracted) -> None:
    for page in extracted.pages:
        row = connection.execute("INSERT INTO page (sha256, number) VALUES (?, ?)", (sha256, page.number))
        content = json.dumps(page.content(), ensure_ascii=False)
        connection.execute("INSERT INTO said (id, content) VALUES (?, ?)", (row.lastrowid, content))
        tokens = index_text(page.flow)
        connection.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (row.lastrowid, tokens))


def _holds(page: Page, marked: Iterable[str]) -> bool:
    text = fold(page.flow)
    return all(word in text for word in marked)


def _first(text: str, words: Iterable[str]) -> tuple[int, int]:
    """Where the first of the words stands in a text that is not folded; nowhere is (0, 0)."""
    folded = fold(text)
    same_length = len(folded) == len(text)
    for word in words:
        at = folded.find(word.rstrip("*"))
        if at >= 0:
            return (at, at + len(word.rstrip("*"))) if same_length else (min(at, len(text)), min(at, len(text)))
    return 0, 0
