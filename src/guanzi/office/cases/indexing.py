"""The index of the newest version of a case: facts, sources and pages, for lists and search; files are the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, Place, render, sha256_of
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.cases.plaintext import check_plain
from guanzi.office.cases.topics import topic_of
from guanzi.office.models import IndexedFact, IndexedPage, IndexedSource, OfficeCase, WatchedFact
from guanzi.record.evidence import (
    INDEX,
    WATCHED,
    Case,
    DataRoomEntry,
    Fact,
    Source,
    facts_after_signing,
    label_of,
    open_index,
    read_index,
)

type Row = dict[str, Any]
"""Column of an index -> value."""

_BATCH = 500
_MOST_WORDS = 2_000


def index_facts(case: OfficeCase, read: Case) -> Mapping[str, str]:
    """Write the facts and sources of the newest version into the index.

    Returns:
        Facts that are new, gone or changed, or whose source changed, with their topics; an empty topic concerns every
        stream.
    """
    facts, sources = index_rows(read)
    old = {row.fact: row for row in IndexedFact.objects.filter(case=case)}
    new = {row["fact"]: IndexedFact(case=case, **row) for row in facts}
    other = [id for id, row in new.items() if id not in old or row.sha256 != old[id].sha256]
    moved = [
        id
        for id, row in new.items()
        if id in old and (row.superseded_by, row.path) != (old[id].superseded_by, old[id].path)
    ]
    gone = [id for id in old if id not in new]
    written = sorted({*other, *moved})
    for some in _parts(sorted({*written, *gone})):
        IndexedFact.objects.filter(case=case, fact__in=some).delete()
    IndexedFact.objects.bulk_create((new[id] for id in written), batch_size=_BATCH)
    IndexedSource.objects.filter(case=case).delete()
    IndexedSource.objects.bulk_create((IndexedSource(case=case, **row) for row in sources), batch_size=_BATCH)
    return {id: new[id].topic for id in other} | {id: old[id].topic for id in gone}


def index_watched(case: OfficeCase, read: Case) -> None:
    """Write the facts that became known after signing into an index of their own, on which nothing rests."""
    facts, sources = facts_after_signing(read)
    check_plain((fact.place, _row(fact, sources[fact.source], "")) for fact in facts)
    check_plain((Place(WATCHED), _source_row(source)) for source in sources.values())
    WatchedFact.objects.filter(case=case).delete()
    WatchedFact.objects.bulk_create((WatchedFact(case=case, **row) for row in watched_rows(read)), batch_size=_BATCH)


def index_rows(read: Case) -> tuple[list[Row], list[Row]]:
    """Facts and sources of a case as the index holds them."""
    return prefetch(("rows", str(read.folder)), lambda: _rows(read))


def watched_rows(read: Case) -> Iterator[Row]:
    """Facts of a case that became known after signing, as their index holds them."""
    facts, sources = facts_after_signing(read)
    corrected = {fact.supersedes: fact.id for fact in facts if fact.supersedes}
    for fact in facts:
        source = sources[fact.source]
        yield {"origin": _source_as_data(source), **_row(fact, source, corrected.get(fact.id, ""))}


def _source_as_data(source: Source) -> dict[str, Any]:
    """A source as plain data."""
    row = _source_row(source)
    return row | {"published": None if row["published"] is None else row["published"].isoformat()}


def index_pages(case: OfficeCase, folder: Path) -> None:
    """Write the pages of the documents of the newest version into the index; those that stand there stay."""
    entries = {entry.sha256: entry for entry in read_index(folder)}
    check_plain(
        (Place(f"documents/{INDEX}"), {"title": entry.title, "original": entry.original}) for entry in entries.values()
    )
    named = {(entry.sha256, entry.id, entry.title) for entry in entries.values()}
    held = set(IndexedPage.objects.filter(case=case).values_list("sha256", "document", "title").distinct())
    for some in _parts(sorted(sha256 for sha256, *_ in held - named)):
        IndexedPage.objects.filter(case=case, sha256__in=some).delete()
    kept = {sha256 for sha256, *_ in held & named}
    rows = page_rows(folder, [entry for entry in entries.values() if entry.sha256 not in kept])
    IndexedPage.objects.bulk_create((IndexedPage(case=case, **row) for row in rows), batch_size=_BATCH)


def page_rows(folder: Path, entries: Sequence[DataRoomEntry] | None = None) -> Iterator[Row]:
    """Pages of documents of a folder as the index holds them; None: of all."""
    some = read_index(folder) if entries is None else entries
    if not some:
        return
    with open_index(folder, some) as index:
        for entry in some:
            for page in index.pages_of(entry):
                yield {
                    "sha256": entry.sha256,
                    "document": entry.id,
                    "title": entry.title,
                    "page": page.number,
                    "words": page.flow.replace("\0", " "),
                }


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _rows(read: Case) -> tuple[list[Row], list[Row]]:
    sources = {source.id: source for source in read.sources}
    corrected = {fact.supersedes: fact.id for fact in read.facts if fact.supersedes}
    facts = [_row(fact, sources[fact.source], corrected.get(fact.id, "")) for fact in read.facts]
    of_sources = [_source_row(source) for source in read.sources]
    check_plain((fact.place, row) for fact, row in zip(read.facts, facts, strict=True))
    check_plain((Place("facts"), row) for row in of_sources)
    entities = (dated.entity for dated in read.entities)  # a name that hides something is like nobody's: no interest
    check_plain((Place("entities.ftm.json"), {"name": one.names, "ties": one.properties}) for one in entities)
    return facts, of_sources


def _row(fact: Fact, source: Source, superseded_by: str) -> dict[str, Any]:
    value, content = fact.value, fact.content()
    label = label_of(fact.name)
    said = [render(label, lang) for lang in ("en", "zh")] if label is not None else []
    both = [value, value.zh] if isinstance(value, Bilingual) else [_value(fact)]
    note = [fact.note, fact.note.zh] if isinstance(fact.note, Bilingual) else [fact.note]
    return {
        "fact": fact.id,
        "subject": fact.subject,
        "name": fact.name,
        "topic": topic_of(fact.name),
        "value": _value(fact),
        "unit": fact.unit,
        "period": str(fact.period),
        "known_on": fact.known_on,
        "grade": source.grade,
        "source": fact.source,
        "path": fact.place.file,
        "superseded_by": superseded_by,
        "content": content,
        "sha256": sha256_of({"fact": content, "source": source.content()}),
        "words": " ".join(filter(None, (fact.id, fact.name, *said, fact.subject, *both, *note)))[:_MOST_WORDS],
    }


def _value(fact: Fact) -> str:
    """The value as it is read: whole numbers without a point, yes or no as ``true`` and ``false``."""
    if isinstance(fact.value, bool):
        return str(fact.value).lower()
    if isinstance(fact.value, str):
        return str(fact.value)
    return " – ".join(f"{number:.15g}" for number in dict.fromkeys(fact.interval))


def _source_row(source: Source) -> dict[str, Any]:
    publisher, title = Bilingual.read(source.publisher), Bilingual.read(source.title)
    return {
        "source": source.id,
        "publisher": str(publisher),
        "publisher_zh": publisher.zh,
        "title": str(title),
        "title_zh": title.zh,
        "published": source.date,
        "grade": source.grade,
        "link": source.link or "",
    }
