"""Lists in FollowTheMoney form: who is on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.screening import names
from guanzi.jobs.screening.declared import CaseRequest, ListRequest
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import ENTITIES, open_case, read_entities
from guanzi.study import screening as entities

_TIES = frozenset(
    {"Ownership", "Directorship", "Address", "Membership", "Employment", "Family", "Associate", "Sanction"}
)


Request = ListRequest


@dataclass(frozen=True, slots=True)
class ListedHit:
    """Somebody on a list whom a name resembles."""

    file: Path
    id: str
    listed: str
    match: entities.Match


@dataclass(frozen=True, slots=True)
class ScreenedName:
    """A name, and whom it resembles."""

    name: str
    hits: tuple[ListedHit, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found of each name.

    Attributes:
        results: One a name.
        entries: Names on the lists.
        entities_held: The case has people and companies of its own to search.
    """

    results: tuple[ScreenedName, ...]
    entries: int
    entities_held: bool = True


def search_names(request: Request) -> Result:
    """Search names in a list.

    Raises:
        InvalidInput: We do not know that kind of bearer, or the list is empty.
    """
    names.check_schema(request.schema)
    return _search([(name, request.schema) for name in request.names], [request.file], request.run)


def search_case(request: CaseRequest) -> Result:
    """Search the company of a case and its people and companies in lists.

    Raises:
        InvalidInput: There is no such case, or a list is empty.
    """
    found = open_case(request.case)
    asked = [(name, "Company") for name in (found.company.name, found.company.name_zh) if name]
    own = found.folder / ENTITIES
    if own.is_file():
        asked += [(name, e.schema) for e in read_entities(own) if e.schema not in _TIES for name in e.names]
    return _search(list(dict.fromkeys(asked)), request.lists, request.run, entities_held=own.is_file())


def data(result: Result, lang: str) -> dict[str, Any]:
    """What was found as plain data, with reasons in a language."""
    return {
        "names": len(result.results),
        "entries": result.entries,
        "results": [
            {
                "asked": asked.name,
                "hits": [
                    {"list": str(hit.file), "id": hit.id, "name": hit.listed, **names.data(hit.match, lang)}
                    for hit in asked.hits
                ],
            }
            for asked in result.results
        ],
    }


def _search(asked: Sequence[tuple[str, str]], lists: Sequence[Path], run: Run, *, entities_held: bool = True) -> Result:
    bearers = [(file, e) for file in lists for e in read_entities(file) if e.schema not in _TIES]
    rows = [(file, e, name) for file, e in bearers for name in e.names]
    named = {file for file, _, _ in rows}
    empty = [file for file in lists if file not in named]
    if empty:  # nobody is on an empty list: that would clear everybody
        cause, fix = Message.of("desk.screen.empty_list"), Message.of("desk.screen.empty_list.mend")
        raise InvalidInput([Problem(cause, Place(str(file)), fix) for file in empty])
    with run.working("names", len(rows)) as advance:
        index = entities.build_index([name for _, _, name in rows], [e.schema for _, e, _ in rows], advance)
    found: list[ScreenedName] = []
    for name, schema in asked:
        hits: dict[str, ListedHit] = {}
        for hit in index.search(name, schema):
            file, entity, listed = rows[hit.entry]
            match = entities.compare(name, listed, schema)
            if match.matched and entity.id not in hits:
                hits[entity.id] = ListedHit(file, entity.id, listed, match)
        found.append(ScreenedName(name, tuple(hits.values())))
    return Result(tuple(found), len(rows), entities_held)
